import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { addressesOf, type Mail } from '../mail/content.ts';
import { HttpCatcher, MAIL_APIS } from '../mail/http-catchers.ts';
import { ImapMailbox } from '../mail/imap.ts';
import { openSmtpCatcher } from '../mail/smtp-catcher.ts';
import type { MailSource } from '../mail/source.ts';
import { defineProbe } from '../port.ts';

const settings = z
  .strictObject({
    url: z.string().describe('Base URL of a mail catcher’s HTTP API').optional(),
    api: z.enum(MAIL_APIS).describe('Whose API that is; "catcher" is GET /api/mails').default('catcher'),
    headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
    smtp: z.int().min(1).max(65535).describe('Port on 127.0.0.1 where we take the application’s mail ourselves').optional(),
    imap: z.string().describe('A mailbox: imaps://user:password@host').optional(),
    folder: z.string().describe('Folder of the mailbox').default('INBOX'),
  })
  .refine(({ url, smtp, imap }) => [url, smtp, imap].filter((one) => one !== undefined).length === 1, {
    error: 'give exactly one of url, smtp and imap',
  });

const query = z.strictObject({
  to: z.string().describe('Only mail to this address').optional(),
  from: z.string().describe('Only mail from this address').optional(),
  subject: z.string().describe('Only mail whose subject contains this').optional(),
  since: z.string().describe('Only mail received after this ISO time').optional(),
});

type Query = z.output<typeof query>;

/** Mail that the application sent, oldest first: `[{ id, to, from, subject, text, links: [{ text, url }], codes, at }]`. */
export const mail = defineProbe({
  name: 'mail',
  about: 'Mail that the application sent: to, from, subject, text, links, codes',
  early: true,
  settings,
  query,
  async open(given: z.output<typeof settings>) {
    const source = await openSource(given);
    return {
      async read(asked: Query, signal) {
        if (asked.since !== undefined && Number.isNaN(Date.parse(asked.since)))
          throw new IntentwrightError('PROBE_CONFIG', `since: ${asked.since} is no ISO time`);
        const mails = await source.list(asked, signal);
        return mails.filter((one) => fits(one, asked)).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      },
      ...(source.watch ? { watch: (asked: Query, wake: () => void) => source.watch!(asked, wake) } : {}),
      close: () => source.close(),
    };
  },
});

async function openSource({ url, api, headers, smtp, imap, folder }: z.output<typeof settings>): Promise<MailSource> {
  if (smtp !== undefined) return openSmtpCatcher(smtp);
  return imap === undefined ? new HttpCatcher({ url: url!, api, headers }) : new ImapMailbox(imap, folder);
}

function fits(one: Mail, { to, from, subject, since }: Query): boolean {
  return (
    (to === undefined || addressesOf(one.to).includes(to.trim().toLowerCase())) &&
    (from === undefined || addressesOf(one.from).includes(from.trim().toLowerCase())) &&
    (subject === undefined || one.subject.normalize('NFC').toLowerCase().includes(subject.normalize('NFC').toLowerCase())) &&
    (since === undefined || one.at > new Date(since).toISOString())
  );
}
