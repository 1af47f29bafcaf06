import type { Status } from '../core/decide.ts';
import { divergenceFrom } from './divergence.ts';
import { isFootprint } from './footprint.ts';
import type { OverviewPast } from './html/overview.ts';
import type { Line } from './narrative/line.ts';
import { missedBySelection } from './missed.ts';
import { countStatuses, lastAttempt, type RunStory } from './story.ts';

type Moment = { run: string; startedAt: string; target: string };

/** What reports ask of history; `history/for-reports.ts` answers. Everything is from before the moment given. */
export interface ReportPast {
  /** Oldest first. */
  trend(before: Moment): { run: string; startedAt: string; counts: Partial<Record<Status, number>> }[];
  lastStatus(intent: string, before: Moment): Status | undefined;
  footprint(intent: string, before: Moment): unknown;
  /** The green run of a selection, on the same commit, that left the intent out. */
  leftOut?(intent: string, before: Moment & { commit: string }): string | undefined;
}

const momentOf = (story: RunStory): Moment => ({ run: story.run, startedAt: story.startedAt, target: story.target.name });

export function overviewPast(story: RunStory, past: ReportPast): OverviewPast {
  const before = momentOf(story);
  return {
    trend: [...past.trend(before), { run: story.run, startedAt: story.startedAt, counts: Object.fromEntries(countStatuses(story)) }],
    newlyRed: new Set(
      story.intents
        .filter(({ id, status }) => status !== 'passed' && status !== 'skipped' && past.lastStatus(id, before) === 'passed')
        .map(({ id }) => id),
    ),
    missed: missedBySelection(story, past),
  };
}

/** The first differences from the last green run, for what is not green; worked out once an intent. */
export function divergences(story: RunStory, past: ReportPast): (intent: string) => readonly Line[] {
  const known = new Map<string, readonly Line[]>();
  const byId = new Map(story.intents.map((intent) => [intent.id, intent]));
  return (id) => {
    const done = known.get(id);
    if (done) return done;
    const intent = byId.get(id);
    const attempt =
      intent && (intent.status === 'flaky' ? intent.attempts.findLast(({ status }) => status !== 'passed') : lastAttempt(intent));
    const footprint =
      attempt && intent.status !== 'passed' && intent.status !== 'skipped' ? past.footprint(id, momentOf(story)) : undefined;
    const lines = attempt && isFootprint(footprint) ? divergenceFrom(footprint, attempt, story) : [];
    known.set(id, lines);
    return lines;
  };
}
