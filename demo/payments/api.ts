import { workflow } from '../correlation.ts';
import { field, type Context, type Handler } from '../web/context.ts';
import { json, refused, type Outcome } from '../web/outcome.ts';
import { purchases } from './checkouts.ts';
import { announce, deliver, deliveries } from './webhooks.ts';

/** For the application, which holds the account's key. */
const keyed =
  (work: Handler): Handler =>
  async (context) => {
    context.wantsJson = true;
    return context.headers.authorization === `Bearer ${process.env['PAYMENTS_KEY']}`
      ? work(context)
      : refused(401, 'key', 'The key of the account is needed.');
  };

export const createCheckout = keyed(async (context: Context): Promise<Outcome> => {
  const id = field(context, 'id');
  purchases.set(id, {
    id,
    plan: field(context, 'plan'),
    description: field(context, 'description'),
    amount_cents: Number(field(context, 'amount_cents')),
    return_url: field(context, 'return_url'),
    webhook_url: field(context, 'webhook_url'),
    workflow: workflow() ?? undefined,
    status: 'open',
    declined: 0,
  });
  return json({ id, url: `${process.env['PAYMENTS_URL']}/checkout/${id}` }, 201);
});

export const cancelSubscription = keyed(async (context) => {
  announce(field(context, 'webhook_url'), workflow() ?? undefined, 'subscription.canceled', {
    org: field(context, 'org'),
    subscription: field(context, 'subscription'),
    reason: field(context, 'reason'),
  });
  return json({ ok: true });
});

/** What was sold and what became of the webhooks, of one workflow. */
export const listCheckouts = keyed(async (context) => {
  const wanted = context.url.searchParams.get('workflow') ?? undefined;
  return json({
    checkouts: [...purchases.values()]
      .filter((purchase) => purchase.workflow === wanted)
      .map(({ id, plan, amount_cents, status, declined }) => ({ id, plan, amount_cents, status, declined })),
    webhooks: deliveries
      .filter((delivery) => delivery.workflow === wanted)
      .map(({ body, answers }) => ({ ...(JSON.parse(body) as object), answers })),
  });
});

/** Sends the webhooks of a workflow once more. */
export const redeliver = keyed(async (context) => {
  const again = deliveries.filter((delivery) => delivery.workflow === field(context, 'workflow'));
  await Promise.all(again.map(deliver));
  return json({ sent: again.length });
});
