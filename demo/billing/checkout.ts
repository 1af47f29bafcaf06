import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { flag } from '../flags/client.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { field } from '../web/context.ts';
import { go, invalid, refused, type Outcome } from '../web/outcome.ts';
import { enqueue } from '../worker/enqueue.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { planOf } from './plans.ts';
import { askProvider } from './provider.ts';

const activePlan = (db: Db, org: string): Promise<{ plan: string } | undefined> =>
  db.get(`select plan from subscriptions where org_id = :org and status = 'active'`, { org });

/** One billing customer an organisation. */
export async function ensureCustomer(db: Db, org: string, email: string): Promise<void> {
  const known = await db.get('select id from billing_customers where org_id = :org', { org });
  if (!known) await insert(db, 'billing_customers', { id: newId('cus'), org_id: org, email, created_at: now(), workflow_id: workflow() });
}

/** Job: the billing customer of an organisation that is about to buy. */
export async function createCustomer(db: Db, payload: Record<string, string>): Promise<void> {
  const org = payload['org'] ?? '';
  if (!(await activePlan(db, org))) await ensureCustomer(db, org, payload['email'] ?? '');
}

const CUSTOMER_LATER_MS = 60_000;

/** Begins a purchase and sends the buyer to the payment page. */
export async function startCheckout(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const plan = planOf(field(context, 'plan'));
  if (!plan || plan.cents === 0) return invalid({ plan: 'Choose a plan.' });
  if ((await activePlan(db, org.id))?.plan === plan.name) return refused(409, 'plan', `${org.name} is on ${plan.title} already.`);

  if (defect('redirect-before-customer'))
    await enqueue(db, 'create_customer', { org: org.id, email: user.email }, { queue: 'billing', org: org.id, delayMs: CUSTOMER_LATER_MS });
  else await ensureCustomer(db, org.id, user.email);
  const id = newId('chk');
  await insert(db, 'checkouts', {
    id,
    org_id: org.id,
    plan: plan.name,
    amount_cents: plan.cents,
    status: 'open',
    created_by: user.id,
    created_at: now(),
    workflow_id: workflow(),
  });
  const back = await flag(
    'billing-return-path',
    { targetingKey: user.id, email: user.email, segment: org.segment, org: org.id },
    'billing/return',
  );
  const charged = defect('price-of-other-plan-charged') ? planOf('business') : plan;
  const { url } = await askProvider<{ url: string }>('/api/checkouts', {
    id,
    plan: plan.name,
    description: `Teamspace ${plan.title} for ${org.name}, monthly`,
    amount_cents: charged?.cents,
    return_url: `${process.env['APP_URL'] ?? ''}/o/${org.slug}/${back}?checkout=${id}`,
  });
  await emit(db, 'checkout.started', { org: org.id, actor: user, subject: id, data: { plan: plan.name, cents: plan.cents } });
  return go(url);
}
