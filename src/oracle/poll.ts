/** First pause, growth and longest pause where nothing is known of how long it usually takes, ms. */
const FIRST_MS = 50;
const GROWTH = 1.5;
const LONGEST_MS = 1000;

/** Where earlier green runs tell when it usually converges: sparse before, dense around it, seldom after. */
const SPARSE_LONGEST_MS = 2000;
const DENSE = { from: 0.8, to: 1.3, earliestMs: 130, earliestShare: 1.15, share: 0.07, shortestMs: 82, longestMs: 500 };
/** What converges sooner than this is simply looked for, ms. */
const SHORTEST_LEARNED_MS = FIRST_MS * 1.2;
const LATE = { growth: 3, longestMs: 1250 };

export interface PollState {
  /** Since the end of the journey, ms. */
  elapsedMs: number;
  /** The pause before, ms; undefined for the first. */
  lastMs?: number;
  /** Usual time to converge, ms. */
  expectedMs?: number;
  /** 0 ≤ x < 1 */
  random: number;
}

/** How long to pause before the next read, ms, with ±10 % jitter; a read that is aimed at a moment comes at that moment. */
export function pauseMs({ elapsedMs, lastMs, expectedMs, random }: PollState): number {
  const aim =
    expectedMs !== undefined && expectedMs >= SHORTEST_LEARNED_MS && denseFromMs(expectedMs) <= DENSE.earliestMs
      ? denseFromMs(expectedMs) - elapsedMs
      : 0;
  return Math.max(1, aim > 0 ? aim : steadyPauseMs(elapsedMs, lastMs, expectedMs) * (0.9 + 0.2 * random));
}

const denseFromMs = (expectedMs: number): number =>
  Math.max(expectedMs * DENSE.from, Math.min(DENSE.earliestMs, expectedMs * DENSE.earliestShare));

function steadyPauseMs(elapsedMs: number, lastMs: number | undefined, expectedMs: number | undefined): number {
  const growing = (by: number, longestMs: number) => (lastMs === undefined ? FIRST_MS : Math.min(lastMs * by, longestMs));
  if (expectedMs === undefined || expectedMs < SHORTEST_LEARNED_MS) return growing(GROWTH, LONGEST_MS);
  const from = denseFromMs(expectedMs);
  const dense = Math.min(Math.max(expectedMs * DENSE.share, DENSE.shortestMs), DENSE.longestMs);
  if (elapsedMs >= expectedMs * DENSE.to) return Math.max(growing(LATE.growth, LATE.longestMs), dense);
  if (elapsedMs >= from) return dense;
  // Never over the beginning of the dense part, whatever the jitter.
  return Math.min(from / Math.ceil(from / SPARSE_LONGEST_MS), (from - elapsedMs) / 0.9);
}
