import { join } from 'node:path';
import type { Db } from './port.ts';
import { newId } from './ids.ts';
import { openSqlite } from './sqlite.ts';

/** Where the state of one Teamspace lives, and how it is removed. */
export interface Place {
  db: Db;
  /** A file, or the URL of a database. */
  address: string;
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** A fresh file in the folder; or a fresh schema in the database that `DATABASE_URL` names. */
export async function openPlace(env: NodeJS.ProcessEnv, folder: string): Promise<Place> {
  const server = env['DATABASE_URL'];
  if (!server) {
    const file = join(folder, 'app.sqlite');
    const db = openSqlite(file);
    return { db, address: file, env: { TEAMSPACE_DB: file }, remove: () => db.close() };
  }
  const { openPostgres } = await import('./postgres.ts');
  const schema = newId('teamspace').toLowerCase();
  const outer = await openPostgres(server);
  await outer.run(`create schema ${schema}`);
  const url = new URL(server);
  url.search = `${url.search ? `${url.search}&` : '?'}options=-c%20search_path%3D${schema}`;
  const db = await openPostgres(url.href);
  return {
    db,
    address: url.href,
    env: { DATABASE_URL: url.href },
    async remove() {
      await db.close();
      await outer.run(`drop schema if exists ${schema} cascade`);
      await outer.close();
    },
  };
}
