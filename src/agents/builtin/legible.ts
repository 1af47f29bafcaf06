import type { Candidate, Observation } from '../../core/observation.ts';

/** Gives controls a name that can be read: what they say where they have none, and where they lead where all they show is a sign. */
export function legible(observation: Observation): Observation {
  const names = new Map(
    observation.candidates.flatMap((candidate) => {
      const name = calledFor(candidate);
      return name === candidate.name ? [] : [[candidate.id, name] as const];
    }),
  );
  if (names.size === 0) return observation;
  return {
    ...observation,
    candidates: observation.candidates.map((candidate) =>
      names.has(candidate.id) ? { ...candidate, name: names.get(candidate.id)! } : candidate,
    ),
  };
}

/** Fonts of signs draw a picture for a word: "people_alt". */
const SIGN = /^(?:[a-z0-9]+(?:_[a-z0-9]+)*)?$/;

function calledFor({ name, value, role, href, print: { text } }: Candidate): string {
  if (name === '' && value === undefined && text !== '' && text.length <= 60) return text;
  if (role === 'link' && href !== undefined && text === '' && SIGN.test(name)) return [name, placeIn(href)].filter(Boolean).join(' ');
  return name;
}

/** "/admin/users" → "users"; what has a digit is the thing's own number. */
function placeIn(href: string): string {
  const [path = ''] = href.replace(/^[a-z]+:\/\/[^/]+/i, '').split(/[?#]/);
  return (
    path
      .split('/')
      .findLast((part) => /^\p{L}[\p{L}_-]+$/u.test(part))
      ?.replace(/[_-]+/g, ' ') ?? ''
  );
}
