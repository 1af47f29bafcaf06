import type { Pool, PoolClient } from 'pg';
import { plain, type Db, type Params } from './port.ts';

const numbered = new Map<string, { text: string; names: string[] }>();

function translate(sql: string): { text: string; names: string[] } {
  let found = numbered.get(sql);
  if (!found) {
    const names: string[] = [];
    const text = sql.replace(/(?<![:\w]):([a-z_][a-z0-9_]*)/gi, (_, name: string) => {
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    });
    numbered.set(sql, (found = { text, names }));
  }
  return found;
}

function over(client: Pool | PoolClient, tx: Db['tx'], close: () => Promise<void>): Db {
  const query = async (sql: string, params: Params = {}) => {
    const { text, names } = translate(sql);
    return client.query(
      text,
      names.map((name) => plain(params[name])),
    );
  };
  return {
    all: async <T>(sql: string, params?: Params) => (await query(sql, params)).rows as T[],
    get: async <T>(sql: string, params?: Params) => (await query(sql, params)).rows[0] as T | undefined,
    run: async (sql, params) => (await query(sql, params)).rowCount ?? 0,
    tx,
    close,
  };
}

/** PostgreSQL, in the schema that the URL's `options=-c search_path=…` names. */
export async function openPostgres(url: string): Promise<Db> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on('error', () => {});
  return over(
    pool,
    async (work) => {
      const client = await pool.connect();
      const within: Db = over(
        client,
        (inner) => inner(within),
        async () => {},
      );
      try {
        await client.query('begin');
        const result = await work(within);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    () => pool.end(),
  );
}
