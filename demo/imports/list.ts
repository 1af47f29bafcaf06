import { attrs, html, type Html } from '../ui/html.ts';
import type { Section } from '../ui/sections.ts';
import { badge } from '../ui/status.ts';
import { projectPath, withProject, type Project } from '../projects/project.ts';
import { page, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, type OrgContext } from '../workspaces/guard.ts';
import { importForm, upload } from './upload.ts';

interface ImportRow {
  id: string;
  filename: string;
  status: string;
  total: number;
  imported: number;
  error: string | null;
}

const latest = (context: OrgContext, project: Project): Promise<ImportRow | undefined> =>
  context.db.get<ImportRow>(
    'select id, filename, status, total, imported, error from imports where project_id = :project order by created_at desc limit 1',
    { project: project.id },
  );

const final = ['completed', 'failed'];

function region(context: OrgContext, project: Project, row: ImportRow): Html {
  const words =
    row.status === 'completed'
      ? `${row.imported} of ${row.total} records imported from ${row.filename}.`
      : row.status === 'failed'
        ? `The import of ${row.filename} failed: ${row.error ?? 'unknown'}.`
        : `Importing ${row.total} records from ${row.filename}.`;
  const done = final.includes(row.status);
  return html`<div${attrs({ 'data-state': row.status, 'data-poll': done ? undefined : `${projectPath(context, project)}/import/status` })}>${!done && html`<div class="progress" role="progressbar" aria-label="Importing"><i></i></div>`}<p role="status">${badge(row.status)} ${words}${row.status === 'completed' && html` <a href="${projectPath(context, project)}">Show the records</a>`}</p></div>`;
}

/** How the latest import of a project is doing. */
export async function importsOf(context: OrgContext, project: Project): Promise<Section | undefined> {
  const row = await latest(context, project);
  return row && { id: 'import-status', title: 'Latest import', body: region(context, project, row) };
}

const status = async (context: OrgContext, project: Project): Promise<Outcome> => {
  const row = await latest(context, project);
  return page(row ? region(context, project, row) : html`<p>No import yet.</p>`);
};

const at = '/o/:org/projects/:project/import';

export const importRoutes: Route[] = [
  route('GET', at, inOrg('editor', withProject(importForm))),
  route('POST', at, inOrg('editor', withProject(upload))),
  route('GET', `${at}/status`, inOrg('viewer', withProject(status))),
];
