import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../correlation.ts';
import { defect } from '../defects.ts';
import { later, now } from '../state/ids.ts';
import type { Db } from '../state/port.ts';

export interface Job {
  id: string;
  kind: string;
  queue: string;
  payload: string;
  attempts: number;
  max_attempts: number;
  workflow_id: string | null;
  org_id: string | null;
}

export type JobHandler = (db: Db, payload: Record<string, string>, job: Job) => Promise<void>;

const QUEUES = ['default', 'mail', 'provisioning', 'imports', 'billing'];
const POLL_MS = 25;
const RETRY_MS = [100, 400, 1600];
const AT_ONCE = 4;

/** Takes jobs until it is aborted; what it has begun, it ends. */
export async function work(db: Db, handlers: Record<string, JobHandler>, signal: AbortSignal, slowedMs: number): Promise<void> {
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    const jobs = running.size < AT_ONCE ? await take(db, AT_ONCE - running.size) : [];
    for (const job of jobs) {
      const done = sleep(slowedMs)
        .then(() => perform(db, handlers, job))
        .finally(() => running.delete(done));
      running.add(done);
    }
    if (jobs.length === 0) await sleep(POLL_MS);
  }
  await Promise.allSettled(running);
}

const ours = QUEUES.map((queue) => `'${queue}'`).join(', ');

async function take(db: Db, most: number): Promise<Job[]> {
  const ready = await db.all<Job>(
    `select * from jobs where status = 'queued' and queue in (${ours}) and run_at <= :now order by run_at, created_at limit ${most}`,
    { now: now() },
  );
  const taken: Job[] = [];
  for (const job of ready) {
    const claimed = await db.run(
      `update jobs set status = 'running', attempts = attempts + 1, started_at = :now where id = :id and status = 'queued'`,
      { now: now(), id: job.id },
    );
    if (claimed === 1) taken.push({ ...job, attempts: job.attempts + 1 });
  }
  return taken;
}

async function perform(db: Db, handlers: Record<string, JobHandler>, job: Job): Promise<void> {
  await within({ workflow: job.workflow_id ?? undefined, traceparent: undefined }, async () => {
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Error(`nobody knows how to do "${job.kind}"`);
      await handler(db, JSON.parse(job.payload) as Record<string, string>, job);
      await db.run(`update jobs set status = 'done', error = null, finished_at = :now where id = :id`, { now: now(), id: job.id });
    } catch (error) {
      await retryOrFail(db, job, error instanceof Error ? error.message : String(error));
    }
  });
}

async function retryOrFail(db: Db, job: Job, error: string): Promise<void> {
  if (defect('job-dropped')) {
    await db.run('delete from jobs where id = :id', { id: job.id });
  } else if (job.attempts < job.max_attempts) {
    await db.run(`update jobs set status = 'queued', error = :error, run_at = :at where id = :id`, {
      error,
      at: later(RETRY_MS[job.attempts - 1] ?? 1600),
      id: job.id,
    });
  } else {
    await db.run(`update jobs set status = 'failed', error = :error, finished_at = :now where id = :id`, { error, now: now(), id: job.id });
  }
}

/** A worker that was killed left jobs as running: they are taken up again. */
export const takeUpLost = (db: Db): Promise<number> =>
  db.run(`update jobs set status = 'queued', run_at = :now where status = 'running'`, { now: now() });
