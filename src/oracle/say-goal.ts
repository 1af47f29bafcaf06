import type { Mode } from '../core/invariant.ts';
import { sayExpectation } from './say.ts';

/** What a mode expects, when no reading can say it better. */
export function sayGoal(mode: Mode): string {
  switch (mode.kind) {
    case 'eventually':
    case 'always':
      return sayExpectation(mode.expect);
    case 'unchanged':
      return 'the same as before the first step';
    case 'changes':
      return `from ${sayExpectation(mode.from)} to ${sayExpectation(mode.to)}`;
    case 'increases_by':
      return `increases by ${mode.by}`;
    case 'access':
      return 'refused to one, accepted from the other';
  }
}
