// How soon a change is seen where the source can push: from the moment it has happened to the reading that shows it, the query included.
//   node evals/bench/push.ts [trials=40]
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { MailCatcher } from '../../demo/mail/catcher.ts';
import type { ProbeQuery } from '../../src/core/invariant.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { servicesWith } from '../../test/conformance/services.ts';
import { keepResults, median, quantile, table } from './figures.ts';

const trials = Number(process.argv[2] ?? 40);

interface Source {
  name: string;
  connection: { name: string; probe: string; settings: Record<string, unknown> };
  /** A question whose answer becomes a list of one when the n-th change happens. */
  ask(n: number): ProbeQuery;
  change(n: number): Promise<unknown>;
  stop(): Promise<unknown>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function postgres(): Promise<Source> {
  const url = process.env.INTENTWRIGHT_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create table bench_push (n int); create or replace function bench_push() returns trigger as $$ begin perform pg_notify('bench_push', ''); return null; end $$ language plpgsql;
    create trigger bench_push after insert on bench_push execute function bench_push()`);
  return {
    name: 'PostgreSQL LISTEN',
    connection: { name: 'push', probe: 'sql', settings: { postgres: url, listen: 'bench_push' } },
    ask: (n) => ({ probe: 'sql', args: { query: 'select n from bench_push where n = :n', with: { n } } }),
    change: (n) => admin.query('insert into bench_push values ($1)', [n]),
    async stop() {
      await admin.query('drop table bench_push; drop function bench_push');
      await admin.end();
    },
  };
}

async function smtp(): Promise<Source> {
  const port = await freePort();
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, pool: true });
  return {
    name: 'SMTP arrival, our catcher',
    connection: { name: 'push', probe: 'mail', settings: { smtp: port } },
    ask: (n) => ({ probe: 'mail', args: { to: `casey${n}@x.test` } }),
    change: (n) => transport.sendMail({ from: 'a@x.test', to: `casey${n}@x.test`, subject: 'Hi', text: 'Hi' }),
    stop: async () => transport.close(),
  };
}

async function catcher(): Promise<Source> {
  const mails = new MailCatcher();
  const transport = createTransport({ host: '127.0.0.1', port: await mails.listen(0), secure: false, pool: true });
  await new Promise<void>((resolve) => mails.http.listen(0, '127.0.0.1', resolve));
  return {
    name: 'mail catcher that answers when mail arrives',
    connection: { name: 'push', probe: 'mail', settings: { url: `http://127.0.0.1:${(mails.http.address() as AddressInfo).port}` } },
    ask: (n) => ({ probe: 'mail', args: { to: `casey${n}@x.test` } }),
    change: (n) => transport.sendMail({ from: 'a@x.test', to: `casey${n}@x.test`, subject: 'Hi', text: 'Hi' }),
    async stop() {
      transport.close();
      mails.close();
      mails.http.closeAllConnections();
      mails.http.close();
    },
  };
}

async function webhooks(): Promise<Source> {
  const port = await freePort();
  return {
    name: 'webhook collector',
    connection: { name: 'push', probe: 'webhooks', settings: { port } },
    ask: (n) => ({ probe: 'webhooks', args: { path: `/hook/${n}` } }),
    change: (n) => fetch(`http://127.0.0.1:${port}/hook/${n}`, { method: 'POST', body: '{}' }).then((answer) => answer.text()),
    stop: async () => undefined,
  };
}

async function otlp(): Promise<Source> {
  const port = await freePort();
  return {
    name: 'OTLP receiver',
    connection: { name: 'push', probe: 'traces', settings: { port } },
    ask: (n) => ({ probe: 'traces', args: { trace: String(n).padStart(32, 'a') } }),
    change: (n) =>
      fetch(`http://127.0.0.1:${port}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          resourceSpans: [
            {
              scopeSpans: [
                {
                  spans: [
                    {
                      traceId: String(n).padStart(32, 'a'),
                      spanId: '00f067aa0ba902b7',
                      name: 'x',
                      kind: 1,
                      startTimeUnixNano: '1',
                      endTimeUnixNano: '2',
                    },
                  ],
                },
              ],
            },
          ],
        }),
      }).then((answer) => answer.text()),
    stop: async () => undefined,
  };
}

async function redis(): Promise<Source> {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--notify-keyspace-events', 'KEA'], {
    stdio: 'ignore',
  });
  const admin = new Redis(port, '127.0.0.1', { retryStrategy: () => 50 });
  admin.on('error', () => undefined);
  await admin.ping();
  return {
    name: 'Redis keyspace events',
    connection: { name: 'push', probe: 'redis', settings: { url: `redis://127.0.0.1:${port}` } },
    ask: (n) => ({ probe: 'redis', args: { keys: `push:${n}` } }),
    change: (n) => admin.set(`push:${n}`, 'x'),
    async stop() {
      admin.disconnect();
      server.kill();
    },
  };
}

interface Seen {
  /** Since it was sent. */
  sentMs: number;
  /** Since it was acknowledged; 0 when it was seen before. */
  delayMs: number;
  reads: number;
}

/** Milliseconds from the change to the reading that shows it, and the reads until then. It usually takes ten seconds, so no poll helps. */
async function trial({ connection, ask, change }: Source, n: number): Promise<Seen> {
  const reader = await openReader({ connections: [connection], services: servicesWith({ clock: systemClock }), maxInFlight: 4 });
  let reads = 0;
  let seenAt = 0;
  const waiting = Promise.withResolvers<void>();
  const oracle = openOracle({
    bound: [
      {
        id: 'i',
        name: 'i',
        says: 'i',
        builtin: false,
        withinMs: 20_000,
        settleMs: 0,
        blindMs: 1000,
        expectedMs: 10_000,
        mode: { kind: 'eventually', query: ask(n), expect: { count: 1 } },
      },
    ],
    reader,
    clock: systemClock,
    signal: AbortSignal.timeout(25_000),
    emit: (_, reading) => {
      if (reading.phase !== 'poll') return;
      reads++;
      if (Array.isArray(reading.value) && reading.value.length === 1) seenAt ||= performance.now();
      else waiting.resolve();
    },
  });
  await oracle.baseline();
  oracle.startWatching();
  await systemClock.sleep(60);
  const judging = oracle.judge();
  // A trace that is not there is unknown: it is waited for just as well.
  await Promise.race([waiting.promise, systemClock.sleep(150)]);
  await systemClock.sleep(5 + 40 * Math.random());
  const sent = performance.now();
  await change(n);
  const happened = performance.now();
  const [verdict] = await judging;
  await oracle.close();
  await reader.close();
  if (verdict?.status !== 'held' && connection.probe !== 'traces') throw new Error(`not seen: ${JSON.stringify(verdict)}`);
  return { sentMs: seenAt - sent, delayMs: Math.max(0, seenAt - happened), reads };
}

const rows: string[][] = [];
const slow: string[] = [];
for (const open of [postgres, smtp, catcher, webhooks, otlp, redis]) {
  const source = await open();
  const seen: Seen[] = [];
  try {
    for (let n = 1; n <= trials; n++) seen.push(await trial(source, n));
  } finally {
    await source.stop();
  }
  const delays = seen.map(({ delayMs }) => delayMs);
  if (median(delays) >= 30) slow.push(source.name);
  rows.push([
    source.name,
    median(seen.map(({ sentMs }) => sentMs)).toFixed(1),
    median(delays).toFixed(1),
    quantile(delays, 0.95).toFixed(1),
    Math.max(...delays).toFixed(1),
    median(seen.map(({ reads }) => reads)).toFixed(0),
  ]);
}

await keepResults(
  'Push',
  'node evals/bench/push.ts',
  `
Milliseconds from the moment a change was sent, and from the moment it was acknowledged to whoever made it, until the reading that shows it, the query included; ${trials} trials a source on a real clock.
The invariant is known to take ten seconds, so that no poll comes near.

${table(['source', 'since sent, median', 'since acknowledged, median', '95 %', 'longest', 'reads'], rows)}

Sources at 30 ms or more in the median: ${slow.join(', ') || 'none'}.
`,
);
process.exit(slow.length === 0 ? 0 : 1);
