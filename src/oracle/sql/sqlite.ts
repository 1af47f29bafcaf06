import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { IntentwrightError } from '../../core/errors.ts';
import { type Database, ROWS_READ } from './database.ts';
import type { Statement } from './statement.ts';

interface Answer { id: number; rows?: Record<string, unknown>[]; error?: string; errcode?: number }
interface Waiting { resolve(rows: Record<string, unknown>[]): void; reject(error: unknown): void }

const SQLITE_ERROR = 1;
const SQLITE_READONLY = 8;
const SQLITE_NOTADB = 26;

/** A SQLite file, opened read-only in a thread of its own; a query that is given up takes its thread with it. */
export class Sqlite implements Database {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #next = 0;

  constructor(file: string) {
    this.#file = file;
  }

  rows({ texts }: Statement, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    if (!existsSync(this.#file)) return Promise.reject(new IntentwrightError('PROBE_UNREADABLE', `there is no file ${this.#file}`));
    const id = ++this.#next;
    const answer = new Promise<Record<string, unknown>[]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const giveUp = () => {
      this.#end(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#thread().postMessage({ id, sql: texts.join('?'), values: values.map(bindable) });
    return answer.finally(() => signal.removeEventListener('abort', giveUp));
  }

  async close(): Promise<void> {
    this.#end(new IntentwrightError('PROBE_UNREADABLE', 'the database was closed'));
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), { workerData: { file: this.#file, most: ROWS_READ }, execArgv: ['--disable-warning=ExperimentalWarning'] });
    worker.unref();
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('the thread ended')));
    this.#worker = worker;
    return worker;
  }

  #settle({ id, rows, error, errcode }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (rows) waiting?.resolve(rows);
    else waiting?.reject(toldError(error ?? 'no answer', errcode));
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#end(error);
  }

  #end(reason: unknown): void {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    void worker?.terminate();
  }
}

/** A mistake in the query is told at once; a busy or missing database is unknown and polled on. */
function toldError(message: string, errcode: number | undefined): Error {
  const primary = (errcode ?? 0) & 0xff;
  if (primary === SQLITE_READONLY) return new IntentwrightError('PROBE_CONFIG', `a probe only reads: ${message}`);
  if (primary === SQLITE_ERROR || /^no such (table|column|function)|syntax error/.test(message)) return new IntentwrightError('PROBE_CONFIG', message, { hint: 'check the query against the database’s schema' });
  if (primary === SQLITE_NOTADB) return new IntentwrightError('PROBE_CONFIG', message, { hint: 'the connection names another kind of file' });
  return new IntentwrightError('PROBE_UNREADABLE', message);
}

const bindable = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);
