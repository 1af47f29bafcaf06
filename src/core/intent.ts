import type { ProbeQuery } from './invariant.ts';

/** Where something was written, for messages a person can click. 1-based. */
export interface Where {
  file: string;
  line: number;
  col: number;
}

export const formatWhere = (where: Where): string => `${where.file}:${where.line}:${where.col}`;

export type Priority = 'critical' | 'high' | 'normal';

/** A person in the journey: one isolated browser context. Values are templates until bound. */
export interface Actor {
  name: string;
  /** A Cookie header ("sid=…"), an object with `cookies`/`origins` as Playwright's storage state, or `headers`; or a SessionSource. */
  session?: unknown;
  /** The address whose mail this actor can open. */
  mailbox?: string;
  /** Path where this actor begins; "/" when absent. */
  start?: string;
  /** BCP 47, e.g. "de-DE". */
  locale?: string;
  viewport?: { width: number; height: number };
}

/** How a session is made when the actor needs it. */
export type SessionSource =
  | { state: string }
  | { basic: { user: string; password: string } }
  | {
      token: {
        url: string;
        method?: string;
        headers?: Record<string, string>;
        json?: unknown;
        form?: Record<string, string>;
        pick?: string;
        header?: string;
        prefix?: string;
      };
    }
  | { login: string; with?: Record<string, unknown> };

/** One sentence of the journey. `actor` is "system" for what the world does. */
export interface Step {
  actor: string;
  /** The sentence as written, `${…}` unresolved. */
  text: string;
  /** A refusal: finding no way, or being told no, is the step carried out. */
  tries: boolean;
  where: Where;
}

/** A fixture by name, under an alias whose outputs are `${alias.…}`. */
export interface FixtureUse {
  alias: string;
  fixture: string;
  with: Record<string, unknown>;
  where: Where;
}

/** An invariant by name with its parameters (templates). */
export interface InvariantUse {
  name: string;
  params: Record<string, unknown>;
  where: Where;
}

/** A business journey in plain English, with its starting state and what proves it happened. */
export interface Intent {
  /** The file's name without `.intent.yaml`. */
  id: string;
  title: string;
  why?: string;
  owner?: string;
  priority: Priority;
  touches: string[];
  watch: string[];
  /** "production": may run as a canary. */
  safe?: 'production';
  given: FixtureUse[];
  vars: Record<string, string>;
  actors: Record<string, Actor>;
  journey: Step[];
  then: InvariantUse[];
  /** Preconditions: invariants (eventually-like) that must hold before the first step. */
  requires: InvariantUse[];
  /** How long the system may take to converge after the last step, ms. */
  withinMs: number;
  /** How long what converged must stay so, ms. */
  settleMs: number;
  /** How long an `always` may be unreadable before it is undecided, ms. */
  blindMs: number;
  /** Shared resources; two holders never run at once. */
  locks: string[];
  budget: Partial<Budget>;
  /** As written; the intents of a project have a cell instead. */
  matrix?: Matrix;
  /** Which cell of a matrix this is. */
  cell?: Cell;
  where: Where;
}

/** The settings that an intent is run under: factor → its values. */
export interface Matrix {
  factors: Record<string, (string | number | boolean)[]>;
  /** "pairwise": as few cells as let every two values meet. */
  cells: 'full' | 'pairwise';
}

/** How many cells of a matrix are run: the first; as few as let every value, or every two values, be run once; all that the intent has. */
export const MATRIX_DEPTHS = ['one', 'each-value', 'pairwise', 'all'] as const;
export type MatrixDepth = (typeof MATRIX_DEPTHS)[number];

/** One cell: `of` is the intent as written, `values` are `${matrix.…}`. */
export interface Cell {
  of: string;
  values: Record<string, string | number | boolean>;
}

/** What one intent may spend. Exhausted means blocked by budget, never green. */
export interface Budget {
  actionsPerStep: number;
  modelCalls: number;
  tokens: number;
  dollars: number;
  seconds: number;
}

/** A starting state, or something the world does (`says`), with captured outputs and an undo that always runs. */
export interface Fixture {
  name: string;
  /** For system steps: the sentence it carries out, `{param}` for what varies. */
  says?: string;
  params: string[];
  do: FixtureAction[];
  undo: FixtureAction[];
  /** Asked after the undo: what it still finds was left behind. */
  leftBehind?: ProbeQuery;
  /** Output name → path into the last answer ("$.org.id", "body.org.id"), or a template. Absent: the whole JSON answer. */
  capture?: Record<string, string>;
  /** "production": does no harm there. "test": its programs, whose connections nobody here can watch, reach test systems alone. */
  safe?: 'production' | 'test';
  where: Where;
}

export type FixtureAction =
  | {
      kind: 'http';
      method: string;
      url: string;
      headers: Record<string, string>;
      json?: unknown;
      body?: string;
      expectStatus?: number[];
      as?: unknown;
      sign?: Signature;
    }
  /** On a connection that is marked as a test database; all statements in one transaction. */
  | { kind: 'sql'; on?: string; statements: string[]; with: Record<string, unknown> }
  /** Opens a link of the newest mail that fits, as its reader would. */
  | { kind: 'follow-mail'; on?: string; to: string; subject?: string; link?: string }
  /** Sends a mail to the application. */
  | { kind: 'deliver-mail'; smtp: string; from: string; to: string; subject: string; text?: string; html?: string }
  | { kind: 'command'; command: string[]; env: Record<string, string>; cwd?: string }
  | { kind: 'module'; file: string; export: string; with: Record<string, unknown> }
  | { kind: 'wait'; ms: number };

export const SIGNATURE_STYLES = ['hex', 'base64', 'prefixed', 'timestamped'] as const;

/** HMAC-SHA-256 over the body, as providers sign their webhooks: "…", "sha256=…", or "t=…,v1=…" over the time and the body. */
export interface Signature {
  secret: string;
  header: string;
  style: (typeof SIGNATURE_STYLES)[number];
}
