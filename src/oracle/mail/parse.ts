import { codesOf, linksOf, type Mail, textOf } from './content.ts';

/** A mail as it travelled, parsed. `to` are the envelope's recipients where they are known: blind copies count too. */
export async function parseMail(source: Uint8Array, id: string, at: Date, to?: readonly string[]): Promise<Mail> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(source);
  const named = (mail.to ?? []).flatMap((one) => ('address' in one && one.address ? [one.address] : []));
  const text = mail.text?.trim() || textOf(mail.html ?? '');
  return {
    id,
    to: (to ?? named).join(', '),
    from: mail.from && 'address' in mail.from ? (mail.from.address ?? '') : '',
    subject: mail.subject ?? '',
    text,
    links: linksOf(mail.html, text),
    codes: codesOf(text),
    at: at.toISOString(),
  };
}
