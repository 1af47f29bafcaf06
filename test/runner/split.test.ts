import { describe, expect, test } from 'vitest';
import { splitEvenly, type Weighed } from '../../src/runner/split.ts';

/** Deterministic noise, so that a failure can be run again. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const item = (id: string, ms: number, locks: string[] = []): Weighed => ({ id, ms, locks });
const loadsOf = (items: readonly Weighed[], parts: string[][]): number[] =>
  parts.map((part) => part.reduce((sum, id) => sum + items.find((one) => one.id === id)!.ms, 0));

/** The true best: the smallest longest part, by branch and bound. */
function bestSplit(weights: readonly number[], of: number): number {
  const sorted = weights.toSorted((a, b) => b - a);
  let best = Infinity;
  const place = (at: number, loads: number[]): void => {
    const most = Math.max(...loads);
    if (most >= best) return;
    if (at === sorted.length) {
      best = most;
      return;
    }
    for (const load of new Set(loads)) place(at + 1, loads.with(loads.indexOf(load), load + sorted[at]!));
  };
  place(
    0,
    Array.from({ length: of }, () => 0),
  );
  return best;
}

describe('a split of intents into shards', () => {
  test('is disjoint, complete and within 20 % of the best there is', () => {
    const random = noise(7);
    const worst = { ratio: 0, case: '' };
    for (let round = 0; round < 400; round++) {
      const of = 2 + Math.floor(random() * 4);
      const shape = [
        (): number => 1000 + random() * 9000,
        (): number => 500 * (random() * random() * 40 + 1),
        (): number => [3000, 4000, 5000, 7000][Math.floor(random() * 4)]!,
      ][round % 3]!;
      const items = Array.from({ length: 1 + Math.floor(random() * 11) }, (_, index) => item(`i${index}`, Math.round(shape())));
      const parts = splitEvenly(items, of);
      expect(parts).toHaveLength(of);
      expect(parts.flat().sort()).toEqual(items.map(({ id }) => id).sort());
      const ratio =
        Math.max(...loadsOf(items, parts)) /
        bestSplit(
          items.map(({ ms }) => ms),
          of,
        );
      if (ratio > worst.ratio) Object.assign(worst, { ratio, case: JSON.stringify({ of, weights: items.map(({ ms }) => ms) }) });
    }
    expect(worst.ratio, worst.case).toBeGreaterThanOrEqual(1);
    expect(worst.ratio, worst.case).toBeLessThanOrEqual(1.2);
  });

  test('of a thousand is as even as the longest allows', () => {
    const random = noise(3);
    for (const of of [2, 8, 31]) {
      const items = Array.from({ length: 1000 }, (_, index) => item(`i${index}`, 1000 + random() ** 4 * 120_000));
      const least = Math.max(items.reduce((sum, { ms }) => sum + ms, 0) / of, ...items.map(({ ms }) => ms));
      expect(Math.max(...loadsOf(items, splitEvenly(items, of))) / least).toBeLessThanOrEqual(1.05);
    }
  });

  test('is the same for everybody, whatever order they ask in', () => {
    const random = noise(11);
    const items = Array.from({ length: 60 }, (_, index) => item(`i${index}`, Math.ceil(random() * 20) * 500));
    const shuffled = items
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    expect(splitEvenly(shuffled, 7)).toEqual(splitEvenly(items, 7));
  });

  test('keeps together what must not run at once', () => {
    const random = noise(5);
    for (let round = 0; round < 100; round++) {
      const items = Array.from({ length: 24 }, (_, index) =>
        item(`i${index}`, 1000 + random() * 5000, random() < 0.4 ? [`l${Math.floor(random() * 5)}`, `l${Math.floor(random() * 8)}`] : []),
      );
      const parts = splitEvenly(items, 4);
      expect(parts.flat().sort()).toEqual(items.map(({ id }) => id).sort());
      const holders = new Map<string, Set<number>>();
      for (const { id, locks } of items)
        for (const lock of locks) holders.set(lock, (holders.get(lock) ?? new Set()).add(parts.findIndex((part) => part.includes(id))));
      expect([...holders.values()].every((shards) => shards.size === 1)).toBe(true);
    }
  });

  test('leaves nobody idle while there is work for all', () => {
    for (const count of [4, 5, 9])
      expect(
        splitEvenly(
          Array.from({ length: count }, (_, index) => item(`i${index}`, 1000)),
          4,
        ).every((part) => part.length > 0),
      ).toBe(true);
    expect(splitEvenly([item('a', 1), item('b', 1)], 4).filter((part) => part.length === 0)).toHaveLength(2);
  });
});
