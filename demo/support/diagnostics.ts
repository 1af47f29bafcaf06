import { eventsOf } from '../audit/api.ts';
import type { Context } from '../web/context.ts';
import { json, refused, type Outcome } from '../web/outcome.ts';

const quietly = async (url: string, headers: Record<string, string> = {}): Promise<unknown> => {
  try {
    return await (await fetch(url, { headers, signal: AbortSignal.timeout(2000) })).json();
  } catch (error) {
    return { unreachable: String(error) };
  }
};

/** Everything that one workflow caused, in one answer. */
export async function diagnostics(context: Context): Promise<Outcome> {
  const id = context.url.searchParams.get('workflow');
  if (!id) return refused(422, 'workflow', 'Which workflow?');
  const { db } = context;
  const by = { id };
  const at = encodeURIComponent(id);
  return json({
    jobs: await db.all(
      'select id, kind, queue, status, attempts, error, created_at, finished_at from jobs where workflow_id = :id order by created_at, id',
      by,
    ),
    events: await eventsOf(db, { workflow: id }),
    mails: await quietly(`${process.env['MAIL_URL']}/api/mails?workflow=${at}`),
    webhooks: await quietly(`${process.env['PAYMENTS_URL']}/api/checkouts?workflow=${at}`, {
      authorization: `Bearer ${process.env['PAYMENTS_KEY']}`,
    }),
    requests: await db.all('select at, method, path, status, ms from web_requests where workflow_id = :id order by at, id', by),
  });
}
