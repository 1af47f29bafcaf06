import type { BoundInvariant, Reading } from '../core/invariant.ts';
import { InvalidExpectation } from './invalid-expectation.ts';
import { goalOf, isGoal } from './modes/goal.ts';
import { endOf, isReadable, timelineOf } from './timeline.ts';

/** Whether what an invariant waits for was already so, in a reading that was over before `at`, on the readings' clock. Pure. */
export function heldBefore(bound: BoundInvariant, readings: readonly Reading[], at: number): boolean {
  try {
    const goal = goalOf(bound, timelineOf(readings, undefined));
    return (
      goal !== undefined &&
      isGoal(goal) &&
      readings.some((reading) => reading.phase !== 'baseline' && endOf(reading) <= at && isReadable(reading) && goal.test(reading.value).ok)
    );
  } catch (error) {
    if (error instanceof InvalidExpectation) return false;
    throw error;
  }
}
