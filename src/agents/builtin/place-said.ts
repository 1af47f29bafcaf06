import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content } from '../words.ts';
import { reachable } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';

/** "In the settings, change the name": there first, before anything is used that stands elsewhere. */
export function placeSaid({ goal, observation, turns, followed }: Scene): Move | undefined {
  if (
    turns.length > 0 ||
    observation.dialog !== undefined ||
    goal.clause.text.match(/^\W*(?:in|on|under|at) (?:the|my|our|your) /i) === null
  )
    return undefined;
  const said = goal.clause.phrases.filter(
    (phrase) =>
      /^(?:in|on|under|at)$/.test(phrase.prep) &&
      phrase.values.length === 0 &&
      phrase.words.length > 0 &&
      phrase.words.length <= 2 &&
      phrase.definite,
  );
  const titles = [
    observation.title,
    ...observation.passages.filter(({ role, context }) => role === 'heading' && context.row === undefined).map(({ text }) => text),
  ];
  for (const { words } of said) {
    const is = (name: string): boolean => likeness(words, content(name)).covered >= 0.99 && content(name).length <= words.length + 1;
    if (titles.some(is)) continue;
    const [link, more] = reachable(observation).filter(
      (candidate) =>
        (candidate.role === 'link' || candidate.role === 'tab') &&
        candidate.context.row === undefined &&
        is(candidate.name) &&
        !(candidate.href !== undefined && followed.has(candidate.href)),
    );
    if (link && (!more || more.href === link.href)) return click(link, 'look', `${describe(link)} is where the sentence says`, 0.7);
  }
  return undefined;
}
