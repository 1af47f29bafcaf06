import { defect } from '../defects.ts';
import { csvLine } from '../imports/csv.ts';
import { now } from '../state/ids.ts';
import type { Db } from '../state/port.ts';

interface Row {
  external_id: string | null;
  title: string;
  owner: string;
  stage: string;
  amount_cents: number;
}

/** Job: the records of a project as a CSV file. */
export async function exportRecords(db: Db, payload: Record<string, string>): Promise<void> {
  const found = await db.get<{ id: string; project_id: string }>('select id, project_id from exports where id = :id', {
    id: payload['export'],
  });
  if (!found) throw new Error('the export is gone');
  const rows = await db.all<Row>(
    'select external_id, title, owner, stage, amount_cents from records where project_id = :project order by title',
    { project: found.project_id },
  );
  const content =
    csvLine(['external_id', 'title', 'owner', 'stage', 'amount']) +
    rows.map((row) => csvLine([row.external_id ?? '', row.title, row.owner, row.stage, (row.amount_cents / 100).toFixed(2)])).join('');
  await db.run(`update exports set status = 'ready', row_count = :rows, content = :content, finished_at = :now where id = :id`, {
    rows: rows.length,
    content: defect('empty-export') ? '' : content,
    now: now(),
    id: found.id,
  });
}
