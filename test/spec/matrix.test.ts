import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/core/intent.ts';
import { cellsBeyond, combinations } from '../../src/spec/matrix.ts';
import { loadInline, saidOfIntent } from './inline-project.ts';

const THEN = 'then: [ { member: { email: "${matrix.plan}@example.test", role: editor } } ]\n';

test('an intent is there once for each cell, with an id, a title and values of its own', async () => {
  const { project, said } = await loadInline({
    'intents/a.intent.yaml': `intent: Invite\nmatrix: { plan: [free, pro], beta: [on, off] }\n${THEN}`,
  });
  expect(said).toEqual([]);
  expect(project!.intents.map(({ id, title, cell }) => ({ id, title, cell }))).toEqual([
    { id: 'a[plan=free,beta=on]', title: 'Invite (plan free, beta on)', cell: { of: 'a', values: { plan: 'free', beta: 'on' } } },
    { id: 'a[plan=free,beta=off]', title: 'Invite (plan free, beta off)', cell: { of: 'a', values: { plan: 'free', beta: 'off' } } },
    { id: 'a[plan=pro,beta=on]', title: 'Invite (plan pro, beta on)', cell: { of: 'a', values: { plan: 'pro', beta: 'on' } } },
    { id: 'a[plan=pro,beta=off]', title: 'Invite (plan pro, beta off)', cell: { of: 'a', values: { plan: 'pro', beta: 'off' } } },
  ]);
});

test.each([
  [
    'a factor that is not there',
    'matrix: { role: [editor] }',
    expect.stringContaining('${matrix.plan} is not defined: "matrix" has no "plan"'),
  ],
  ['a value twice', 'matrix: { plan: [free, free] }', expect.stringContaining('matrix.plan: a value is there twice')],
  [
    'far too many cells',
    `matrix: { plan: [free], ${Array.from({ length: 9 }, (_, at) => `f${at}: [a, b]`).join(', ')} }`,
    expect.stringContaining('matrix: 512 cells are too many; at most 256 (cells: pairwise needs far fewer)'),
  ],
  ['a value that no file can be called', 'matrix: { plan: ["a/b"] }', expect.stringContaining('a value of a matrix is letters, digits')],
])('%s is a mistake', async (_, line, expected) => {
  expect(await saidOfIntent(`intent: Invite\n${line}\n${THEN}`)).toContainEqual(expected);
});

describe('pairwise', () => {
  const factors = {
    plan: ['free', 'pro', 'business'],
    role: ['owner', 'admin', 'editor', 'viewer'],
    beta: [true, false],
    mail: ['real', 'stub'],
    size: [1, 10, 100],
  };
  const cells = combinations({ factors, cells: 'pairwise' });

  test('every two values of different factors meet', () => {
    const names = Object.keys(factors) as (keyof typeof factors)[];
    for (const first of names)
      for (const second of names.filter((name) => name > first))
        for (const a of factors[first])
          for (const b of factors[second]) {
            expect(
              cells.some((cell) => cell[first] === a && cell[second] === b),
              `${first} ${a} with ${second} ${b}`,
            ).toBe(true);
          }
  });
  test('in far fewer cells than all, and the same ones each time', () => {
    expect(combinations({ factors, cells: 'full' })).toHaveLength(144);
    expect(cells.length).toBeLessThanOrEqual(16);
    expect(combinations({ factors, cells: 'pairwise' })).toEqual(cells);
  });
  test('of a single factor are all its values', () =>
    expect(combinations({ factors: { plan: ['free', 'pro'] }, cells: 'pairwise' })).toEqual([{ plan: 'free' }, { plan: 'pro' }]));
});

describe('the depth of a run', () => {
  const values = combinations({
    factors: { plan: ['free', 'pro', 'business'], role: ['admin', 'viewer'], beta: [true, false] },
    cells: 'full',
  });
  const intents = [
    ...values.map((cell, index) => ({ id: `a${index}`, cell: { of: 'a', values: cell } })),
    { id: 'plain' },
    { id: 'b0', cell: { of: 'b', values: { x: 1 } } },
  ] as Intent[];
  const run = (depth: Parameters<typeof cellsBeyond>[0]): string[] =>
    intents.map(({ id }) => id).filter((id) => !cellsBeyond(depth, intents).includes(id));

  test('is one cell of each matrix, each value once, every two values, or all; what has no matrix always runs', () => {
    expect(run('one')).toEqual(['a0', 'plain', 'b0']);
    const once = run('each-value')
      .filter((id) => id.startsWith('a'))
      .map((id) => values[Number(id.slice(1))]!);
    expect(once).toHaveLength(3);
    for (const factor of ['plan', 'role', 'beta'])
      expect(new Set(once.map((cell) => cell[factor])).size).toBe(new Set(values.map((cell) => cell[factor])).size);
    expect(run('pairwise').length).toBeLessThan(run('all').length);
    expect(run('pairwise').length).toBeGreaterThanOrEqual(6 + 2);
    expect(run('all')).toHaveLength(intents.length);
  });
});
