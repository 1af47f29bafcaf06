import type { StepStory } from '../story.ts';

const TELLING = ['error-page', 'alert', 'validation', 'toast', 'status'];

/** What the page last told the person in this step; the gravest when it said several things at once. */
export function lastNotice(step: StepStory): { kind: string; text: string; seq: number } | undefined {
  const look = step.looks.findLast(({ notices }) => notices.length > 0);
  if (!look) return undefined;
  const [gravest] = [...look.notices].sort((a, b) => rank(a.kind) - rank(b.kind));
  return gravest && gravest.text.trim() !== '' ? { ...gravest, seq: look.seq } : undefined;
}

const rank = (kind: string): number => (TELLING.indexOf(kind) + TELLING.length) % TELLING.length;
