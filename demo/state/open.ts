import type { Db } from './port.ts';
import { schema } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** The state of this Teamspace: `DATABASE_URL`, or the file in `TEAMSPACE_DB`. */
export async function openState(env: NodeJS.ProcessEnv = process.env): Promise<Db> {
  if (env['DATABASE_URL']) return (await import('./postgres.ts')).openPostgres(env['DATABASE_URL']);
  if (!env['TEAMSPACE_DB']) throw new Error('TEAMSPACE_DB or DATABASE_URL must say where the state is');
  return openSqlite(env['TEAMSPACE_DB']);
}

/** Every table and index, once, before the processes start. */
export async function createTables(db: Db): Promise<void> {
  for (const statement of schema) await db.run(statement);
}
