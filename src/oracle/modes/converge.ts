import { formatDuration } from '../../core/duration.ts';
import type { BoundInvariant, VerdictReason } from '../../core/invariant.ts';
import { denied, type Finding, type Goal, undecided } from '../finding.ts';
import { sayValue } from '../say.ts';
import { endOf, finalOf, isReadable, type Readable, type Timeline, whyUnreadable } from '../timeline.ts';
import { convergenceOf } from './convergence.ts';
import { goalOf, isGoal } from './goal.ts';

/** `eventually`, `changes` and `increases_by` share this: not so before, so within the deadline, still so after the settle window and at the very end. */
export function judgeConvergence(bound: BoundInvariant, timeline: Timeline): Finding {
  const refusal = timeline.before.find((reading) => reading.denied);
  if (refusal) return denied(refusal);
  const goal = goalOf(bound, timeline);
  if (!goal || !isGoal(goal)) return goal ?? undecided('invalid-expectation', `${bound.mode.kind} does not wait for anything`);
  const finding = afterTheJourney(bound, timeline, goal);
  return { expected: goal.expected, ...(finding.status === 'held' ? withBaseline(timeline, goal, finding) : finding) };
}

function afterTheJourney(bound: BoundInvariant, timeline: Timeline, goal: Goal): Finding {
  const way = convergenceOf(bound, timeline, (reading) => goal.test(reading.value).ok);
  const journeyEndAt = timeline.journeyEndAt ?? 0;
  const after = (reading: Readable) => formatDuration(reading.at - journeyEndAt);
  switch (way.kind) {
    case 'denied':
      return denied(way.by);
    case 'missed':
      return {
        ...violated(goal, way.by, 'did-not-converge'),
        found: `${sayValue(way.by.value)}${way.late ? `; it held ${after(way.late)} after the journey, later than the ${formatDuration(bound.withinMs)} allowed` : ''}`,
      };
    case 'broken':
      return {
        ...violated(goal, way.by, 'did-not-stay'),
        found: `${sayValue(way.by.value)}, although it held ${after(way.since)} after the journey`,
        convergedMs: way.since.at - journeyEndAt,
      };
    case 'unknown': {
      const late = way.late
        ? `; it was first seen to hold ${after(way.late)} after the journey, later than the ${formatDuration(bound.withinMs)} allowed`
        : '';
      return way.last
        ? undecided('unreadable', `could not be read at its deadline: ${whyUnreadable(way.last)}${late}`, way.last)
        : undecided('no-readings', `it was not read at its deadline${late}`, way.late);
    }
    case 'waiting': {
      if (timeline.journeyEndAt === undefined) return undecided('no-readings', 'the journey’s end was not recorded');
      if (!way.last) return undecided('no-readings', 'it was not read after the journey');
      return isReadable(way.last)
        ? undecided('no-readings', `${sayValue(way.last.value)}, but it was not watched until its deadline`, way.last)
        : undecided('unreadable', `could not be read: ${whyUnreadable(way.last)}`, way.last);
    }
    case 'converged': {
      const final = finalOf(timeline, endOf(way.since) + bound.settleMs);
      if ('missing' in final)
        return { ...undecided(final.missing, `it held, but ${final.why}`, final.reading), convergedMs: way.since.at - journeyEndAt };
      return {
        status: 'held',
        reason: 'converged',
        found: sayValue(final.reading.value),
        convergedMs: way.since.at - journeyEndAt,
        by: final.reading,
      };
    }
  }
}

function violated(goal: Goal, by: Readable, reason: VerdictReason): Finding {
  return {
    status: 'violated',
    reason: goal.reasonFor?.(by.value, reason) ?? reason,
    found: sayValue(by.value),
    diff: goal.test(by.value).diff,
    by,
  };
}

/** What held after the journey proves something only when it is known not to have held before. */
function withBaseline(timeline: Timeline, goal: Goal, finding: Finding): Finding {
  const readable = timeline.before.filter(isReadable);
  if (readable.some((reading) => goal.test(reading.value).ok)) return { ...finding, reason: 'already-true', vacuous: true };
  if (readable.length > 0) return { ...finding, flipped: true };
  const unread = timeline.before.at(-1);
  return {
    ...undecided(
      unread ? 'unreadable' : 'no-readings',
      `${finding.found}, but nothing shows that it was not so before the first step: ${unread ? `it could not be read then (${whyUnreadable(unread)})` : 'it was not read then'}`,
      unread ?? finding.by,
    ),
    convergedMs: finding.convergedMs,
  };
}
