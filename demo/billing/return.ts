import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import { now } from '../state/ids.ts';
import { linkButton } from '../ui/button.ts';
import { attrs, html, type Html } from '../ui/html.ts';
import { orgPage } from '../ui/shell.ts';
import { badge } from '../ui/status.ts';
import { missing, page, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { activateWhenComplete, findCheckout, subscribe, type Checkout } from './activate.ts';
import { planOf } from './plans.ts';

async function region(context: OrgContext, checkout: Checkout): Promise<Html> {
  const base = `/o/${context.org.slug}`;
  const subscription = await context.db.get(`select id from subscriptions where checkout_id = :id and status = 'active'`, {
    id: checkout.id,
  });
  const plan = planOf(checkout.plan)?.title ?? checkout.plan;
  const state = subscription ? 'active' : checkout.status;
  const words = subscription
    ? html`${badge('active')} ${context.org.name} is on ${plan} now.`
    : checkout.status === 'paid'
      ? html`${badge('running', 'Almost there')} Your payment has arrived.`
      : html`${badge('pending', 'Confirming')} Thank you. We are confirming your payment with the bank.`;
  return html`<div${attrs({ 'data-state': state, 'data-poll': subscription ? undefined : `${base}/billing/return/status?checkout=${checkout.id}` })}><p role="status">${words}</p><div class="form-end">${linkButton({ label: 'Go to automations', href: `${base}/automations`, kind: subscription ? 'primary' : 'plain' })}${linkButton({ label: 'Back to billing', href: `${base}/billing`, kind: 'quiet' })}</div></div>`;
}

const checkoutOf = async (context: OrgContext): Promise<Checkout | undefined> => {
  const checkout = await findCheckout(context.db, context.url.searchParams.get('checkout') ?? '');
  return checkout?.org_id === context.org.id ? checkout : undefined;
};

/** The buyer is back from the payment page: their half of the purchase is confirmed. */
export async function comeBack(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const checkout = await checkoutOf(context);
  if (!checkout) return missing('This purchase does not exist.');
  if (!checkout.returned_at) {
    await db.tx(async (tx) => {
      await tx.run('update checkouts set returned_at = :now where id = :id', { now: now(), id: checkout.id });
      await activateWhenComplete(tx, checkout.id);
    });
    await emit(db, 'checkout.returned', { org: org.id, actor: user, subject: checkout.id });
  } else if (defect('two-subscriptions') && checkout.status === 'paid') await subscribe(db, checkout);
  return orgPage(context, {
    title: 'Your purchase',
    active: 'billing',
    crumb: { label: 'Billing', href: `/o/${org.slug}/billing` },
    body: html`<div class="card narrow">${await region(context, checkout)}</div>`,
  });
}

export async function purchaseStatus(context: OrgContext): Promise<Outcome> {
  const checkout = await checkoutOf(context);
  return checkout ? page(await region(context, checkout)) : missing();
}

/** An older page of thanks: it knows nothing of the purchase. */
export const thanks = async (context: OrgContext): Promise<Outcome> =>
  orgPage(context, {
    title: 'Thank you',
    active: 'billing',
    body: html`<div class="card narrow"><p role="status">Thank you for your purchase. Your new plan will be there in a moment.</p><div class="form-end">${linkButton({ label: 'Go to automations', href: `/o/${context.org.slug}/automations`, kind: 'primary' })}</div></div>`,
  });
