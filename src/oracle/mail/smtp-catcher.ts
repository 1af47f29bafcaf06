import type { AddressInfo } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { Lingering } from '../lingering.ts';
import type { Mail } from './content.ts';
import { parseMail } from './parse.ts';
import type { MailSource } from './source.ts';

const LINGER_MS = 60_000;
const MOST_MAILS = 2000;
const MOST_BYTES = 8 * 1024 * 1024;

/** An SMTP server of our own on 127.0.0.1: takes every mail, delivers none. Attempts share the one on their port. */
export class SmtpCatcher {
  readonly port: number;
  readonly mails: Mail[] = [];
  readonly #server: SMTPServer;
  readonly #wakes = new Set<() => void>();

  private constructor(server: SMTPServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async listen(port: number): Promise<SmtpCatcher> {
    const { SMTPServer } = await import('smtp-server');
    let taken = 0;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      size: MOST_BYTES,
      onData(stream, session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          if (stream.sizeExceeded) return done(Object.assign(new Error('the mail is too large'), { responseCode: 552 }));
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          // One mail for each who gets it: that is what a mailbox holds.
          Promise.all(recipients.map((to) => parseMail(Buffer.concat(parts), String(++taken), new Date(), [to]))).then((mails) => {
            catcher.#keep(mails);
            done();
          }, done);
        });
      },
    });
    const bound = await new Promise<number>((resolve, reject) => {
      server.once('error', (error) =>
        reject(
          new IntentwrightError('PROBE_CONFIG', `cannot take mail on port ${port}: ${messageOf(error)}`, {
            hint: 'choose a free port, and let the application send there',
          }),
        ),
      );
      server.listen(port, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
    });
    server.on('error', () => undefined);
    server.server.unref();
    const catcher = new SmtpCatcher(server, bound);
    return catcher;
  }

  onMail(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #keep(mails: Mail[]): void {
    this.mails.push(...mails);
    this.mails.splice(0, this.mails.length - MOST_MAILS);
    for (const wake of this.#wakes) wake();
  }
}

const catchers = new Lingering(
  (port) => SmtpCatcher.listen(Number(port)),
  (catcher) => catcher.close(),
  LINGER_MS,
);

/** The mail that arrives on a port. */
export async function openSmtpCatcher(port: number): Promise<MailSource> {
  const { thing: catcher, release } = await catchers.hold(String(port));
  return { list: async () => [...catcher.mails], watch: async (_, wake) => catcher.onMail(wake), close: async () => release() };
}
