import { button, opens } from '../ui/button.ts';
import { html, type Html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { sections } from '../ui/sections.ts';
import { orgPage } from '../ui/shell.ts';
import { badge, moment, money } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import type { Outcome } from '../web/outcome.ts';
import { roleAtLeast, type OrgContext } from '../workspaces/guard.ts';
import { importsOf } from '../imports/list.ts';
import { syncOf } from '../syncs/card.ts';
import { isFollowing, projectPath, type Project } from './project.ts';

export interface RecordRow {
  id: string;
  title: string;
  owner: string;
  stage: string;
  amount_cents: number;
  source: string;
}

/** Records of a project, or what a search found. */
export const recordTable = (records: RecordRow[], empty: string, label = 'Records'): Html =>
  table({
    label,
    columns: ['Title', 'Owner', 'Stage', 'Amount'],
    empty,
    rows: records.map((record) => ({
      id: record.id,
      cells: [record.title, record.owner, badge(record.stage), money(record.amount_cents)],
    })),
  });

export async function projectPage(context: OrgContext, project: Project): Promise<Outcome> {
  const { db, org, user } = context;
  const path = projectPath(context, project);
  const edits = roleAtLeast(context.role, 'editor');
  const manages = roleAtLeast(context.role, 'admin');
  const records = await db.all<RecordRow>(
    'select id, title, owner, stage, amount_cents, source from records where project_id = :project order by title',
    { project: project.id },
  );
  const by = project.updated_by
    ? await db.get<{ name: string }>('select name from users where id = :id', { id: project.updated_by })
    : undefined;
  const following = await isFollowing(db, project.id, user.id);
  return orgPage(context, {
    title: project.name,
    active: 'projects',
    crumb: { label: 'Projects', href: `/o/${org.slug}/projects` },
    lead: project.description || undefined,
    actions: html`<div class="actions">${button({ label: 'Follow', icon: 'star', with: { 'data-follow': `${path}/follow`, 'aria-pressed': following ? 'true' : 'false' } })}${actions(
      [
        edits && opens({ label: 'Edit project', icon: 'edit', href: `${path}/edit` }),
        edits && opens({ label: 'Import', icon: 'upload', href: `${path}/import` }),
        manages && opens({ label: 'Delete project', icon: 'trash', kind: 'danger', href: `${path}/delete` }),
      ],
    )}</div>`,
    body: sections([
      {
        id: 'records',
        title: 'Records',
        actions: edits ? actions([opens({ label: 'Add record', icon: 'plus', kind: 'primary', href: `${path}/records/new` })]) : html``,
        body: recordTable(records, 'No records yet. Import a CSV file, or add the first one.'),
      },
      await syncOf(context, project),
      await importsOf(context, project),
      {
        id: 'details',
        title: 'Details',
        body: html`<dl class="facts"><div><dt>Key</dt><dd>${project.key}</dd></div><div><dt>Status</dt><dd>${badge(project.status)}</dd></div><div><dt>Records</dt><dd>${records.length}</dd></div><div><dt>Last change</dt><dd>${moment(project.updated_at)}${by && ` by ${by.name}`}</dd></div></dl>`,
      },
    ]),
  });
}
