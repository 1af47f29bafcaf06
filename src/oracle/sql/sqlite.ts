import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { IntentwrightError } from '../../core/errors.ts';
import { Lingering } from '../lingering.ts';
import { type Database, ROWS_READ } from './database.ts';
import type { Statement } from './statement.ts';

interface Answer {
  id: number;
  rows?: Record<string, unknown>[];
  error?: string;
  errcode?: number;
}
interface Waiting {
  id: number;
  sql: string;
  values: unknown[];
  resolve(rows: Record<string, unknown>[]): void;
  reject(error: unknown): void;
}

const SQLITE_ERROR = 1;
const SQLITE_READONLY = 8;
const SQLITE_NOTADB = 26;
/** An idle thread is kept for the next attempt at the same file, ms. */
const LINGER_MS = 1500;

/** A SQLite file, opened read-only. Attempts at the same file share one thread. */
export class Sqlite implements Database {
  readonly #held: { thing: SqliteThread; release(): void };

  private constructor(held: { thing: SqliteThread; release(): void }) {
    this.#held = held;
  }

  static async open(file: string): Promise<Sqlite> {
    return new Sqlite(await threads.hold(file));
  }

  rows({ texts }: Statement, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    return this.#held.thing.ask(texts.join('?'), values.map(bindable), signal);
  }

  async close(): Promise<void> {
    this.#held.release();
  }
}

/** SQLite is synchronous: off the main thread a query without end can be ended, with its thread. */
class SqliteThread {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(file: string) {
    this.#file = file;
  }

  ask(sql: string, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    if (!existsSync(this.#file)) return Promise.reject(new IntentwrightError('PROBE_UNREADABLE', `there is no file ${this.#file}`));
    const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>[]>();
    const waiting: Waiting = { id: ++this.#lastId, sql, values, resolve, reject };
    const giveUp = () => {
      this.#waiting.delete(waiting.id);
      reject(signal.reason);
      // Whoever else waits is asked again, in a new thread.
      this.end();
      for (const other of this.#waiting.values()) this.#post(other);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.set(waiting.id, waiting);
    this.#post(waiting);
    return promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  #post({ id, sql, values }: Waiting): void {
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage({ id, sql, values });
  }

  #start(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), {
      workerData: { file: this.#file, most: ROWS_READ },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('the thread ended')));
    return worker;
  }

  #settle({ id, rows, error, errcode }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    // An idle thread must not keep a finished run alive.
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (rows) waiting?.resolve(rows);
    else waiting?.reject(toldError(error ?? 'no answer', errcode));
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

const threads = new Lingering(
  async (file) => new SqliteThread(file),
  async (thread) => thread.end(),
  LINGER_MS,
);

/** A mistake in the query is told at once; a busy or missing database is unknown and polled on. */
function toldError(message: string, errcode: number | undefined): Error {
  const primary = (errcode ?? 0) & 0xff;
  if (primary === SQLITE_READONLY) return new IntentwrightError('PROBE_CONFIG', `a probe only reads: ${message}`);
  if (primary === SQLITE_ERROR)
    return new IntentwrightError('PROBE_CONFIG', message, { hint: 'check the query against the database’s schema' });
  if (primary === SQLITE_NOTADB)
    return new IntentwrightError('PROBE_CONFIG', message, { hint: 'the connection names another kind of file' });
  return new IntentwrightError('PROBE_UNREADABLE', message);
}

const bindable = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);
