import type { ActorSession } from '../browser/port.ts';
import type { Clock } from '../core/clock.ts';

/** Shortest time between two actions in production, ms: a canary is one visitor, and a slow one. */
export const PRODUCTION_GAP_MS = 500;

/** A session that acts no faster than once a `gapMs`. */
export function paced(session: ActorSession, clock: Clock, gapMs: number): ActorSession {
  let last = -Infinity;
  return new Proxy(session, {
    get(real, key) {
      const value: unknown = Reflect.get(real, key, real);
      if (key !== 'act') return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(real) : value;
      const act: ActorSession['act'] = async (action, on, options) => {
        const wait = last + gapMs - clock.now();
        if (wait > 0) await clock.sleep(wait, options.signal);
        last = clock.now();
        return real.act(action, on, options);
      };
      return act;
    },
  });
}
