import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { enqueue } from '../worker/enqueue.ts';

const RESOURCES = ['board', 'files', 'inbox'];
const ROLLBACK_MS = 900;

/** What every project gets, once. */
export async function equip(db: Db, org: string, project: string): Promise<void> {
  await db.run('delete from project_resources where project_id = :project', { project });
  for (const kind of RESOURCES) await insert(db, 'project_resources', { id: newId('res'), project_id: project, org_id: org, kind });
  await db.run(`update projects set status = 'active', updated_at = :now where id = :project`, { now: now(), project });
}

/** Job: makes a new project ready. */
export async function provisionProject(db: Db, payload: Record<string, string>): Promise<void> {
  const project = await db.get<{ id: string; org_id: string }>('select id, org_id from projects where id = :id', {
    id: payload['project'],
  });
  if (!project) {
    if (defect('worker-too-early')) return;
    throw new Error(`project ${payload['project']} is not there yet`);
  }
  if (defect('optimistic-success')) throw new Error('storage quota service: permission denied');
  await db.tx((tx) => equip(tx, project.org_id, project.id));
  await emit(db, 'project.provisioned', { org: project.org_id, subject: project.id });
  if (defect('flapping'))
    await enqueue(db, 'reconcile_project', { project: project.id }, { queue: 'provisioning', org: project.org_id, delayMs: ROLLBACK_MS });
}

/** Job: takes back what the provider did not confirm. */
export async function reconcileProject(db: Db, payload: Record<string, string>): Promise<void> {
  await db.run(`update projects set status = 'provisioning', updated_at = :now where id = :id`, { now: now(), id: payload['project'] });
  await db.run('delete from project_resources where project_id = :id', { id: payload['project'] });
}
