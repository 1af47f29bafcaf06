import type { ChannelModel } from 'amqplib';
import { z } from 'zod';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({ url: z.string().describe('amqp://user:password@host:5672/vhost, or amqps:// for TLS') });
const query = z.strictObject({ queue: z.string().describe('The queue’s name') });

/** `{ messages, consumers }` of a queue, null when there is none. Messages are counted, never taken. */
export const rabbitmq = defineProbe({
  name: 'rabbitmq',
  about: 'How many messages wait in a RabbitMQ queue, and how many consumers it has',
  settings,
  query,
  async open(given: z.output<typeof settings>) {
    let connection: ChannelModel | undefined;
    const connected = async (): Promise<ChannelModel> => {
      if (connection) return connection;
      const made = await (await driver()).connect(given.url, { timeout: 4000, clientProperties: { connection_name: 'intentwright' } });
      const lost = () => {
        if (connection === made) connection = undefined;
      };
      made.on('error', lost);
      made.on('close', lost);
      connection = made;
      return made;
    };
    return {
      async read({ queue }: z.output<typeof query>) {
        try {
          return await look(await connected(), queue);
        } catch (error) {
          throw toldError(error);
        }
      },
      async close() {
        await connection?.close().catch(() => undefined);
      },
    };
  },
});

/** A passive declaration: it only looks. A queue that is not there closes the channel, so each look has its own. */
async function look(connection: ChannelModel, queue: string): Promise<{ messages: number; consumers: number } | null> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    const { messageCount, consumerCount } = await channel.checkQueue(queue);
    return { messages: messageCount, consumers: consumerCount };
  } catch (error) {
    if ((error as { code?: number }).code === 404) return null;
    throw error;
  } finally {
    await channel.close().catch(() => undefined);
  }
}

const driver = () =>
  import('amqplib').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package amqplib is not installed', {
      hint: 'npm install --save-dev amqplib',
      cause: error,
    });
  });

function toldError(error: unknown): IntentwrightError {
  if (IntentwrightError.is(error)) return error;
  const message = messageOf(error);
  if ((error as { code?: number }).code === 403 || /ACCESS[-_ ]REFUSED|NOT[-_ ]ALLOWED/i.test(message))
    return new IntentwrightError('PROBE_DENIED', message, {
      hint: 'give the connection a user that may see this queue and its vhost',
      cause: error,
    });
  return new IntentwrightError('PROBE_UNREADABLE', message, { cause: error });
}
