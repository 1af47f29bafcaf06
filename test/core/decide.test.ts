import { describe, expect, it } from 'vitest';
import { decide, exitCodeOf, type Conduct } from '../../src/core/decide.ts';
import type { ModeKind, Verdict, VerdictStatus } from '../../src/core/invariant.ts';

const verdict = (mode: ModeKind, status: VerdictStatus, more: Partial<Verdict> = {}): Verdict => ({
  invariant: 'x',
  name: 'x',
  says: 'x',
  mode,
  status,
  reason: 'converged',
  vacuous: false,
  flipped: status === 'held' && mode === 'eventually',
  builtin: false,
  expected: '',
  found: '',
  diff: [],
  readings: 2,
  unreadable: 0,
  blindMs: 0,
  ...more,
});
const done: Conduct = { kind: 'carried-out' };
const blocked: Conduct = { kind: 'blocked', why: '', by: 'gave-up' };
const fault: Conduct = { kind: 'errored', why: '', by: 'browser' };

describe('the status of an intent', () => {
  const proven = verdict('eventually', 'held');
  const table: [string, Verdict[], Conduct, string][] = [
    ['passes when the journey was carried out and something flipped', [proven], done, 'passed'],
    ['fails when an always was violated, even if the agent gave up', [proven, verdict('always', 'violated')], blocked, 'failed'],
    ['fails when an unchanged was violated, even after a browser fault', [verdict('unchanged', 'violated')], fault, 'failed'],
    ['fails when an eventually did not converge', [verdict('eventually', 'violated')], done, 'failed'],
    ['is blocked when the agent gave up, whatever is violated', [verdict('eventually', 'violated')], blocked, 'blocked'],
    ['is errored when something could not be read', [proven, verdict('always', 'undecided')], done, 'errored'],
    ['prefers a violation to what could not be read', [verdict('eventually', 'violated'), verdict('always', 'undecided')], done, 'failed'],
    [
      'is blocked, not errored, when nothing was done and something could not be read',
      [verdict('always', 'undecided')],
      blocked,
      'blocked',
    ],
    ['is blocked although all invariants hold when the journey was not carried out', [proven], blocked, 'blocked'],
    [
      'is unproven when one verdict is vacuous',
      [proven, verdict('eventually', 'held', { vacuous: true, flipped: false })],
      done,
      'unproven',
    ],
    [
      'is unproven when only always and unchanged held: an idle agent would have got that',
      [verdict('always', 'held'), verdict('unchanged', 'held')],
      done,
      'unproven',
    ],
    ['is unproven without any invariant', [], done, 'unproven'],
    ['passes on a refusal that was proven with its control', [verdict('access', 'held', { flipped: true })], done, 'passed'],
    ['is errored after a fault of the harness even when all holds', [proven], fault, 'errored'],
    ['is skipped when it was not reached', [proven], { kind: 'not-reached', why: '' }, 'skipped'],
  ];
  it.each(table)('%s', (_, verdicts, conduct, expected) => {
    expect(decide(verdicts, conduct).status).toBe(expected);
  });

  it('is unproven when a precondition was not met', () => {
    expect(decide([proven], done, false)).toEqual({ status: 'unproven', reason: 'precondition-unmet' });
  });

  it('a doubt takes a pass away, and changes nothing else', () => {
    const doubt = [{ kind: 'not-its-own' as const, about: 'x', says: 'somebody else' }];
    expect(decide([proven], done, true, [], doubt)).toEqual({ status: 'unproven', reason: 'in-doubt' });
    // That others were at work explains what was broken; it takes nothing away.
    expect(decide([proven], done, true, [], [{ ...doubt[0]!, kind: 'others-too' }]).status).toBe('passed');
    for (const [, verdicts, conduct, expected] of table.filter((row) => row[3] !== 'passed'))
      expect(decide(verdicts, conduct, true, [], doubt).status).toBe(expected);
  });

  it('an environment unlike the one it speaks for takes a pass away, and changes nothing else', () => {
    expect(decide([proven], done, true, ['x'])).toEqual({ status: 'unproven', reason: 'unlike-production' });
    for (const [, verdicts, conduct, expected] of table)
      expect(decide(verdicts, conduct, true, ['x']).status).toBe(expected === 'passed' ? 'unproven' : expected);
  });

  it('never passes for any combination that lacks a flip, a carried-out journey or a held verdict', () => {
    const kinds: VerdictStatus[] = ['held', 'violated', 'undecided'];
    for (const a of kinds)
      for (const b of kinds)
        for (const flipped of [true, false])
          for (const vacuous of [true, false])
            for (const conduct of [done, blocked, fault]) {
              const verdicts = [verdict('eventually', a, { flipped, vacuous }), verdict('always', b)];
              const passes = decide(verdicts, conduct).status === 'passed';
              expect(passes).toBe(a === 'held' && b === 'held' && flipped && !vacuous && conduct === done);
            }
  });
});

describe('the exit code of a run', () => {
  it('is 0 only when every intent passed', () => expect(exitCodeOf(['passed', 'flaky'])).toBe(0));
  it('is 1 for an empty run: nothing was proven', () => expect(exitCodeOf([])).toBe(1));
  it('is 1 when one is skipped, blocked, unproven or failed', () => {
    for (const status of ['skipped', 'blocked', 'unproven', 'failed'] as const) expect(exitCodeOf(['passed', status])).toBe(1);
  });
  it('is 3 when one errored, whatever else failed', () => expect(exitCodeOf(['failed', 'errored', 'passed'])).toBe(3));
});
