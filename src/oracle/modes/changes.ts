import type { BoundMode, Finding, Goal } from '../finding.ts';
import { match } from '../match.ts';
import { sayExpectation, sayValue } from '../say.ts';
import { isReadable, type Timeline } from '../timeline.ts';

/** One value before the first step, another after the journey. A wrong start decides at once. */
export function changesGoal({ from, to }: BoundMode<'changes'>, timeline: Timeline): Goal | Finding {
  const expected = `from ${sayExpectation(from)} to ${sayExpectation(to)}`;
  const start = timeline.before.findLast(isReadable);
  const began = start && match(start.value, from);
  if (start && began && !began.ok) {
    return {
      status: 'violated',
      reason: 'wrong-start',
      expected,
      found: `${sayValue(start.value)} before the first step`,
      diff: began.diff,
      by: start,
    };
  }
  return { expected, test: (value) => match(value, to) };
}
