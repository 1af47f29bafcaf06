import { opens, postButton } from '../ui/button.ts';
import { html } from '../ui/html.ts';
import { icon } from '../ui/icons.ts';
import { sections } from '../ui/sections.ts';
import { orgPage, formPage } from '../ui/shell.ts';
import { badge, moment, money } from '../ui/status.ts';
import { form } from '../ui/form.ts';
import { table } from '../ui/table.ts';
import { field } from '../web/context.ts';
import { go, invalid, refused, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { askProvider } from './provider.ts';
import { planOf, plans, type PlanName } from './plans.ts';

interface Subscription {
  id: string;
  plan: PlanName;
  price_cents: number;
}

const current = (context: OrgContext): Promise<Subscription | undefined> =>
  context.db.get<Subscription>(
    `select id, plan, price_cents from subscriptions where org_id = :org and status = 'active' order by created_at desc limit 1`,
    { org: context.org.id },
  );

export async function billingPage(context: OrgContext): Promise<Outcome> {
  const { db, org } = context;
  const base = `/o/${org.slug}/billing`;
  const subscription = await current(context);
  const name = subscription?.plan ?? 'free';
  const payments = await db.all<{ id: string; plan: string; amount_cents: number; status: string | null; created_at: string }>(
    'select id, plan, amount_cents, status, created_at from payments where org_id = :org order by created_at desc',
    { org: org.id },
  );
  return orgPage(context, {
    title: 'Billing',
    active: 'billing',
    lead: `${org.name} is on the ${planOf(name)?.title ?? name} plan.`,
    body: sections([
      {
        id: 'plans',
        title: 'Plans',
        body: html`<div class="tiles">${plans.map((plan) => html`<article class="tile ${plan.name === name ? 'current' : ''}" aria-labelledby="plan-${plan.name}"><div class="tile-head"><h3 id="plan-${plan.name}">${plan.title}</h3>${plan.name === name && badge('active', 'Current plan')}</div><p class="price">${plan.cents === 0 ? 'Free' : html`${money(plan.cents)} <small>a month</small>`}</p><ul class="ticks">${plan.points.map((point) => html`<li>${icon('check')}${point}</li>`)}</ul>${plan.cents > 0 && plan.name !== name && postButton({ label: `Upgrade to ${plan.title}`, action: `${base}/checkout`, kind: plan.name === 'pro' ? 'primary' : 'plain', fields: { plan: plan.name } })}${plan.cents > 0 && plan.name === name && opens({ label: 'Cancel plan', href: `${base}/cancel`, kind: 'danger' })}</article>`)}</div>`,
      },
      {
        id: 'payments',
        title: 'Payments',
        body: table({
          label: 'Payments',
          columns: ['Plan', 'Amount', 'Date'],
          empty: 'No payments yet.',
          rows: payments.map((payment) => ({
            id: payment.id,
            cells: [planOf(payment.plan)?.title ?? payment.plan, money(payment.amount_cents), moment(payment.created_at)],
          })),
        }),
      },
    ]),
  });
}

const reasons = ['Too expensive', 'Something is missing', 'We do not need it any more', 'Other'];

export async function cancelForm(context: OrgContext): Promise<Outcome> {
  const base = `/o/${context.org.slug}/billing`;
  const subscription = await current(context);
  if (!subscription) return refused(409, 'plan', 'There is no plan to cancel.');
  return formPage(context, {
    title: 'Cancel plan',
    active: 'billing',
    crumb: { label: 'Billing', href: base },
    lead: 'Automations are paused at once. Your data stays.',
    body: form({
      id: 'cancel',
      action: `${base}/cancel`,
      submit: 'Cancel plan',
      kind: 'danger',
      fields: [
        {
          type: 'select',
          name: 'reason',
          label: 'Reason',
          required: true,
          value: reasons[0],
          options: reasons.map((reason) => ({ value: reason, label: reason })),
        },
      ],
    }),
  });
}

export async function cancel(context: OrgContext): Promise<Outcome> {
  const subscription = await current(context);
  if (!subscription) return refused(409, 'plan', 'There is no plan to cancel.');
  const reason = field(context, 'reason');
  if (!reason) return invalid({ reason: 'Tell us why.' });
  await askProvider('/api/cancellations', { org: context.org.id, subscription: subscription.id, reason });
  return go(`/o/${context.org.slug}/billing`, `Your ${planOf(subscription.plan)?.title ?? ''} plan is being cancelled`);
}
