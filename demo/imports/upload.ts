import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { newId, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { formPage } from '../ui/shell.ts';
import { projectPath, type Project } from '../projects/project.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import { enqueue } from '../worker/enqueue.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { parseCsv } from './csv.ts';

export const COLUMNS = ['external_id', 'title', 'owner', 'stage', 'amount'];

export async function importForm(context: OrgContext, project: Project): Promise<Outcome> {
  const path = projectPath(context, project);
  return formPage(context, {
    title: 'Import records',
    active: 'projects',
    crumb: { label: project.name, href: path },
    lead: html`A CSV file with the columns <code>${COLUMNS.join(', ')}</code>.`,
    body: form({
      id: 'import',
      action: `${path}/import`,
      submit: 'Import records',
      cancel: path,
      fields: [{ type: 'file', name: 'file', label: 'CSV file', required: true, accept: '.csv,text/csv' }],
    }),
  });
}

export async function upload(context: OrgContext, project: Project): Promise<Outcome> {
  const { db, org, user } = context;
  const file = context.files['file'];
  if (!file) return invalid({ file: 'Choose a CSV file.' });
  const [head, ...rows] = parseCsv(file.content);
  const absent = COLUMNS.filter((column) => !head?.includes(column));
  if (absent.length > 0) return invalid({ file: `The file has no column ${absent.join(', ')}.` });
  if (rows.length === 0) return invalid({ file: 'The file has no rows.' });
  const id = newId('imp');
  await db.tx(async (tx) => {
    await insert(tx, 'imports', {
      id,
      org_id: org.id,
      project_id: project.id,
      filename: file.filename,
      status: 'queued',
      total: rows.length,
      imported: 0,
      content: file.content,
      created_by: user.id,
      created_at: now(),
      workflow_id: workflow(),
    });
    await enqueue(tx, 'import_csv', { import: id }, { queue: defect('wrong-queue') ? 'bulk-imports' : 'imports', org: org.id });
  });
  await emit(db, 'import.started', { org: org.id, actor: user, subject: id, data: { rows: rows.length } });
  return go(projectPath(context, project), `Importing ${rows.length} records from ${file.filename}`);
}
