import type { Client, Pool, PoolClient } from 'pg';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { type Database, ROWS_READ, STATEMENT_MS } from './database.ts';
import type { Statement } from './statement.ts';

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
const TIMESTAMP = 1114;
/** Longest decimal that a number holds exactly. */
const EXACT_DIGITS = 15;

/** One connection that listens to a channel, for all who want to be woken by it. */
interface Ear {
  client: Client;
  wakes: Set<() => void>;
}

/** PostgreSQL: every query in a read-only transaction of its own that is rolled back, with a time limit on both sides. */
export class Postgres implements Database {
  readonly #pool: Pool;
  readonly #url: string;
  readonly #ears = new Map<string, Promise<Ear>>();

  private constructor(pool: Pool, url: string) {
    this.#pool = pool;
    this.#url = url;
  }

  static async open(url: string, most: number): Promise<Postgres> {
    const { Pool, types } = (await driver()).default;
    const parsers = new Map<number, (text: string) => unknown>([
      [INT8, exactNumber],
      [NUMERIC, exactNumber],
      [DATE, String],
      [TIMESTAMP, String],
    ]);
    const getTypeParser = (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? types.getTypeParser(oid, format as 'text');
    const pool = new Pool({
      connectionString: url,
      max: most,
      connectionTimeoutMillis: 4000,
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
      application_name: 'intentwright',
      types: { getTypeParser: getTypeParser as typeof types.getTypeParser },
    });
    // A connection that dies while nobody uses it is replaced at the next read.
    pool.on('error', () => undefined);
    return new Postgres(pool, url);
  }

  async rows({ texts }: Statement, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    let client: PoolClient | undefined;
    let broken = false;
    const giveUp = () => {
      broken = true;
      client?.release(true);
    };
    try {
      client = await this.#pool.connect();
      if (signal.aborted) throw signal.reason;
      signal.addEventListener('abort', giveUp, { once: true });
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_MS}`);
      const sql = texts.reduce((text, part, index) => `${text}$${index}${part}`);
      if (/^\s*(?:show|explain)\b/i.test(sql)) return (await client.query(sql, values)).rows;
      // A cursor keeps a flood of rows on the server.
      await client.query(`DECLARE reading NO SCROLL CURSOR FOR ${sql}`, values);
      return (await client.query(`FETCH ${ROWS_READ} FROM reading`)).rows as Record<string, unknown>[];
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toldError(error);
    } finally {
      signal.removeEventListener('abort', giveUp);
      if (client && !broken) await giveBack(client);
    }
  }

  /** On a connection of its own, outside the pool's read-only transactions; one, however many wait. */
  async listen(channel: string, wake: () => void): Promise<() => void> {
    let opening = this.#ears.get(channel);
    if (!opening) this.#ears.set(channel, (opening = this.#openEar(channel)));
    const ear = await opening.catch((error: unknown) => {
      this.#ears.delete(channel);
      throw toldError(error);
    });
    ear.wakes.add(wake);
    return () => ear.wakes.delete(wake);
  }

  async close(): Promise<void> {
    const ears = [...this.#ears.values()];
    this.#ears.clear();
    await Promise.all(ears.map((opening) => opening.then(({ client }) => client.end()).catch(() => undefined)));
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #openEar(channel: string): Promise<Ear> {
    const { Client } = (await driver()).default;
    const client = new Client({ connectionString: this.#url, connectionTimeoutMillis: 4000, application_name: 'intentwright' });
    const wakes = new Set<() => void>();
    client.on('notification', () => {
      for (const wake of wakes) wake();
    });
    // Whoever waits goes on by polling.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`LISTEN "${channel}"`);
    return { client, wakes };
  }
}

const giveBack = (client: PoolClient) =>
  client.query('ROLLBACK').then(
    () => client.release(),
    () => client.release(true),
  );

const driver = () =>
  import('pg').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package pg is not installed', { hint: 'npm install --save-dev pg', cause: error });
  });

/** As a number where that is exact, as text where it is not. */
function exactNumber(text: string): number | string {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '');
  return digits.length <= EXACT_DIGITS || (!text.includes('.') && Number.isSafeInteger(Number(text))) ? Number(text) : text;
}

function toldError(error: unknown): IntentwrightError {
  const code = (error as { code?: string }).code ?? '';
  const message = messageOf(error);
  if (code.startsWith('28'))
    return new IntentwrightError('PROBE_DENIED', message, {
      hint: 'give the connection a user and password that may log in',
      cause: error,
    });
  if (code === '42501')
    return new IntentwrightError('PROBE_DENIED', message, { hint: 'grant select to the connection’s user', cause: error });
  if (code === '3D000')
    return new IntentwrightError('PROBE_CONFIG', message, { hint: 'check the database’s name in the connection', cause: error });
  if (code === '25006') return new IntentwrightError('PROBE_CONFIG', `a probe only reads: ${message}`, { cause: error });
  if (code.startsWith('42') || code.startsWith('22') || code === '0A000')
    return new IntentwrightError('PROBE_CONFIG', message, { hint: 'check the query against the database’s schema', cause: error });
  return new IntentwrightError('PROBE_UNREADABLE', message || code, { cause: error });
}
