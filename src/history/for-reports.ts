import type { Status } from '../core/decide.ts';
import type { History, PastRun } from './store.ts';

type Moment = { run: string; startedAt: string; target: string };

const SHOWN_RUNS = 29;

/** History as the reports ask for it: what was known before a run, also when that run is told again much later. */
export function pastForReports(history: History): {
  trend(before: Moment): PastRun[];
  lastStatus(intent: string, before: Moment): Status | undefined;
  footprint(intent: string, before: Moment): unknown;
  leftOut(intent: string, before: Moment & { commit: string }): string | undefined;
} {
  const isBefore = (one: { run: string; startedAt: string }, moment: Moment): boolean =>
    one.run !== moment.run && one.startedAt < moment.startedAt;
  return {
    trend: (moment) =>
      history
        .trend({ target: moment.target, limit: 500 })
        .filter((run) => isBefore(run, moment))
        .slice(-SHOWN_RUNS),
    lastStatus: (intent, moment) =>
      history.past(intent, { target: moment.target, limit: 100 }).find((run) => isBefore(run, moment) && run.status !== 'skipped')?.status,
    leftOut(intent, moment) {
      const green = history.greenSelections();
      return history
        .past(intent, { target: moment.target, limit: 100 })
        .find((run) => isBefore(run, moment) && run.status === 'skipped' && run.commit === moment.commit && green.has(run.run))?.run;
    },
    footprint(intent, moment) {
      const footprint = history.footprint(intent, moment.target) as { run?: unknown; startedAt?: unknown } | undefined;
      const { run, startedAt } = footprint ?? {};
      return typeof run === 'string' && typeof startedAt === 'string' && isBefore({ run, startedAt }, moment) ? footprint : undefined;
    },
  };
}
