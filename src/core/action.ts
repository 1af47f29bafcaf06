/** Where a typed value comes from. Nothing else can be typed: no free values. */
export type ValueRef =
  | { from: 'step'; text: string }
  | { from: 'var'; name: string }
  | { from: 'secret'; name: string }
  /** Quoted from a passage of the page or a mail (a code, a cell), word for word. */
  | { from: 'page'; text: string };

/** The closed set of things an actor can do. `target` is a Candidate.id of the observation it was decided on. */
export type Action =
  | { kind: 'click'; target: number; button?: 'left' | 'right'; double?: boolean }
  | { kind: 'fill'; target: number; value: ValueRef }
  | { kind: 'select'; target: number; option: ValueRef }
  | { kind: 'check'; target: number; on: boolean }
  | { kind: 'press'; key: string; target?: number }
  | { kind: 'hover'; target: number }
  | { kind: 'upload'; target: number; file: string }
  | { kind: 'drag'; target: number; to: number }
  | { kind: 'slide'; target: number; value: ValueRef }
  | { kind: 'scroll'; direction: 'down' | 'up'; target?: number }
  | { kind: 'back' }
  | { kind: 'reload' }
  | { kind: 'goto'; path: string }
  | { kind: 'tab'; index: number }
  | { kind: 'dialog'; accept: boolean; text?: ValueRef }
  /** Open a link of one of the actor's own mails. */
  | { kind: 'mail'; mail: string; link: number }
  /** Look into the mailbox: waits, bounded, for mail that was not there yet. */
  | { kind: 'read-mail' }
  /** Wait, bounded, until the page shows something new (or this text). */
  | { kind: 'wait'; text?: string };

export type ActionKind = Action['kind'];

/** What an action may do to the world by its nature; what it did do is in the request ledger. */
export const ACTION_EFFECT: Record<ActionKind, 'read' | 'write'> = {
  click: 'write',
  fill: 'read',
  select: 'read',
  check: 'read',
  press: 'write',
  hover: 'read',
  upload: 'write',
  drag: 'write',
  slide: 'read',
  scroll: 'read',
  back: 'read',
  reload: 'read',
  goto: 'read',
  tab: 'read',
  dialog: 'write',
  mail: 'write',
  'read-mail': 'read',
  wait: 'read',
};

/** The element an action addressed, told so that it can be found again without a selector. */
export interface Target {
  role: string;
  name: string;
  /** Landmark, dialog, row, group, frame: what makes it unique. */
  row?: string;
  dialog?: string;
  group?: string;
  landmark?: string;
  frame?: string;
  heading?: string;
}

/** A request an action or a page caused, as the ledger saw it. */
export interface RequestSeen {
  id: number;
  method: string;
  /** Origin and path; the query's values are cut. */
  url: string;
  /** Path with ids replaced: "/orgs/:id/members". */
  template: string;
  status?: number;
  ms?: number;
  /** "document", "fetch", "xhr", "form", "other" … */
  kind: string;
  /** Method and destination say that it may change state (not GET/HEAD/OPTIONS, own origin, not telemetry). */
  changes: boolean;
  failed?: string;
  /** Belongs to the application's own origins. */
  own: boolean;
}

/** What came of an action. */
export interface ActionOutcome {
  ok: boolean;
  /** One line, no stack; absent when ok. */
  error?: string;
  /** The target was not there, was replaced, was covered, or was disabled. */
  miss?: 'gone' | 'replaced' | 'covered' | 'disabled' | 'not-editable' | 'no-option' | 'refused';
  requests: RequestSeen[];
  /** Dialogs that were answered for the actor, downloads, popups, refused hosts: one line each. */
  events: string[];
  navigated: boolean;
  ms: number;
}

/** Where something stands in a picture of a page, CSS pixels: [left, top, width, height], and the size of what is seen of the page. */
export interface Outline {
  box: [number, number, number, number];
  view: [number, number];
}
