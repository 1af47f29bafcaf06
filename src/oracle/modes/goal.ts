import type { BoundInvariant } from '../../core/invariant.ts';
import type { Finding, Goal } from '../finding.ts';
import type { Timeline } from '../timeline.ts';
import { changesGoal } from './changes.ts';
import { eventuallyGoal } from './eventually.ts';
import { increasesByGoal } from './increases-by.ts';

/** What a converging mode waits for; a finding when the baseline already decides; undefined for the modes that do not wait. */
export function goalOf(bound: BoundInvariant, timeline: Timeline): Goal | Finding | undefined {
  switch (bound.mode.kind) {
    case 'eventually':
      return eventuallyGoal(bound.mode);
    case 'changes':
      return changesGoal(bound.mode, timeline);
    case 'increases_by':
      return increasesByGoal(bound.mode, timeline);
    case 'always':
    case 'unchanged':
    case 'access':
      return undefined;
  }
}

export const isGoal = (goal: Goal | Finding): goal is Goal => 'test' in goal;
