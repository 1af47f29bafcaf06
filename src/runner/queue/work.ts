import { randomUUID } from 'node:crypto';
import { messageOf } from '../../core/errors.ts';
import { bullmq, connectRedis, patient } from './drivers.ts';
import { type FleetJob, jobSchema, QUEUE_PREFIX, type Tuning, TUNING } from './job.ts';
import { Leases } from './leases.ts';
import { Ledger } from './ledger.ts';
import { Speaker } from './speaker.ts';

/** What an attempt is told with while it goes on. */
export interface Voice {
  event(body: unknown): void;
  file(bytes: Uint8Array, type: string): void;
}

export interface WorkOptions {
  /** redis://… */
  url: string;
  queue: string;
  /** Jobs at the same time. */
  concurrency: number;
  /** Carries one attempt out and resolves to its status. Aborted when the job has become another's. `again`: a worker that was lost had begun it. */
  carryOut(job: FleetJob, voice: Voice, signal: AbortSignal, again: boolean): Promise<string>;
  /** Aborted: no new job is taken, those begun are finished. */
  signal: AbortSignal;
  note?(text: string): void;
  tuning?: Partial<Tuning>;
}

/** A taken resource is asked for again after so long, ms. */
const LEASE_PAUSE_MS = 250;
const POLL_MS = 100;
const CLOSE_MS = 5000;

/**
 * Takes jobs from a queue until it is told to stop, and then ends what it has begun.
 * @throws IntentwrightError USAGE when Redis does not answer, or the packages are missing
 */
export async function workFleet(options: WorkOptions): Promise<void> {
  const { url, queue, concurrency, signal, note = () => undefined } = options;
  const tuning = { ...TUNING, ...options.tuning };
  const redis = await connectRedis(url);
  const { Worker, DelayedError } = await bullmq();
  const leases = new Leases(redis, QUEUE_PREFIX, tuning.lockMs);

  const work = async (data: FleetJob): Promise<'later' | string> => {
    const delivery = randomUUID();
    const giveBack = await leases.take(data.locks, delivery);
    if (!giveBack) return 'later';
    try {
      const ledger = new Ledger(redis, QUEUE_PREFIX, data.run);
      const begun = await ledger.begin(data.job, delivery);
      if (begun === 'done' || begun === 'abandoned') return begun;
      const superseded = new AbortController();
      const speaker = new Speaker(ledger, data.job, delivery, () => superseded.abort(new Error('the job is another worker’s by now')));
      let result: { status: string; why?: string };
      try {
        result = { status: await options.carryOut(data, speaker, superseded.signal, begun === 'go again') };
      } catch (error) {
        result = { status: 'errored', why: messageOf(error) };
      }
      await speaker.end();
      return (await ledger.finish(data.job, delivery, JSON.stringify(result))) ? result.status : 'superseded';
    } finally {
      await giveBack();
    }
  };

  let busy = 0;
  const worker = new Worker(
    queue,
    async (job, token) => {
      const parsed = jobSchema.safeParse(job.data);
      if (!parsed.success) throw new Error(`a job of another version: ${parsed.error.issues[0]?.message}`);
      busy++;
      const done = await work(parsed.data).finally(() => {
        busy--;
      });
      if (done !== 'later') return done;
      await job.moveToDelayed(Date.now() + LEASE_PAUSE_MS, token);
      throw new DelayedError();
    },
    {
      connection: patient(url),
      prefix: QUEUE_PREFIX,
      concurrency,
      lockDuration: tuning.lockMs,
      stalledInterval: tuning.stalledMs,
      maxStalledCount: tuning.mostLost - 1,
      removeOnComplete: { count: 0 },
      drainDelay: 2,
    },
  );
  let away = false;
  worker
    .on('error', (error) => {
      if (!away) note(`Redis: ${messageOf(error)}; waiting for it`);
      away = true;
    })
    .on('active', () => {
      away = false;
    });

  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const closing = worker.close();
  // A connection that Redis dropped without a word may never close: once nothing is being done, nothing is lost with it.
  while (busy > 0 && (await Promise.race([closing.then(() => 'closed'), pause(POLL_MS)])) !== 'closed');
  await Promise.race([closing, pause(CLOSE_MS)]);
  await Promise.race([worker.disconnect(), pause(POLL_MS)]).catch(() => undefined);
  redis.disconnect();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
