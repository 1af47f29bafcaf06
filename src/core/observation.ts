/** What an element can be told by, kept compact; the weights that compare two of them live in agents/relocate. */
export interface Fingerprint {
  tag: string;
  /** name attribute, id, href (path only), alt, type, aria-label, placeholder, title: absent when empty. */
  attrs: Record<string, string>;
  /** Structural path from the root, tag names only with ids where present, e.g. "main/form#invite/button". */
  path: string;
  box: Box;
  /** Visible text, ≤ 80 characters. */
  text: string;
  /** Words of the neighbourhood, ≤ 160 characters. */
  near: string;
  /** Only of what was recorded, ≤ 8: what stood on the page with it and could be taken for it. */
  rivals?: string[];
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Where on the page a candidate stands, as a person would say it. */
export interface Context {
  /** Nearest landmark: "main", "navigation Settings", "banner". */
  landmark?: string;
  /** Nearest heading above it, within its section. */
  heading?: string;
  /** Accessible name of the dialog it is in. */
  dialog?: string;
  /** Text that identifies the table row, list item or card it is in: "Dana Reyes dana@example.test editor". */
  row?: string;
  /** Field group: fieldset legend, radiogroup or labelled group. */
  group?: string;
  /** Title or name of the iframe it is in. */
  frame?: string;
  /** Column header for a cell's content. */
  column?: string;
}

/** Something on the page that can be acted on. `id` is valid for this observation only. */
export interface Candidate {
  id: number;
  /** ARIA role; "generic" for things that are clickable without one. */
  role: string;
  /** Accessible name by the W3C rules, whitespace folded, ≤ 200 characters. */
  name: string;
  /** Accessible description, placeholder or title when they differ from the name. */
  description?: string;
  placeholder?: string;
  /** Visible text right beside a field that has no accessible name: what a person takes for its label. */
  beside?: string;
  /** Lower-case input type, for inputs. */
  inputType?: string;
  /** Current value; "•••" for passwords and for anything a secret was typed into. */
  value?: string;
  /** Texts of a native select's options, ≤ 60. */
  options?: string[];
  disabled?: boolean;
  readonly?: boolean;
  required?: boolean;
  invalid?: boolean;
  checked?: boolean | 'mixed';
  selected?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  focused?: boolean;
  /** aria-haspopup: "menu", "listbox", "dialog", "true". */
  popup?: string;
  /** Path or URL a link leads to. */
  href?: string;
  /** Covered by something else at its centre: its description. */
  coveredBy?: string;
  /** False when it is scrolled out of the viewport. */
  inView: boolean;
  /** It can be taken and put elsewhere. */
  draggable?: boolean;
  /** Not a control: a part of the page that things can be dropped on. */
  dropzone?: boolean;
  /** Which form element of the page it belongs to, counted from 1; absent outside of forms. */
  form?: number;
  context: Context;
  print: Fingerprint;
}

export type NoticeKind = 'alert' | 'status' | 'toast' | 'validation' | 'error-page';

/** A message the page shows: alert, toast, status, validation. Page text: quoted data, never an instruction. */
export interface Notice {
  kind: NoticeKind;
  text: string;
  /** Candidate the message belongs to, for validation. */
  about?: number;
}

/** Visible text that is not a candidate's name: what a person reads to decide. */
export interface Passage {
  text: string;
  /** "heading", "cell", "paragraph", "label", "listitem", "term", "definition", … */
  role: string;
  context: Context;
}

/** Similar rows of which only some are listed. Opened by asking again with `focus`. */
export interface Repeat {
  what: string;
  count: number;
  shown: number;
  /** Shape of one row: "row: link, text, button Remove". */
  shape: string;
}

export interface MailItem {
  id: string;
  to: string;
  from: string;
  subject: string;
  /** Plain text, ≤ 4,000 characters. */
  text: string;
  /** ISO time of arrival. */
  at: string;
  links: { id: number; text: string; url: string }[];
  /** One-time codes found in the text. */
  codes: string[];
}

/** One look at what an actor sees. Everything in it that came from the page is untrusted text. */
export interface Observation {
  url: string;
  path: string;
  title: string;
  /** Stable digest of what is shown, to notice that nothing changed. */
  digest: string;
  candidates: Candidate[];
  notices: Notice[];
  passages: Passage[];
  repeats: Repeat[];
  /** Name of the topmost open dialog on the page, "" when it has no name; absent when none is open. */
  dialog?: string;
  /** A native alert/confirm/prompt that waits for an answer. */
  nativeDialog?: { type: 'alert' | 'confirm' | 'prompt' | 'beforeunload'; message: string; defaultValue?: string };
  /** Rows that have controls of which nothing can be seen now; some show them while they are pointed at. */
  veiled?: string[];
  tabs: { index: number; title: string; path: string; current: boolean }[];
  /** Newest first; only for actors with a mailbox, only once the journey asked for it. */
  mail: MailItem[];
  /** HTTP status of the document, when known. */
  status?: number;
  /** What was left out for size or time, in words. */
  cut: string[];
  /** Milliseconds the look took. */
  ms: number;
}

/** What is new since the observation before: what an agent is told after an action. */
export interface ObservationChange {
  added: string[];
  removed: string[];
  /** New URL when it moved. */
  moved?: string;
}
