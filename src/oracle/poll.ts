/** First pause, growth and longest pause where nothing is known of how long it usually takes, ms. */
const FIRST_MS = 50;
const GROWTH = 1.5;
const LONGEST_MS = 1000;

/** Where earlier green runs tell when it usually converges: sparse before, dense around, as if unknown after. */
const DENSE = { from: 0.8, to: 1.3, share: 0.03, shortestMs: 20, longestMs: 250 };

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

/** How long to pause before the next read, ms, with ±10 % jitter. */
export function pauseMs({ elapsedMs, lastMs, expectedMs, random }: PollState): number {
  return Math.max(1, steadyPauseMs(elapsedMs, lastMs, expectedMs) * (0.9 + 0.2 * random));
}

function steadyPauseMs(elapsedMs: number, lastMs: number | undefined, expectedMs: number | undefined): number {
  const growing = lastMs === undefined ? FIRST_MS : Math.min(lastMs * GROWTH, LONGEST_MS);
  if (expectedMs === undefined || expectedMs < FIRST_MS) return growing;
  const from = expectedMs * DENSE.from;
  const dense = Math.min(Math.max(expectedMs * DENSE.share, DENSE.shortestMs), DENSE.longestMs);
  if (elapsedMs >= expectedMs * DENSE.to) return Math.max(growing, dense);
  if (elapsedMs >= from) return dense;
  // Never over the beginning of the dense part, and the jitter not either.
  return Math.min(Math.max(growing, from / 2), (from - elapsedMs) / 0.9);
}
