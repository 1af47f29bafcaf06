import { createHmac, timingSafeEqual } from 'node:crypto';
import { workflow } from '../correlation.ts';
import { now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import type { Context } from '../web/context.ts';
import { json, refused, type Outcome } from '../web/outcome.ts';
import { enqueue } from '../worker/enqueue.ts';

interface ProviderEvent {
  id: string;
  type: string;
  data: Record<string, string>;
}

const TOLERANCE_S = 300;

/** "t=…,v1=…" over the body as sent. */
function signed(header: string, body: string): boolean {
  const [, time = '', given = ''] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(header) ?? [];
  const wanted = createHmac('sha256', process.env['WEBHOOK_SECRET'] ?? '')
    .update(`${time}.${body}`)
    .digest('hex');
  return (
    given.length === wanted.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(wanted)) &&
    Math.abs(Date.now() / 1000 - Number(time)) < TOLERANCE_S
  );
}

const jobs: Record<string, string> = { 'checkout.paid': 'apply_payment', 'subscription.canceled': 'apply_cancellation' };

/** What the provider tells: believed when signed, acted on once however often it comes. */
export async function webhook(context: Context): Promise<Outcome> {
  const { db } = context;
  const event = JSON.parse(context.text) as ProviderEvent;
  const genuine = signed(String(context.headers['x-payments-signature'] ?? ''), context.text);
  await db.tx(async (tx) => {
    const known = await tx.get<{ refused: number; deliveries: number }>('select refused, deliveries from webhook_events where id = :id', {
      id: event.id,
    });
    if (!known)
      await insert(tx, 'webhook_events', {
        id: event.id,
        type: event.type,
        deliveries: 0,
        refused: 0,
        created_at: now(),
        workflow_id: workflow(),
      });
    if (!genuine) return void (await tx.run('update webhook_events set refused = refused + 1 where id = :id', { id: event.id }));
    await tx.run('update webhook_events set deliveries = deliveries + 1 where id = :id', { id: event.id });
    const kind = jobs[event.type];
    if (kind && (known?.deliveries ?? 0) === 0) await enqueue(tx, kind, event.data, { queue: 'billing' });
  });
  return genuine ? json({ received: true }) : refused(401, 'signature', 'The signature is not right.');
}
