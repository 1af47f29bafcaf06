import type { Conduct, Status } from '../core/decide.ts';
import type { Doubt } from '../core/doubt.ts';
import type { JournalEvent } from '../core/events.ts';
import type { BoundInvariant, Reading, Verdict } from '../core/invariant.ts';
import { canonical } from './equal.ts';
import { judgeReadings } from './judge.ts';

/** One attempt at one intent, judged again from what its journal recorded. */
export interface Rechecked {
  intent: string;
  attempt: number;
  verdicts: Verdict[];
  /** The verdicts that were given then, as far as the journal has them. */
  recorded: Verdict[];
  /** Invariants whose verdict is another one now; none for an intact journal of the same judge. */
  different: string[];
  /** Invariants that were given no verdict then: the run broke off before. */
  ungiven: string[];
  /** How it ended, as it was told; absent when the journal breaks off before. */
  told?: { status: Status; conduct: Conduct; met?: boolean; unlike?: readonly unknown[]; doubts?: readonly Doubt[] };
}

interface Attempt {
  intent: string;
  attempt: number;
  bound: Map<string, BoundInvariant>;
  readings: Map<string, Reading[]>;
  recorded: Map<string, Verdict>;
  journeyEndAt?: number;
  met?: boolean;
  end?: Extract<JournalEvent, { type: 'intent-end' }>;
}

/** Pure: no browser, no network, no clock. Attempts whose invariants were never read are left out. */
export function recheck(events: Iterable<JournalEvent>): Rechecked[] {
  const attempts = new Map<string, Attempt>();
  for (const event of events) {
    if (!('attempt' in event) || event.attempt === undefined || event.intent === undefined) continue;
    const key = `${event.intent}\0${event.attempt}`;
    let attempt = attempts.get(key);
    if (!attempt)
      attempts.set(
        key,
        (attempt = { intent: event.intent, attempt: event.attempt, bound: new Map(), readings: new Map(), recorded: new Map() }),
      );
    take(event, attempt);
  }
  return [...attempts.values()].filter(({ bound }) => bound.size > 0).map(judgeAgain);
}

function take(event: JournalEvent, attempt: Attempt): void {
  switch (event.type) {
    case 'invariant-start': {
      const bound = event.bound as BoundInvariant;
      attempt.bound.set(bound.id, bound);
      attempt.readings.set(bound.id, []);
      return;
    }
    case 'reading-taken':
      return void attempt.readings.get(event.invariant)?.push(unfolded(event.reading, attempt.readings.get(event.invariant)!));
    case 'journey-end':
      attempt.journeyEndAt = event.at;
      return;
    case 'precondition-end':
      attempt.met = event.met;
      return;
    case 'intent-end':
      attempt.end = event;
      return;
    case 'invariant-end':
      return void attempt.recorded.set(event.verdict.invariant, event.verdict as Verdict);
  }
}

/** `same` stands for the value of the last reading that had one. */
function unfolded({ same, ...reading }: Reading & { same?: boolean }, before: readonly Reading[]): Reading {
  return same ? { ...reading, value: before.findLast(({ value }) => value !== undefined)?.value } : reading;
}

function judgeAgain({ intent, attempt, bound, readings, recorded, journeyEndAt, met, end }: Attempt): Rechecked {
  const verdicts = [...bound.values()].map((one) => judgeReadings(one, readings.get(one.id) ?? [], journeyEndAt));
  const different = verdicts.filter((verdict) => {
    const then = recorded.get(verdict.invariant);
    return then !== undefined && canonical(then) !== canonical(verdict);
  });
  return {
    intent,
    attempt,
    verdicts,
    recorded: [...recorded.values()],
    different: different.map(({ invariant }) => invariant),
    ungiven: [...bound.keys()].filter((id) => !recorded.has(id)),
    ...(end
      ? {
          told: {
            status: end.status,
            conduct: end.conduct,
            ...(met === undefined ? {} : { met }),
            ...(end.unlike ? { unlike: end.unlike } : {}),
            ...(end.doubts ? { doubts: end.doubts } : {}),
          },
        }
      : {}),
  };
}
