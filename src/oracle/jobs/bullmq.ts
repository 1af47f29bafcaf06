import type { Redis } from 'ioredis';
import { IntentwrightError } from '../../core/errors.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import { MOST_ITEMS } from '../plain-json.ts';
import { RedisLink } from '../redis/link.ts';
import { type Job, type JobQuery, type JobState, type JobStore, statesOf } from './job.ts';

/** Where BullMQ keeps the ids of jobs in each state. */
const PLACES: Record<JobState, { key: string; kind: 'list' | 'zset' }[]> = {
  waiting: [
    { key: 'wait', kind: 'list' },
    { key: 'paused', kind: 'list' },
    { key: 'prioritized', kind: 'zset' },
    { key: 'waiting-children', kind: 'zset' },
  ],
  delayed: [{ key: 'delayed', kind: 'zset' }],
  active: [{ key: 'active', kind: 'list' }],
  completed: [{ key: 'completed', kind: 'zset' }],
  failed: [{ key: 'failed', kind: 'zset' }],
  cancelled: [],
};

/** BullMQ's queues, read from its keys in Redis. */
export class BullmqStore implements JobStore {
  readonly #link: RedisLink;
  readonly #prefix: string;

  constructor(url: string, prefix: string) {
    this.#link = new RedisLink(url);
    this.#prefix = prefix;
  }

  async jobs(asked: JobQuery): Promise<Job[]> {
    const { queue } = asked;
    if (queue === undefined)
      throw new IntentwrightError('PROBE_CONFIG', 'which queue? BullMQ keeps the jobs of each queue apart', {
        hint: 'name it with queue:',
      });
    return this.#link.ask(async (client) => {
      const found = await Promise.all(
        statesOf(asked).flatMap((state) =>
          PLACES[state].map(async (place) => ({ state, ids: await idsAt(client, `${this.#prefix}:${queue}:${place.key}`, place.kind) })),
        ),
      );
      const ids = found.flatMap(({ state, ids: some }) => some.map((id) => ({ state, id })));
      if (ids.length > MOST_ITEMS * 5)
        throw new IntentwrightError('PROBE_UNREADABLE', `the queue ${queue} has ${ids.length} jobs in these states`, {
          hint: 'ask for a state',
        });
      const jobs = await Promise.all(
        ids.map(async ({ state, id }) => jobOf(await client.hgetall(`${this.#prefix}:${queue}:${id}`), { id, queue, state })),
      );
      return jobs.filter((job) => job !== undefined);
    });
  }

  workers(queue: string): Promise<number> {
    const name = `${this.#prefix}:${Buffer.from(queue).toString('base64')}`;
    return this.#link.ask(async (client) => {
      const clients = String(await client.client('LIST')).split('\n');
      return clients.filter((line) => {
        const called = /(?:^| )name=(\S*)/.exec(line)?.[1];
        return called === name || called?.startsWith(`${name}:w:`);
      }).length;
    });
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}

const idsAt = async (client: Redis, key: string, kind: 'list' | 'zset'): Promise<string[]> =>
  // Markers are no jobs.
  (await (kind === 'list' ? client.lrange(key, 0, -1) : client.zrange(key, 0, '-1'))).filter((id) => !/^0:\d+$/.test(id));

/** Undefined for a job that was removed between the two looks. */
function jobOf(hash: Record<string, string>, { id, queue, state }: { id: string; queue: string; state: JobState }): Job | undefined {
  if (hash.name === undefined) return undefined;
  return {
    id,
    queue,
    name: hash.name,
    state,
    attempts: Number(hash.atm ?? hash.attemptsMade ?? 0),
    error: hash.failedReason ?? null,
    data: parsed(hash.data ?? 'null'),
  };
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}
