import type { BoundInvariant, Reading } from '../../core/invariant.ts';
import { CLOSING_GRACE_MS, deadlineOf, endOf, isReadable, type Readable, type Timeline } from '../timeline.ts';

/** How a state came about after the journey, as far as the readings tell. */
export type Convergence =
  /** Holds since `since`, in time, and every reading after it agrees. */
  | { kind: 'converged'; since: Readable }
  /** Held, then did not. */
  | { kind: 'broken'; since: Readable; by: Readable }
  /** Did not hold at the deadline, or at the one look after a journey that was not carried out. */
  | { kind: 'missed'; by: Readable; late?: Readable }
  | { kind: 'denied'; by: Reading }
  /** Nothing readable stands at the deadline; `late`: what held only afterwards. */
  | { kind: 'unknown'; last?: Reading; late?: Readable }
  /** The deadline has not come yet. */
  | { kind: 'waiting'; last?: Reading };

/** Walks the readings after the journey until one of them decides. The poller asks the same function, so that it can never disagree with the judge. */
export function convergenceOf(bound: BoundInvariant, timeline: Timeline, holds: (reading: Readable) => boolean): Convergence {
  if (timeline.journeyEndAt === undefined) return { kind: 'waiting' };
  const deadline = deadlineOf(bound, timeline.journeyEndAt);
  let since: Readable | undefined;
  for (const reading of timeline.after) {
    if (reading.denied) return { kind: 'denied', by: reading };
    if (!isReadable(reading)) continue;
    const ok = holds(reading);
    if (since) {
      if (!ok) return { kind: 'broken', since, by: reading };
    } else if (ok) {
      if (reading.at > deadline + CLOSING_GRACE_MS) return { kind: 'unknown', last: lastUnreadable(timeline, reading), late: reading };
      since = reading;
    } else if (reading.phase === 'final' || endOf(reading) >= deadline) {
      return {
        kind: 'missed',
        by: reading,
        late: timeline.after.find((later) => later.at > reading.at && isReadable(later) && holds(later)) as Readable | undefined,
      };
    }
  }
  if (since) return { kind: 'converged', since };
  const last = timeline.after.at(-1);
  return last && !isReadable(last) && (last.phase === 'final' || endOf(last) >= deadline)
    ? { kind: 'unknown', last }
    : { kind: 'waiting', last };
}

const lastUnreadable = (timeline: Timeline, before: Reading): Reading | undefined =>
  timeline.after.findLast((reading) => reading.at < before.at && !isReadable(reading));
