import type { Doubt } from './doubt.ts';
import type { Verdict } from './invariant.ts';

export const STATUSES = ['passed', 'flaky', 'unproven', 'blocked', 'failed', 'errored', 'skipped'] as const;
export type Status = (typeof STATUSES)[number];

export const CAUSES = ['product', 'interface-changed', 'environment', 'fixture', 'agent', 'model', 'budget', 'spec'] as const;
export type Cause = (typeof CAUSES)[number];

/** What became of the journey itself, whatever the backend says. */
export type Conduct =
  | { kind: 'carried-out' }
  /** The agent gave up, its budget ended, or a commit was ambiguous. */
  | { kind: 'blocked'; why: string; by: 'gave-up' | 'budget' | 'ambiguous-commit' | 'stale-lockfile' | 'ambiguous-target' | 'error-page' }
  /** A fault of the harness, browser, model endpoint, fixture or probe. */
  | { kind: 'errored'; why: string; by: 'harness' | 'spec' | 'browser' | 'model' | 'fixture' | 'environment' | 'probe' }
  | { kind: 'not-reached'; why: string };

export type DecideReason =
  | 'all-proven'
  | 'no-invariants'
  | 'vacuous'
  | 'nothing-flipped'
  | 'precondition-unmet'
  | 'unlike-production'
  | 'in-doubt'
  | 'violated-always'
  | 'violated'
  | 'undecided'
  | 'not-carried-out'
  | 'held-without-journey'
  | 'fault'
  | 'not-reached';

/**
 * The status of an intent. The only place in the product where one is decided, and the only road to "passed":
 * the journey was carried out, every verdict held, none was vacuous, and at least one was false before and true after.
 * `unlike`: systems that the intent touches and that are not, or not known to be, as in the environment it is to speak for. It only takes a pass away,
 * and so do `doubts`: that somebody else did it, or that what was only tried was not refused.
 */
export function decide(
  verdicts: readonly Verdict[],
  conduct: Conduct,
  preconditionsMet = true,
  unlike: readonly unknown[] = [],
  doubts: readonly Doubt[] = [],
): { status: Exclude<Status, 'flaky'>; reason: DecideReason } {
  if (conduct.kind === 'not-reached') return { status: 'skipped', reason: 'not-reached' };
  const violated = verdicts.filter((verdict) => verdict.status === 'violated');
  if (violated.some((verdict) => verdict.mode !== 'eventually' && verdict.mode !== 'changes' && verdict.mode !== 'increases_by')) {
    return { status: 'failed', reason: 'violated-always' };
  }
  if (conduct.kind === 'errored') return { status: 'errored', reason: 'fault' };
  const blocked = conduct.kind === 'blocked';
  if (violated.length > 0) return blocked ? { status: 'blocked', reason: 'not-carried-out' } : { status: 'failed', reason: 'violated' };
  if (verdicts.some((verdict) => verdict.status === 'undecided'))
    return blocked ? { status: 'blocked', reason: 'not-carried-out' } : { status: 'errored', reason: 'undecided' };
  if (blocked) return { status: 'blocked', reason: verdicts.length > 0 ? 'held-without-journey' : 'not-carried-out' };
  if (!preconditionsMet) return { status: 'unproven', reason: 'precondition-unmet' };
  if (verdicts.length === 0) return { status: 'unproven', reason: 'no-invariants' };
  if (verdicts.some((verdict) => verdict.vacuous)) return { status: 'unproven', reason: 'vacuous' };
  if (!verdicts.some((verdict) => verdict.flipped)) return { status: 'unproven', reason: 'nothing-flipped' };
  if (doubts.some(({ kind }) => kind !== 'others-too')) return { status: 'unproven', reason: 'in-doubt' };
  if (unlike.length > 0) return { status: 'unproven', reason: 'unlike-production' };
  return { status: 'passed', reason: 'all-proven' };
}

/** Exit code of a whole run: 3 wins over 1, an empty run never passes. */
export function exitCodeOf(statuses: readonly Status[]): 0 | 1 | 3 {
  if (statuses.includes('errored')) return 3;
  if (statuses.length === 0 || !statuses.every((status) => status === 'passed' || status === 'flaky')) return 1;
  return 0;
}
