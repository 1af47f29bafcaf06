import { draftOf, dropDrafts } from '../accounts/drafts.ts';
import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { formPage } from '../ui/shell.ts';
import { projectPath, type Project } from '../projects/project.ts';
import { field } from '../web/context.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import { enqueue } from '../worker/enqueue.ts';
import type { OrgContext } from '../workspaces/guard.ts';

export const STAGES = ['lead', 'offer', 'won', 'lost'];

export interface NewRecord {
  title: string;
  owner: string;
  stage: string;
  amount_cents: number;
  external_id?: string | undefined;
  source: 'seed' | 'form' | 'import' | 'sync' | 'api';
}

/** Stores a record of a project; returns its id. */
export async function storeRecord(db: Db, project: { id: string; org_id: string; key: string }, record: NewRecord): Promise<string> {
  const id = newId('rec');
  await insert(db, 'records', {
    id,
    org_id: project.org_id,
    project_id: project.id,
    project_key: project.key,
    external_id: record.external_id,
    title: record.title,
    owner: record.owner,
    stage: record.stage,
    amount_cents: record.amount_cents,
    source: record.source,
    created_at: now(),
    updated_at: now(),
    workflow_id: workflow(),
  });
  return id;
}

export async function addForm(context: OrgContext, project: Project): Promise<Outcome> {
  const path = projectPath(context, project);
  const draft = await draftOf(context);
  return formPage(context, {
    title: 'Add record',
    active: 'projects',
    crumb: { label: project.name, href: path },
    body: form({
      id: 'record',
      action: `${path}/records/new`,
      submit: 'Add record',
      cancel: path,
      fields: [
        { type: 'text', name: 'title', label: 'Title', required: true, value: draft?.['title'], autocomplete: 'off' },
        { type: 'text', name: 'owner', label: 'Owner', required: true, value: draft?.['owner'] ?? context.user.name, autocomplete: 'off' },
        {
          type: 'select',
          name: 'stage',
          label: 'Stage',
          required: true,
          value: draft?.['stage'] ?? 'lead',
          options: STAGES.map((stage) => ({ value: stage, label: stage.charAt(0).toUpperCase() + stage.slice(1) })),
        },
      ],
    }),
  });
}

export async function add(context: OrgContext, project: Project): Promise<Outcome> {
  const title = field(context, 'title');
  const owner = field(context, 'owner');
  const stage = field(context, 'stage').toLowerCase() || 'lead';
  const mistakes: Record<string, string> = {};
  if (!title) mistakes['title'] = 'Give the record a title.';
  if (!owner) mistakes['owner'] = 'Who owns it?';
  if (!STAGES.includes(stage)) mistakes['stage'] = 'Choose a stage.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  const id = await context.db.tx(async (tx) => {
    const stored = await storeRecord(tx, project, { title, owner, stage, amount_cents: 0, source: 'form' });
    await enqueue(tx, 'index_records', { project: project.id }, { org: project.org_id });
    return stored;
  });
  await emit(context.db, 'record.created', { org: project.org_id, actor: context.user, subject: id, data: { title } });
  await dropDrafts(context);
  return go(projectPath(context, project), `${title} added`);
}
