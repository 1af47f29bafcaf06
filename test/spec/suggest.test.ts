import { expect, test } from 'vitest';
import { distance, hintFor, nearest } from '../../src/spec/suggest.ts';

test.each([
  ['journey', 'journey', 0],
  ['jurney', 'journey', 1],
  ['jouryne', 'journey', 2],
  ['abcd', 'bacd', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('from %s to %s it is %i steps', (a, b, steps) => {
  expect(distance(a, b)).toBe(steps);
  expect(distance(b, a)).toBe(steps);
});

test('a distance over the limit is not counted out', () => {
  expect(distance('abc', 'xyz', 2)).toBe(Number.POSITIVE_INFINITY);
  expect(distance('a', 'abcdefgh', 2)).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  ['activemember', ['active-member', 'member'], 'active-member'],
  ['member', ['active-member', 'one-mail'], 'active-member'],
  ['admn', ['admin', 'teammate'], 'admin'],
  ['or', ['org', 'user'], 'org'],
  ['xyz', ['journey', 'then'], undefined],
  ['to', ['subject', 'role'], undefined],
])('%s among %j means %s', (name, known, meant) => {
  expect(nearest(name, known)).toBe(meant);
});

test('with nothing near, what is known is listed, and cut when it is long', () => {
  expect(hintFor('zz', ['one', 'two'])).toBe('known: one, two');
  expect(hintFor('zz', [])).toBeUndefined();
  expect(
    hintFor(
      'zz',
      Array.from({ length: 20 }, (_, index) => `name-${index}`),
    ),
  ).toMatch(/, and 8 more$/);
});
