import type { BoundInvariant, Mode, ModeKind, Reading, VerdictReason, VerdictStatus } from '../core/invariant.ts';
import type { Match } from './match.ts';
import { type Timeline, whyUnreadable } from './timeline.ts';

export type BoundMode<K extends ModeKind> = Extract<Mode, { kind: K }>;

/** What a temporal mode concludes; the rest of a verdict is the same for all modes. */
export interface Finding {
  status: VerdictStatus;
  reason: VerdictReason;
  found: string;
  expected?: string;
  diff?: string[];
  vacuous?: boolean;
  flipped?: boolean;
  convergedMs?: number;
  blindMs?: number;
  /** The reading that decided it. */
  by?: Reading;
}

/** What a mode that waits for a state waits for. */
export interface Goal {
  expected: string;
  test(value: unknown): Match;
  /** Why a value that does not hold is wrong, where the mode knows better than "did not converge". */
  reasonFor?(value: unknown, otherwise: VerdictReason): VerdictReason;
}

/** A temporal mode that is judged by the whole timeline at once. Pure. */
export type Judge<K extends ModeKind> = (bound: BoundInvariant & { mode: BoundMode<K> }, timeline: Timeline) => Finding;

export const undecided = (reason: VerdictReason, found: string, by?: Reading): Finding => ({ status: 'undecided', reason, found, by });

export const denied = (reading: Reading): Finding => undecided('denied', `could not be read: ${whyUnreadable(reading)}`, reading);
