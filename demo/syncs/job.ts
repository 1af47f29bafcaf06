import { emit } from '../audit/emit.ts';
import { passOn } from '../correlation.ts';
import { defect } from '../defects.ts';
import { storeRecord } from '../records/add.ts';
import { now } from '../state/ids.ts';
import type { Db } from '../state/port.ts';
import { enqueue } from '../worker/enqueue.ts';
import type { Job } from '../worker/run.ts';

interface Contact {
  id: string;
  name: string;
  owner: string;
}

async function contactsOf(account: string): Promise<Contact[]> {
  const response = await fetch(`${process.env['CRM_URL']}/contacts?account=${encodeURIComponent(account)}`, {
    headers: passOn(),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`the contact list answered ${response.status}`);
  return (await response.json()) as Contact[];
}

/** Job: the contacts of an account become records; whoever is there already is brought up to date, not written again. */
export async function syncContacts(db: Db, payload: Record<string, string>, job: Job): Promise<void> {
  const sync = await db.get<{ id: string; account: string; project_id: string }>(
    'select id, account, project_id from syncs where id = :id',
    { id: payload['sync'] },
  );
  const project =
    sync &&
    (await db.get<{ id: string; org_id: string; key: string }>('select id, org_id, key from projects where id = :id', {
      id: sync.project_id,
    }));
  if (!sync || !project) throw new Error('the sync or its project is gone');
  try {
    const contacts = await contactsOf(sync.account);
    await db.tx(async (tx) => {
      for (const contact of contacts) {
        const known = defect('duplicate-on-retry')
          ? undefined
          : await tx.get<{ id: string }>('select id from records where project_id = :project and external_id = :id', {
              project: project.id,
              id: contact.id,
            });
        if (known)
          await tx.run('update records set title = :title, owner = :owner, updated_at = :now where id = :id', {
            title: contact.name,
            owner: contact.owner,
            now: now(),
            id: known.id,
          });
        else
          await storeRecord(tx, project, {
            external_id: contact.id,
            title: contact.name,
            owner: contact.owner,
            stage: 'lead',
            amount_cents: 0,
            source: 'sync',
          });
      }
      await tx.run(
        `update syncs set status = 'completed', error = null, synced = :synced, attempts = :attempts, updated_at = :now where id = :id`,
        { synced: contacts.length, attempts: job.attempts, now: now(), id: sync.id },
      );
      await enqueue(tx, 'index_records', { project: project.id }, { org: project.org_id });
    });
    await emit(db, 'sync.completed', { org: project.org_id, subject: sync.id, data: { contacts: contacts.length } });
  } catch (error) {
    if (job.attempts >= job.max_attempts)
      await db.run(`update syncs set status = 'failed', error = :error, attempts = :attempts, updated_at = :now where id = :id`, {
        error: error instanceof Error ? error.message : String(error),
        attempts: job.attempts,
        now: now(),
        id: sync.id,
      });
    throw error;
  }
}
