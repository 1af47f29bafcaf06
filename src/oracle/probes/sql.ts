import { resolve } from 'node:path';
import { z } from 'zod';
import { canonical } from '../equal.ts';
import { plainJson } from '../plain-json.ts';
import { defineProbe } from '../port.ts';
import type { Database } from '../sql/database.ts';
import { parseStatement, valuesOf } from '../sql/statement.ts';

const settings = z
  .strictObject({
    sqlite: z.string().describe('Path of a SQLite file').optional(),
    postgres: z.string().describe('postgres://user:password@host:5432/database').optional(),
    mysql: z.string().describe('mysql://user:password@host:3306/database, MariaDB too').optional(),
    test: z.boolean().describe('This is a test database: fixtures may write into it').default(false),
    listen: z
      .string()
      .regex(/^[A-Za-z_]\w*$/)
      .describe('Channel that PostgreSQL is notified on when something changes: a poll is then woken early')
      .optional(),
  })
  .refine(({ sqlite, postgres, mysql }) => [sqlite, postgres, mysql].filter((value) => value !== undefined).length === 1, {
    error: 'give exactly one of sqlite, postgres and mysql',
  });

const query = z.strictObject({
  query: z.string().describe('One select; values stand in it as :name'),
  with: z.record(z.string(), z.unknown()).describe('The values of :name').default({}),
});

/** Most connections a database gives to one attempt. */
const CONNECTIONS = 4;

/** Rows of a database, as a list of objects. Without an `order by` they come in an order of their own that does not vary. */
export const sql = defineProbe({
  name: 'sql',
  about: 'Rows of a SQLite, PostgreSQL or MySQL database, in a read-only transaction',
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    const database = await openDatabase(given, services.dirs.root ?? process.cwd());
    return {
      async read(asked: z.output<typeof query>, signal) {
        const statement = parseStatement(asked.query);
        const rows = await database.rows(statement, valuesOf(statement, asked.with), signal);
        const plain = rows.map(plainJson);
        return statement.ordered ? plain : stable(plain);
      },
      check: async (signal) => void (await database.rows(parseStatement('select 1 as one'), [], signal)),
      ...(given.listen !== undefined && database.listen
        ? { watch: (_: unknown, wake: () => void) => database.listen!(given.listen!, wake) }
        : {}),
      close: () => database.close(),
    };
  },
});

async function openDatabase({ sqlite, postgres, mysql }: z.output<typeof settings>, root: string): Promise<Database> {
  if (sqlite !== undefined) return (await import('../sql/sqlite.ts')).Sqlite.open(resolve(root, sqlite));
  if (postgres !== undefined) return (await import('../sql/postgres.ts')).Postgres.open(postgres, CONNECTIONS);
  return (await import('../sql/mysql.ts')).Mysql.open(mysql!, CONNECTIONS);
}

/** A server may return the same rows in another order each time: that is no change. */
function stable(rows: unknown[]): unknown[] {
  const keyed = rows.map((row) => ({ row, key: canonical(row) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}
