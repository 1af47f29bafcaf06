import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { newId, now } from '../state/ids.ts';

export interface CaughtMail {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  links: { text: string; url: string }[];
  receivedAt: string;
  workflow: string | null;
}

const unescape = (text: string): string =>
  text
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Links of the HTML part, else addresses in the text. */
function linksOf(html: string, text: string): CaughtMail['links'] {
  const found = [...html.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, url = '', inner = '']) => ({
    text: unescape(inner.replace(/<[^>]+>/g, '')).trim(),
    url: unescape(url),
  }));
  return found.length > 0 ? found : [...text.matchAll(/https?:\/\/\S+/g)].map(([url]) => ({ text: url, url }));
}

/** Keeps every mail that arrives by SMTP and tells of them by HTTP. */
export class MailCatcher {
  readonly #mails: CaughtMail[] = [];
  readonly #waiting = new Set<() => void>();

  readonly smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        this.#keep(
          Buffer.concat(chunks),
          session.envelope.rcptTo.map((each) => each.address),
        ).then(() => callback(), callback);
      });
    },
  });

  readonly http: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://mail');
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(value));
    };
    const id = /^\/api\/mails\/([^/]+)$/.exec(url.pathname)?.[1];
    if (request.method === 'DELETE' && url.pathname === '/api/mails')
      return reply(200, { removed: this.forget(url.searchParams.get('workflow') ?? undefined) });
    if (request.method !== 'GET') return reply(405, { error: 'method' });
    if (url.pathname === '/api/mails') return reply(200, this.#find(url.searchParams));
    if (id === 'wait') return void this.#wait(url.searchParams).then((mails) => reply(200, mails));
    const mail = this.#mails.find((each) => each.id === id);
    return mail ? reply(200, mail) : reply(404, { error: 'not found' });
  });

  /** Takes mail on 127.0.0.1; resolves with the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.smtp.once('error', reject);
      const server = this.smtp.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  }

  async #keep(source: Buffer, recipients: string[]): Promise<void> {
    const mail = await PostalMime.parse(source);
    const header = (name: string): string | null => mail.headers.find((each) => each.key === name)?.value ?? null;
    const html = mail.html ?? '';
    const text = mail.text ?? '';
    for (const to of recipients) {
      this.#mails.push({
        id: newId('mail'),
        to,
        from: mail.from?.address ?? '',
        subject: mail.subject ?? '',
        text,
        html,
        links: linksOf(html, text),
        receivedAt: now(),
        workflow: header('x-workflow-id'),
      });
    }
    for (const wake of this.#waiting) wake();
  }

  #find(query: URLSearchParams): CaughtMail[] {
    const to = query.get('to')?.toLowerCase();
    const subject = query.get('subject')?.toLowerCase();
    const workflow = query.get('workflow');
    const since = query.get('since');
    return this.#mails.filter(
      (mail) =>
        (!to || mail.to.toLowerCase() === to) &&
        (!subject || mail.subject.toLowerCase().includes(subject)) &&
        (!workflow || mail.workflow === workflow) &&
        (!since || mail.receivedAt >= since),
    );
  }

  /** Answers as soon as there is a mail newer than `after`, or with nothing when the time is up. */
  async #wait(query: URLSearchParams): Promise<CaughtMail[]> {
    const newer = (): CaughtMail[] => {
      const known = this.#mails.findIndex((mail) => mail.id === query.get('after'));
      return this.#find(query).filter((mail) => this.#mails.indexOf(mail) > known);
    };
    const end = Date.now() + Math.min(Number(query.get('timeout') ?? 5000), 60_000);
    while (newer().length === 0 && Date.now() < end) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, end - Date.now());
        this.#waiting.add(wake);
      });
    }
    return newer();
  }

  /** Mails of one workflow go, or all; returns how many. */
  forget(workflow?: string): number {
    const kept = workflow === undefined ? [] : this.#mails.filter((mail) => mail.workflow !== workflow);
    const removed = this.#mails.length - kept.length;
    this.#mails.splice(0, this.#mails.length, ...kept);
    return removed;
  }

  close(): void {
    for (const wake of this.#waiting) wake();
    this.smtp.close();
  }
}
