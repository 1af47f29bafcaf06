import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import type { Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { formPage } from '../ui/shell.ts';
import { field } from '../web/context.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { enqueue } from '../worker/enqueue.ts';
import { projectPath, type Project } from './project.ts';

export async function deletePage(context: OrgContext, project: Project): Promise<Outcome> {
  const path = projectPath(context, project);
  return formPage(context, {
    title: `Delete ${project.name}?`,
    active: 'projects',
    crumb: { label: project.name, href: path },
    lead: 'Its records, files, imports and exports go with it. This cannot be undone.',
    body: form({
      id: 'delete',
      action: `${path}/delete`,
      submit: 'Delete project',
      kind: 'danger',
      cancel: path,
      fields: [{ type: 'text', name: 'confirm', label: 'Type the project name to confirm', required: true, autocomplete: 'off' }],
    }),
  });
}

export async function deleteProject(context: OrgContext, project: Project): Promise<Outcome> {
  if (field(context, 'confirm') !== project.name) return invalid({ confirm: `Type “${project.name}”.` });
  await context.db.tx(async (tx) => {
    await tx.run('delete from projects where id = :id', { id: project.id });
    await enqueue(tx, 'clean_up_project', { project: project.id, key: project.key, org: context.org.id }, { org: context.org.id });
  });
  await emit(context.db, 'project.deleted', {
    org: context.org.id,
    actor: context.user,
    subject: project.id,
    data: { name: project.name },
  });
  return go(`/o/${context.org.slug}/projects`, `${project.name} is deleted`);
}

const DEPENDENTS = ['project_resources', 'project_followers', 'search_index', 'imports', 'syncs', 'exports'];

/** Job: what belonged to the project goes, too. */
export async function cleanUpProject(db: Db, payload: Record<string, string>): Promise<void> {
  const { project, key, org } = payload;
  await db.tx(async (tx) => {
    if (defect('orphans-after-delete')) return;
    for (const table of DEPENDENTS) await tx.run(`delete from ${table} where project_id = :project`, { project });
    if (defect('cross-tenant-delete')) await tx.run('delete from records where project_key = :key', { key });
    else await tx.run('delete from records where project_id = :project and org_id = :org', { project, org });
  });
}
