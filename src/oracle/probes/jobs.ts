import { z } from 'zod';
import { BullmqStore } from '../jobs/bullmq.ts';
import { fitsJob, JOB_STATES, type JobStore } from '../jobs/job.ts';
import { graphileTables, pgBossTables, PostgresStore } from '../jobs/postgres-stores.ts';
import { defineProbe } from '../port.ts';

const settings = z
  .strictObject({
    bullmq: z.string().describe('redis:// address of BullMQ’s Redis').optional(),
    prefix: z.string().describe('BullMQ’s key prefix').default('bull'),
    pgboss: z.string().describe('postgres:// address of pg-boss’s database').optional(),
    graphile: z.string().describe('postgres:// address of graphile-worker’s database').optional(),
    schema: z.string().describe('Schema of pg-boss or graphile-worker, when it is not theirs by default').optional(),
  })
  .refine(({ bullmq, pgboss, graphile }) => [bullmq, pgboss, graphile].filter((url) => url !== undefined).length === 1, {
    error: 'give exactly one of bullmq, pgboss and graphile',
  });

const state = z.enum(JOB_STATES);

const query = z.strictObject({
  queue: z.string().describe('Only jobs of this queue').optional(),
  name: z.string().describe('Only jobs of this name or task').optional(),
  state: z
    .union([state, z.array(state)])
    .describe('Only jobs in this state, or these')
    .optional(),
  data: z.record(z.string(), z.unknown()).describe('Only jobs whose data contain this; operators as in expect').optional(),
  count: z.literal(true).describe('How many in each state, and how many workers are alive, instead of the jobs').optional(),
});

type Query = z.output<typeof query>;

/** Background jobs of BullMQ, pg-boss or graphile-worker: `[{ id, queue, name, state, attempts, error, data }]`. They are looked at, never taken. */
export const jobs = defineProbe({
  name: 'jobs',
  about: 'Background jobs of BullMQ, pg-boss or graphile-worker, and whether anybody works on them',
  settings,
  query,
  async open(given: z.output<typeof settings>) {
    const store = await openStore(given);
    return {
      async read({ count, ...asked }: Query, signal) {
        const found = (await store.jobs(asked, signal)).filter((job) => fitsJob(job, asked));
        if (!count) return found.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
        const byState = Object.fromEntries(JOB_STATES.map((one) => [one, found.filter((job) => job.state === one).length]));
        return { ...byState, workers: asked.queue === undefined ? null : await store.workers(asked.queue, signal) };
      },
      close: () => store.close(),
    };
  },
});

async function openStore({ bullmq, prefix, pgboss, graphile, schema }: z.output<typeof settings>): Promise<JobStore> {
  if (bullmq !== undefined) return new BullmqStore(bullmq, prefix);
  if (pgboss !== undefined) return PostgresStore.open(pgboss, pgBossTables(schema ?? 'pgboss'));
  return PostgresStore.open(graphile!, graphileTables(schema ?? 'graphile_worker'));
}
