import type { Clock } from '../core/clock.ts';
import type { BoundInvariant, Reading, Verdict } from '../core/invariant.ts';
import { type Finding, undecided } from './finding.ts';
import { guarded, verdictOf } from './judge.ts';
import { match } from './match.ts';
import type { ProbeReader } from './port.ts';
import { sayExpectation, sayValue } from './say.ts';
import { takeReading } from './take-reading.ts';
import { isReadable, whyUnreadable } from './timeline.ts';

export interface PreconditionOptions {
  bound: readonly BoundInvariant[];
  reader: ProbeReader;
  clock: Clock;
  signal: AbortSignal;
  readLimitMs?: number;
}

const PAUSES_MS = [0, 150, 400, 800];

/** Whether each of `requires:` holds right now, before the journey: no baseline, no settle window, nothing to flip. */
export function readPreconditions({ bound, reader, clock, signal, readLimitMs = 5000 }: PreconditionOptions): Promise<Verdict[]> {
  const origin = clock.now();
  return Promise.all(
    bound.map(async (one) => {
      const { mode } = one;
      if (mode.kind === 'access')
        return verdictOf(one, [], undecided('invalid-expectation', 'access cannot be a precondition: its control changes state'));
      const readings: Reading[] = [];
      let finding: Finding | undefined;
      for (const pause of PAUSES_MS) {
        if (pause > 0) await clock.sleep(pause, signal);
        const reading = await takeReading((at) => reader.read(mode.query, at), {
          clock,
          origin,
          phase: 'baseline',
          limitMs: readLimitMs,
          signal,
        });
        readings.push(reading);
        finding = guarded(() => findingOf(one, reading));
        if (finding.status === 'held' || reading.denied) break;
      }
      return verdictOf(one, readings, finding ?? undecided('no-readings', 'it was never read'));
    }),
  );
}

function findingOf({ mode }: BoundInvariant, reading: Reading): Finding {
  if (!isReadable(reading))
    return undecided(reading.denied ? 'denied' : 'unreadable', `could not be read: ${whyUnreadable(reading)}`, reading);
  const expect = mode.kind === 'eventually' || mode.kind === 'always' ? mode.expect : mode.kind === 'changes' ? mode.from : undefined;
  if (expect === undefined)
    return undecided('invalid-expectation', `${mode.kind} says nothing about one moment: a precondition is an eventually`, reading);
  const { ok, diff } = match(reading.value, expect);
  return {
    status: ok ? 'held' : 'violated',
    reason: ok ? 'converged' : 'did-not-converge',
    expected: sayExpectation(expect),
    found: sayValue(reading.value),
    diff,
    by: reading,
  };
}
