import type { BoundMode, Goal } from '../finding.ts';
import { match } from '../match.ts';
import { sayExpectation } from '../say.ts';

/** Did not hold before; holds within the deadline, after the settle window and at the very end. */
export const eventuallyGoal = ({ expect }: BoundMode<'eventually'>): Goal => ({
  expected: sayExpectation(expect),
  test: (value) => match(value, expect),
});
