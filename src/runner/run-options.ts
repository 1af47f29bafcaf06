import type { EarlyBrowser } from '../browser/early.ts';
import type { AgentName } from '../core/decision.ts';
import type { Clock } from '../core/clock.ts';
import type { Emit } from '../core/events.ts';
import type { Project } from '../core/project.ts';
import type { Redactor } from '../core/redact.ts';
import type { Model } from '../models/port.ts';
import type { Selection } from './plan.ts';
import type { Hands } from './run.ts';
import type { Sabotage } from './sabotage.ts';
import type { Env } from './scope.ts';
import type { SelectionMade } from './select/select.ts';

/** Everything a run needs from outside. The command line makes it; tests make it smaller. */
export interface RunOptions {
  project: Project;
  /** From `newRunId`. */
  run: string;
  /** Folder of this run's evidence; exists. */
  dir: string;
  target: string;
  selection: Selection;
  /** Cheapest first. */
  agents: AgentName[];
  /** Lockfiles are the only agent; a stale one blocks. */
  frozen: boolean;
  /** Lockfiles are not read. */
  fresh: boolean;
  /** After a pass the lockfile is rewritten; otherwise the change is proposed as a patch. */
  writeLocks: boolean;
  workers: number;
  retries: number;
  env: Env;
  /** Added to the environment of the target's start command. */
  startEnv: Record<string, string>;
  emit: Emit;
  redactor: Redactor;
  /** Stores bytes by content and returns the attachment's id. */
  saveAttachment(bytes: Uint8Array, type: string): Promise<string>;
  clock: Clock;
  /** A browser that is starting already; whoever made it drops it when the run has ended. */
  early?: EarlyBrowser;
  signal: AbortSignal;
  mode: string;
  ci: boolean;
  /** How to run it again, as a person would type it. */
  command: string;
  version: string;
  commit?: string;
  /** The run of CI that this is a part of. */
  whole?: string;
  /** Host of a production target, typed as a confirmation. */
  production?: string;
  /** The addresses of a name; the system's own answer when absent. */
  resolve?: (host: string) => Promise<string[]>;
  model?: Model;
  /** The model of one attempt, when something stands before it: `volatile` are the words of the attempt by name. */
  modelFor?(model: Model | undefined, volatile: Readonly<Record<string, string>>): Model | undefined;
  /** Carry the journeys out wrongly on purpose: for `prove`. Lockfiles are never written then. */
  sabotage?: Sabotage;
  /** A snapshot's file or a target's name: what differs from it takes away the passes of intents that touch it. */
  against?: string;
  /** Hands that carry attempts out on other machines; this process's own when absent. `begun` is called with where the application is. */
  fleet?(options: RunOptions, begun: (url: string) => void): Promise<Hands>;
  /** Which intents the change puts at risk; those that it does not are left out where it is applied. */
  risk?: { made: SelectionMade; applied: boolean };
  /** What is not run unless it is named, and why. */
  leftOut?: ReadonlyMap<string, string>;
  /** Learned from earlier green runs. */
  usualMs?: (intent: string) => number | undefined;
  expectedMs?: (intent: string, invariant: string) => number | undefined;
}
