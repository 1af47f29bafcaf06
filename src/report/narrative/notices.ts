import type { Look, StepStory } from '../story.ts';

const TELLING = ['error-page', 'alert', 'validation', 'toast', 'status'];

/** What the page last told the person in this step; the gravest when it said several things at once. A toast left over from the step before is none of it. */
export function lastNotice(step: StepStory): { kind: string; text: string; seq: number } | undefined {
  for (const look of step.looks.toReversed()) {
    const [gravest] = noticesIn(step, look).sort((a, b) => rank(a.kind) - rank(b.kind));
    if (gravest) return { ...gravest, seq: look.seq };
  }
  return undefined;
}

/** What a look shows that this step brought about; alerts count wherever they come from. */
export function noticesIn(step: StepStory, look: Look): { kind: string; text: string }[] {
  const old = step.looks[0] === look || step.looks.length === 0 ? look.notices : step.looks[0]!.notices;
  return look.notices.filter(
    ({ kind, text }) => text.trim() !== '' && (isGrave(kind) || (look !== step.looks[0] && !old.some((one) => one.text === text))),
  );
}

export const isGrave = (kind: string): boolean => kind === 'alert' || kind === 'error-page' || kind === 'validation';

const rank = (kind: string): number => (TELLING.indexOf(kind) + TELLING.length) % TELLING.length;
