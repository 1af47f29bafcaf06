import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { MailCatcher } from '../../demo/mail/catcher.ts';
import type { BoundInvariant, ProbeQuery, Reading } from '../../src/core/invariant.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { servicesWith } from '../conformance/services.ts';

/** It usually takes ten seconds: without a push the next read would come after 1.8 s at the earliest. */
const bound = (query: ProbeQuery, expectation: unknown): BoundInvariant => ({
  id: 'i',
  name: 'i',
  says: 'i',
  builtin: false,
  withinMs: 20_000,
  settleMs: 20,
  blindMs: 1000,
  expectedMs: 10_000,
  mode: { kind: 'eventually', query, expect: expectation },
});

/** Judges while `happen` takes place a moment after the journey; the reads until it was seen. */
async function watch(
  connections: { name: string; probe: string; settings: Record<string, unknown> }[],
  one: BoundInvariant,
  happen: () => Promise<unknown>,
): Promise<{ polls: Reading[]; status: string }> {
  const services = servicesWith({
    clock: {
      now: () => performance.now(),
      wall: () => new Date(),
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener(
            'abort',
            () => {
              clearTimeout(timer);
              reject(signal.reason);
            },
            { once: true },
          );
        }),
    },
  });
  const reader = await openReader({ connections, services, maxInFlight: 4 });
  const readings: Reading[] = [];
  const polled = Promise.withResolvers<void>();
  const oracle = openOracle({
    bound: [one],
    reader,
    clock: services.clock,
    signal: AbortSignal.timeout(25_000),
    emit: (_, reading) => {
      readings.push(reading);
      if (reading.phase === 'poll') polled.resolve();
    },
  });
  await oracle.baseline();
  const judging = oracle.judge();
  await polled.promise;
  await happen();
  const [verdict] = await judging;
  await oracle.close();
  await reader.close();
  return { polls: readings.filter(({ phase }) => phase === 'poll'), status: verdict!.status };
}

test('a mail that arrives is seen long before the next poll', async () => {
  const catcher = new MailCatcher();
  const smtp = await catcher.listen(0);
  await new Promise<void>((resolve) => catcher.http.listen(0, '127.0.0.1', resolve));
  const transport = createTransport({ host: '127.0.0.1', port: smtp, secure: false });
  const url = `http://127.0.0.1:${(catcher.http.address() as AddressInfo).port}`;
  const { polls, status } = await watch(
    [{ name: 'box', probe: 'mail', settings: { url } }],
    bound({ probe: 'mail', args: { to: 'casey@x.test' } }, { count: 1 }),
    () => transport.sendMail({ from: 'a@x.test', to: 'casey@x.test', subject: 'Hi', text: 'Hi' }),
  );
  expect(status).toBe('held');
  expect(polls.at(-1)!.at).toBeLessThan(1750);
  expect(polls.length).toBeLessThanOrEqual(4);
  catcher.close();
  catcher.http.closeAllConnections();
  catcher.http.close();
});

test('a row that PostgreSQL notifies of is seen long before the next poll', async () => {
  const server = process.env.INTENTWRIGHT_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';
  const admin = new Client({ connectionString: server, connectionTimeoutMillis: 3000 });
  const reached = await admin.connect().then(
    () => true,
    () => false,
  );
  if (!reached) return void process.stdout.write('not run: LISTEN (no PostgreSQL)\n');
  const table = `pushed_${process.pid}`;
  await admin.query(`create table ${table} (id int)`);
  const { polls, status } = await watch(
    [{ name: 'app', probe: 'sql', settings: { postgres: server, listen: table } }],
    bound({ probe: 'sql', args: { query: `select id from ${table}` } }, [{ id: 1 }]),
    () => admin.query(`insert into ${table} values (1); notify ${table}`),
  );
  expect(status).toBe('held');
  expect(polls.at(-1)!.at).toBeLessThan(1750);
  expect(polls.length).toBeLessThanOrEqual(3);
  await admin.query(`drop table ${table}`);
  await admin.end();
});
