import { describe, expect, it } from 'vitest';
import { planIntents } from '../../src/runner/plan.ts';
import { ResourceLocks } from '../../src/runner/resource-locks.ts';
import { withVars } from '../../src/runner/scope.ts';
import type { Intent, Priority } from '../../src/core/intent.ts';

const where = { file: 'a.yaml', line: 1, col: 1 };
const intent = (id: string, priority: Priority = 'normal', steps = 1): Intent => ({
  id,
  title: id,
  priority,
  touches: [id],
  watch: [],
  given: [],
  vars: {},
  actors: {},
  journey: Array.from({ length: steps }, () => ({ actor: 'user', text: 'x', tries: false, where })),
  then: [],
  requires: [],
  withinMs: 1,
  settleMs: 1,
  blindMs: 1,
  locks: [],
  budget: {},
  where,
});

describe('the plan', () => {
  const intents = [intent('c'), intent('a', 'critical'), intent('b', 'high', 2), intent('d', 'normal', 5)];

  it('takes the most important first, then the longest', () =>
    expect(planIntents(intents, { ids: [] }).chosen.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'c']));
  it('takes globs and names what matches nothing', () => {
    const { chosen, unknown } = planIntents(intents, { ids: ['[', 'a*'] });
    expect(chosen.map(({ id }) => id)).toEqual(['a']);
    expect(unknown).toEqual(['[']);
  });
  it('filters by priority and by system', () => {
    expect(planIntents(intents, { ids: [], priority: 'high' }).chosen.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(planIntents(intents, { ids: [], touches: ['d'] }).chosen.map(({ id }) => id)).toEqual(['d']);
  });
  it('gives every shard its part of the same order, and tells each what the whole is', () => {
    const many = Array.from({ length: 37 }, (_, index) => intent(`i${index}`, index % 9 === 0 ? 'critical' : 'normal', 1 + (index % 5)));
    const usual = (id: string) => (id.endsWith('3') ? undefined : 1000 * (Number(id.slice(1)) % 7) + 500);
    const { chosen: all, whole } = planIntents(many, { ids: [] }, usual);
    expect(whole).toEqual(all.map(({ id }) => id));
    const shards = [1, 2, 3, 4, 5].map((index) => planIntents(many.toReversed(), { ids: [], shard: { index, of: 5 } }, usual));
    expect(shards.flatMap(({ chosen }) => chosen.map(({ id }) => id)).sort()).toEqual([...whole].sort());
    for (const shard of shards) {
      expect(shard.whole).toEqual(whole);
      expect(shard.chosen.map(({ id }) => id)).toEqual(whole.filter((id) => shard.chosen.some((one) => one.id === id)));
    }
  });
});

describe('resource locks', () => {
  it('never let two holders of one resource run at once, and never deadlock', async () => {
    const locks = new ResourceLocks();
    const inside = new Map<string, number>();
    let worst = 0;
    const work = (names: string[]) =>
      locks.hold(names, async () => {
        for (const name of names) {
          inside.set(name, (inside.get(name) ?? 0) + 1);
          worst = Math.max(worst, inside.get(name)!);
        }
        await new Promise((resolve) => setImmediate(resolve));
        for (const name of names) inside.set(name, inside.get(name)! - 1);
      });
    await Promise.all([work(['a', 'b']), work(['b', 'a']), work(['a']), work(['b', 'c']), work(['c', 'a'])]);
    expect(worst).toBe(1);
  });
});

describe('variables of an intent', () => {
  it('may use each other in any order', () =>
    expect(withVars({ a: '${b}!', b: '${run.id}' }, { run: { id: 'r' } }, {})).toMatchObject({ a: 'r!', b: 'r' }));
  it('that refer to each other in a circle are an error, not a hang', () =>
    expect(() => withVars({ a: '${b}', b: '${a}' }, {}, {})).toThrow(/not defined/));
});
