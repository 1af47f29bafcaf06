import { emit } from '../audit/emit.ts';
import { postButton } from '../ui/button.ts';
import { attrs, html, type Html } from '../ui/html.ts';
import type { Section } from '../ui/sections.ts';
import { badge, moment } from '../ui/status.ts';
import { now } from '../state/ids.ts';
import { projectPath, withProject, type Project } from '../projects/project.ts';
import { go, missing, page, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { enqueue } from '../worker/enqueue.ts';
import { inOrg, roleAtLeast, type OrgContext } from '../workspaces/guard.ts';

interface Sync {
  id: string;
  source: string;
  account: string;
  status: string;
  error: string | null;
  synced: number;
  updated_at: string;
}

const find = (context: OrgContext, project: Project): Promise<Sync | undefined> =>
  context.db.get<Sync>('select * from syncs where project_id = :project', { project: project.id });

function region(context: OrgContext, project: Project, sync: Sync): Html {
  const path = `${projectPath(context, project)}/sync`;
  const failed = sync.status === 'failed';
  const busy = sync.status === 'running' || sync.status === 'queued';
  return html`<div${attrs({ 'data-state': sync.status, 'data-poll': busy ? `${path}/status` : undefined })}>${failed && html`<p class="note bad" role="alert">Last sync failed: ${sync.error ?? 'no answer'}. ${sync.synced} contacts had arrived before.</p>`}<p role="status">${badge(sync.status)} ${sync.source}${sync.status === 'completed' && html`: ${sync.synced} contacts are up to date`} · ${moment(sync.updated_at)}</p>${roleAtLeast(context.role, 'editor') && !busy && html`<div class="form-end">${postButton({ label: failed ? 'Retry sync' : 'Sync now', action: path, icon: 'sync', kind: failed ? 'primary' : 'plain' })}</div>`}</div>`;
}

/** The contacts that a project takes over from outside; absent when it takes none. */
export async function syncOf(context: OrgContext, project: Project): Promise<Section | undefined> {
  const sync = await find(context, project);
  return sync && { id: 'sync', title: 'Contact sync', body: region(context, project, sync) };
}

async function status(context: OrgContext, project: Project): Promise<Outcome> {
  const sync = await find(context, project);
  return sync ? page(region(context, project, sync)) : missing();
}

async function start(context: OrgContext, project: Project): Promise<Outcome> {
  const { db } = context;
  const sync = await find(context, project);
  if (!sync) return missing('This project has no sync.');
  if (sync.status !== 'running') {
    await db.tx(async (tx) => {
      await tx.run(`update syncs set status = 'running', error = null, updated_at = :now where id = :id`, { now: now(), id: sync.id });
      await enqueue(tx, 'sync_contacts', { sync: sync.id }, { org: project.org_id });
    });
    await emit(db, 'sync.started', { org: project.org_id, actor: context.user, subject: sync.id });
  }
  return go(projectPath(context, project), 'The sync has started');
}

const at = '/o/:org/projects/:project/sync';

export const syncRoutes: Route[] = [
  route('POST', at, inOrg('editor', withProject(start))),
  route('GET', `${at}/status`, inOrg('viewer', withProject(status))),
];
