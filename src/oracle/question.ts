import type { BoundInvariant, ProbeQuery, Reading, ReadingPhase } from '../core/invariant.ts';
import { canonical } from './equal.ts';

/** One invariant and everything that was read of it. */
export interface Tracked {
  readonly bound: BoundInvariant;
  readonly readings: Reading[];
}

/** What several invariants want to know is asked once: they share the question and its readings. */
export interface Question {
  readonly query: ProbeQuery;
  readonly tracked: readonly Tracked[];
}

/** The questions of a set of invariants, each once. `access` asks in its own way and has none. */
export function questionsOf(tracked: readonly Tracked[]): Question[] {
  const questions = new Map<string, { query: ProbeQuery; tracked: Tracked[] }>();
  for (const one of tracked) {
    const { mode } = one.bound;
    if (mode.kind === 'access') continue;
    const key = canonical(mode.query);
    const question = questions.get(key) ?? { query: mode.query, tracked: [] };
    question.tracked.push(one);
    questions.set(key, question);
  }
  return [...questions.values()];
}

/** Not asked again once the backend refused to answer. */
export const isRefused = (tracked: Tracked): boolean => tracked.readings.some((reading) => reading.denied);

export const isConverging = ({ bound }: Tracked): boolean =>
  bound.mode.kind === 'eventually' || bound.mode.kind === 'changes' || bound.mode.kind === 'increases_by';

export const isWatched = ({ bound }: Tracked): boolean => bound.mode.kind === 'always';

/** What takes readings and notes them down; the only way to a reading. */
export type Take = (question: Question, phase: ReadingPhase, limitMs?: number) => Promise<Reading | undefined>;
