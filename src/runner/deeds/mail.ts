import type { FixtureAction } from '../../core/intent.ts';
import type { FixtureContext } from '../fixtures.ts';
import { readMail } from '../mail.ts';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/** Waits for the mail, bounded, and opens its link as the mail's reader would, without a browser. The answer is `{ url, status }`. */
export async function followMail(action: Extract<FixtureAction, { kind: 'follow-mail' }>, context: FixtureContext): Promise<unknown> {
  const url = await linkOf(action, context);
  const answer = await fetch(url, { headers: context.headers, signal: AbortSignal.any([context.signal, AbortSignal.timeout(15_000)]) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the link of the mail to ${action.to} answered ${answer.status}`);
  return { url, status: answer.status };
}

async function linkOf(
  { to, subject, link, on }: Extract<FixtureAction, { kind: 'follow-mail' }>,
  { reader, clock, signal, isOlderMail }: FixtureContext,
): Promise<string> {
  const until = clock.now() + PATIENCE_MS;
  for (let last = false; ; last = clock.now() > until) {
    const mails = (await readMail(reader, to, signal, { subject, on })).filter(({ id }) => !isOlderMail?.(to, id));
    const newest = mails.at(-1);
    const found = newest?.links.find(
      ({ text, url }) => link === undefined || text.toLowerCase().includes(link.toLowerCase()) || url.includes(link),
    );
    if (found) return found.url;
    if (last)
      throw new Error(
        newest
          ? `the mail “${newest.subject}” to ${to} has no link${link === undefined ? '' : ` “${link}”`}`
          : `no mail${subject === undefined ? '' : ` about “${subject}”`} has arrived for ${to}`,
      );
    await clock.sleep(PAUSE_MS, signal);
  }
}

/** Sends a mail to where the application takes them. */
export async function deliverMail(
  { smtp, ...mail }: Extract<FixtureAction, { kind: 'deliver-mail' }>,
  { headers }: FixtureContext,
): Promise<unknown> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ url: smtp, connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 });
  const { kind: _, ...message } = mail as typeof mail & { kind?: string };
  const { messageId } = await transport.sendMail({ ...message, headers });
  return { messageId };
}
