import type { Clock } from '../core/clock.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { formatDuration } from '../core/duration.ts';
import type { Reading, ReadingPhase } from '../core/invariant.ts';

export interface TakeOptions {
  clock: Clock;
  /** `clock.now()` when the intent's first baseline reading began. */
  origin: number;
  phase: ReadingPhase;
  /** A read that takes longer is unreadable, ms. */
  limitMs: number;
  signal: AbortSignal;
  /** Who is asked, for people: "sql app". */
  of?: string;
}

/** Asks once and notes what came of it; whole milliseconds. Rejects only when `signal` is aborted. */
export async function takeReading(
  ask: (signal: AbortSignal) => Promise<unknown>,
  { clock, origin, phase, limitMs, signal, of }: TakeOptions,
): Promise<Reading & { refusal?: IntentwrightError }> {
  signal.throwIfAborted();
  const at = Math.round(clock.now() - origin);
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const tooLong = clock.sleep(limitMs, both).then(() => {
    throw new Error(`${of ? `${of}: ` : ''}no answer within ${formatDuration(limitMs)}`);
  });
  const asking = Promise.resolve().then(() => ask(both));
  asking.catch(() => undefined);
  tooLong.catch(() => undefined);
  const done = (rest: Partial<Reading>): Reading => ({ at, phase, ms: Math.round(clock.now() - origin) - at, ...rest });
  try {
    return done({ value: (await Promise.race([asking, tooLong])) ?? null });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return refusedReading(done({ unreadable: reasonOf(error) }), error);
  } finally {
    over.abort();
  }
}

/** A refusal of credentials and a question that cannot be asked are not polled. */
function refusedReading(reading: Reading, error: unknown): Reading & { refusal?: IntentwrightError } {
  if (!IntentwrightError.is(error, 'PROBE_DENIED') && !IntentwrightError.is(error, 'PROBE_CONFIG')) return reading;
  const refusal = { ...reading, denied: true };
  return Object.defineProperty(refusal, 'refusal', { value: error, enumerable: false });
}

const reasonOf = (error: unknown): string =>
  IntentwrightError.is(error) && error.hint ? `${messageOf(error)} (${error.hint})` : messageOf(error);
