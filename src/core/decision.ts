import type { Action, ActionOutcome, Target } from './action.ts';
import type { Observation } from './observation.ts';

export const AGENTS = ['replay', 'relocate', 'builtin', 'model'] as const;
export type AgentName = (typeof AGENTS)[number];

/** A value that the step names: what may be typed. */
export interface StepValue {
  /** Variable name for `${name}`, undefined for quoted or bare text. */
  name?: string;
  secret?: boolean;
  /** The value itself; for secrets the handle `${secret:NAME}`, never the value. */
  value: string;
}

/** A sentence to carry out, as an agent sees it. It never contains invariants or secret values. */
export interface StepTask {
  index: number;
  actor: string;
  /** As written: `Invite ${invitee} as an editor`. */
  template: string;
  /** Variables resolved, secrets still handles. */
  text: string;
  tries: boolean;
  values: StepValue[];
  /** The intent's title and the sentences around this one, for context only. */
  title: string;
  before: string[];
  after: string[];
  hasMailbox: boolean;
  /** Files that may be uploaded: names beside the intent. */
  files: string[];
}

/** One past turn of this step (or of the actor's earlier steps, oldest first). */
export interface Turn {
  step: number;
  agent: AgentName;
  action: Action;
  target?: Target;
  outcome: ActionOutcome;
  /** Digest of the observation it was decided on. */
  digest: string;
  path: string;
  /** What appeared, one line each. */
  added: string[];
}

export type Decision =
  | {
      kind: 'act';
      action: Action;
      why: string;
      confidence: number;
      target?: Target;
      runnerUp?: string;
      margin?: number;
      adapted?: Adaptation /** The agent believes this completes the step. */;
      last?: boolean /** A look elsewhere, because what is wanted is not here: worth less than what the page may still show. */;
      tentative?: boolean /** What the same agent is going to do next, where it knows. */;
      next?: Action['kind'] | undefined;
    }
  | { kind: 'step-done'; why: string }
  /** Hands over to the next agent in the chain, before anything was done. */
  | { kind: 'unsure'; why: string; between?: string[]; because?: Shortfall }
  | { kind: 'give-up'; why: string; between?: string[]; because?: Shortfall };

/** Set when it was not the page that ended it: the model endpoint failed, what the intent may spend is spent, or the sentence is not recorded or says nothing. */
export type Shortfall = 'model' | 'budget' | 'sentence';

/** The way an earlier recording had to be changed to fit today's page. */
export interface Adaptation {
  kind: 'renamed' | 'moved' | 'role-changed' | 'replaced-by-steps' | 'extra-step' | 'no-longer-needed';
  from: string;
  to: string;
  /** Reads like a change note: "Invite is now under the menu More". */
  note: string;
  score?: number;
  margin?: number;
  runnerUp?: string;
}

export interface DecideInput {
  observation: Observation;
  step: StepTask;
  /** Turns of this step, oldest first. */
  turns: Turn[];
  /** Actions that the step may still take; absent, nobody counts. */
  left?: number;
  /** Turns of earlier steps by the same actor. */
  earlier: Turn[];
  /** Why the agent before handed over. */
  handedOver?: { agent: AgentName; why: string };
  signal: AbortSignal;
}

/** The port of everything that can carry a step out. A fresh instance per intent attempt. */
export interface Agent {
  readonly name: AgentName;
  decide(input: DecideInput): Promise<Decision>;
  /** Is the first thing this sentence needs the mailbox, and no page? undefined: not known, the next in the chain may know. */
  beginsInMail?(step: StepTask): boolean | undefined;
}
