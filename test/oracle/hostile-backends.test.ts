import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide.ts';
import type { IntentwrightError } from '../../src/core/errors.ts';
import type { BoundInvariant, Mode, Verdict } from '../../src/core/invariant.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { type Answer, flood, hangUp, json, serve, stall, text } from '../conformance/http-server.ts';
import { servicesWith } from '../conformance/services.ts';

/** What an oracle says of a whole attempt over a real backend that misbehaves; the journey itself is carried out. */
interface Told {
  status: string;
  reason: string;
  verdict: Verdict;
  /** Requests that the backend got. */
  asked: number;
}

const dir = mkdtempSync(join(tmpdir(), 'iw-hostile-'));
const file = join(dir, 'app.sqlite');
let database: DatabaseSync;
let server: Awaited<ReturnType<typeof serve>> | undefined;
beforeAll(() => {
  database = new DatabaseSync(file);
  database.exec('create table mails (address text, run text)');
});
afterEach(async () => {
  database.exec('delete from mails');
  await server?.stop();
  server = undefined;
});
afterAll(() => {
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

const SHORT = { withinMs: 700, settleMs: 150, blindMs: 400 };

/** @throws IntentwrightError when the backend cannot be asked at all: the attempt ends before its first step */
async function attempt(
  mode: Mode,
  { url, happen, within = SHORT.withinMs }: { url?: string; happen?: () => void; within?: number } = {},
): Promise<Told> {
  const reader = await openReader({
    connections: [
      { name: 'app', probe: 'sql', settings: { sqlite: file } },
      { name: 'api', probe: 'http', settings: { url: url ?? server?.url ?? 'http://127.0.0.1:9' } },
    ],
    services: servicesWith({ clock: systemClock }),
    maxInFlight: 4,
    timeoutMs: 500,
  });
  const bound: BoundInvariant = { id: 'i', name: 'i', says: 'i', builtin: false, ...SHORT, withinMs: within, mode };
  const oracle = openOracle({
    bound: [bound],
    reader,
    clock: systemClock,
    emit: () => undefined,
    signal: AbortSignal.timeout(20_000),
    readLimitMs: 500,
  });
  try {
    await oracle.baseline();
    oracle.startWatching();
    happen?.();
    const [verdict] = await oracle.judge();
    return { ...decide([verdict!], { kind: 'carried-out' }), verdict: verdict!, asked: server?.asked.length ?? 0 };
  } finally {
    await oracle.close();
    await reader.close();
  }
}

const api = (expectation: unknown): Mode => ({
  kind: 'eventually',
  query: { probe: 'http', on: 'api', args: { path: '/state', pick: 'state' } },
  expect: expectation,
});
const rows = (query: string, expectation: unknown, given: Record<string, unknown> = {}): Mode => ({
  kind: 'eventually',
  query: { probe: 'sql', on: 'app', args: { query, with: given } },
  expect: expectation,
});
const answering = async (answer: Answer): Promise<void> => {
  server = await serve({ '/state': answer });
};
/** Answers by how long ago the journey ended. */
const overTime = async (state: (ms: number) => string): Promise<() => void> => {
  let began = Number.POSITIVE_INFINITY;
  await answering((request, response) => json({ state: state(performance.now() - began) })(request, response));
  return () => {
    began = performance.now();
  };
};

describe('36: a backend that cannot be read is unknown: errored, never passed and no failure of the product', () => {
  test.each<[string, Answer]>([
    ['answers 500', json({ error: 'down' }, 500)],
    ['never ends its answer', stall],
    ['hangs up', hangUp],
  ])('it %s', async (_, answer) => {
    await answering(answer);
    expect(await attempt(api('done'))).toMatchObject({
      status: 'errored',
      reason: 'undecided',
      verdict: { status: 'undecided', reason: 'unreadable', found: expect.stringContaining('http api') },
    });
  });
  test.each([
    ['is not there', 'http://127.0.0.1:9'],
    ['has no name', 'http://nobody.invalid'],
    ['speaks no TLS', 'https://127.0.0.1:PORT'],
  ])('it %s', async (_, url) => {
    await answering(json({ state: 'done' }));
    expect(await attempt(api('done'), { url: url.replace('PORT', new URL(server!.url).port) })).toMatchObject({
      status: 'errored',
      verdict: { status: 'undecided' },
    });
  });
});

test.each([401, 403])('37: refused credentials (%d) end the attempt at once, with the fix', async (status) => {
  await answering(json({}, status));
  const error = await attempt(api('done')).then(
    () => undefined,
    (thrown: unknown) => thrown as IntentwrightError,
  );
  expect(error).toMatchObject({ code: 'PROBE_DENIED', hint: expect.stringMatching(/\w/) });
  expect(server!.asked).toHaveLength(1);
});

describe('38: what is no evidence is unknown', () => {
  test.each<[string, Answer]>([
    ['a page instead of JSON', text('<!doctype html><h1>done</h1>', 'text/html')],
    ['broken JSON', text('{"state":"do', 'application/json')],
  ])('%s', async (_, answer) => {
    await answering(answer);
    expect(await attempt(api('done'))).toMatchObject({ status: 'errored', verdict: { status: 'undecided' } });
  });
  test('an answer without end, in bounded memory', async () => {
    await answering(flood);
    const before = process.memoryUsage().rss;
    expect(await attempt(api('done'))).toMatchObject({ status: 'errored', verdict: { status: 'undecided' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });
});

test('39: what comes true in the last moment passes, and it is known how late', async () => {
  const happen = await overTime((ms) => (ms > 850 ? 'done' : 'queued'));
  const told = await attempt(api('done'), { happen, within: 1000 });
  expect(told).toMatchObject({ status: 'passed' });
  expect(told.verdict.convergedMs).toBeGreaterThan(800);
});

test.each<[string, (ms: number) => string]>([
  ['40: what flaps', (ms) => (Math.floor(ms / 60) % 2 === 1 ? 'done' : 'queued')],
  ['41: what was rolled back', (ms) => (ms > 50 && ms < 130 ? 'done' : 'queued')],
])('%s fails: it did not stay', async (_, state) => {
  const told = await attempt(api('done'), { happen: await overTime(state) });
  expect(told.status).toBe('failed');
  expect(['did-not-stay', 'did-not-converge']).toContain(told.verdict.reason);
});

test('42: twice is not once', async () => {
  const happen = () => database.exec("insert into mails values ('a@x.test', 'iw1'), ('a@x.test', 'iw1')");
  for (const once of [{ count: 1 }, [{ address: 'a@x.test' }]]) {
    database.exec('delete from mails');
    expect(await attempt(rows('select address from mails', once), { happen })).toMatchObject({ status: 'failed' });
  }
});

test('43: what an earlier run left behind proves nothing', async () => {
  database.exec("insert into mails values ('a@x.test', 'iw0')");
  expect(await attempt(rows('select address from mails', { count: 1 }))).toMatchObject({
    status: 'unproven',
    reason: 'vacuous',
    verdict: { vacuous: true },
  });
});

test('44: another run’s rows are not this one’s', async () => {
  const mine = rows('select address from mails where run = :run', { count: 1 }, { run: 'iw1' });
  expect(await attempt(mine, { happen: () => database.exec("insert into mails values ('a@x.test', 'iw2')") })).toMatchObject({
    status: 'failed',
  });
  expect(await attempt(mine, { happen: () => database.exec("insert into mails values ('a@x.test', 'iw1')") })).toMatchObject({
    status: 'passed',
  });
});

test('45: a replica that lags is waited for', async () => {
  expect(await attempt(api('done'), { happen: await overTime((ms) => (ms > 300 ? 'done' : 'queued')) })).toMatchObject({
    status: 'passed',
  });
});

describe('46: a question that is wrong, or about nothing', () => {
  test('a column that is not there ends the attempt at once', async () => {
    await expect(attempt(rows('select adress from mails', { count: 1 }))).rejects.toMatchObject({
      code: 'PROBE_CONFIG',
      message: expect.stringContaining('adress'),
    });
  });
  test('nothing satisfies no “each”', async () => {
    expect(await attempt(rows('select address from mails', { each: { address: { exists: true } } }))).toMatchObject({ status: 'failed' });
  });
});

test('47: a pattern that would run for 21 s in another engine answers at once', async () => {
  await answering(json({ state: `${'a'.repeat(40)}!` }));
  const before = process.cpuUsage().user;
  expect(await attempt(api({ matches: '^(a+)+$' }))).toMatchObject({ status: 'failed' });
  expect(await attempt(api({ cel: 'value.matches("^(a+)+$")' }))).toMatchObject({ status: 'failed' });
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(5000);
});

describe('48: a probe only reads, whatever it is given', () => {
  test.each(["x'; delete from mails; --", "' or '1'='1", '"; drop table mails'])('a value is a value: %s', async (address) => {
    database.exec("insert into mails values ('a@x.test', 'iw1')");
    expect(await attempt(rows('select address from mails where address = :address', { count: 1 }, { address }))).toMatchObject({
      status: 'failed',
    });
    expect(database.prepare('select count(*) as n from mails').get()).toEqual({ n: 1 });
  });
  test.each([
    "delete from mails where run = 'iw1'",
    'select 1; delete from mails',
    'with gone as (select 1) delete from mails',
    'drop table mails',
  ])('refused: %s', async (query) => {
    database.exec("insert into mails values ('a@x.test', 'iw1')");
    await expect(attempt(rows(query, { count: 0 }))).rejects.toMatchObject({ code: 'PROBE_CONFIG' });
    expect(database.prepare('select count(*) as n from mails').get()).toEqual({ n: 1 });
  });
});

test('200 invariants ask a connection no more than four things at a time, and no more often than their schedule', async () => {
  let inFlight = 0;
  let most = 0;
  let asked = 0;
  const began = { at: Number.POSITIVE_INFINITY };
  server = await serve(
    Object.fromEntries(
      Array.from({ length: 200 }, (_, index): [string, Answer] => [
        `/state/${index}`,
        (request, response) => {
          asked++;
          most = Math.max(most, ++inFlight);
          setTimeout(() => {
            inFlight--;
            json({ state: performance.now() - began.at > 150 ? 'done' : 'queued' })(request, response);
          }, 2);
        },
      ]),
    ),
  );
  const reader = await openReader({
    connections: [{ name: 'api', probe: 'http', settings: { url: server.url } }],
    services: servicesWith({ clock: systemClock }),
    maxInFlight: 4,
  });
  const bound = Array.from(
    { length: 200 },
    (_, index): BoundInvariant => ({
      id: `i${index}`,
      name: 'i',
      says: 'i',
      builtin: false,
      withinMs: 10_000,
      settleMs: 100,
      blindMs: 5000,
      mode: { kind: 'eventually', query: { probe: 'http', on: 'api', args: { path: `/state/${index}`, pick: 'state' } }, expect: 'done' },
    }),
  );
  const oracle = openOracle({ bound, reader, clock: systemClock, emit: () => undefined, signal: AbortSignal.timeout(240_000) });
  await oracle.baseline();
  oracle.startWatching();
  began.at = performance.now();
  const verdicts = await oracle.judge();
  await oracle.close();
  await reader.close();
  expect(verdicts.filter(({ status }) => status === 'held')).toHaveLength(200);
  expect(most).toBe(4);
  process.stdout.write(`200 invariants: ${asked} reads, at most ${most} at a time\n`);
  expect(asked).toBeLessThan(200 * 8);
});
