import type { Cause, Status } from '../core/decide.ts';

/** What history keeps of a run. */
export interface RunRecord {
  run: string;
  /** ISO 8601. */
  startedAt: string;
  target: string;
  /** How the run was asked for: "local", "ci", "demo" … */
  mode: string;
  commit?: string;
  exitCode: number;
  durationMs: number;
  interrupted?: string;
  /** True when the run was a selection of the intents there are. */
  partial?: boolean;
  intents: IntentRecord[];
}

export interface IntentRecord {
  id: string;
  title: string;
  status: Status;
  cause?: Cause;
  sentence: string;
  durationMs: number;
  attempts: number;
  adaptations: { step: number; note: string; agent: string }[];
  invariants: { id: string; status: 'held' | 'violated' | 'undecided'; convergedMs?: number; withinMs?: number }[];
  /** What a selection said of it: applied to this run, or measured beside it. */
  selection?: { base: string; applied: boolean; chosen: boolean; risk: number; why: string };
  /** JSON that the next red run is compared with; only of intents that passed. */
  footprint?: unknown;
}
