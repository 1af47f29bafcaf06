import type { Redis } from 'ioredis';
import { IntentwrightError, messageOf } from '../../core/errors.ts';

const DENIED = /^(NOAUTH|WRONGPASS|NOPERM)\b/;
const WRONG = /^(ERR|WRONGTYPE)\b/;

/** One connection to a Redis, made when it is first needed and again when it was lost. Nothing is queued while it is away. */
export class RedisLink {
  readonly #url: string;
  #client: Redis | undefined;
  #ear: Promise<Redis> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** Runs commands that read. @throws IntentwrightError PROBE_UNREADABLE | PROBE_DENIED | PROBE_CONFIG */
  async ask<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    let client: Redis | undefined;
    try {
      client = await this.#connected();
      return await work(client);
    } catch (error) {
      // A connection that broke may call itself ready for a moment longer.
      if (client === this.#client && (error as Error).name !== 'ReplyError') this.#drop();
      throw toldError(error);
    }
  }

  /** Calls `wake` for every message of a channel that fits; one connection, however many wait. Resolves with how to stop. */
  async hear(pattern: string, wake: () => void): Promise<() => void> {
    this.#ear ??= this.#connect().then((client) => client.setMaxListeners(0));
    const client = await this.#ear.catch((error: unknown) => {
      this.#ear = undefined;
      throw toldError(error);
    });
    const heard = (fitting: string) => {
      if (fitting === pattern) wake();
    };
    client.on('pmessage', heard);
    await client.psubscribe(pattern);
    return () => client.off('pmessage', heard);
  }

  async close(): Promise<void> {
    this.#drop();
    const ear = this.#ear;
    this.#ear = undefined;
    await ear?.then(
      (client) => client.disconnect(),
      () => undefined,
    );
  }

  #drop(): void {
    this.#client?.disconnect();
    this.#client = undefined;
  }

  async #connected(): Promise<Redis> {
    if (this.#client?.status === 'ready') return this.#client;
    this.#drop();
    this.#client = await this.#connect();
    return this.#client;
  }

  async #connect(): Promise<Redis> {
    const { Redis } = await driver();
    const client = new Redis(this.#url, {
      lazyConnect: true,
      connectTimeout: 4000,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      protocol: 2,
      connectionName: 'intentwright',
    });
    // What the connection says when it breaks is said again by the next command.
    let broke: Error | undefined;
    client.on('error', (error: Error) => {
      broke = error;
    });
    try {
      await client.connect();
      await client.ping();
      return client;
    } catch (error) {
      client.disconnect();
      throw broke ?? error;
    }
  }
}

const driver = () =>
  import('ioredis').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package ioredis is not installed', {
      hint: 'npm install --save-dev ioredis',
      cause: error,
    });
  });

function toldError(error: unknown): IntentwrightError {
  if (IntentwrightError.is(error)) return error;
  const message = messageOf(error);
  if (DENIED.test(message))
    return new IntentwrightError('PROBE_DENIED', message, {
      hint: 'give the connection a user and password that may read these keys',
      cause: error,
    });
  if (WRONG.test(message)) return new IntentwrightError('PROBE_CONFIG', message, { cause: error });
  return new IntentwrightError('PROBE_UNREADABLE', message, { cause: error });
}
