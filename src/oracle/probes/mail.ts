import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { addressesOf, codesOf, linksOf, type Mail, textOf } from '../mail-content.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  url: z.string().describe('Base URL of the mail catcher’s HTTP API'),
  api: z.enum(['catcher', 'mailpit', 'maildev']).describe('Whose API it is; "catcher" is GET /api/mails').default('catcher'),
  headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
});

const query = z.strictObject({
  to: z.string().describe('Only mail to this address').optional(),
  from: z.string().describe('Only mail from this address').optional(),
  subject: z.string().describe('Only mail whose subject contains this').optional(),
  since: z.string().describe('Only mail received after this ISO time').optional(),
});

type Settings = z.output<typeof settings>;
type Query = z.output<typeof query>;
type Ask = (path: string) => Promise<unknown>;

/** Mail that the application sent, oldest first, with its text, links and codes. */
export const mail = defineProbe({
  name: 'mail',
  about: 'Mail that the application sent: to, from, subject, text, links, codes',
  settings,
  query,
  async open(given: Settings) {
    const asking = (signal: AbortSignal): Ask => async (path) => {
      const answer = await askHttp(`${given.url.replace(/\/$/, '')}${path}`, { headers: { ...given.headers, accept: 'application/json' } }, signal);
      checkStatus(answer, 'the mail catcher');
      if (answer.status === 404 || answer.status === 410) throw new IntentwrightError('PROBE_UNREADABLE', `the mail catcher has no ${path.split('?')[0]}`, { hint: 'check url and api of the connection' });
      return jsonOf(answer, 'the mail catcher');
    };
    return {
      async read(asked: Query, signal) {
        const mails = await CATCHERS[given.api](asking(signal), asked);
        return mails.filter((one) => fits(one, asked)).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      },
      check: async (signal) => void (await CATCHERS[given.api](asking(signal), { to: 'doctor@example.test' })),
      async close() {},
    };
  },
});

/** The catcher's own filters spare bytes; what counts is decided here, the same for all of them. */
function fits(one: Mail, { to, from, subject, since }: Query): boolean {
  return (to === undefined || addressesOf(one.to).includes(to.trim().toLowerCase()))
    && (from === undefined || addressesOf(one.from).includes(from.trim().toLowerCase()))
    && (subject === undefined || one.subject.normalize('NFC').toLowerCase().includes(subject.normalize('NFC').toLowerCase()))
    && (since === undefined || one.at > new Date(since).toISOString());
}

const CATCHERS: Record<Settings['api'], (ask: Ask, asked: Query) => Promise<Mail[]>> = {
  async catcher(ask, { to }) {
    const listed = list(await ask(`/api/mails${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`));
    return listed.map((one) => mailOf(one, { id: one.id, to: one.to, from: one.from, at: one.receivedAt ?? one.at, html: one.html, text: one.text }));
  },
  async mailpit(ask, { to }) {
    const search = to === undefined ? '/api/v1/messages?limit=200' : `/api/v1/search?limit=200&query=${encodeURIComponent(`to:"${to}"`)}`;
    const { messages } = (await ask(search)) as { messages?: unknown };
    return Promise.all(list(messages).map(async ({ ID }) => {
      const one = (await ask(`/api/v1/message/${encodeURIComponent(String(ID))}`)) as Record<string, unknown>;
      return mailOf({ subject: one.Subject }, { id: ID, to: addressees(one.To), from: addressees([one.From]), at: one.Date, html: one.HTML, text: one.Text });
    }));
  },
  async maildev(ask) {
    return list(await ask('/email')).map((one) => mailOf(one, { id: one.id, to: addressees(one.to), from: addressees(one.from), at: one.date ?? one.time, html: one.html, text: one.text }));
  },
};

function list(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new IntentwrightError('PROBE_UNREADABLE', 'the mail catcher did not answer with a list', { hint: 'check url and api of the connection' });
  return value as Record<string, unknown>[];
}

/** Mailpit writes {Address}, MailDev {address}. */
const addressees = (value: unknown): string =>
  (Array.isArray(value) ? value : []).map((one: { Address?: string; address?: string } | null) => one?.Address ?? one?.address ?? '').filter(Boolean).join(', ');

function mailOf({ subject }: Record<string, unknown>, raw: Record<'id' | 'to' | 'from' | 'at' | 'html' | 'text', unknown>): Mail {
  const html = typeof raw.html === 'string' && raw.html ? raw.html : undefined;
  const text = typeof raw.text === 'string' && raw.text.trim() ? raw.text.trim() : textOf(html ?? '');
  const at = new Date(String(raw.at ?? ''));
  const joined = (value: unknown) => (Array.isArray(value) ? value.map(String).join(', ') : String(value ?? ''));
  return { id: String(raw.id ?? ''), to: joined(raw.to), from: joined(raw.from), subject: String(subject ?? ''), text, links: linksOf(html, text), codes: codesOf(text), at: Number.isNaN(at.getTime()) ? '' : at.toISOString() };
}
