import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { openDispatcher } from '../../src/runner/queue/dispatch.ts';
import type { FleetJob, FleetResult } from '../../src/runner/queue/job.ts';

/** A Redis of one's own that may be restarted: it keeps what it has on disk. */
export class OwnRedis {
  readonly port: number;
  readonly #dir: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, dir: string) {
    this.port = port;
    this.#dir = dir;
  }

  static async start(): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), mkdtempSync(join(tmpdir(), 'intentwright-redis-')));
    await redis.#begin();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async #begin(): Promise<void> {
    this.#process = spawn(
      'redis-server',
      [
        '--port',
        String(this.port),
        '--bind',
        '127.0.0.1',
        '--dir',
        this.#dir,
        '--appendonly',
        'yes',
        '--appendfsync',
        'everysec',
        '--save',
        '',
      ],
      { stdio: 'ignore' },
    );
    const client = new Redis(this.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process!;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Dies without a word, and is back with what its disk has. */
  async restart(): Promise<void> {
    await this.#end('SIGKILL');
    await this.#begin();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface Setting {
  url: string;
  intents: number;
  workers: number;
  /** Intents at the same time in each worker. */
  concurrency: number;
  /** What one takes, ms. */
  ms: number;
  /** Workers that one job may cost. */
  mostLost?: number;
  /** Intents that kill their workers. */
  poison?: number;
}

export interface Crew {
  readonly queue: string;
  /** Ids of the attempts that workers carried out to their end, repeats and all. */
  carried(): string[];
  /** Kills one without a word and puts another in its place. */
  replaceOne(): Promise<void>;
  /** Asks one to end, and waits until it has. */
  drainOne(): Promise<number | null>;
  stop(): Promise<void>;
}

/** Worker processes on a queue of their own. */
export async function hire({ url, workers, concurrency, ms, mostLost = 50 }: Setting): Promise<Crew> {
  const queue = `eval-${randomBytes(4).toString('hex')}`;
  const file = join(mkdtempSync(join(tmpdir(), 'intentwright-fleet-')), 'carried');
  writeFileSync(file, '');
  const crew: ChildProcess[] = [];
  const hireOne = async (): Promise<void> => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'synthetic-worker.ts'), url, queue, String(concurrency), String(ms), file, String(mostLost)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => child.stdout!.once('data', resolve));
    crew.push(child);
  };
  await Promise.all(Array.from({ length: workers }, hireOne));
  const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
    child.kill(signal);
    return ended;
  };
  return {
    queue,
    carried: () => readFileSync(file, 'utf8').split('\n').filter(Boolean),
    async replaceOne() {
      const [victim] = crew.splice(Math.floor(Math.random() * crew.length), 1);
      await end(victim!, 'SIGKILL');
      await hireOne();
    },
    drainOne: () => end(crew.shift()!, 'SIGTERM'),
    async stop() {
      await Promise.all(crew.map((child) => end(child, 'SIGTERM')));
      rmSync(join(file, '..'), { recursive: true, force: true });
    },
  };
}

export interface Told {
  results: Map<string, FleetResult>;
  /** How often each intent was begun, and how many intent-ends were heard of it. */
  begun: Map<string, number>;
  ends: Map<string, number>;
  seconds: number;
  notes: string[];
}

/** One run of synthetic intents; `meanwhile` may do harm. */
export async function dispatch(
  { url, intents, poison = 0 }: Setting,
  queue: string,
  meanwhile: (heard: () => number) => Promise<void> = async () => undefined,
): Promise<Told> {
  const begun = new Map<string, number>();
  const ends = new Map<string, number>();
  const notes: string[] = [];
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  const run = randomBytes(4).toString('hex');
  const dispatcher = await openDispatcher({
    url,
    queue,
    run,
    signal: new AbortController().signal,
    note: (text) => notes.push(text),
    checkMs: 1500,
    listener: {
      begun: (job) => count(begun, job),
      event: (job, body) => {
        if ((body as { type: string }).type === 'intent-end') count(ends, job);
      },
      file: () => undefined,
    },
  });
  const order = { target: 'none', agents: [], frozen: false, fresh: false, mode: 'eval', ci: false };
  const jobs = Array.from(
    { length: intents },
    (_, index): FleetJob => ({
      run,
      job: `${index}`,
      intent: `${index < poison ? 'poison' : 'intent'}-${index}`,
      locks: [],
      order,
      digest: '',
    }),
  );
  const started = performance.now();
  try {
    const [results] = await Promise.all([dispatcher.run(jobs), meanwhile(() => ends.size)]);
    return { results, begun, ends, seconds: (performance.now() - started) / 1000, notes };
  } finally {
    await dispatcher.close();
  }
}
