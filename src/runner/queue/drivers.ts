import type { Redis } from 'ioredis';
import { IntentwrightError } from '../../core/errors.ts';

/** The queue's package. @throws IntentwrightError USAGE where it is not installed */
export const bullmq = (): Promise<typeof import('bullmq')> => import('bullmq').catch(missing('bullmq'));

const missing =
  (name: string) =>
  (error: unknown): never => {
    throw new IntentwrightError('USAGE', `a fleet needs the package ${name}, which is not installed`, {
      hint: 'npm install --save-dev bullmq ioredis',
      cause: error,
    });
  };

/** Settings under which commands wait for a Redis that is away, and are sent again when it is back. */
export const patient = (url: string) => ({
  url,
  maxRetriesPerRequest: null,
  enableReadyCheck: true,
  retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2000),
});

/** A connection that outlives restarts of Redis; the first one must succeed. @throws IntentwrightError USAGE */
export async function connectRedis(url: string): Promise<Redis> {
  const { Redis: Client } = await import('ioredis').catch(missing('ioredis'));
  const { url: _, ...options } = patient(url);
  let reached = false;
  const client = new Client(url, {
    ...options,
    protocol: 2,
    lazyConnect: true,
    connectTimeout: 5000,
    retryStrategy: (times) => (reached ? options.retryStrategy(times) : null),
  });
  let why: Error | undefined;
  // Said by whoever waits for a command.
  client.on('error', (error: Error) => {
    why = error;
  });
  try {
    await client.connect();
    reached = true;
    return client;
  } catch (error) {
    client.disconnect();
    throw new IntentwrightError(
      'USAGE',
      `the fleet's Redis does not answer at ${withoutPassword(url)}: ${(why ?? (error as Error)).message}`,
      { hint: 'is it running, and does --fleet name it?', cause: error },
    );
  }
}

const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//');
