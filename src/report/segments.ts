import type { InvariantStory, ReadingFact } from './story.ts';
import { sameAnswer, sayAnswer } from './value.ts';

/** What a reading says about its invariant, seen from the verdict. */
export type ReadingState = 'not-yet' | 'holds' | 'broken' | 'unreadable';

/** A stretch of time in which an invariant's readings all said the same. */
export interface Segment {
  state: ReadingState;
  /** On the readings' clock, ms. The next reading that differs ends it. */
  fromMs: number;
  toMs: number;
  said: string;
  readings: number;
}

/** An invariant's readings as stretches: how the backend got to where the verdict found it. */
export function segmentsOf(invariant: InvariantStory, journeyEndAt: number | undefined): Segment[] {
  const { readings } = invariant;
  const segments: Segment[] = [];
  let last: ReadingFact | undefined;
  for (const reading of readings.toSorted((a, b) => a.at - b.at)) {
    const state = stateOf(reading, invariant, journeyEndAt);
    const current = segments.at(-1);
    const same =
      current &&
      last &&
      current.state === state &&
      (state === 'unreadable' ? reading.unreadable === last.unreadable : sameAnswer(reading.value, last.value));
    if (current) current.toMs = reading.at;
    if (same) current.readings++;
    else
      segments.push({
        state,
        fromMs: reading.at,
        toMs: reading.at,
        said: state === 'unreadable' ? (reading.unreadable ?? 'refused') : sayAnswer(reading.value),
        readings: 1,
      });
    last = reading;
  }
  const end = segments.at(-1);
  if (end && last) end.toMs = Math.max(end.toMs, last.at + last.ms);
  return segments;
}

function stateOf(reading: ReadingFact, { verdict, readings }: InvariantStory, journeyEndAt: number | undefined): ReadingState {
  if (reading.unreadable !== undefined || reading.denied) return 'unreadable';
  if (!verdict) return 'not-yet';
  const waits = verdict.mode === 'eventually' || verdict.mode === 'changes' || verdict.mode === 'increases_by';
  if (!waits) {
    if (verdict.status !== 'violated' || verdict.decidedAt === undefined) return verdict.status === 'violated' ? 'broken' : 'holds';
    const breaking = readings.find(({ at }) => at === verdict.decidedAt);
    return reading.at >= verdict.decidedAt || (breaking && sameAnswer(reading.value, breaking.value)) ? 'broken' : 'holds';
  }
  if (verdict.vacuous) return 'holds';
  if (verdict.reason === 'did-not-stay') return stayedState(reading, verdict, journeyEndAt);
  if (verdict.status === 'violated') return violatedState(reading, verdict, readings, journeyEndAt);
  const since = verdict.convergedMs === undefined || journeyEndAt === undefined ? undefined : journeyEndAt + verdict.convergedMs;
  if (since !== undefined && reading.at >= since - 1) return 'holds';
  const good = readings.findLast(({ unreadable }) => unreadable === undefined);
  return verdict.status === 'held' && reading.phase !== 'baseline' && good && sameAnswer(reading.value, good.value) ? 'holds' : 'not-yet';
}

function stayedState(
  reading: ReadingFact,
  verdict: { decidedAt?: number; convergedMs?: number },
  journeyEndAt: number | undefined,
): ReadingState {
  if (verdict.decidedAt !== undefined && reading.at >= verdict.decidedAt) return 'broken';
  const since = verdict.convergedMs === undefined || journeyEndAt === undefined ? undefined : journeyEndAt + verdict.convergedMs;
  return since !== undefined && reading.at >= since - 1 ? 'holds' : 'not-yet';
}

/** What it was when time was up is wrong from the moment it came, once the journey was over. */
function violatedState(
  reading: ReadingFact,
  verdict: { reason: string; decidedAt?: number },
  readings: readonly ReadingFact[],
  journeyEndAt: number | undefined,
): ReadingState {
  if (reading.phase === 'baseline') return verdict.reason === 'wrong-start' ? 'broken' : 'not-yet';
  const last = readings.findLast(({ unreadable }) => unreadable === undefined);
  if (reading.at >= (verdict.decidedAt ?? last?.at ?? 0)) return 'broken';
  return reading.at >= (journeyEndAt ?? 0) && last && sameAnswer(reading.value, last.value) ? 'broken' : 'not-yet';
}
