import type { Where } from './intent.ts';

/** The closed set of operators an expectation may use; an unknown one is a load error. */
export const OPERATORS = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'matches',
  'exists',
  'absent',
  'count',
  'each',
  'any',
  'none',
  'between',
] as const;
export type Operator = (typeof OPERATORS)[number];

export const MODES = ['eventually', 'always', 'unchanged', 'changes', 'increases_by', 'access'] as const;
export type ModeKind = (typeof MODES)[number];

/** A question for a probe: which probe, which connection, and what. `args` may hold templates until bound. */
export interface ProbeQuery {
  probe: string;
  on?: string;
  args: Record<string, unknown>;
}

/** What must be true: YAML data with operators, the word "none" (an empty answer), or a CEL expression. */
export type Expectation = unknown;

export type Mode =
  | { kind: 'eventually'; query: ProbeQuery; expect: Expectation }
  | { kind: 'always'; query: ProbeQuery; expect: Expectation }
  | { kind: 'unchanged'; query: ProbeQuery }
  | { kind: 'changes'; query: ProbeQuery; from: Expectation; to: Expectation }
  | { kind: 'increases_by'; query: ProbeQuery; by: number }
  | { kind: 'access'; mayNot: AccessTry; may: AccessTry; unchanged?: ProbeQuery };

/** One side of an access check: the same request, as somebody. `as` is an actor's name or a session. */
export interface AccessTry {
  as: unknown;
  request: Record<string, unknown>;
}

/** A named invariant as written. */
export interface Invariant {
  name: string;
  says: string;
  params: string[];
  mode: Mode;
  withinMs?: number;
  settleMs?: number;
  blindMs?: number;
  where: Where;
}

/** An invariant with every template resolved: all the oracle needs, and all that is journalled for a recheck. */
export interface BoundInvariant {
  /** Unique within the intent: the name, and "#2" when it is used again. */
  id: string;
  name: string;
  says: string;
  mode: Mode;
  withinMs: number;
  settleMs: number;
  blindMs: number;
  /** Usual time to converge, learned from earlier green runs. */
  expectedMs?: number;
  /** True for invariants every journey has by default (no 5xx, no uncaught exception). */
  builtin: boolean;
  where?: Where;
}

/** When in the intent's life a reading was taken. */
export type ReadingPhase = 'baseline' | 'watch' | 'poll' | 'settle' | 'final';

/** What a probe returned, when; or why it could not be read. */
export interface Reading {
  /** Milliseconds since the intent's first baseline reading began, monotonic. */
  at: number;
  phase: ReadingPhase;
  /** How long the read took, ms. */
  ms: number;
  /** Plain JSON. Absent when unreadable. */
  value?: unknown;
  unreadable?: string;
  /** The backend refused our credentials: not something to poll. */
  denied?: boolean;
  /** Where the backend says more about itself: request id, status. */
  note?: string;
}

export type VerdictStatus = 'held' | 'violated' | 'undecided';

/** Why a verdict is what it is: a closed set, so that narrative and triage need no parsing of prose. */
export type VerdictReason =
  | 'converged'
  | 'never-violated'
  | 'same-before-and-after'
  | 'refused-with-control'
  | 'already-true'
  | 'did-not-converge'
  | 'did-not-stay'
  | 'violated-during'
  | 'changed'
  | 'wrong-start'
  | 'wrong-increase'
  | 'access-granted'
  | 'control-refused'
  | 'state-touched'
  | 'unreadable'
  | 'denied'
  | 'blind-too-long'
  | 'no-readings'
  | 'invalid-expectation';

export interface Verdict {
  /** BoundInvariant.id */
  invariant: string;
  name: string;
  says: string;
  mode: ModeKind;
  status: VerdictStatus;
  reason: VerdictReason;
  /** Held, but it held before the first step too: it proves nothing. */
  vacuous: boolean;
  /** An idle agent would not have got this: false before and true after, or a refusal proven with its control. */
  flipped: boolean;
  builtin: boolean;
  /** In words and values, for people. */
  expected: string;
  found: string;
  /** The differences, one line each: "[0].role: expected editor, found viewer". */
  diff: string[];
  /** The last readable value, capped. */
  value?: unknown;
  readings: number;
  unreadable: number;
  /** Since the end of the journey, ms; absent when it never converged. */
  convergedMs?: number;
  /** Time without any reading, where an `always` could not be watched, ms. */
  blindMs: number;
  /** `at` of the reading that decided it. */
  decidedAt?: number;
  where?: Where;
}
