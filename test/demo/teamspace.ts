import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Db, Params } from '../../demo/state/port.ts';
import { openPostgres } from '../../demo/state/postgres.ts';
import type { Ready } from '../../demo/teamspace.ts';
import type { Seeded } from '../../demo/support/organisation.ts';
import type { CaughtMail } from '../../demo/mail/catcher.ts';

const START = fileURLToPath(new URL('../../demo/start.ts', import.meta.url));

export type Row = Record<string, string | number | null>;

type Reader = Pick<Db, 'all' | 'close'>;

const openReadOnly = (file: string): Reader => {
  const db = new DatabaseSync(file, { readOnly: true });
  return {
    all: async <T>(sql: string, params?: Params) => db.prepare(sql).all((params ?? {}) as Record<string, string>) as T[],
    close: async () => db.close(),
  };
};

/** A Teamspace in its own processes, as everybody starts it. */
export class Teamspace {
  readonly ready: Ready;
  readonly process: ChildProcess;
  #open: Reader | undefined;

  private constructor(ready: Ready, process: ChildProcess) {
    this.ready = ready;
    this.process = process;
  }

  static async start(env: Record<string, string> = {}, args: string[] = [], more: { detached?: boolean } = {}): Promise<Teamspace> {
    const child = spawn(process.execPath, [START, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...more,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${errors}`)));
    });
    return new Teamspace(JSON.parse(line) as Ready, child);
  }

  /** Ends it and resolves with its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    await this.#open?.close();
    this.#open = undefined;
    if (this.process.exitCode !== null) return this.process.exitCode;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    return ((await ended) as [number | null])[0];
  }

  /** Reads the state as an invariant would: from outside. */
  async rows(sql: string, params: Record<string, string> = {}): Promise<Row[]> {
    if (!this.#open) {
      const { db } = this.ready;
      this.#open = db.startsWith('postgres') ? await openPostgres(db) : openReadOnly(db);
    }
    return (await this.#open.all<Row>(sql, params)).map((row) => ({ ...row }));
  }

  async support<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.ready.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.ready.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  seed = (kind: string, workflow: string, more: Record<string, unknown> = {}): Promise<Seeded & Required<Pick<Seeded, 'neighbour'>>> =>
    this.support('POST', '/test/seed', { kind, workflow, with: more });

  mails = async (to: string): Promise<CaughtMail[]> =>
    (await fetch(`${this.ready.mail}/api/mails?to=${encodeURIComponent(to)}`)).json() as Promise<CaughtMail[]>;

  /** Resolves when no job of the workflow waits or runs, but for those that wait for a later time or where nobody looks. */
  async settled(workflow: string): Promise<void> {
    await eventually(
      async () =>
        (
          await this.rows(
            `select id from jobs where workflow_id = :workflow and (status = 'running' or (status = 'queued' and queue <> 'bulk-imports' and run_at < :soon))`,
            { workflow, soon: new Date(Date.now() + 2000).toISOString() },
          )
        ).length === 0,
    );
  }
}

/** Asks until it is so. */
export async function eventually(ask: () => boolean | Promise<boolean>, withinMs = 8000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`it was not so within ${withinMs} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
