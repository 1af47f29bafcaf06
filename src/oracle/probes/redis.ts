import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseExactJson } from '../../core/exact-json.ts';
import { MOST_ITEMS } from '../plain-json.ts';
import { defineProbe } from '../port.ts';
import { RedisLink } from '../redis/link.ts';

const settings = z.strictObject({ url: z.string().describe('redis://user:password@host:6379/0, or rediss:// for TLS') });

const query = z.union([
  z.strictObject({
    key: z.string().describe('The key whose value is the answer, whatever its type'),
    field: z.string().describe('Only this field of a hash').optional(),
    json: z.literal(true).describe('Texts hold JSON').optional(),
  }),
  z.strictObject({ keys: z.string().describe('The names of the keys that fit this pattern: "session:*"') }),
  z.strictObject({ ttl: z.string().describe('Seconds until this key expires; -1 for never') }),
]);

type Query = z.output<typeof query>;
const FULL = MOST_ITEMS + 1;

/** The value of a key: text, list, object of a hash, sorted members of a set, [{ member, score }] of a sorted set, entries of a stream; null when there is none. */
export const redis = defineProbe({
  name: 'redis',
  about: 'Keys of a Redis: values of any type, key names, time to live',
  settings,
  query,
  async open(given: z.output<typeof settings>) {
    const link = new RedisLink(given.url);
    return {
      read: (asked: Query) => link.ask((client) => readFrom(client, asked)),
      watch: (asked: Query, wake: () => void) => watchKeys(link, asked, wake),
      close: () => link.close(),
    };
  },
});

async function readFrom(client: Redis, asked: Query): Promise<unknown> {
  if ('keys' in asked) return keysLike(client, asked.keys);
  if ('ttl' in asked) {
    const seconds = await client.ttl(asked.ttl);
    return seconds === -2 ? null : seconds;
  }
  const { key, field } = asked;
  const decode = (text: string | null) => (asked.json && text !== null ? parsed(text) : text);
  if (field !== undefined) return decode(await client.hget(key, field));
  const type = await client.type(key);
  switch (type) {
    case 'string':
      return decode(await client.get(key));
    case 'hash':
      return Object.fromEntries(Object.entries(await client.hgetall(key)).map(([name, text]) => [name, decode(text)]));
    case 'list':
      return (await client.lrange(key, 0, FULL)).map(decode);
    case 'set':
      return (await client.smembers(key)).toSorted().map(decode);
    case 'zset':
      return pairs(await client.zrange(key, 0, `${FULL}`, 'WITHSCORES')).map(([member, score]) => ({
        member: decode(member),
        score: Number(score),
      }));
    case 'stream':
      return (await client.xrange(key, '-', '+', 'COUNT', FULL)).map(([id, fields]) => ({
        id,
        ...Object.fromEntries(pairs(fields).map(([name, text]) => [name, decode(text)])),
      }));
    default:
      return null;
  }
}

/** By SCAN, which blocks nobody, up to one more than may be answered. */
async function keysLike(client: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, names] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', 500);
    for (const name of names) found.add(name);
    cursor = next;
  } while (cursor !== '0' && found.size < FULL);
  return [...found].toSorted();
}

const pairs = (flat: string[]): [string, string][] =>
  Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [flat[index * 2]!, flat[index * 2 + 1]!]);

/** Text that is no JSON after all stays text: the difference then shows it. */
function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** Keyspace events, where the server sends them (notify-keyspace-events); polling is what is relied on. */
const watchKeys = (link: RedisLink, asked: Query, wake: () => void): Promise<() => void> =>
  link.hear(`__keyspace@*__:${'keys' in asked ? asked.keys : globbed('ttl' in asked ? asked.ttl : asked.key)}`, wake);

/** A key as a pattern that only it fits. */
const globbed = (key: string): string => key.replace(/[*?[\]\\]/g, '\\$&');
