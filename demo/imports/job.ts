import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import { storeRecord } from '../records/add.ts';
import { now } from '../state/ids.ts';
import type { Db } from '../state/port.ts';
import { enqueue } from '../worker/enqueue.ts';
import { parseCsv } from './csv.ts';

/** Job: the rows of an uploaded file become records, all of them or none. */
export async function importCsv(db: Db, payload: Record<string, string>): Promise<void> {
  const found = await db.get<{ id: string; org_id: string; project_id: string; content: string }>(
    'select id, org_id, project_id, content from imports where id = :id',
    { id: payload['import'] },
  );
  if (!found) throw new Error(`import ${payload['import']} is not there`);
  const project = await db.get<{ id: string; org_id: string; key: string }>('select id, org_id, key from projects where id = :id', {
    id: found.project_id,
  });
  if (!project) throw new Error('the project is gone');
  const [head = [], ...rows] = parseCsv(found.content);
  const cell = (row: string[], column: string): string => (row[head.indexOf(column)] ?? '').trim();
  await db.run(`update imports set status = 'running' where id = :id`, { id: found.id });
  await db.tx(async (tx) => {
    for (const row of rows) {
      await storeRecord(tx, project, {
        external_id: cell(row, 'external_id'),
        title: cell(row, 'title'),
        owner: cell(row, 'owner'),
        stage: cell(row, 'stage').toLowerCase() || 'lead',
        amount_cents: Math.round(Number(cell(row, 'amount') || 0) * 100),
        source: 'import',
      });
    }
    await tx.run(`update imports set status = 'completed', imported = :rows, finished_at = :now where id = :id`, {
      rows: rows.length,
      now: now(),
      id: found.id,
    });
    if (!defect('import-not-indexed')) await enqueue(tx, 'index_records', { project: project.id }, { org: project.org_id });
  });
  await emit(db, 'import.completed', { org: found.org_id, subject: found.id, data: { imported: rows.length } });
}
