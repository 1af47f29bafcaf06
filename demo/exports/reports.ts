import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { newId, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { linkButton, postButton } from '../ui/button.ts';
import { attrs, html, type Html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { sections } from '../ui/sections.ts';
import { orgPage } from '../ui/shell.ts';
import { badge, moment, money } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import { withProject, type Project } from '../projects/project.ts';
import { go, missing, page, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { enqueue } from '../worker/enqueue.ts';
import { inOrg, roleAtLeast, type OrgContext } from '../workspaces/guard.ts';

interface ExportRow {
  id: string;
  filename: string;
  status: string;
  row_count: number;
  created_at: string;
}

function standing(context: OrgContext, row: ExportRow): Html {
  const path = `/o/${context.org.slug}/exports/${row.id}`;
  return html`<div${attrs({ class: 'actions', 'data-state': row.status, 'data-poll': row.status === 'queued' ? `${path}/status` : undefined })}>${badge(row.status)}${row.status === 'ready' && linkButton({ label: 'Download', icon: 'download', href: `${path}/download`, with: { download: row.filename } })}</div>`;
}

async function reportsPage(context: OrgContext): Promise<Outcome> {
  const { db, org } = context;
  const projects = await db.all<{ id: string; name: string; records: number; amount: number }>(
    'select p.id, p.name, cast(count(r.id) as integer) as records, cast(coalesce(sum(r.amount_cents), 0) as integer) as amount from projects p left join records r on r.project_id = p.id where p.org_id = :org group by p.id, p.name order by p.name',
    { org: org.id },
  );
  const exports = await db.all<ExportRow>(
    'select id, filename, status, row_count, created_at from exports where org_id = :org order by created_at desc limit 20',
    { org: org.id },
  );
  const exporting = roleAtLeast(context.role, 'editor');
  return orgPage(context, {
    title: 'Reports',
    active: 'reports',
    lead: 'What is in your projects, to read here or to take with you.',
    body: sections([
      {
        id: 'by-project',
        title: 'Records by project',
        body: table({
          label: 'Records by project',
          columns: ['Project', 'Records', 'Amount'],
          empty: 'No projects yet.',
          rows: projects.map((project) => ({
            id: project.id,
            cells: [project.name, project.records, money(project.amount)],
            ...(exporting
              ? {
                  actions: actions(
                    [postButton({ label: 'Export CSV', icon: 'download', action: `/o/${org.slug}/projects/${project.id}/export` })],
                    project.name,
                  ),
                }
              : {}),
          })),
        }),
      },
      {
        id: 'exports',
        title: 'Exports',
        body: table({
          label: 'Exports',
          columns: ['File', 'Asked for', 'Status'],
          empty: 'No exports yet.',
          rows: exports.map((row) => ({ id: row.id, cells: [row.filename, moment(row.created_at), standing(context, row)] })),
        }),
      },
    ]),
  });
}

async function ask(context: OrgContext, project: Project): Promise<Outcome> {
  const { db, org, user } = context;
  const id = newId('exp');
  const filename = `${project.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.csv`;
  await db.tx(async (tx) => {
    await insert(tx, 'exports', {
      id,
      org_id: org.id,
      project_id: project.id,
      filename,
      status: 'queued',
      row_count: 0,
      content: '',
      created_by: user.id,
      created_at: now(),
      workflow_id: workflow(),
    });
    await enqueue(tx, 'export_records', { export: id }, { org: org.id });
  });
  await emit(db, 'export.requested', { org: org.id, actor: user, subject: id });
  return go(`/o/${org.slug}/reports`, `Preparing ${filename}`);
}

const find = (context: OrgContext): Promise<(ExportRow & { content: string }) | undefined> =>
  context.db.get('select id, filename, status, row_count, created_at, content from exports where id = :id and org_id = :org', {
    id: context.params['export'],
    org: context.org.id,
  });

async function status(context: OrgContext): Promise<Outcome> {
  const row = await find(context);
  return row ? page(standing(context, row)) : missing();
}

async function download(context: OrgContext): Promise<Outcome> {
  const row = await find(context);
  if (!row) return missing('This export does not exist.');
  if (row.status !== 'ready') return refused(409, 'not-ready', 'This export is not ready yet.');
  await context.db.run('update exports set downloaded_at = coalesce(downloaded_at, :now) where id = :id', { now: now(), id: row.id });
  await emit(context.db, 'export.downloaded', { org: context.org.id, actor: context.user, subject: row.id });
  return { kind: 'file', filename: row.filename, type: 'text/csv; charset=utf-8', content: row.content };
}

export const exportRoutes: Route[] = [
  route('GET', '/o/:org/reports', inOrg('viewer', reportsPage)),
  route('POST', '/o/:org/projects/:project/export', inOrg('editor', withProject(ask))),
  route('GET', '/o/:org/exports/:export/status', inOrg('editor', status)),
  route('GET', '/o/:org/exports/:export/download', inOrg('editor', download)),
];
