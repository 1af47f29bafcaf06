import type { PastIntent } from './store.ts';

/** A red that a fuller run caught on a commit on which a selection had been green without it. */
export interface Escape {
  intent: string;
  commit: string;
  /** The run that was green because it did not ask. */
  missedBy: string;
  caughtBy: string;
  sentence: string;
}

const RED = new Set(['failed', 'blocked', 'errored', 'unproven']);

/** Parity escapes of one intent: what the nightly run caught that the pull request's selection had left out. Pure. */
export function escapesOf(intent: string, past: readonly PastIntent[], greenSelections: ReadonlySet<string>): Escape[] {
  const escapes: Escape[] = [];
  for (const caught of past) {
    if (!RED.has(caught.status) || caught.commit === undefined) continue;
    const missed = past.find(
      ({ status, commit, run, startedAt }) =>
        status === 'skipped' && commit === caught.commit && startedAt <= caught.startedAt && greenSelections.has(run),
    );
    if (missed) escapes.push({ intent, commit: caught.commit, missedBy: missed.run, caughtBy: caught.run, sentence: caught.sentence });
  }
  return escapes;
}

/** How well selections did, by the runs of everything that measured them. */
export interface EscapeRate {
  /** Reds that began in a measured run: green in the run before, red in this one. */
  reds: number;
  /** Those of them that the selection would have left out. */
  escaped: Escape[];
  /** Runs that measured. */
  runs: number;
  /** Month ("2026-11") → reds and escapes. */
  months: Record<string, { reds: number; escaped: number }>;
}

interface MeasuredPast {
  intents(): string[];
  selections(intent: string, options?: { target?: string }): readonly (PastIntent & { base: string; applied: boolean; chosen: boolean })[];
  past(intent: string, options?: { target?: string; limit?: number }): readonly PastIntent[];
  greenSelections(): ReadonlySet<string>;
}

/** What selection missed: measured by runs of everything, and by what a fuller run caught on the commit of a green selection. */
export function escapeRate(history: MeasuredPast, options: { target?: string } = {}): EscapeRate {
  const rate: EscapeRate = { reds: 0, escaped: [], runs: 0, months: {} };
  const runs = new Set<string>();
  const green = history.greenSelections();
  for (const intent of history.intents()) {
    const past = history.past(intent, { ...options, limit: 1000 });
    const told = new Set<string>();
    for (const measured of history.selections(intent, options)) {
      if (measured.applied) continue;
      runs.add(measured.run);
      const before = past.find(({ startedAt, status }) => startedAt < measured.startedAt && status !== 'skipped');
      if (!RED.has(measured.status) || before === undefined || RED.has(before.status)) continue;
      count(rate, measured, !measured.chosen);
      told.add(measured.run);
      if (!measured.chosen)
        rate.escaped.push({
          intent,
          commit: measured.commit ?? '',
          missedBy: `the selection since ${measured.base}`,
          caughtBy: measured.run,
          sentence: measured.sentence,
        });
    }
    for (const escape of escapesOf(intent, past, green)) {
      if (told.has(escape.caughtBy)) continue;
      told.add(escape.caughtBy);
      count(rate, past.find(({ run }) => run === escape.caughtBy)!, true);
      rate.escaped.push(escape);
    }
  }
  return { ...rate, runs: runs.size };
}

function count(rate: EscapeRate, { startedAt }: PastIntent, escaped: boolean): void {
  const month = (rate.months[startedAt.slice(0, 7)] ??= { reds: 0, escaped: 0 });
  rate.reds += 1;
  month.reds += 1;
  if (escaped) month.escaped += 1;
}
