import { messageOf } from '../../core/errors.ts';
import { bullmq, connectRedis, patient } from './drivers.ts';
import { type FleetJob, type FleetResult, QUEUE_PREFIX, resultSchema } from './job.ts';
import { type Entry, Ledger } from './ledger.ts';

/** What is heard of jobs while they are away. */
export interface Listener {
  /** A worker has taken it; again when an earlier one was lost. */
  begun(job: string): void;
  event(job: string, body: unknown): void;
  file(job: string, bytes: Uint8Array, type: string): void;
}

export interface DispatchOptions {
  url: string;
  queue: string;
  run: string;
  listener: Listener;
  signal: AbortSignal;
  note(text: string): void;
  /** How often what was never heard of again is looked for, ms. */
  checkMs?: number;
}

/** One run's place in a fleet: hands jobs out, hears of them, and gets exactly one result for each. */
export interface Dispatcher {
  /** Resolves to the result of each job; those that were not done when the signal came are missing. */
  run(jobs: readonly FleetJob[]): Promise<Map<string, FleetResult>>;
  close(): Promise<void>;
}

const CHUNK = 500;
const ALIVE_EVERY_MS = 10_000;
const LONELY_MS = 20_000;
/** Redis looks at arrivals for so long before it answers that there are none, ms. */
const BLOCK_MS = 1000;
const OVERDUE_MS = 15_000;

/** @throws IntentwrightError USAGE when Redis does not answer, or the packages are missing */
export async function openDispatcher(options: DispatchOptions): Promise<Dispatcher> {
  const { url, run, signal, listener, note, checkMs = 3000 } = options;
  // One connection waits for what is said, the other one is free to ask.
  const [ears, redis] = await Promise.all([connectRedis(url), connectRedis(url)]);
  const { Queue } = await bullmq();
  const queue = new Queue<FleetJob>(options.queue, { connection: patient(url), prefix: QUEUE_PREFIX });
  queue.on('error', () => undefined);
  const ledger = new Ledger(redis, QUEUE_PREFIX, run);
  const heard = new Ledger(ears, QUEUE_PREFIX, run);
  await ledger.keepAlive();
  const alive = setInterval(() => void ledger.keepAlive().catch(() => undefined), ALIVE_EVERY_MS);
  let last = '0-0';
  let order = 0;

  const put = async (jobs: readonly FleetJob[]): Promise<void> => {
    for (let from = 0; from < jobs.length; from += CHUNK) {
      await queue.addBulk(
        jobs.slice(from, from + CHUNK).map((data) => ({
          name: data.intent,
          data,
          // Known by its own id: the same job twice is one.
          opts: { jobId: `${data.run}~${data.job}`, priority: Math.min(++order, 2_000_000), removeOnComplete: true, removeOnFail: false },
        })),
      );
    }
  };

  const hear = ({ kind, job, body }: Entry, results: Map<string, FleetResult>, waiting: ReadonlyMap<string, FleetJob>): void => {
    if (!waiting.has(job) || results.has(job)) return;
    if (kind === 'begin') listener.begun(job);
    else if (kind === 'event') listener.event(job, JSON.parse(body));
    else if (kind === 'file') {
      const at = body.indexOf(' ');
      listener.file(job, Buffer.from(body.slice(at + 1), 'base64'), body.slice(0, at));
    } else results.set(job, resultSchema.parse(JSON.parse(body)));
  };

  /** What failed is set aside, what Redis forgot is put again, a result whose message was lost is taken from the ledger. */
  const check = async (results: Map<string, FleetResult>, waiting: ReadonlyMap<string, FleetJob>): Promise<void> => {
    const open = [...waiting].filter(([job]) => !results.has(job));
    for (const failed of await queue.getFailed(0, 1000)) {
      const { job, run: of } = failed.data;
      if (of !== run) continue;
      await ledger.finish(
        job,
        undefined,
        JSON.stringify({
          status: 'errored',
          why: /stalled/.test(failed.failedReason) ? 'every worker that took it was lost: it is set aside' : failed.failedReason,
        }),
      );
      await failed.remove().catch(() => undefined);
    }
    const finals = await ledger.results();
    const counts = await queue.getJobCounts('prioritized', 'waiting', 'active', 'delayed');
    const idle = Object.values(counts).every((count) => count === 0);
    const gone = (
      await Promise.all(
        open.map(async ([job, data]) =>
          finals[job] === undefined && (idle || open.length <= CHUNK) && !(await queue.getJob(`${run}~${job}`)) ? data : [],
        ),
      )
    ).flat();
    const ended = open.filter(([job]) => finals[job] !== undefined);
    if (gone.length > 0) await put(gone);
    // Only what was said before is missing then; its result counts all the same.
    if (ended.length > 0 && !(await heard.read(last, 1)).length)
      for (const [job] of ended) results.set(job, resultSchema.parse(JSON.parse(finals[job]!)));
  };

  return {
    async run(jobs) {
      const waiting = new Map(jobs.map((one) => [one.job, one]));
      const results = new Map<string, FleetResult>();
      await put(jobs);
      let checked = performance.now();
      let lonely: number | undefined = performance.now();
      while (results.size < waiting.size && !signal.aborted) {
        const entries = await heardWithin(
          () => heard.read(last, BLOCK_MS),
          () => ears.disconnect(true),
        );
        for (const { id, entry } of entries) {
          hear(entry, results, waiting);
          last = id;
        }
        if (entries.length > 0) {
          lonely = undefined;
          await heard.forget(last);
        }
        if (lonely !== undefined && performance.now() - lonely > LONELY_MS) {
          note('no worker has taken anything yet; start one with: intentwright worker --fleet <the same address>');
          lonely = undefined;
        }
        if (performance.now() - checked > checkMs && results.size < waiting.size) {
          await check(results, waiting).catch((error: unknown) => note(`the fleet could not be looked after: ${messageOf(error)}`));
          checked = performance.now();
        }
      }
      return results;
    },
    async close() {
      clearInterval(alive);
      if (signal.aborted) await removeWaiting(queue, run);
      await ledger.remove();
      await queue.close();
      ears.disconnect();
      redis.disconnect();
    },
  };
}

/** A connection may be dead without anybody having said so: an answer that is long overdue is asked for again over a new one. */
async function heardWithin<T>(read: () => Promise<T[]>, renew: () => void): Promise<T[]> {
  let overdue: NodeJS.Timeout | undefined;
  const late = new Promise<T[]>((resolve) => {
    overdue = setTimeout(() => {
      renew();
      resolve([]);
    }, OVERDUE_MS);
  });
  return Promise.race([read().catch(() => []), late]).finally(() => clearTimeout(overdue));
}

/** What nobody has begun is taken back. */
async function removeWaiting(
  queue: { getJobs(types: ('prioritized' | 'waiting' | 'delayed')[]): Promise<{ data: FleetJob; remove(): Promise<unknown> }[]> },
  run: string,
): Promise<void> {
  const jobs = await queue.getJobs(['prioritized', 'waiting', 'delayed']).catch(() => []);
  await Promise.all(jobs.filter(({ data }) => data.run === run).map((job) => job.remove().catch(() => undefined)));
}
