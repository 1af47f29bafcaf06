import type { Redis } from 'ioredis';

/** KEYS: resources. ARGV: holder, ms. All of them or none. */
const TAKE = `
for _, key in ipairs(KEYS) do local holder = redis.call('get', key) if holder and holder ~= ARGV[1] then return 0 end end
for _, key in ipairs(KEYS) do redis.call('set', key, ARGV[1], 'PX', ARGV[2]) end
return 1`;
const GIVE_BACK = `for _, key in ipairs(KEYS) do if redis.call('get', key) == ARGV[1] then redis.call('del', key) end end return 1`;

/** Named resources that only one intent of the whole fleet may hold at a time. A worker that is lost loses its leases after a while. */
export class Leases {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #forMs: number;

  constructor(redis: Redis, prefix: string, forMs: number) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#forMs = forMs;
  }

  /** All of them and how to give them back, or undefined when one is taken. Held until then by renewing. */
  async take(resources: readonly string[], holder: string): Promise<(() => Promise<void>) | undefined> {
    if (resources.length === 0) return async () => undefined;
    const keys = resources.map((name) => `${this.#prefix}:lease:${name}`);
    const take = async (): Promise<boolean> => Number(await this.#redis.eval(TAKE, keys.length, ...keys, holder, this.#forMs)) === 1;
    if (!(await take())) return undefined;
    const renewing = setInterval(() => void take().catch(() => undefined), this.#forMs / 3);
    renewing.unref();
    return async () => {
      clearInterval(renewing);
      await this.#redis.eval(GIVE_BACK, keys.length, ...keys, holder);
    };
  }
}
