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
    const missed = past.find(({ status, commit, run, startedAt }) => status === 'skipped' && commit === caught.commit && startedAt <= caught.startedAt && greenSelections.has(run));
    if (missed) escapes.push({ intent, commit: caught.commit, missedBy: missed.run, caughtBy: caught.run, sentence: caught.sentence });
  }
  return escapes;
}
