import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION } from './schema.ts';

/**
 * Takes over the runs of another history that this one does not have: the artifact of a CI job, a colleague's file. Resolves to how many.
 * @throws when the file is not a history of this version
 */
export function absorbHistory(into: string, from: string): number {
  if (!existsSync(from)) throw new Error(`there is no file ${from}`);
  const db = new DatabaseSync(into, { timeout: 10_000 });
  try {
    db.prepare('attach database ? as other').run(from);
    const { user_version: version } = db.prepare('pragma other.user_version').get() as { user_version: number };
    // Version 1 kept no selections; all else is the same.
    if (version !== SCHEMA_VERSION && version !== 1) throw new Error(`${from} is no history of version ${SCHEMA_VERSION}`);
    db.exec('begin immediate');
    try {
      db.exec('create temp table fresh as select run from other.runs where run not in (select run from main.runs)');
      const count = Number((db.prepare('select count(*) as n from fresh').get() as { n: number }).n);
      for (const table of ['runs', 'intents', 'invariants', 'adaptations', ...(version > 1 ? ['selections'] : [])])
        db.exec(`insert into main.${table} select * from other.${table} where run in (select run from fresh)`);
      db.exec(`insert into main.footprints select o.* from other.footprints o join main.runs r on r.run = o.run where true
        on conflict (target, intent) do update set run = excluded.run, footprint = excluded.footprint
        where (select started_at from main.runs where run = excluded.run) > coalesce((select started_at from main.runs where run = footprints.run), '')`);
      db.exec('drop table fresh; commit');
      return count;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  } finally {
    db.close();
  }
}
