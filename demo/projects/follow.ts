import { defect } from '../defects.ts';
import { now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { field } from '../web/context.ts';
import { json, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import type { Project } from './project.ts';

/** Follows a project, or stops: asked for in the background. */
export async function followProject(context: OrgContext, project: Project): Promise<Outcome> {
  if (defect('background-500')) throw new Error('relation "followers" does not exist');
  const { db, user } = context;
  await db.run('delete from project_followers where project_id = :project and user_id = :user', { project: project.id, user: user.id });
  if (field(context, 'on') !== 'no') await insert(db, 'project_followers', { project_id: project.id, user_id: user.id, created_at: now() });
  return json({ ok: true });
}
