import { formatDuration } from '../core/duration.ts';
import { type IntentStory, lastAttempt } from './story.ts';

/** Something that came true late in the time it was given. */
export interface Slow {
  intent: IntentStory;
  says: string;
  tookMs: number;
  withinMs: number;
}

/** What needed at least `share` of its time, the closest to its deadline first. */
export function slowOf(intents: readonly IntentStory[], share: number): Slow[] {
  return intents
    .flatMap((intent) =>
      (lastAttempt(intent)?.invariants ?? []).flatMap(({ verdict, bound }): Slow[] => {
        if (verdict?.status !== 'held' || verdict.convergedMs === undefined || !bound || verdict.convergedMs < bound.withinMs * share)
          return [];
        return [{ intent, says: verdict.says, tookMs: verdict.convergedMs, withinMs: bound.withinMs }];
      }),
    )
    .sort((a, b) => b.tookMs / b.withinMs - a.tookMs / a.withinMs);
}

/** "after 29 s of the 30 s allowed" */
export const slowWords = ({ tookMs, withinMs }: Slow): string =>
  `after ${formatDuration(tookMs)} of the ${formatDuration(withinMs)} allowed`;
