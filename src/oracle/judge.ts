import { shortened } from '../core/shorten.ts';
import type { BoundInvariant, Reading, Verdict } from '../core/invariant.ts';
import { type Finding, undecided } from './finding.ts';
import { InvalidExpectation } from './invalid-expectation.ts';
import { judgeAccess } from './modes/access.ts';
import { judgeAlways } from './modes/always.ts';
import { judgeConvergence } from './modes/converge.ts';
import { judgeUnchanged } from './modes/unchanged.ts';
import { sayGoal } from './say-goal.ts';
import { isReadable, type Timeline, timelineOf } from './timeline.ts';

/**
 * The verdict on one invariant, a pure function of what was read. `journeyEndAt` is on the clock of `Reading.at`;
 * undefined when the journal breaks off before the journey's end.
 */
export function judgeReadings(bound: BoundInvariant, readings: Reading[], journeyEndAt: number | undefined): Verdict {
  const timeline = timelineOf(readings, journeyEndAt);
  return verdictOf(
    bound,
    readings,
    guarded(() => findingOf(bound, timeline)),
  );
}

/** What a mode found, as a verdict for everybody else. */
export function verdictOf(bound: BoundInvariant, readings: readonly Reading[], finding: Finding): Verdict {
  const value = readings.findLast(isReadable)?.value;
  return {
    invariant: bound.id,
    name: bound.name,
    says: bound.says,
    mode: bound.mode.kind,
    status: finding.status,
    reason: finding.reason,
    vacuous: finding.vacuous ?? false,
    flipped: finding.flipped ?? false,
    builtin: bound.builtin,
    expected: finding.expected ?? sayGoal(bound.mode),
    found: finding.found,
    diff: finding.diff ?? [],
    ...(value === undefined ? {} : { value: shortened(value) }),
    readings: readings.length,
    unreadable: readings.filter((reading) => !isReadable(reading)).length,
    ...(finding.convergedMs === undefined ? {} : { convergedMs: finding.convergedMs }),
    blindMs: finding.blindMs ?? 0,
    ...(finding.by === undefined ? {} : { decidedAt: finding.by.at }),
    ...(bound.where === undefined ? {} : { where: bound.where }),
  };
}

function findingOf(bound: BoundInvariant, timeline: Timeline): Finding {
  switch (bound.mode.kind) {
    case 'eventually':
    case 'changes':
    case 'increases_by':
      return judgeConvergence(bound, timeline);
    case 'always':
      return judgeAlways({ ...bound, mode: bound.mode }, timeline);
    case 'unchanged':
      return judgeUnchanged({ ...bound, mode: bound.mode }, timeline);
    case 'access':
      return judgeAccess({ ...bound, mode: bound.mode }, timeline);
  }
}

/** An expectation that cannot be tested decides nothing, whatever was read. */
export function guarded(judge: () => Finding): Finding {
  try {
    return judge();
  } catch (error) {
    if (error instanceof InvalidExpectation) return undecided('invalid-expectation', error.message);
    throw error;
  }
}
