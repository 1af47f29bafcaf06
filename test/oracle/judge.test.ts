import { describe, expect, test } from 'vitest';
import type { BoundInvariant, Mode, Reading } from '../../src/core/invariant.ts';
import { judgeReadings } from '../../src/oracle/judge.ts';

const END = 1000;
const NEVER = Number.POSITIVE_INFINITY;
const query = { probe: 'sql', args: {} };
const at = (time: number, phase: Reading['phase'], value: unknown, more: Partial<Reading> = {}): Reading => ({
  at: time,
  ms: 4,
  phase,
  value,
  ...more,
});
const lost = (time: number, phase: Reading['phase'], more: Partial<Reading> = {}): Reading => ({
  at: time,
  ms: 4,
  phase,
  unreadable: 'connection refused',
  ...more,
});
const judge = (mode: Mode, readings: Reading[], end = END, more: Partial<BoundInvariant> = {}) =>
  judgeReadings(
    { id: 'i', name: 'i', says: 'i is so', mode, builtin: false, withinMs: 5000, settleMs: 300, blindMs: 2000, ...more },
    readings,
    end === NEVER ? undefined : end,
  );

const eventually: Mode = { kind: 'eventually', query, expect: [{ role: 'editor' }] };
const editor = [{ role: 'editor' }];
const viewer = [{ role: 'viewer' }];

describe('what a verdict tells', () => {
  test('expected, found, where, when it converged, how often it was read', () => {
    expect(
      judge(eventually, [
        at(0, 'baseline', []),
        at(1001, 'poll', viewer),
        lost(1200, 'poll'),
        at(1420, 'poll', editor),
        at(2000, 'final', editor),
      ]),
    ).toEqual({
      invariant: 'i',
      name: 'i',
      says: 'i is so',
      mode: 'eventually',
      status: 'held',
      reason: 'converged',
      vacuous: false,
      flipped: true,
      builtin: false,
      expected: 'exactly one: [{ role: editor }]',
      found: '[{ role: editor }]',
      diff: [],
      value: editor,
      readings: 5,
      unreadable: 1,
      convergedMs: 420,
      blindMs: 0,
      decidedAt: 2000,
    });
  });
  test('a violation keeps the difference of the reading that decided', () => {
    expect(
      judge(eventually, [at(0, 'baseline', []), at(1001, 'poll', []), at(6000, 'poll', viewer), at(6500, 'final', viewer)]),
    ).toMatchObject({
      status: 'violated',
      reason: 'did-not-converge',
      found: '[{ role: viewer }]',
      diff: ['[0].role: expected editor, found viewer'],
      decidedAt: 6000,
    });
  });
  test('long values are cut in a verdict', () => {
    const rows = Array.from({ length: 500 }, (_, id) => ({ id, text: 'x'.repeat(2000) }));
    const verdict = judge({ kind: 'always', query, expect: 'none' }, [at(0, 'baseline', rows)]);
    expect(JSON.stringify(verdict).length).toBeLessThan(20_000);
    expect((verdict.value as unknown[]).at(-1)).toBe('… 500 in all');
  });
});

describe('holes that are closed', () => {
  test('a journey whose end was not recorded proves nothing', () => {
    const cases: [Mode, unknown][] = [
      [eventually, editor],
      [{ kind: 'always', query, expect: 'none' }, []],
      [{ kind: 'unchanged', query }, []],
    ];
    for (const [mode, value] of cases) {
      const readings = [at(0, 'baseline', []), at(1500, 'poll', value), at(2000, 'final', value)];
      expect(judge(mode, readings)).toMatchObject({ status: 'held' });
      expect(judge(mode, readings, NEVER)).toMatchObject({ status: 'undecided', reason: 'no-readings' });
    }
  });
  test('a read that began before the journey’s end and ended after it is no evidence of after', () => {
    expect(judge(eventually, [at(0, 'baseline', []), at(990, 'poll', editor, { ms: 50 }), at(6000, 'poll', viewer)])).toMatchObject({
      status: 'violated',
      reason: 'did-not-converge',
    });
  });
  test('a baseline that ended after the journey is no baseline', () => {
    expect(judge(eventually, [at(900, 'baseline', [], { ms: 200 }), at(1100, 'poll', editor), at(2000, 'final', editor)])).toMatchObject({
      status: 'undecided',
      flipped: false,
    });
  });
  test('converged, but never read again', () => {
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', editor)])).toMatchObject({
      status: 'undecided',
      reason: 'no-readings',
    });
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', editor), at(1200, 'final', editor)])).toMatchObject({
      status: 'undecided',
      reason: 'no-readings',
    });
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', editor), at(2000, 'settle', editor)])).toMatchObject({
      status: 'undecided',
      reason: 'no-readings',
    });
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', editor), lost(2000, 'final')])).toMatchObject({
      status: 'undecided',
      reason: 'unreadable',
    });
  });
  test('a settle window counts from the end of a slow read', () => {
    const slow = [at(0, 'baseline', []), at(1100, 'poll', editor, { ms: 900 }), at(2200, 'final', editor)];
    expect(judge(eventually, slow)).toMatchObject({ status: 'undecided' });
    expect(judge(eventually, [...slow, at(2300, 'final', editor)])).toMatchObject({ status: 'held' });
  });
  test('one false baseline among true ones is no proof that it was false', () => {
    expect(
      judge(eventually, [at(0, 'baseline', editor), at(10, 'baseline', []), at(1100, 'poll', editor), at(2000, 'final', editor)]),
    ).toMatchObject({ status: 'held', vacuous: true, reason: 'already-true', flipped: false });
  });
  test('unknown at the deadline is undecided, although it was false before', () => {
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', viewer), lost(6000, 'poll'), lost(6500, 'final')])).toMatchObject({
      status: 'undecided',
      reason: 'unreadable',
    });
  });
  test('unknown at the deadline and true afterwards is undecided, and tells when it was seen', () => {
    const verdict = judge(eventually, [at(0, 'baseline', []), lost(6000, 'poll'), at(7000, 'final', editor)]);
    expect(verdict).toMatchObject({ status: 'undecided', reason: 'unreadable' });
    expect(verdict.found).toContain('first seen to hold 6.0 s after the journey');
  });
  test('a poll that was cut short is undecided, not a failure of the product', () => {
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', viewer), at(2000, 'poll', viewer)])).toMatchObject({
      status: 'undecided',
      reason: 'no-readings',
    });
  });
  test('credentials refused after it held: it is not known to hold still', () => {
    expect(judge(eventually, [at(0, 'baseline', []), at(1100, 'poll', editor), lost(2000, 'final', { denied: true })])).toMatchObject({
      status: 'undecided',
      reason: 'denied',
    });
  });
  test('a reading without a value is unreadable', () => {
    expect(
      judge(eventually, [at(0, 'baseline', []), { at: 1100, ms: 1, phase: 'poll' }, { at: 6001, ms: 1, phase: 'poll' }]),
    ).toMatchObject({ status: 'undecided', unreadable: 2 });
  });
  test('always with nothing readable, and with nothing at all', () => {
    const always: Mode = { kind: 'always', query, expect: 'none' };
    expect(judge(always, [lost(0, 'baseline'), lost(500, 'watch'), lost(2000, 'final')])).toMatchObject({
      status: 'undecided',
      reason: 'unreadable',
      blindMs: 2004,
    });
    expect(judge(always, [])).toMatchObject({ status: 'undecided', reason: 'no-readings' });
  });
  test('always: what nobody looked at for a minute was not watched', () => {
    expect(judge({ kind: 'always', query, expect: 'none' }, [at(0, 'baseline', []), at(60_000, 'final', [])], 59_000)).toMatchObject({
      status: 'undecided',
      reason: 'blind-too-long',
      blindMs: 59_996,
    });
  });
  test('always: a violation seen before credentials were refused stays a violation', () => {
    expect(
      judge({ kind: 'always', query, expect: 'none' }, [
        at(0, 'baseline', []),
        at(500, 'watch', [1]),
        lost(600, 'watch', { denied: true }),
      ]),
    ).toMatchObject({ status: 'violated', reason: 'violated-during' });
  });
  test('unchanged without a readable baseline is undecided', () => {
    expect(judge({ kind: 'unchanged', query }, [lost(0, 'baseline'), at(2000, 'final', [])])).toMatchObject({
      status: 'undecided',
      reason: 'unreadable',
    });
    expect(judge({ kind: 'unchanged', query }, [at(2000, 'final', [])])).toMatchObject({ status: 'undecided', reason: 'no-readings' });
  });
  test('a change to what is already there is vacuous, not a flip', () => {
    const changes: Mode = { kind: 'changes', query, from: { exists: true }, to: 'pro' };
    expect(judge(changes, [at(0, 'baseline', 'pro'), at(1100, 'poll', 'pro'), at(2000, 'final', 'pro')])).toMatchObject({
      status: 'held',
      vacuous: true,
      flipped: false,
    });
  });
  test('a count that cannot be compared is never an increase', () => {
    const increases: Mode = { kind: 'increases_by', query, by: 3 };
    const one: Mode = { kind: 'increases_by', query, by: 1 };
    // Another invitation in the place of the first is no more of them, although its id is one more.
    expect(judge(one, [at(0, 'baseline', [{ id: 7 }]), at(1100, 'poll', [{ id: 8 }]), at(2000, 'final', [{ id: 8 }])]).status).toBe(
      'violated',
    );
    expect(
      judge(one, [
        at(0, 'baseline', [{ invitation_id: 7 }]),
        at(1100, 'poll', [{ invitation_id: 7 }, { invitation_id: 8 }]),
        at(2000, 'final', [{ invitation_id: 7 }, { invitation_id: 8 }]),
      ]).status,
    ).toBe('held');
    expect(judge(one, [at(0, 'baseline', [{ n: 7 }]), at(1100, 'poll', [{ n: 8 }]), at(2000, 'final', [{ n: 8 }])]).status).toBe('held');
    expect(judge(increases, [at(0, 'baseline', []), at(1100, 'poll', [{ n: 3 }]), at(6001, 'poll', [{ n: 3 }])])).toMatchObject({
      status: 'violated',
      reason: 'did-not-converge',
    });
    expect(judge(increases, [at(0, 'baseline', { n: 1 }), at(1100, 'poll', { n: 4 }), at(2000, 'final', { n: 4 })])).toMatchObject({
      status: 'undecided',
      reason: 'invalid-expectation',
    });
    expect(
      judge(increases, [at(0, 'baseline', [1, 2]), at(1100, 'poll', [1, 2, 3, 4, 5]), at(2000, 'final', [1, 2, 3, 4, 5])]),
    ).toMatchObject({ status: 'held', flipped: true });
  });
  test('an increase by nothing is vacuous', () => {
    expect(judge({ kind: 'increases_by', query, by: 0 }, [at(0, 'baseline', 4), at(1100, 'poll', 4), at(2000, 'final', 4)])).toMatchObject({
      status: 'held',
      vacuous: true,
    });
  });
});

describe('unchanged tells what changed', () => {
  const unchanged = (before: unknown, after: unknown) =>
    judge({ kind: 'unchanged', query }, [at(0, 'baseline', before), at(2000, 'final', after)]);
  test.each<[unknown, unknown, string[]]>([
    [[{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 1 }, { id: 3 }], ['gone: { id: 2 }']],
    [[{ id: 1 }], [{ id: 1 }, { id: 1 }], ['new: { id: 1 }']],
    [
      [
        { id: 1, role: 'editor' },
        { id: 2, role: 'viewer' },
      ],
      [
        { id: 1, role: 'admin' },
        { id: 2, role: 'viewer' },
      ],
      ['[0].role: was editor, is admin'],
    ],
    [{ plan: 'free', seats: 3 }, { plan: 'pro', seats: 3 }, ['plan: was free, is pro']],
    [[1, 2], [2, 1], ['the same 2 in another order']],
    [{ count: 1 }, { count: 2 }, ['count: was 1, is 2']],
    [null, [], ['was null, is nothing ([])']],
    [{ a: 1 }, {}, ['a: was 1, is nothing (the field is missing)']],
  ])('%j → %j', (before, after, diff) =>
    expect(unchanged(before, after)).toMatchObject({ status: 'violated', reason: 'changed', diff, found: diff.join('; ') }),
  );
  test('the same with its keys in another order is the same', () => expect(unchanged({ a: 1, b: 2 }, { b: 2, a: 1 }).status).toBe('held'));
});
