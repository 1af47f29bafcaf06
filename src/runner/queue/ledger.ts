import type { Redis } from 'ioredis';

/** What a worker says of an attempt, and how the ledger keeps it. */
export interface Entry {
  kind: 'begin' | 'event' | 'file' | 'end';
  /** Of the job: one attempt that somebody asked for. */
  job: string;
  /** Of the worker's try at it: a job whose worker was lost is delivered again. */
  delivery: string;
  body: string;
}

/** Nothing of a run is kept for longer, ms. */
const KEPT_MS = 86_400_000;
/** A run whose dispatcher was not heard of for so long is nobody's, ms. */
const ALIVE_MS = 60_000;

/** KEYS: owner, final, stream, alive. ARGV: job, delivery, kept. 1: go on; 2: go on, somebody began it before; 0: somebody ended it already; -1: nobody waits for it. */
const BEGIN = `
if redis.call('exists', KEYS[4]) == 0 then return -1 end
if redis.call('hexists', KEYS[2], ARGV[1]) == 1 then return 0 end
local again = redis.call('hexists', KEYS[1], ARGV[1])
redis.call('hset', KEYS[1], ARGV[1], ARGV[2])
redis.call('xadd', KEYS[3], '*', 'k', 'begin', 'j', ARGV[1], 'd', ARGV[2], 'b', '')
redis.call('pexpire', KEYS[1], ARGV[3]) redis.call('pexpire', KEYS[3], ARGV[3])
return 1 + again`;

/** KEYS: owner, seen, stream. ARGV: job, delivery, number of the batch, then kind and body of each entry. -1: superseded; else how much waits to be read. */
const SAY = `
if redis.call('hget', KEYS[1], ARGV[1]) ~= ARGV[2] then return -1 end
if tonumber(redis.call('hget', KEYS[2], ARGV[2]) or '0') < tonumber(ARGV[3]) then
  redis.call('hset', KEYS[2], ARGV[2], ARGV[3])
  for at = 4, #ARGV, 2 do redis.call('xadd', KEYS[3], '*', 'k', ARGV[at], 'j', ARGV[1], 'd', ARGV[2], 'b', ARGV[at + 1]) end
end
return redis.call('xlen', KEYS[3])`;

/** KEYS: owner, final, stream, seen. ARGV: job, delivery, body, kept. 1: this is the result; 0: it is not. */
const FINISH = `
if ARGV[2] ~= '' and redis.call('hget', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if redis.call('hsetnx', KEYS[2], ARGV[1], ARGV[3]) == 0 then return 0 end
redis.call('xadd', KEYS[3], '*', 'k', 'end', 'j', ARGV[1], 'd', ARGV[2], 'b', ARGV[3])
redis.call('hdel', KEYS[4], ARGV[2])
redis.call('pexpire', KEYS[2], ARGV[4]) redis.call('pexpire', KEYS[4], ARGV[4])
return 1`;

/**
 * What Redis knows of one run beside its queue: who works on which job, what they said, and the one result of each.
 * A queue delivers at least once; here a job gets exactly one result, and only from the worker that has it last.
 */
export class Ledger {
  readonly #redis: Redis;
  readonly #base: string;

  constructor(redis: Redis, prefix: string, run: string) {
    this.#redis = redis;
    this.#base = `${prefix}:run:${run}`;
  }

  get #keys() {
    const base = this.#base;
    return { owner: `${base}:owner`, final: `${base}:final`, stream: `${base}:said`, seen: `${base}:seen`, alive: `${base}:alive` };
  }

  /** Says that somebody waits for the run's results. */
  async keepAlive(): Promise<void> {
    await this.#redis.set(this.#keys.alive, '1', 'PX', ALIVE_MS);
  }

  async begin(job: string, delivery: string): Promise<'go' | 'go again' | 'done' | 'abandoned'> {
    const { owner, final, stream, alive } = this.#keys;
    const answer = Number(await this.#redis.eval(BEGIN, 4, owner, final, stream, alive, job, delivery, KEPT_MS));
    return answer === 1 ? 'go' : answer === 2 ? 'go again' : answer === 0 ? 'done' : 'abandoned';
  }

  /** Resolves to how many entries wait for the reader, or undefined when the job is another's by now. `batch` counts from 1: one that is sent twice is kept once. */
  async say(
    job: string,
    delivery: string,
    batch: number,
    entries: readonly { kind: 'event' | 'file'; body: string }[],
  ): Promise<number | undefined> {
    const { owner, seen, stream } = this.#keys;
    const waiting = Number(
      await this.#redis.eval(SAY, 3, owner, seen, stream, job, delivery, batch, ...entries.flatMap(({ kind, body }) => [kind, body])),
    );
    return waiting < 0 ? undefined : waiting;
  }

  /** Gives a job its result, unless it has one or is another's by now. Without a delivery, it is set aside. */
  async finish(job: string, delivery: string | undefined, result: string): Promise<boolean> {
    const { owner, final, stream, seen } = this.#keys;
    return Number(await this.#redis.eval(FINISH, 4, owner, final, stream, seen, job, delivery ?? '', result, KEPT_MS)) === 1;
  }

  /** Entries after `last`; waits for the first for as long as `blockMs`. What was read may be dropped with `forget`. */
  async read(last: string, blockMs: number, most = 500): Promise<{ id: string; entry: Entry }[]> {
    const answer = await this.#redis.xread('COUNT', most, 'BLOCK', blockMs, 'STREAMS', this.#keys.stream, last);
    return (answer?.[0]?.[1] ?? []).map(([id, fields]) => ({ id, entry: entryOf(fields) }));
  }

  async forget(upTo: string): Promise<void> {
    await this.#redis.xtrim(this.#keys.stream, 'MINID', upTo);
  }

  /** Results by job, whether or not they were read from what was said. */
  async results(): Promise<Record<string, string>> {
    return this.#redis.hgetall(this.#keys.final);
  }

  async remove(): Promise<void> {
    await this.#redis.del(...Object.values(this.#keys));
  }
}

function entryOf(fields: string[]): Entry {
  const value = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
  return { kind: value('k') as Entry['kind'], job: value('j'), delivery: value('d'), body: value('b') };
}
