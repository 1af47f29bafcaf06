import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { equip } from '../projects/provision.ts';
import { projectKey } from '../projects/key.ts';

/** Job: makes a new workspace usable: a starter project, then it is active. */
export async function provisionWorkspace(db: Db, payload: Record<string, string>): Promise<void> {
  const org = await db.get<{ id: string }>('select id from organisations where id = :id', { id: payload['org'] });
  if (!org) throw new Error(`workspace ${payload['org']} is not there yet`);
  await db.tx(async (tx) => {
    const begun = await tx.get('select id from projects where org_id = :org', { org: org.id });
    if (!begun) {
      const project = newId('prj');
      await insert(tx, 'projects', {
        id: project,
        org_id: org.id,
        key: projectKey('Getting started', org.id),
        name: 'Getting started',
        description: 'A place to look around.',
        template: 'blank',
        status: 'provisioning',
        version: 1,
        created_by: payload['user'],
        updated_by: payload['user'],
        created_at: now(),
        updated_at: now(),
        workflow_id: workflow(),
      });
      await equip(tx, org.id, project);
    }
    await tx.run(`update organisations set status = 'active' where id = :id`, { id: org.id });
  });
  await emit(db, 'workspace.provisioned', { org: org.id, subject: org.id });
}
