import type { BoundInvariant, Reading } from '../core/invariant.ts';
import { InvalidExpectation } from './invalid-expectation.ts';
import { convergenceOf } from './modes/convergence.ts';
import { goalOf, isGoal } from './modes/goal.ts';
import { deadlineOf, endOf, timelineOf } from './timeline.ts';

/** What reading an invariant once more could still tell, while the system converges. */
export type Progress =
  | { kind: 'waiting'; deadline: number }
  /** Holds; must still hold at `until`. */
  | { kind: 'settling'; until: number }
  /** Only the final reading is missing, or nothing can change the verdict any more. */
  | { kind: 'done' };

const DONE: Progress = { kind: 'done' };

/** The judge's own view of an unfinished timeline: the poller never stops on a rule of its own. */
export function progressOf(bound: BoundInvariant, readings: readonly Reading[], journeyEndAt: number): Progress {
  const timeline = timelineOf(readings, journeyEndAt);
  if (timeline.before.some((reading) => reading.denied)) return DONE;
  try {
    const goal = goalOf(bound, timeline);
    if (!goal || !isGoal(goal)) return DONE;
    const way = convergenceOf(bound, timeline, (reading) => goal.test(reading.value).ok);
    if (way.kind === 'waiting') return { kind: 'waiting', deadline: deadlineOf(bound, journeyEndAt) };
    return way.kind === 'converged' ? { kind: 'settling', until: endOf(way.since) + bound.settleMs } : DONE;
  } catch (error) {
    if (error instanceof InvalidExpectation) return DONE;
    throw error;
  }
}
