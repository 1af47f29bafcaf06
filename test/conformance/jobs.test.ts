import { Queue, Worker } from 'bullmq';
import { makeWorkerUtils, run as runGraphile } from 'graphile-worker';
import { Client } from 'pg';
import PgBoss from 'pg-boss';
import { expect, test } from 'vitest';
import { jobs } from '../../src/oracle/probes/jobs.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';
import { start } from './servers.ts';

const POSTGRES = process.env.INTENTWRIGHT_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';

describeProbe('jobs of BullMQ', jobs, async () => {
  const server = await start('redis-server', (port) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  if (typeof server === 'string') return server;
  const connection = { host: '127.0.0.1', port: server.port };
  const queue = new Queue('mail', { connection });
  const waiting = await queue.add('send', { to: 'casey@x.test', run: 'iw1' }, { jobId: 'w1' });
  await queue.add('send', { to: 'later@x.test', run: 'iw1' }, { jobId: 'd1', delay: 600_000 });
  await queue.add('send', { to: 'other@x.test', run: 'iw2' }, { jobId: 'p1', priority: 3 });
  const broken = new Queue('broken', { connection });
  await broken.add('sync', { n: 1 }, { jobId: 'f1' });
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const worker = new Worker(
    'broken',
    async () => {
      throw new Error('the CRM said 503');
    },
    { connection },
  ).on('failed', () => resolve());
  await failed;
  return {
    settings: { bullmq: `redis://127.0.0.1:${server.port}` },
    ask: { queue: 'mail', name: 'send', state: 'waiting', data: { run: 'iw1' } },
    answer: [
      { id: 'w1', queue: 'mail', name: 'send', state: 'waiting', attempts: 0, error: null, data: { to: 'casey@x.test', run: 'iw1' } },
    ],
    nothing: { ask: { queue: 'nobody' }, answer: [] },
    writes: [{ queue: 'mail', remove: true }],
    untouched: async () => expect(await waiting.getState()).toBe('waiting'),
    wrong: [{ state: 'failed' }, { queue: 'mail', state: 'lost' }],
    dead: { bullmq: 'redis://127.0.0.1:9' },
    stop: async () => {
      const reader = await openReader({
        connections: [{ name: 'queue', probe: 'jobs', settings: { bullmq: `redis://127.0.0.1:${server.port}` } }],
        services: servicesWith(),
        maxInFlight: 2,
      });
      const ask = (args: Record<string, unknown>) => reader.read({ probe: 'jobs', args }, AbortSignal.timeout(60_000));
      expect(await ask({ queue: 'mail', count: true })).toEqual({
        waiting: 2,
        delayed: 1,
        active: 0,
        completed: 0,
        failed: 0,
        cancelled: 0,
        workers: 0,
      });
      expect(await ask({ queue: 'broken' })).toEqual([
        { id: 'f1', queue: 'broken', name: 'sync', state: 'failed', attempts: 1, error: 'the CRM said 503', data: { n: 1 } },
      ]);
      expect(await ask({ queue: 'broken', count: true })).toMatchObject({ failed: 1, workers: 1 });
      await reader.close();
      await worker.close();
      await Promise.all([queue.close(), broken.close()]);
      await server.stop();
    },
  };
});

/** A PostgreSQL without our schemas, or why there is none. */
async function postgres(schema: string): Promise<Client | string> {
  const admin = new Client({ connectionString: POSTGRES, connectionTimeoutMillis: 3000 });
  try {
    await admin.connect();
    await admin.query(`drop schema if exists ${schema} cascade`);
    return admin;
  } catch (error) {
    return `no PostgreSQL at ${new URL(POSTGRES).host}: ${String(error)}`;
  }
}

describeProbe('jobs of pg-boss', jobs, async () => {
  const schema = `boss_${process.pid}`;
  const admin = await postgres(schema);
  if (typeof admin === 'string') return admin;
  const boss = new PgBoss({ connectionString: POSTGRES, schema, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  for (const name of ['mail', 'sync']) await boss.createQueue(name);
  const waiting = await boss.send('mail', { to: 'casey@x.test' });
  await boss.send('mail', { to: 'later@x.test' }, { startAfter: 600 });
  await boss.send('sync', { n: 1 }, { retryLimit: 0 });
  const [taken] = await boss.fetch('sync');
  await boss.fail('sync', taken!.id, { message: 'the CRM said 503' });
  return {
    settings: { pgboss: POSTGRES, schema },
    ask: { queue: 'mail', state: ['waiting', 'active'] },
    answer: [{ id: waiting, queue: 'mail', name: 'mail', state: 'waiting', attempts: 0, error: null, data: { to: 'casey@x.test' } }],
    nothing: { ask: { queue: 'nobody' }, answer: [] },
    wrong: [{ state: 'lost' }],
    dead: { pgboss: 'postgres://postgres@127.0.0.1:9/test', schema },
    stop: async () => {
      const reader = await openReader({
        connections: [{ name: 'queue', probe: 'jobs', settings: { pgboss: POSTGRES, schema } }],
        services: servicesWith(),
        maxInFlight: 2,
      });
      expect(await reader.read({ probe: 'jobs', args: { state: 'failed' } }, AbortSignal.timeout(60_000))).toMatchObject([
        { queue: 'sync', state: 'failed', error: 'the CRM said 503', data: { n: 1 } },
      ]);
      expect(await reader.read({ probe: 'jobs', args: { count: true } }, AbortSignal.timeout(60_000))).toMatchObject({
        waiting: 1,
        delayed: 1,
        failed: 1,
        workers: null,
      });
      await reader.close();
      await boss.stop({ graceful: false, close: true });
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
});

describeProbe('jobs of graphile-worker', jobs, async () => {
  const schema = `graphile_${process.pid}`;
  const admin = await postgres(schema);
  if (typeof admin === 'string') return admin;
  const utils = await makeWorkerUtils({ connectionString: POSTGRES, schema });
  await utils.migrate();
  const quiet = {
    connectionString: POSTGRES,
    schema,
    noHandleSignals: true,
    pollInterval: 20,
    logger: new (await import('graphile-worker')).Logger(() => () => undefined),
  };
  await utils.addJob('sync', { n: 1 }, { maxAttempts: 1 });
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const runner = await runGraphile({
    ...quiet,
    taskList: {
      sync: () => {
        throw new Error('the CRM said 503');
      },
    },
  });
  runner.events.on('job:failed', () => resolve());
  await failed;
  await runner.stop();
  const waiting = await utils.addJob('mail', { to: 'casey@x.test' }, { queueName: 'letters' });
  await utils.addJob('mail', { to: 'later@x.test' }, { runAt: new Date(Date.now() + 600_000) });
  return {
    settings: { graphile: POSTGRES, schema },
    ask: { name: 'mail', queue: 'letters', data: { to: { contains: 'casey' } } },
    answer: [{ id: waiting.id, queue: 'letters', name: 'mail', state: 'waiting', attempts: 0, error: null, data: { to: 'casey@x.test' } }],
    nothing: { ask: { name: 'nobody' }, answer: [] },
    wrong: [{ state: 'lost' }],
    dead: { graphile: 'postgres://postgres@127.0.0.1:9/test', schema },
    stop: async () => {
      const reader = await openReader({
        connections: [{ name: 'queue', probe: 'jobs', settings: { graphile: POSTGRES, schema } }],
        services: servicesWith(),
        maxInFlight: 2,
      });
      const ask = (args: Record<string, unknown>) => reader.read({ probe: 'jobs', args }, AbortSignal.timeout(60_000));
      expect(await ask({ state: 'failed' })).toMatchObject([{ name: 'sync', state: 'failed', attempts: 1, error: 'the CRM said 503' }]);
      expect(await ask({ queue: 'default', count: true })).toMatchObject({ delayed: 1, failed: 1, workers: 0 });
      await reader.close();
      await utils.release();
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
});

test('a connection names one place where jobs are kept', () => {
  expect(jobs.settings!.safeParse({}).success).toBe(false);
  expect(jobs.settings!.safeParse({ bullmq: 'redis://x', pgboss: 'postgres://x' }).success).toBe(false);
});
