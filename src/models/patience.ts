import type { Clock } from '../core/clock.ts';
import { formatDuration } from '../core/duration.ts';
import { mishapOf } from './fault.ts';
import { ModelError } from './port.ts';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;

/**
 * One question asked with one deadline over all its tries, and at most two more tries.
 * A server that asks for a longer pause than the deadline leaves is not waited for.
 * @throws ModelError
 */
export async function askPatiently<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  options: { timeoutMs: number; clock: Clock; signal: AbortSignal; random?: () => number },
): Promise<T> {
  const { clock, timeoutMs, signal, random = Math.random } = options;
  const started = clock.now();
  const expired = new AbortController();
  const finished = new AbortController();
  const both = AbortSignal.any([signal, expired.signal]);
  clock.sleep(timeoutMs, finished.signal).then(
    () => expired.abort(new Error('deadline')),
    () => undefined,
  );
  const stopped = (): ModelError | undefined => {
    if (signal.aborted) return new ModelError('timeout', 'the run stopped before the model answered', { cause: signal.reason });
    if (expired.signal.aborted) return new ModelError('timeout', `the model did not answer within ${formatDuration(timeoutMs)}`);
    return undefined;
  };
  try {
    for (let tries = 0; ; tries++) {
      const early = stopped();
      if (early) throw early;
      try {
        return await orAborted(ask(both), both);
      } catch (thrown) {
        const late = stopped();
        if (late) throw late;
        const { error, retries, retryAfterMs } = mishapOf(thrown);
        if (tries >= retries)
          throw tries === 0
            ? error
            : new ModelError(error.fault, `${error.message} (after ${tries + 1} tries)`, { cause: error.cause, usage: error.usage });
        const pause = retryAfterMs ?? Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries) * (0.9 + 0.2 * random());
        const left = timeoutMs - (clock.now() - started);
        if (pause >= left)
          throw new ModelError(
            error.fault,
            `${error.message} (it asks for a pause of ${formatDuration(pause)}, ${formatDuration(Math.max(0, left))} are left)`,
            { cause: error.cause },
          );
        await clock.sleep(pause, both).catch(() => undefined);
      }
    }
  } finally {
    finished.abort();
  }
}

/** Some transports let go of the signal once the headers are there; the deadline holds all the same. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
