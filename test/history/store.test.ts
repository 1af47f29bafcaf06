import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Status } from '../../src/core/decide.ts';
import { absorbHistory } from '../../src/history/absorb.ts';
import { escapesOf } from '../../src/history/escapes.ts';
import { healthOf } from '../../src/history/health.ts';
import { pastForReports } from '../../src/history/for-reports.ts';
import type { RunRecord } from '../../src/history/record.ts';
import { type History, openHistory } from '../../src/history/store.ts';

let folder: string;
let history: History;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  history = openHistory(join(folder, 'deep', 'history.sqlite'));
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Run number n, on day n. */
function run(
  n: number,
  status: Status,
  more: { convergedMs?: number; commit?: string; target?: string; durationMs?: number } = {},
): RunRecord {
  const { convergedMs, commit = `c${n}`, target = 'staging', durationMs = 1000 + n } = more;
  return {
    run: `run-${n}`,
    startedAt: new Date(Date.UTC(2026, 0, n)).toISOString(),
    target,
    mode: 'ci',
    commit,
    exitCode: status === 'passed' ? 0 : 1,
    durationMs: 5000,
    intents: [
      {
        id: 'order',
        title: 'Order a book',
        status,
        ...(status === 'failed' ? { cause: 'product' as const } : {}),
        sentence: `It ${status}.`,
        durationMs,
        attempts: 1,
        adaptations: n % 2 === 0 ? [{ step: 0, note: `note ${n}`, agent: 'relocate' }] : [],
        invariants: [
          {
            id: 'ordered',
            status: status === 'failed' ? 'violated' : 'held',
            withinMs: 20_000,
            ...(convergedMs === undefined ? {} : { convergedMs }),
          },
        ],
        ...(status === 'passed' ? { footprint: { v: 1, run: `run-${n}`, startedAt: new Date(Date.UTC(2026, 0, n)).toISOString() } } : {}),
      },
    ],
  };
}

describe('the history of runs', () => {
  test('knows the past of an intent, newest first, and its last green run', () => {
    for (const [n, status] of [
      [1, 'passed'],
      [2, 'passed'],
      [3, 'failed'],
    ] as const)
      history.record(run(n, status));
    expect(history.past('order').map((past) => `${past.run} ${past.status} ${past.cause ?? ''}`)).toEqual([
      'run-3 failed product',
      'run-2 passed ',
      'run-1 passed ',
    ]);
    expect(history.lastGreen('order', 'staging')).toEqual({
      run: 'run-2',
      startedAt: '2026-01-02T00:00:00.000Z',
      commit: 'c2',
      status: 'passed',
      sentence: 'It passed.',
      durationMs: 1002,
    });
    expect(history.lastGreen('order', 'production')).toBeUndefined();
    expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-2' });
    expect(history.intents()).toEqual(['order']);
  });

  test('a flaky or unproven run is never the last green one', () => {
    for (const [n, status] of [
      [1, 'passed'],
      [2, 'flaky'],
      [3, 'unproven'],
    ] as const)
      history.record(run(n, status));
    expect(history.lastGreen('order', 'staging')?.run).toBe('run-1');
    expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-1' });
  });

  test('expects what green runs usually took, not what red ones did', () => {
    for (const [n, ms] of [
      [1, 300],
      [2, 500],
      [3, 400],
    ] as const)
      history.record(run(n, 'passed', { convergedMs: ms }));
    history.record(run(4, 'failed', { convergedMs: 9000 }));
    expect(history.expectedMs('order', 'ordered')).toBe(400);
    expect(history.expectedMs('order', 'ordered', 'production')).toBeUndefined();
    expect(history.expectedMs('order', 'other')).toBeUndefined();
    expect(history.usualMs('order')).toBe(1002);
  });

  test('recording a run again replaces it', () => {
    history.record(run(1, 'failed'));
    history.record(run(1, 'passed'));
    expect(history.past('order').map(({ status }) => status)).toEqual(['passed']);
  });

  test('a record that cannot be kept leaves nothing half kept', () => {
    const bad = run(1, 'passed');
    bad.intents.push({ ...bad.intents[0]! });
    expect(() => history.record(bad)).toThrow(/UNIQUE/);
    expect(history.past('order')).toEqual([]);
    history.record(run(2, 'passed'));
    expect(history.past('order')).toHaveLength(1);
  });

  test('tells the trend, oldest first', () => {
    for (let n = 1; n <= 5; n++) history.record(run(n, n === 4 ? 'failed' : 'passed'));
    expect(history.trend({ limit: 3 }).map(({ run: id, counts }) => `${id} ${JSON.stringify(counts)}`)).toEqual([
      'run-3 {"passed":1}',
      'run-4 {"failed":1}',
      'run-5 {"passed":1}',
    ]);
  });

  test('keeps adaptations and convergences', () => {
    for (let n = 1; n <= 4; n++) history.record(run(n, 'passed', { convergedMs: n * 100 }));
    expect(history.adaptations('order').map(({ run: id, note }) => `${id} ${note}`)).toEqual(['run-4 note 4', 'run-2 note 2']);
    expect(history.convergences('order', 'ordered').map(({ convergedMs }) => convergedMs)).toEqual([100, 200, 300, 400]);
  });

  test('several runs may write at once', async () => {
    const file = join(folder, 'deep', 'history.sqlite');
    const store = JSON.stringify(new URL('../../src/history/store.ts', import.meta.url).href);
    const write = (from: number): Promise<number | null> =>
      new Promise((resolve) => {
        const program = `const { openHistory } = await import(${store}); const h = openHistory(${JSON.stringify(file)}); const base = ${JSON.stringify(run(1, 'passed'))};
        for (let n = 0; n < 40; n++) h.record({ ...base, run: 'p${from}-' + n }); h.close();`;
        spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] }).once('exit', resolve);
      });
    expect(await Promise.all([write(1), write(2), write(3)])).toEqual([0, 0, 0]);
    expect(history.past('order', { limit: 1000 })).toHaveLength(120);
  });

  test('several processes that bring the same runs keep each once, whoever comes first', async () => {
    const file = join(folder, 'deep', 'history.sqlite');
    const ci = join(folder, 'ci.sqlite');
    const other = openHistory(ci);
    for (let n = 1; n <= 20; n++) other.record(run(n, 'passed', { convergedMs: n }));
    other.close();
    const [store, absorb] = ['store', 'absorb'].map((name) =>
      JSON.stringify(new URL(`../../src/history/${name}.ts`, import.meta.url).href),
    );
    const bring = (program: string): Promise<string> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
        let said = '';
        child.stdout.on('data', (chunk) => {
          said += String(chunk);
        });
        child.once('close', () => resolve(said));
      });
    const adopting = `const { openHistory } = await import(${store}); const h = openHistory(${JSON.stringify(file)}); let n = 0;
      for (const one of ${JSON.stringify(Array.from({ length: 20 }, (_, index) => run(index + 1, 'passed')))}) n += h.adopt(one); h.close(); process.stdout.write(String(n));`;
    const absorbing = `const { absorbHistory } = await import(${absorb}); process.stdout.write(String(absorbHistory(${JSON.stringify(file)}, ${JSON.stringify(ci)})));`;
    const brought = await Promise.all([adopting, absorbing, adopting, absorbing].map(bring));
    expect(brought.reduce((sum, count) => sum + Number(count), 0)).toBe(20);
    expect(history.past('order', { limit: 1000 })).toHaveLength(20);
    expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-20' });
  });

  test('a run that comes in late does not become what the next red one is compared with', () => {
    history.record(run(3, 'passed'));
    expect(history.adopt(run(2, 'passed'))).toBe(true);
    expect(history.adopt(run(2, 'failed'))).toBe(false);
    expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-3' });
    expect(history.past('order').map((past) => `${past.run} ${past.status}`)).toEqual(['run-3 passed', 'run-2 passed']);
    history.record(run(4, 'passed'));
    expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-4' });
  });

  test.each<[string, (file: string) => void]>([
    ['is no database', (file) => writeFileSync(file, 'these are not the bytes you are looking for, and there are many of them')],
    [
      'is of a newer version',
      (file) => {
        const db = new DatabaseSync(file);
        db.exec('pragma user_version = 99');
        db.close();
      },
    ],
  ])('a file that %s is put aside, said, and never deleted', (_, spoil) => {
    const file = join(folder, 'spoilt.sqlite');
    spoil(file);
    const notes: string[] = [];
    const fresh = openHistory(file, (note) => notes.push(note));
    fresh.record(run(1, 'passed'));
    expect(fresh.past('order')).toHaveLength(1);
    fresh.close();
    expect(notes).toEqual([expect.stringContaining('put aside')]);
    expect(readdirSync(folder).filter((name) => name.startsWith('spoilt.sqlite.put-aside-'))).toHaveLength(1);
  });

  test('what it kept is there after it was closed', () => {
    history.record(run(1, 'passed'));
    history.close();
    history = openHistory(join(folder, 'deep', 'history.sqlite'));
    expect(history.past('order')).toHaveLength(1);
  });
});

describe('the health of an intent', () => {
  test('names the run in which the present red began', () => {
    (['passed', 'failed', 'passed', 'failed', 'blocked', 'failed'] as const).forEach((status, index) =>
      history.record(run(index + 1, status)),
    );
    expect(healthOf(history, 'order')).toMatchObject({
      runs: 6,
      firstRed: { run: 'run-4', commit: 'c4' },
      lastGreen: { run: 'run-3', commit: 'c3' },
      flakeRate: 0,
    });
  });

  test('a green intent has no first red', () => {
    history.record(run(1, 'failed'));
    history.record(run(2, 'passed'));
    expect(healthOf(history, 'order').firstRed).toBeUndefined();
  });

  test('counts what was flaky, and what changed its mind on one commit', () => {
    (['passed', 'failed', 'passed', 'flaky'] as const).forEach((status, index) =>
      history.record(run(index + 1, status, { commit: 'same' })),
    );
    expect(healthOf(history, 'order').flakeRate).toBe(0.5);
  });

  test('notices that an invariant takes longer than it used to', () => {
    for (let n = 1; n <= 12; n++) history.record(run(n, 'passed', { convergedMs: n <= 7 ? 1000 + n : 4000 + n }));
    expect(healthOf(history, 'order', { invariants: ['ordered'] }).slowing).toEqual([
      { invariant: 'ordered', fromMs: 1004, toMs: 4010, withinMs: 20_000 },
    ]);
    expect(healthOf(history, 'order', { invariants: ['other'] }).slowing).toEqual([]);
  });
});

test('takes over the runs of another history that it does not have, and the newer footprints', () => {
  history.record(run(1, 'passed'));
  history.record(run(2, 'passed'));
  const otherFile = join(folder, 'ci.sqlite');
  const other = openHistory(otherFile);
  for (const [n, status] of [
    [2, 'failed'],
    [3, 'passed'],
    [4, 'failed'],
  ] as const)
    other.record(run(n, status, { convergedMs: 100 }));
  other.close();
  const file = join(folder, 'deep', 'history.sqlite');
  expect(absorbHistory(file, otherFile)).toBe(2);
  expect(absorbHistory(file, otherFile)).toBe(0);
  expect(history.past('order').map((past) => `${past.run} ${past.status}`)).toEqual([
    'run-4 failed',
    'run-3 passed',
    'run-2 passed',
    'run-1 passed',
  ]);
  expect(history.footprint('order', 'staging')).toMatchObject({ run: 'run-3' });
  expect(history.expectedMs('order', 'ordered')).toBe(100);
  writeFileSync(join(folder, 'no.sqlite'), '');
  expect(() => absorbHistory(file, join(folder, 'no.sqlite'))).toThrow(/no history of version/);
  expect(() => absorbHistory(file, join(folder, 'missing.sqlite'))).toThrow(/there is no file/);
});

test('names what a selection left out and a fuller run caught', () => {
  const selection = run(1, 'skipped', { commit: 'abc' });
  history.record({ ...selection, exitCode: 0, partial: true });
  history.record(run(2, 'failed', { commit: 'abc' }));
  history.record(run(3, 'failed', { commit: 'def' }));
  const second = { run: 'run-2', startedAt: '2026-01-02T00:00:00.000Z', target: 'staging' };
  expect(pastForReports(history).leftOut('order', { ...second, commit: 'abc' })).toBe('run-1');
  expect(pastForReports(history).leftOut('order', { ...second, commit: 'def' })).toBeUndefined();
  expect(escapesOf('order', history.past('order'), history.greenSelections())).toEqual([
    { intent: 'order', commit: 'abc', missedBy: 'run-1', caughtBy: 'run-2', sentence: 'It failed.' },
  ]);
});

test('reports are told only what was known before their run', () => {
  for (const [n, status] of [
    [1, 'passed'],
    [2, 'passed'],
    [3, 'failed'],
  ] as const)
    history.record(run(n, status));
  const past = pastForReports(history);
  const third = { run: 'run-3', startedAt: '2026-01-03T00:00:00.000Z', target: 'staging' };
  expect(past.trend(third).map((one) => one.run)).toEqual(['run-1', 'run-2']);
  expect(past.lastStatus('order', third)).toBe('passed');
  expect(past.footprint('order', third)).toMatchObject({ run: 'run-2' });
  expect(past.footprint('order', { ...third, startedAt: '2026-01-02T00:00:00.000Z', run: 'run-2' })).toBeUndefined();
  expect(past.footprint('order', { ...third, target: 'production' })).toBeUndefined();
});
