import type { MailItem } from '../core/observation.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { ProbeReader } from '../oracle/port.ts';

/** An actor's mail, read by the mail probe: the same eyes that the oracle has. */
export async function readMail(
  reader: ProbeReader,
  address: string,
  signal: AbortSignal,
  { subject, on }: { subject?: string; on?: string } = {},
): Promise<MailItem[]> {
  const answer = await reader.read(
    { probe: 'mail', ...(on === undefined ? {} : { on }), args: { to: address, ...(subject === undefined ? {} : { subject }) } },
    signal,
  );
  if (!Array.isArray(answer)) throw new IntentwrightError('PROBE_UNREADABLE', 'the mail probe did not answer with a list');
  return answer.map((item, index) => mailItem(item as Record<string, unknown>, index));
}

function mailItem(mail: Record<string, unknown>, index: number): MailItem {
  const text = String(mail.text ?? '').slice(0, 4000);
  const links = Array.isArray(mail.links) ? mail.links : [];
  return {
    id: String(mail.id ?? index),
    to: String(mail.to ?? ''),
    from: String(mail.from ?? ''),
    subject: String(mail.subject ?? ''),
    text,
    at: String(mail.at ?? mail.receivedAt ?? ''),
    links: links.map((link: unknown, id) =>
      typeof link === 'string'
        ? { id, text: link, url: link }
        : { id, text: String((link as { text?: unknown }).text ?? ''), url: String((link as { url?: unknown }).url ?? '') },
    ),
    codes: Array.isArray(mail.codes) ? mail.codes.map(String) : [],
  };
}
