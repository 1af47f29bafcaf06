import type { BoundInvariant, Reading } from '../core/invariant.ts';

/** A reading that has a value. */
export type Readable = Reading & { value: unknown };

export const isReadable = (reading: Reading): reading is Readable =>
  reading.unreadable === undefined && !reading.denied && reading.value !== undefined;

export const whyUnreadable = (reading: Reading): string =>
  reading.unreadable ?? (reading.denied ? 'the backend refused the credentials' : 'no value was recorded');

/** When a reading was over, on the clock of `at`. */
export const endOf = (reading: Reading): number => reading.at + reading.ms;

/** The readings of one invariant, put in order and parted by when in the intent's life they were taken. */
export interface Timeline {
  all: readonly Reading[];
  /** Before the first step. */
  before: readonly Reading[];
  /** Begun at or after the end of the journey. What began before it may show a state from before it. */
  after: readonly Reading[];
  /** End of the journey; undefined when the journal breaks off before it. */
  journeyEndAt: number | undefined;
}

export function timelineOf(readings: readonly Reading[], journeyEndAt: number | undefined): Timeline {
  const all = readings.toSorted((a, b) => a.at - b.at);
  return {
    all,
    before: all.filter((reading) => reading.phase === 'baseline' && (journeyEndAt === undefined || endOf(reading) <= journeyEndAt)),
    after: journeyEndAt === undefined ? [] : all.filter((reading) => reading.phase !== 'baseline' && reading.at >= journeyEndAt),
    journeyEndAt,
  };
}

/** Timers are not exact: a closing read that begins this much after the deadline still is the one at the deadline, ms. */
export const CLOSING_GRACE_MS = 100;

export const deadlineOf = (bound: BoundInvariant, journeyEndAt: number): number => journeyEndAt + bound.withinMs;

/** The final reading counts when it was begun after the settle window, and nothing was read after it. */
export function finalOf(
  timeline: Timeline,
  notBefore: number,
): { reading: Readable } | { missing: 'unreadable' | 'no-readings'; why: string; reading?: Reading } {
  const last = timeline.after.at(-1);
  if (!last)
    return {
      missing: 'no-readings',
      why: timeline.journeyEndAt === undefined ? 'the journey’s end was not recorded' : 'it was not read after the journey',
    };
  if (!isReadable(last)) return { missing: 'unreadable', why: `could not be read at the end: ${whyUnreadable(last)}`, reading: last };
  if (last.phase !== 'final' || last.at < notBefore)
    return { missing: 'no-readings', why: 'it was not read once more after its settle window', reading: last };
  return { reading: last };
}
