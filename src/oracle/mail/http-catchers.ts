import { IntentwrightError } from '../../core/errors.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { codesOf, linksOf, type Mail, textOf } from './content.ts';
import type { MailQuery, MailSource } from './source.ts';

type Ask = (path: string, signal: AbortSignal) => Promise<unknown>;

/** How to list the mail of a catcher, by whose API it is. */
const APIS = {
  async catcher(ask: Ask, { to }: MailQuery, signal: AbortSignal): Promise<Mail[]> {
    const listed = list(await ask(`/api/mails${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`, signal));
    return listed.map((one) =>
      mailOf({
        id: one.id,
        to: one.to,
        from: one.from,
        subject: one.subject,
        at: one.receivedAt ?? one.at,
        html: one.html,
        text: one.text,
      }),
    );
  },
  async mailpit(ask: Ask, { to }: MailQuery, signal: AbortSignal): Promise<Mail[]> {
    const search = to === undefined ? '/api/v1/messages?limit=200' : `/api/v1/search?limit=200&query=${encodeURIComponent(`to:"${to}"`)}`;
    const { messages } = (await ask(search, signal)) as { messages?: unknown };
    return Promise.all(
      list(messages).map(async ({ ID }) => {
        const one = (await ask(`/api/v1/message/${encodeURIComponent(String(ID))}`, signal)) as Record<string, unknown>;
        return mailOf({
          id: ID,
          to: addressees(one.To),
          from: addressees([one.From]),
          subject: one.Subject,
          at: one.Date,
          html: one.HTML,
          text: one.Text,
        });
      }),
    );
  },
  async maildev(ask: Ask, _: MailQuery, signal: AbortSignal): Promise<Mail[]> {
    return list(await ask('/email', signal)).map((one) =>
      mailOf({
        id: one.id,
        to: addressees(one.to),
        from: addressees(one.from),
        subject: one.subject,
        at: one.date ?? one.time,
        html: one.html,
        text: one.text,
      }),
    );
  },
};

export const MAIL_APIS = Object.keys(APIS) as (keyof typeof APIS)[];

/** A mail catcher that somebody runs, over its HTTP API. */
export class HttpCatcher implements MailSource {
  readonly #api: keyof typeof APIS;
  readonly #ask: Ask;

  constructor({ url, api, headers }: { url: string; api: keyof typeof APIS; headers: Record<string, string> }) {
    this.#api = api;
    this.#ask = async (path, signal) => {
      const answer = await askHttp(`${url.replace(/\/$/, '')}${path}`, { headers: { ...headers, accept: 'application/json' } }, signal);
      checkStatus(answer, 'the mail catcher');
      if (answer.status === 404 || answer.status === 410)
        throw new IntentwrightError('PROBE_UNREADABLE', `the mail catcher has no ${path.split('?')[0]}`, {
          hint: 'check url and api of the connection',
        });
      return jsonOf(answer, 'the mail catcher');
    };
  }

  list(asked: MailQuery, signal: AbortSignal): Promise<Mail[]> {
    return APIS[this.#api](this.#ask, asked, signal);
  }

  /** The catcher that answers when something arrives; the others are polled. */
  async watch({ to }: MailQuery, wake: () => void): Promise<(() => void) | undefined> {
    if (this.#api !== 'catcher') return undefined;
    const over = new AbortController();
    const last = (await this.list({ to }, over.signal)).at(-1)?.id ?? '';
    void this.#waitForMail(to, last, wake, over.signal).catch(() => undefined);
    return () => over.abort();
  }

  async close(): Promise<void> {}

  /** Ends with the first failure: polling is what is relied on. */
  async #waitForMail(to: string | undefined, first: string, wake: () => void, signal: AbortSignal): Promise<void> {
    const address = to === undefined ? '' : `&to=${encodeURIComponent(to)}`;
    let last = first;
    while (!signal.aborted) {
      const arrived = list(await this.#ask(`/api/mails/wait?timeout=20000&after=${encodeURIComponent(last)}${address}`, signal));
      last = String(arrived.at(-1)?.id ?? last);
      if (arrived.length > 0) wake();
    }
  }
}

function list(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value))
    throw new IntentwrightError('PROBE_UNREADABLE', 'the mail catcher did not answer with a list', {
      hint: 'check url and api of the connection',
    });
  return value as Record<string, unknown>[];
}

/** Mailpit writes {Address}, MailDev {address}. */
const addressees = (value: unknown): string =>
  (Array.isArray(value) ? value : [])
    .map((one: { Address?: string; address?: string } | null) => one?.Address ?? one?.address ?? '')
    .filter(Boolean)
    .join(', ');

function mailOf(raw: Record<'id' | 'to' | 'from' | 'subject' | 'at' | 'html' | 'text', unknown>): Mail {
  const html = typeof raw.html === 'string' && raw.html ? raw.html : undefined;
  const text = typeof raw.text === 'string' && raw.text.trim() ? raw.text.trim() : textOf(html ?? '');
  const at = new Date(String(raw.at ?? ''));
  const joined = (value: unknown) => (Array.isArray(value) ? value.map(String).join(', ') : String(value ?? ''));
  return {
    id: joined(raw.id),
    to: joined(raw.to),
    from: joined(raw.from),
    subject: joined(raw.subject),
    text,
    links: linksOf(html, text),
    codes: codesOf(text),
    at: Number.isNaN(at.getTime()) ? '' : at.toISOString(),
  };
}
