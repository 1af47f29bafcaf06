import { endOf, isReadable, type Timeline } from '../timeline.ts';

/** A silence between two readings longer than this was not sampling any more, ms. */
const LONGEST_SILENCE_MS = 5000;

/** For how long an `always` was not watched: from each failed read to the next that succeeded, and long silences. */
export function blindnessOf(timeline: Timeline): number {
  let blind = 0;
  let seenUntil = 0;
  let lostAt: number | undefined;
  for (const reading of timeline.all) {
    if (!isReadable(reading)) {
      lostAt ??= reading.at;
      continue;
    }
    const silent = (lostAt ?? reading.at) - seenUntil;
    if (silent > LONGEST_SILENCE_MS) blind += silent;
    if (lostAt !== undefined) blind += Math.max(0, reading.at - lostAt);
    lostAt = undefined;
    seenUntil = Math.max(seenUntil, endOf(reading));
  }
  const last = timeline.all.at(-1);
  if (lostAt !== undefined && last) blind += endOf(last) - lostAt;
  return blind;
}
