import { describe, expect, test } from 'vitest';
import type { EscapeRate } from '../../src/history/escapes.ts';
import { escapeRate } from '../../src/history/escapes.ts';
import type { RunRecord } from '../../src/history/record.ts';
import { openHistory } from '../../src/history/store.ts';
import { type CoveredIntent, criticalShare, type LastInMode, workflowCoverage } from '../../src/history/workflow-coverage.ts';

const NONE: EscapeRate = { reds: 0, escaped: [], runs: 0, months: {} };
const intent = (id: string, more: Partial<CoveredIntent> = {}): CoveredIntent => ({
  id,
  title: id,
  priority: 'critical',
  touches: ['jobs'],
  proved: true,
  changedAt: '2026-01-10T00:00:00.000Z',
  ...more,
});
const ran = (day: string, status: LastInMode['status'] = 'passed', mode = 'pr'): LastInMode => ({
  mode,
  status,
  run: `run-${day}`,
  startedAt: `2026-01-${day}T00:00:00.000Z`,
});

describe('a journey is covered', () => {
  test.each<[string, CoveredIntent, LastInMode[], string[]]>([
    ['when it is proved, ran since its change and passed', intent('a'), [ran('11')], []],
    ['when nobody knows its change', intent('a', { changedAt: undefined as never }), [ran('01')], []],
    ['not when it never ran', intent('a'), [], ['it never ran']],
    ['not when it ran before its change', intent('a'), [ran('09')], ['it did not run since its change of 2026-01-10']],
    [
      'not when its newest run, in whatever mode, did not pass',
      intent('a'),
      [ran('11'), ran('12', 'failed', 'nightly')],
      ['its last run was failed'],
    ],
    ['not when it is flaky', intent('a'), [ran('11', 'flaky')], ['its last run was flaky']],
    ['not when nobody proved that it notices', intent('a', { proved: false }), [ran('11')], ['nobody proved that it notices']],
  ])('%s', (_, one, modes, missing) => {
    const told = workflowCoverage([one], () => modes, NONE);
    expect(told.intents[0]).toMatchObject({ missing, covered: missing.length === 0 });
    expect(criticalShare(told)).toBe(missing.length === 0 ? 1 : 0);
  });

  test('by priority and by system; without a critical intent there is nothing to rely on', () => {
    const told = workflowCoverage(
      [intent('a'), intent('b', { proved: false, touches: ['jobs', 'mail'] }), intent('c', { priority: 'normal' })],
      () => [ran('11')],
      NONE,
    );
    expect(told.priorities).toEqual({ critical: { all: 2, covered: 1 }, high: { all: 0, covered: 0 }, normal: { all: 1, covered: 1 } });
    expect(told.systems).toEqual([
      { system: 'mail', intents: 1, critical: 1, covered: 0 },
      { system: 'jobs', intents: 3, critical: 2, covered: 2 },
    ]);
    expect(criticalShare(told)).toBe(0.5);
    expect(criticalShare(workflowCoverage([intent('c', { priority: 'high' })], () => [ran('11')], NONE))).toBe(0);
  });
});

describe('what history knows of it', () => {
  const record = (
    day: number,
    status: 'passed' | 'failed' | 'skipped',
    mode: string,
    more: Partial<RunRecord> = {},
    selection?: { applied: boolean; chosen: boolean },
  ): RunRecord => ({
    run: `run-${day}`,
    startedAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
    target: 'staging',
    mode,
    commit: `c${day}`,
    exitCode: status === 'failed' ? 1 : 0,
    durationMs: 1,
    intents: [
      {
        id: 'order',
        title: 'Order',
        status,
        sentence: `It ${status}.`,
        durationMs: 1,
        attempts: 1,
        adaptations: [],
        invariants: [],
        ...(selection ? { selection: { base: 'c0', risk: 0, why: 'x', ...selection } } : {}),
      },
    ],
    ...more,
  });

  test('the newest run in each mode, and the commit of the newest run of everything', () => {
    const history = openHistory(':memory:');
    for (const one of [
      record(1, 'passed', 'pr'),
      record(2, 'failed', 'nightly'),
      record(3, 'failed', 'pr'),
      record(4, 'passed', 'pr', { partial: true }),
      record(5, 'skipped', 'pr', { partial: true }),
    ])
      history.record(one);
    expect(history.lastInModes('order').map(({ mode, status, run }) => `${mode} ${status} ${run}`)).toEqual([
      'nightly failed run-2',
      'pr passed run-4',
    ]);
    expect(history.lastFullCommit('staging')).toBe('c3');
    expect(history.lastFullCommit('production')).toBeUndefined();
    history.close();
  });

  test('what selections would have missed: a red that began in a run that measured them, by month', () => {
    const history = openHistory(':memory:');
    const measured = (chosen: boolean) => ({ applied: false, chosen });
    history.record(record(1, 'passed', 'nightly', {}, measured(false)));
    history.record(record(2, 'failed', 'nightly', {}, measured(false)));
    history.record(record(3, 'failed', 'nightly', {}, measured(false)));
    history.record(record(4, 'passed', 'nightly', {}, measured(true)));
    history.record(record(5, 'failed', 'nightly', {}, measured(true)));
    expect(escapeRate(history)).toMatchObject({
      reds: 2,
      runs: 5,
      months: { '2026-01': { reds: 2, escaped: 1 } },
      escaped: [{ intent: 'order', caughtBy: 'run-2', missedBy: 'the selection since c0' }],
    });
    history.close();
  });
});
