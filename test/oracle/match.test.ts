import { describe, expect, test } from 'vitest';
import { InvalidExpectation } from '../../src/oracle/invalid-expectation.ts';
import { match } from '../../src/oracle/match.ts';

const ok = (value: unknown, expectation: unknown) => match(value, expectation).ok;
const diff = (value: unknown, expectation: unknown) => match(value, expectation).diff;

describe('data', () => {
  test('an object matches in part', () => {
    expect(ok({ role: 'editor', status: 'active', id: 7 }, { role: 'editor' })).toBe(true);
    expect(diff({ role: 'viewer' }, { role: 'editor', status: 'active' })).toEqual([
      'role: expected editor, found viewer',
      'status: expected active, found nothing (the field is missing)',
    ]);
  });
  test('a list of rows is matched row by row, with exactly as many rows', () => {
    expect(ok([{ role: 'editor', id: 1 }], [{ role: 'editor' }])).toBe(true);
    expect(ok([{ role: 'editor' }, { role: 'editor' }], [{ role: 'editor' }])).toBe(false);
    expect(diff([], [{ role: 'editor' }])).toEqual(['expected exactly one: [{ role: editor }], found nothing ([])']);
    expect(diff([{ role: 'viewer' }], [{ role: 'editor' }])).toEqual(['[0].role: expected editor, found viewer']);
  });
  test('an expected empty list is not a wild card', () => {
    expect(ok([], [])).toBe(true);
    expect(ok([1], [])).toBe(false);
    expect(ok(null, [])).toBe(false);
  });
  test('an expected empty object matches any object and nothing else', () => {
    expect(ok({ a: 1 }, {})).toBe(true);
    expect(ok([], {})).toBe(false);
    expect(ok(null, {})).toBe(false);
  });
  test('scalars are exact', () => {
    expect(ok(null, null)).toBe(true);
    expect(ok({}, { deleted_at: null })).toBe(false);
    expect(ok({ deleted_at: null }, { deleted_at: null })).toBe(true);
    expect(ok(0, false)).toBe(false);
    expect(ok('', null)).toBe(false);
  });
  test('a number and a text of its digits differ, and the difference says so', () => {
    expect(diff({ n: '5' }, { n: 5 })).toEqual(['n: expected the number 5, found the text "5"']);
    expect(diff({ n: 5 }, { n: '5' })).toEqual(['n: expected the text "5", found the number 5']);
    expect(diff({ on: 1 }, { on: true })).toEqual(['on: expected true, found the number 1']);
  });
  test('accents compare as they read, composed or not', () => {
    expect(ok('Zo\u0065\u0301', 'Zo\u00e9')).toBe(true);
    expect(ok('Zo\u0065\u0301', { contains: '\u00e9' })).toBe(true);
    expect(ok('Zo\u0065\u0301', { matches: '\u00e9$' })).toBe(true);
  });
  test('fields of the prototype are not fields', () => {
    expect(ok({}, { constructor: { exists: true } })).toBe(false);
    expect(ok(JSON.parse('{"__proto__":{"admin":true}}'), { admin: true })).toBe(false);
  });
  test('long differences are cut with a count', () => {
    const lines = diff(
      Array.from({ length: 30 }, () => 1),
      Array.from({ length: 30 }, () => 2),
    );
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 10 more differences');
  });
});

describe('none', () => {
  test.each([null, '', [], {}, { status: 404, body: null }, { status: 204, body: '' }])('%j is an empty answer', (value) =>
    expect(ok(value, 'none')).toBe(true),
  );
  test.each([0, false, 'none', [{}], [null], [{ n: 0 }], { status: 200, body: { items: [] } }, { items: [] }])('%j is not', (value) =>
    expect(ok(value, 'none')).toBe(false),
  );
  test('is the word only at the top; inside it is a text', () => {
    expect(ok({ plan: 'none' }, { plan: 'none' })).toBe(true);
    expect(ok({ plan: null }, { plan: 'none' })).toBe(false);
    expect(ok('none', { eq: 'none' })).toBe(true);
  });
});

describe('operators', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['eq is exact, not partial', { a: 1, b: 2 }, { eq: { a: 1 } }, false],
    ['eq ignores key order', { a: 1, b: 2 }, { eq: { b: 2, a: 1 } }, true],
    ['ne', 'failed', { ne: 'failed' }, false],
    ['gt', 3, { gt: 2 }, true],
    ['gte on the edge', 2, { gte: 2 }, true],
    ['lt', 3, { lt: 2 }, false],
    ['lte with a numeric text', '1', { lte: 2 }, false],
    ['order of amounts that are texts', '9.00', { gte: '10.00' }, false],
    ['the same, of another length', '10.00', { gte: '9.5' }, true],
    ['below zero', '-0.5', { between: ['-0.75', '0'] }, true],
    ['a whole number that no number holds', '10000000000000000001', { gt: 10 }, true],
    ['order of times in two zones', '2026-01-01T23:30:00-05:00', { lt: '2026-01-02T00:00:00Z' }, false],
    ['order of times of one clock, written in two ways', '2026-01-01 23:30:00', { gt: '2026-01-01T22:00:00' }, true],
    ['a time without a zone and one with', '2026-01-01 23:30:00', { gt: '2026-01-01T22:00:00Z' }, false],
    ['order of ISO times', '2026-11-20T10:00:00Z', { gt: '2026-11-20T09:00:00Z' }, true],
    ['between is inclusive', 3, { between: [1, 3] }, true],
    ['between', 4, { between: [1, 3] }, false],
    ['in', 'b', { in: ['a', 'b'] }, true],
    ['in is exact in kind', '1', { in: [1, 2] }, false],
    ['contains in a text', 'invited to Acme', { contains: 'Acme' }, true],
    ['contains an item in part', [{ id: 1, role: 'x' }], { contains: { role: 'x' } }, true],
    ['contains on a number', 12, { contains: '1' }, false],
    ['matches finds', 'a mail for you', { matches: 'mail (for|to)' }, true],
    ['matches on a number', 12, { matches: '1' }, false],
    ['exists', { a: 0 }, { a: { exists: true } }, true],
    ['exists is not null', { a: null }, { a: { exists: true } }, false],
    ['absent', {}, { a: { absent: true } }, true],
    ['absent: null counts as absent', { a: null }, { a: { absent: true } }, true],
    ['exists: false', { a: 1 }, { a: { exists: false } }, false],
    ['count is exact', [1, 2], { count: 1 }, false],
    ['count with a test', [1, 2], { count: { gte: 1 } }, true],
    ['count of no list', null, { count: 0 }, false],
    ['count as a field of a row', [{ count: 3 }], [{ count: 3 }], true],
    ['count as a field that differs', [{ count: 2 }], [{ count: 3 }], false],
    ['each', [{ s: 'a' }, { s: 'a' }], { each: { s: 'a' } }, true],
    ['each on one that differs', [{ s: 'a' }, { s: 'b' }], { each: { s: 'a' } }, false],
    ['each never holds of nothing', [], { each: { s: 'a' } }, false],
    ['any', [{ s: 'a' }, { s: 'b' }], { any: { s: 'b' } }, true],
    ['any of nothing', [], { any: {} }, false],
    ['none of', [{ s: 'a' }], { none: { s: 'b' } }, true],
    ['none of, but there is one', [{ s: 'a' }], { none: { s: 'a' } }, false],
    ['none of nothing', [], { none: { s: 'a' } }, true],
    ['none of no list', null, { none: { s: 'a' } }, false],
    ['several operators all hold', 5, { gt: 1, lt: 4 }, false],
    ['a missing field satisfies no operator but absent: ne', {}, { a: { ne: 1 } }, false],
    ['a missing field: none', {}, { a: { none: 1 } }, false],
  ])('%s', (_, value, expectation, holds) => expect(ok(value, expectation)).toBe(holds));

  test('differences name the operator', () => {
    expect(diff([{ n: 3 }], [{ n: { gte: 5 } }])).toEqual(['[0].n: expected ≥ 5, found 3']);
    expect(diff([1, 2, 3], { count: 2 })).toEqual(['expected count 2, found 3: [1, 2, 3]']);
    expect(diff({ n: '7' }, { n: { gt: 5 } })).toEqual(['n: expected > 5, found a text, which has no order with a number: "7"']);
  });
  test('an operand that means nothing is refused, whatever was read', () => {
    expect(() => ok('x', { matches: '(' })).toThrow(InvalidExpectation);
    expect(() => ok('x', { in: 'x' })).toThrow(InvalidExpectation);
    expect(() => ok(1, { between: [1] })).toThrow(InvalidExpectation);
  });
  test('a pattern that makes back-tracking engines hang answers at once', () => {
    const started = performance.now();
    expect(ok(`${'a'.repeat(50_000)}!`, { matches: '^(a+)+$' })).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('cel', () => {
  test.each<[string, unknown, boolean]>([
    ['value.n + 1 == 2', { n: 1 }, true],
    ['value.n * 1.5 == 3.0', { n: 2 }, true],
    ['value.n + 1 > 2', { n: 1.5 }, true],
    ['value.n == 1.0', { n: 1 }, true],
    ['value.n == "1"', { n: 1 }, false],
    ['size(value) == 2 && value.all(r, r.x > 0)', [{ x: 1 }, { x: 2.5 }], true],
    ['value.exists(r, r.s.matches("^(a+)+$"))', [{ s: `${'a'.repeat(40)}!` }], false],
    ['value[0].s.matches("b\\\\d") || value[0].s == "matches"', [{ s: 'matches' }], true],
    ['!(value.a || value.b) && value.c', { a: false, b: false, c: true }, true],
    ['value == null', null, true],
  ])('%s over %j', (source, value, holds) => expect(ok(value, { cel: source })).toBe(holds));

  test('a field that is not there makes it not hold, and says so', () => {
    expect(match({}, { cel: 'value.x == 1' })).toEqual({ ok: false, diff: ['expected value.x == 1, found No such key: x in {}'] });
    expect(ok([], { cel: 'value[0].x == 1' })).toBe(false);
  });
  test.each(['value.n', 'valu.n == 1', '1 +', 'size(value)', 'value.n.matches("(")', 'nosuch(value) == 1'])('%s is refused', (source) => {
    expect(() => ok({ n: 'a' }, { cel: source })).toThrow(InvalidExpectation);
  });
  test('an expression that would run for minutes is broken off', () => {
    const value = Array.from({ length: 400 }, (_, index) => index);
    const source = 'value.all(a, value.all(b, value.all(c, value.all(d, a + b + c + d >= 0))))';
    expect(() => ok(value, { cel: source })).toThrow(/longer than/);
  });
});
