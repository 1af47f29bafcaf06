import type { Db } from '../state/port.ts';
import { field, type Context } from '../web/context.ts';
import { json, refused, type Outcome } from '../web/outcome.ts';

const OF_ORGS = [
  'memberships',
  'invitations',
  'projects',
  'project_resources',
  'records',
  'search_index',
  'imports',
  'syncs',
  'exports',
  'automations',
  'billing_customers',
  'checkouts',
  'payments',
  'subscriptions',
  'entitlements',
  'api_keys',
  'api_requests',
];
const OF_USERS = ['sessions', 'verification_tokens', 'password_resets', 'project_followers', 'drafts', 'preferences'];
const OF_WORKFLOWS = ['organisations', 'users', 'jobs', 'events', 'webhook_events', 'web_requests'];

/** Removes everything that a workflow made, and what belongs to that. */
export async function resetWorkflow(db: Db, workflow: string): Promise<void> {
  await db.tx(async (tx) => {
    for (const table of OF_ORGS)
      await tx.run(`delete from ${table} where org_id in (select id from organisations where workflow_id = :workflow)`, { workflow });
    for (const table of OF_USERS)
      await tx.run(`delete from ${table} where user_id in (select id from users where workflow_id = :workflow)`, { workflow });
    for (const table of OF_WORKFLOWS) await tx.run(`delete from ${table} where workflow_id = :workflow`, { workflow });
  });
}

export async function reset(context: Context): Promise<Outcome> {
  const workflow = field(context, 'workflow');
  if (!workflow) return refused(422, 'workflow', 'Which workflow?');
  await resetWorkflow(context.db, workflow);
  await fetch(`${process.env['MAIL_URL']}/api/mails?workflow=${encodeURIComponent(workflow)}`, { method: 'DELETE' });
  return json({ ok: true });
}
