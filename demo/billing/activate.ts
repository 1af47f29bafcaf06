import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { sendLetter } from '../mail/post.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { enqueue } from '../worker/enqueue.ts';
import { planOf } from './plans.ts';

export interface Checkout {
  id: string;
  org_id: string;
  plan: string;
  amount_cents: number;
  status: string;
  returned_at: string | null;
}

export const findCheckout = (db: Db, id: string): Promise<Checkout | undefined> =>
  db.get<Checkout>('select * from checkouts where id = :id', { id });

/** A paid checkout whose buyer came back becomes the one active subscription; whichever of the two comes last does it. */
export async function activateWhenComplete(db: Db, id: string): Promise<void> {
  const checkout = await findCheckout(db, id);
  if (!checkout || checkout.status !== 'paid' || !checkout.returned_at) return;
  if (await db.get('select id from subscriptions where checkout_id = :id', { id })) return;
  await subscribe(db, checkout);
}

/** A new active subscription in place of what was there. */
export async function subscribe(db: Db, checkout: Checkout): Promise<void> {
  await db.run(
    `update subscriptions set status = 'canceled', canceled_at = :now, cancel_reason = 'replaced' where org_id = :org and status = 'active' and plan <> :plan`,
    { now: now(), org: checkout.org_id, plan: checkout.plan },
  );
  await insert(db, 'subscriptions', {
    id: newId('sub'),
    org_id: checkout.org_id,
    plan: checkout.plan,
    status: 'active',
    checkout_id: checkout.id,
    price_cents: checkout.amount_cents,
    created_at: now(),
    workflow_id: workflow(),
  });
  await emit(db, 'subscription.activated', { org: checkout.org_id, subject: checkout.id, data: { plan: checkout.plan } });
  const customer = await db.get<{ email: string }>('select email from billing_customers where org_id = :org', { org: checkout.org_id });
  if (!customer) return;
  await enqueue(db, 'set_entitlements', { org: checkout.org_id }, { queue: 'billing', org: checkout.org_id });
  const org = await db.get<{ id: string; name: string; slug: string }>('select id, name, slug from organisations where id = :org', {
    org: checkout.org_id,
  });
  if (org)
    await sendLetter(db, {
      letter: 'receipt',
      to: customer.email,
      path: `/o/${org.slug}/billing/return?checkout=${checkout.id}`,
      org,
      detail: planOf(checkout.plan)?.title ?? checkout.plan,
    });
}

/** Job: what the provider says was paid. */
export async function applyPayment(db: Db, payload: Record<string, string>): Promise<void> {
  const checkout = await findCheckout(db, payload['checkout'] ?? '');
  if (!checkout) throw new Error(`checkout ${payload['checkout']} is not there`);
  await db.tx(async (tx) => {
    await insert(tx, 'payments', {
      id: payload['payment'],
      org_id: checkout.org_id,
      checkout_id: checkout.id,
      plan: checkout.plan,
      amount_cents: Number(payload['amount_cents']),
      currency: 'usd',
      status: defect('webhook-incomplete') ? null : payload['status'],
      created_at: now(),
      workflow_id: workflow(),
    });
    await tx.run(`update checkouts set status = 'paid' where id = :id`, { id: checkout.id });
    await activateWhenComplete(tx, checkout.id);
  });
}

/** Job: what the provider says was cancelled. */
export async function applyCancellation(db: Db, payload: Record<string, string>): Promise<void> {
  const org = await db.get<{ id: string; name: string; slug: string }>('select id, name, slug from organisations where id = :org', {
    org: payload['org'],
  });
  if (!org) throw new Error('the organisation is gone');
  await db.tx(async (tx) => {
    const current = await tx.get<{ plan: string }>(`select plan from subscriptions where org_id = :org and status = 'active'`, {
      org: org.id,
    });
    if (!current) return;
    await tx.run(
      `update subscriptions set status = 'canceled', canceled_at = :now, cancel_reason = :reason where org_id = :org and status = 'active'`,
      { now: now(), org: org.id, reason: payload['reason'] },
    );
    await enqueue(tx, 'set_entitlements', { org: org.id }, { queue: 'billing', org: org.id });
    const customer = await tx.get<{ email: string }>('select email from billing_customers where org_id = :org', { org: org.id });
    if (customer)
      await sendLetter(tx, {
        letter: 'cancelled',
        to: customer.email,
        path: `/o/${org.slug}/billing`,
        org,
        detail: planOf(current.plan)?.title ?? current.plan,
      });
    await emit(tx, 'subscription.canceled', { org: org.id, subject: org.id, data: { plan: current.plan, reason: payload['reason'] } });
  });
}
