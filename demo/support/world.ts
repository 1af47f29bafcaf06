import { later, now } from '../state/ids.ts';
import { field, type Context } from '../web/context.ts';
import { json, missing, refused, type Outcome } from '../web/outcome.ts';

/** Time passes: sessions of somebody are over. */
export async function expireSession(context: Context): Promise<Outcome> {
  const sid = field(context, 'session').replace(/^sid=/, '');
  const email = field(context, 'email').toLowerCase();
  const expired = await context.db.run(
    'update sessions set expires_at = :past where ended_at is null and expires_at > :now and (id = :sid or user_id in (select id from users where email = :email))',
    { past: later(-1000), now: now(), sid, email },
  );
  return expired > 0 ? json({ ok: true, expired }) : missing('There is no such session.');
}

/** The provider sends its webhooks again. */
export async function redeliverWebhook(context: Context): Promise<Outcome> {
  const response = await fetch(`${process.env['PAYMENTS_URL']}/api/redeliveries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env['PAYMENTS_KEY']}` },
    body: JSON.stringify({ workflow: field(context, 'workflow') }),
    signal: AbortSignal.timeout(20_000),
  });
  return response.ok ? json(await response.json()) : refused(502, 'payments', `payments answered ${response.status}`);
}
