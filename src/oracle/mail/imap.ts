import type { ImapFlow } from 'imapflow';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { Limiter } from '../limiter.ts';
import type { Mail } from './content.ts';
import { parseMail } from './parse.ts';
import type { MailQuery, MailSource } from './source.ts';

/** Newest mails that are looked at, where a query lets more through. */
const MOST_MAILS = 100;
const MOST_BYTES = 2 * 1024 * 1024;

/** A mailbox over IMAP, opened read-only: looking at a mail does not mark it as seen. */
export class ImapMailbox implements MailSource {
  readonly #url: URL;
  readonly #folder: string;
  // A connection has one folder open and answers one question at a time.
  readonly #turn = new Limiter(1);
  #client: ImapFlow | undefined;

  constructor(url: string, folder: string) {
    this.#url = new URL(url);
    this.#folder = folder;
  }

  list(asked: MailQuery, signal: AbortSignal): Promise<Mail[]> {
    return this.#turn.run(async () => {
      const giveUp = () => this.#drop();
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        signal.throwIfAborted();
        return await this.#listNow(asked);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        this.#drop();
        throw toldError(error);
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    });
  }

  async close(): Promise<void> {
    this.#drop();
  }

  async #listNow({ to, since }: MailQuery): Promise<Mail[]> {
    const client = (this.#client ??= await this.#connect());
    // Opened afresh each time: some servers show new mail only then.
    await client.mailboxOpen(this.#folder, { readOnly: true });
    const found = await client.search(
      { ...(to === undefined ? { all: true } : { to }), ...(since === undefined ? {} : { since: new Date(since) }) },
      { uid: true },
    );
    const newest = (found || []).slice(-MOST_MAILS);
    if (newest.length === 0) return [];
    const mails: Promise<Mail>[] = [];
    for await (const message of client.fetch(newest, { source: { maxLength: MOST_BYTES }, internalDate: true }, { uid: true })) {
      if (message.source) mails.push(parseMail(message.source, String(message.uid), new Date(message.internalDate ?? 0)));
    }
    return Promise.all(mails);
  }

  async #connect(): Promise<ImapFlow> {
    const { ImapFlow } = await driver();
    const { protocol, hostname, port, username, password } = this.#url;
    const secure = protocol === 'imaps:';
    const client = new ImapFlow({
      host: hostname,
      port: Number(port || (secure ? 993 : 143)),
      secure,
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      logger: false,
      connectionTimeout: 4000,
      greetingTimeout: 4000,
      socketTimeout: 60_000,
      ...(secure ? {} : { doSTARTTLS: false }),
    });
    client.on('error', () => this.#drop());
    client.on('close', () => this.#drop());
    await client.connect();
    return client;
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.close();
  }
}

const driver = () =>
  import('imapflow').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package imapflow is not installed', {
      hint: 'npm install --save-dev imapflow',
      cause: error,
    });
  });

function toldError(error: unknown): IntentwrightError {
  if (IntentwrightError.is(error)) return error;
  const { authenticationFailed, mailboxMissing, responseText } = error as {
    authenticationFailed?: boolean;
    mailboxMissing?: boolean;
    responseText?: string;
  };
  const message = responseText ?? messageOf(error);
  if (authenticationFailed)
    return new IntentwrightError('PROBE_DENIED', message, {
      hint: 'give the connection the user and password of the mailbox',
      cause: error,
    });
  if (mailboxMissing)
    return new IntentwrightError('PROBE_CONFIG', `there is no folder of this name: ${message}`, {
      hint: 'check folder of the connection',
      cause: error,
    });
  return new IntentwrightError('PROBE_UNREADABLE', message, { cause: error });
}
