import type { Pool, PoolConnection } from 'mysql2/promise';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { type Database, ROWS_READ, STATEMENT_MS } from './database.ts';
import type { Statement } from './statement.ts';

/** MySQL and MariaDB: every query in a read-only transaction that is rolled back. */
export class Mysql implements Database {
  readonly #pool: Pool;
  #closed = false;

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  static async open(url: string, most: number): Promise<Mysql> {
    const { createPool } = await driver();
    return new Mysql(
      createPool({
        uri: url,
        connectionLimit: most,
        connectTimeout: 4000,
        dateStrings: true,
        supportBigNumbers: true,
        decimalNumbers: true,
        multipleStatements: false,
      }),
    );
  }

  async rows({ texts }: Statement, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]> {
    let connection: PoolConnection | undefined;
    let broken = false;
    const giveUp = () => {
      broken = true;
      connection?.destroy();
    };
    try {
      connection = await this.#pool.getConnection();
      if (signal.aborted) throw signal.reason;
      signal.addEventListener('abort', giveUp, { once: true });
      await limitTime(connection);
      await connection.query('START TRANSACTION READ ONLY');
      const [rows] = await connection.execute({ sql: texts.join('?'), timeout: STATEMENT_MS }, values as string[]);
      return rows as Record<string, unknown>[];
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toldError(error);
    } finally {
      signal.removeEventListener('abort', giveUp);
      if (connection && !broken) await giveBack(connection);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}

const giveBack = (connection: PoolConnection) =>
  connection.query('ROLLBACK').then(
    () => connection.release(),
    () => connection.destroy(),
  );

/** MariaDB calls it otherwise than MySQL; a server that knows neither is limited from our side alone. */
async function limitTime(connection: PoolConnection): Promise<void> {
  await connection
    .query(`SET SESSION max_execution_time = ${STATEMENT_MS}`)
    .catch(() => connection.query(`SET SESSION max_statement_time = ${STATEMENT_MS / 1000}`))
    .catch(() => undefined);
  await connection.query(`SET SESSION sql_select_limit = ${ROWS_READ}`);
}

const driver = () =>
  import('mysql2/promise').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package mysql2 is not installed', {
      hint: 'npm install --save-dev mysql2',
      cause: error,
    });
  });

const DENIED = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
]);
const WRONG = new Set([
  'ER_PARSE_ERROR',
  'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_NON_UNIQ_ERROR',
  'ER_SP_DOES_NOT_EXIST',
  'ER_WRONG_ARGUMENTS',
  'ER_UNKNOWN_TABLE',
]);

function toldError(error: unknown): IntentwrightError {
  const { code = '', errno } = error as { code?: string; errno?: number };
  const message = messageOf(error);
  if (DENIED.has(code))
    return new IntentwrightError('PROBE_DENIED', message, { hint: 'give the connection a user that may log in and select', cause: error });
  if (code === 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' || errno === 1792)
    return new IntentwrightError('PROBE_CONFIG', `a probe only reads: ${message}`, { cause: error });
  if (WRONG.has(code))
    return new IntentwrightError('PROBE_CONFIG', message, { hint: 'check the query against the database’s schema', cause: error });
  return new IntentwrightError('PROBE_UNREADABLE', message || code, { cause: error });
}
