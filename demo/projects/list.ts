import { defect } from '../defects.ts';
import { button, linkButton, opens } from '../ui/button.ts';
import { attrs, html, type Html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { orgPage } from '../ui/shell.ts';
import { badge, moment } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import { missing, page, type Outcome } from '../web/outcome.ts';
import { roleAtLeast, type OrgContext } from '../workspaces/guard.ts';
import { findProject, isFollowing, projectPath, type Project } from './project.ts';

/** State and way in of one project; asks again until it is ready. */
function standing(context: OrgContext, project: Project): Html {
  const path = projectPath(context, project);
  const ready = project.status === 'active' || (defect('optimistic-success') && project.status === 'provisioning');
  const open = { label: 'Open project', kind: 'plain' as const };
  return html`<div${attrs({ class: 'actions', 'data-state': ready ? 'active' : project.status, 'data-poll': ready ? undefined : `${path}/standing` })}>${badge(ready ? 'active' : project.status, ready ? 'Ready' : undefined)}${ready ? linkButton({ ...open, href: path }) : button({ ...open, disabled: true })}</div>`;
}

export async function projectStanding(context: OrgContext): Promise<Outcome> {
  const project = await findProject(context);
  return project ? page(standing(context, project)) : missing();
}

export async function projectsPage(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const projects = await db.all<Project>('select * from projects where org_id = :org order by name', { org: org.id });
  const rows = await Promise.all(
    projects.map(async (project) => {
      const fresh =
        project.created_by === user.id &&
        Date.now() - Date.parse(project.created_at) < 60_000 &&
        project.template !== '' &&
        !(await isFollowing(db, project.id, user.id));
      return {
        id: project.id,
        cells: [
          html`<span class="stacked"${attrs({ 'data-follow-now': fresh ? `${projectPath(context, project)}/follow` : undefined })}>${project.name}<small>${project.key}</small></span>`,
          moment(project.updated_at),
          standing(context, project),
        ],
      };
    }),
  );
  return orgPage(context, {
    title: 'Projects',
    active: 'projects',
    lead: 'Everything your team works on.',
    actions: roleAtLeast(context.role, 'editor')
      ? actions([opens({ label: 'New project', icon: 'plus', kind: 'primary', href: `/o/${org.slug}/projects/new` })])
      : html``,
    body: html`<div class="card">${table({ label: 'Projects', columns: ['Name', 'Last change', 'Status'], empty: 'No projects yet.', rows })}</div>`,
  });
}
