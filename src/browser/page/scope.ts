import type { Clip } from './clip.ts';
import { cut, fold, referred, roughText } from './dom.ts';
import { contentOf, nameOf, shownName } from './names.ts';
import type { Context } from '../../core/observation.ts';

/** What the walk knows about where it is; one object a level, sharing what did not change. */
export interface Scope {
  landmark?: string;
  dialog?: string;
  group?: string;
  column?: string;
  /** Row, list item or card: its text is read only when something in it is told. */
  row?: Element;
  /** Shared by everything in one section: the last heading passed. */
  heading: { text?: string };
  /** The control this is inside of: what is in it is its content, not a control of its own. */
  control?: Element;
  /** That control is one only by how it behaves: another may be in it. */
  loose?: boolean;
  /** The mouse pointer is already a hand further up. */
  hand: boolean;
  /** Faded out by an ancestor. */
  faded: boolean;
  disabled: boolean;
  clip?: Clip;
  /** Area of which an ancestor shows only a part that scrolls. */
  port?: Clip;
  /** Role that text here has for a reader. */
  textRole: string;
}

const LANDMARKS = new Set(['banner', 'complementary', 'contentinfo', 'form', 'main', 'navigation', 'region', 'search']);
const GROUPS = new Set(['group', 'radiogroup', 'tablist', 'toolbar', 'menu', 'menubar', 'listbox', 'tree', 'tabpanel']);
const TEXT_ROLES: Record<string, string> = {
  heading: 'heading',
  cell: 'cell',
  gridcell: 'cell',
  columnheader: 'columnheader',
  rowheader: 'rowheader',
  listitem: 'listitem',
  term: 'term',
  definition: 'definition',
  caption: 'caption',
  code: 'code',
  paragraph: 'paragraph',
  blockquote: 'paragraph',
  status: 'status',
  alert: 'alert',
};

/** Scope for what is inside `element`. Returns the same object when nothing changes. */
export function enter(element: Element, role: string, scope: Scope): Scope {
  const tag = element.localName;
  let next = scope;
  const change = (): Scope => (next === scope ? (next = { ...scope }) : next);
  if (LANDMARKS.has(role)) {
    const name = nameOf(element);
    change().landmark = name ? `${role} ${cut(name, 60)}` : role;
    next.heading = { text: scope.heading.text };
  } else if (role === 'dialog' || role === 'alertdialog') {
    change().dialog = dialogName(element);
    next.heading = {};
    delete next.row;
    delete next.group;
    delete next.column;
  } else if (GROUPS.has(role)) {
    const name = nameOf(element);
    if (name) change().group = cut(name, 80);
  } else if (role === 'article' || tag === 'section' || role === 'row' || role === 'listitem') {
    change().heading = { text: scope.heading.text };
  }
  const textRole = TEXT_ROLES[role] ?? (tag === 'label' ? 'label' : tag === 'legend' ? 'label' : tag === 'pre' ? 'code' : undefined);
  if (textRole && textRole !== scope.textRole && !(scope.textRole === 'cell' && textRole === 'paragraph')) change().textRole = textRole;
  if (
    (element.getAttribute('aria-disabled') === 'true' || (tag === 'fieldset' && (element as HTMLFieldSetElement).disabled)) &&
    !scope.disabled
  )
    change().disabled = true;
  return next;
}

/** Names that toolkits give to every dialog. */
const ANY_DIALOG = /^(?:(?:modal|alert|popup|popover|drawer|overlay)[\s-]?(?:dialog|window|box)?|dialog)$/i;

/** Name of a dialog, or its first heading where it has none of its own; "" when it has neither. */
export function dialogName(dialog: Element): string {
  const name = nameOf(dialog);
  if (name && !ANY_DIALOG.test(name)) return cut(name, 80);
  const heading = dialog.querySelector('h1,h2,h3,h4,h5,h6,[role=heading],legend,.modal-title,.dialog-title,.ui-dialog-title');
  return heading ? cut(titleOf(heading), 80) : cut(name, 80);
}

/** What a heading says, without the buttons in it; a button alone is what it says. */
export const titleOf = (heading: Element): string =>
  cut((heading.querySelector(BUTTON) && roughText(heading, 100, (element) => element.matches(BUTTON))) || contentOf(heading), 100);
const BUTTON = 'button,[role=button]';

const NO_ROW_TEXT =
  'button,input,select,textarea,option,[role=button],[role=menu],[role=menuitem],[role=listbox],[role=combobox],[role=checkbox],[role=switch],svg,[hidden],[aria-hidden=true]';
const rowTexts = new WeakMap<Element, { look: number; text: string }>();
let look = 0;

/** Forgets the row texts of the look before. */
export function freshRows(): void {
  look++;
}

/** Text that tells a row from its siblings: what can be read in it, not what can be pressed. */
export function rowText(row: Element): string {
  const known = rowTexts.get(row);
  if (known?.look === look) return known.text;
  const text =
    roughText(row, 120, (element) => element.matches(NO_ROW_TEXT)) ||
    roughText(row, 120, (element) => element.matches('[hidden],[aria-hidden=true]'));
  rowTexts.set(row, { look, text });
  return text;
}

/** What a control is called; a row that is pressed as a whole, by what tells it from others. */
export const calledOf = (element: Element, role: string): string => (role === 'row' && rowText(element)) || shownName(element, role);

/** The context as the observation tells it. */
export function contextOf(scope: Scope, name?: string): Context {
  const context: Context = {};
  if (scope.landmark) context.landmark = scope.landmark;
  if (scope.heading.text) context.heading = scope.heading.text;
  if (scope.dialog !== undefined) context.dialog = scope.dialog;
  if (scope.row) {
    const text = rowText(scope.row);
    if (text && text !== name) context.row = text;
  }
  if (scope.group && scope.group !== name) context.group = scope.group;
  if (scope.column && scope.column !== name) context.column = scope.column;
  return context;
}

/** Header of the column a table cell stands in. */
export function columnOf(cell: Element): string | undefined {
  const byHeaders = referred(cell, 'headers')[0];
  if (byHeaders) return cut(fold(byHeaders.textContent ?? ''), 60) || undefined;
  const row = cell.parentElement;
  const table = cell.closest('table,[role=table],[role=grid],[role=treegrid]');
  if (!row || !table) return undefined;
  const index = (cell as HTMLTableCellElement).cellIndex ?? -1;
  const position = index >= 0 ? index : [...row.children].indexOf(cell);
  const header = headersOf(table)[position];
  return header && header !== cell ? cut(fold(header.textContent ?? ''), 60) || undefined : undefined;
}

/** What a definition is of: the terms right before it say what stands in it, as a header does for a cell. */
export function termOf(definition: Element): string | undefined {
  let before = definition.previousElementSibling;
  while (before?.localName === 'dd') before = before.previousElementSibling;
  return before?.localName === 'dt' ? cut(fold(before.textContent ?? ''), 60) || undefined : undefined;
}

const headers = new WeakMap<Element, { row: Element | null; cells: Element[] }>();

function headersOf(table: Element): Element[] {
  const known = headers.get(table);
  if (known?.row?.isConnected) return known.cells;
  const row = table.querySelector('thead tr:last-of-type, tr:has(> th + th), [role=row]:has(> [role=columnheader])');
  const cells = row ? [...row.children].flatMap((cell) => Array<Element>((cell as HTMLTableCellElement).colSpan || 1).fill(cell)) : [];
  headers.set(table, { row, cells });
  return cells;
}
