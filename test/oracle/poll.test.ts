import { describe, expect, test } from 'vitest';
import { pauseMs } from '../../src/oracle/poll.ts';

/** A query takes this long, ms. */
const QUERY = 15;
type Pause = (elapsedMs: number, lastMs: number | undefined, reads: number) => number;

/** Reads until a state that flips at `flip` was seen, and how much later than it flipped. */
function until(flip: number, pause: Pause, most = 30_000): { delay: number; reads: number } {
  let now = 0;
  let lastMs: number | undefined;
  for (let reads = 1; ; reads++) {
    const seen = now >= flip;
    now += QUERY;
    if (seen || now > most) return { delay: now - flip, reads };
    lastMs = pause(now, lastMs, reads);
    now += lastMs;
  }
}

const spread = (count: number) => Array.from({ length: count }, (_, index) => (index + 0.5) / count);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const expectPoll: Pause = (_, __, reads) => [100, 250, 500][reads - 1] ?? 1000;
const ours =
  (expectedMs?: number): Pause =>
  (elapsedMs, lastMs) =>
    pauseMs({ elapsedMs, lastMs, expectedMs, random: 0.5 });

/** Over flips between `from` and `to`, with an expectation that is wrong by up to ±15 %. */
function compare(from: number, to: number) {
  const runs = spread(60).flatMap((place) => spread(8).map((error) => ({ flip: from + place * (to - from), error: 0.85 + 0.3 * error })));
  const learned = runs.map(({ flip, error }) => until(flip, ours(flip * error)));
  const theirs = runs.map(({ flip }) => until(flip, expectPoll));
  return {
    learned: { delay: mean(learned.map(({ delay }) => delay)), reads: mean(learned.map(({ reads }) => reads)) },
    theirs: { delay: mean(theirs.map(({ delay }) => delay)), reads: mean(theirs.map(({ reads }) => reads)) },
  };
}

describe('the pause before the next read', () => {
  test('without knowledge it is 50 ms, grows by half, and ends at a second', () => {
    const pauses: number[] = [];
    for (let index = 0; index < 12; index++) pauses.push(pauseMs({ elapsedMs: 0, lastMs: pauses.at(-1), random: 0.5 }));
    expect(pauses.slice(0, 4).map(Math.round)).toEqual([50, 75, 113, 169]);
    expect(Math.max(...pauses)).toBe(1000);
  });
  test('its jitter is ten per cent to both sides', () => {
    expect(pauseMs({ elapsedMs: 0, lastMs: 1000, random: 0 })).toBe(900);
    expect(pauseMs({ elapsedMs: 0, lastMs: 1000, random: 0.999999 })).toBeCloseTo(1100, 1);
  });
  test('with an expectation it never jumps over the time when it usually converges', () => {
    for (const random of [0, 0.5, 1])
      for (const elapsedMs of spread(50).map((place) => place * 7999))
        expect(elapsedMs + pauseMs({ elapsedMs, lastMs: 1000, expectedMs: 10_000, random })).toBeLessThan(10_000);
  });
  test.each([
    [20, 60],
    [60, 150],
    [150, 300],
    [300, 500],
    [500, 1000],
    [1000, 2000],
    [2000, 4000],
    [4000, 9000],
    [9000, 20_000],
  ])('with an expectation it sees a flip after %d to %d ms sooner than expect.poll, with no more reads', (from, to) => {
    const { learned, theirs } = compare(from, to);
    expect(learned.delay).toBeLessThan(theirs.delay);
    expect(learned.reads).toBeLessThanOrEqual(theirs.reads);
  });
  test('an expectation that is wrong by a factor of three costs no more reads, and half a second at most', () => {
    const runs = spread(40).flatMap((place) =>
      [1 / 3, 1 / 2, 2, 3].map((factor) => until(100 + place * 9000, ours((100 + place * 9000) * factor))),
    );
    const theirs = spread(40).map((place) => until(100 + place * 9000, expectPoll));
    expect(mean(runs.map(({ reads }) => reads))).toBeLessThanOrEqual(mean(theirs.map(({ reads }) => reads)) * 1.05);
    expect(mean(runs.map(({ delay }) => delay)) - mean(theirs.map(({ delay }) => delay))).toBeLessThan(500);
  });
  test('what never comes is not read more often than expect.poll would', () => {
    expect(until(1e9, ours(3000)).reads).toBeLessThanOrEqual(until(1e9, expectPoll).reads);
  });
});
