import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { plain, type Db, type Params } from './port.ts';

const bind = (params: Params = {}): Record<string, string | number | null> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plain(value)]));

/** SQLite in WAL mode: several processes, one file. */
export function openSqlite(file: string): Db {
  const base = new DatabaseSync(file);
  base.exec('pragma journal_mode = wal; pragma busy_timeout = 5000; pragma synchronous = normal; pragma foreign_keys = off');
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let found = prepared.get(sql);
    if (!found) prepared.set(sql, (found = base.prepare(sql)));
    return found;
  };
  const direct: Db = {
    all: async <T>(sql: string, params?: Params) => statement(sql).all(bind(params)) as T[],
    get: async <T>(sql: string, params?: Params) => statement(sql).get(bind(params)) as T | undefined,
    run: async (sql, params) => Number(statement(sql).run(bind(params)).changes),
    tx: (work) => work(direct),
    close: async () => base.close(),
  };

  // One connection: whoever is not part of the open transaction waits for its end. Nothing may come between the last look at
  // `open` and what follows it, so the loops stand where they are needed.
  let open: Promise<void> | undefined;
  return {
    async all(sql, params) {
      while (open !== undefined) await open;
      return direct.all(sql, params);
    },
    async get(sql, params) {
      while (open !== undefined) await open;
      return direct.get(sql, params);
    },
    async run(sql, params) {
      while (open !== undefined) await open;
      return direct.run(sql, params);
    },
    async tx(work) {
      while (open !== undefined) await open;
      let done = (): void => {};
      open = new Promise((resolve) => {
        done = resolve;
      });
      try {
        base.exec('begin immediate');
        const result = await work(direct);
        base.exec('commit');
        return result;
      } catch (error) {
        if (base.isTransaction) base.exec('rollback');
        throw error;
      } finally {
        open = undefined;
        done();
      }
    },
    close: () => direct.close(),
  };
}
