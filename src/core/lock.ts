import type { ActionKind, Target } from './action.ts';
import type { Fingerprint } from './observation.ts';

/** One recorded action. Values are templates (`${invitee}`, `${secret:NAME}`) or literals that the step names. */
export interface LockedAction {
  kind: ActionKind;
  target?: Target;
  /** What is typed, chosen, pressed, opened: a template. "on"/"off" for check; a key for press; a path template for goto. */
  value?: string;
  /** Where `value` came from when it was quoted from the page or a mail: it is looked up again, never replayed as a literal. */
  from?: 'step' | 'var' | 'secret' | 'page';
  /** For drag: where it was dropped. */
  to?: Target;
  /** Path template of the page it stood on: "/orgs/:id/members". */
  page: string;
  /** State-changing requests it caused: "POST /orgs/:id/invitations". What the effect guard compares. */
  commits: string[];
  /** For relocation when role and name no longer match. */
  print?: Fingerprint;
}

export interface LockedStep {
  actor: string;
  /** The sentence as written; another sentence makes this step and all after it invalid. */
  text: string;
  actions: LockedAction[];
}

/** The actions that carried an intent out last time. Written only after its invariants passed. */
export interface Lockfile {
  version: 1;
  intent: string;
  /** Actor names with whether they had a session and a mailbox: a change invalidates. */
  actors: string[];
  steps: LockedStep[];
  /** Invariant id → usual time to converge, ms: for machines without history. */
  converges: Record<string, number>;
}
