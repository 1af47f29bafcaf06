import { activeElement, contains } from './dom.ts';

/** Rows with several things in them are worth collapsing early, single links or day cells late. */
const MANY_ROWS = 12;
const MANY_ITEMS = 48;
const SHOWN = 4;
const SHOWN_BESIDE_MATCHES = 2;
const MOST_MATCHES = 12;

export interface Collapsed {
  /** The rows that are walked; all other rows of the same kind are passed over. */
  shown: Set<Element>;
  skipped: Set<Element>;
  count: number;
  what: string;
}

const kindOf = (element: Element): string =>
  `${element.localName}.${element.getAttribute('role') ?? ''}.${element.firstElementChild?.localName ?? ''}`;

const PLURAL: Record<string, string> = { tr: 'rows', li: 'list items', option: 'options', article: 'articles', button: 'buttons', a: 'links' };

/** Finds the many alike children of one parent, and which of them to show. */
export function collapse(parent: Element, children: readonly Element[], focus: readonly string[]): Collapsed | undefined {
  if (children.length <= MANY_ROWS) return undefined;
  const kinds = new Map<string, Element[]>();
  for (const child of children) {
    const kind = kindOf(child);
    const alike = kinds.get(kind);
    if (alike) alike.push(child);
    else kinds.set(kind, [child]);
  }
  let rows: Element[] = [];
  for (const alike of kinds.values()) if (alike.length > rows.length) rows = alike;
  const first = rows[0];
  if (!first || rows.length <= (first.childElementCount > 1 || first.querySelectorAll('*').length > 3 ? MANY_ROWS : MANY_ITEMS)) return undefined;
  const shown = new Set<Element>();
  const matches = focus.length > 0 ? matching(rows, focus) : [];
  for (const row of rows.slice(0, matches.length > 0 ? SHOWN_BESIDE_MATCHES : SHOWN)) shown.add(row);
  for (const row of matches) shown.add(row);
  const active = activeElement();
  const chosen = parent.querySelectorAll(':scope > [aria-selected=true], :scope > [aria-current]:not([aria-current=false]), :scope > :has([aria-invalid=true], [role=alert])');
  for (const row of rows) if (active && active !== document.body && contains(row, active)) shown.add(row);
  for (const row of [...chosen].slice(0, SHOWN)) if (rows.includes(row)) shown.add(row);
  return { shown, skipped: new Set(rows.filter((row) => !shown.has(row))), count: Math.max(rows.length, declared(parent, first)), what: PLURAL[first.localName] ?? 'items' };
}

/** Rows that contain a word of the focus: those with the most of them first. */
function matching(rows: readonly Element[], focus: readonly string[]): Element[] {
  const scored: { row: Element; score: number }[] = [];
  for (const row of rows) {
    const text = (row.textContent ?? '').toLowerCase();
    let score = 0;
    for (const word of focus) if (text.includes(word)) score += word.length;
    if (score > 0) scored.push({ row, score });
  }
  return scored.sort((a, b) => b.score - a.score).slice(0, MOST_MATCHES).map(({ row }) => row);
}

/** A virtualised list says how many rows there are beyond those in the page. */
function declared(parent: Element, row: Element): number {
  const table = parent.closest('[aria-rowcount]')?.getAttribute('aria-rowcount');
  return Number(table ?? row.getAttribute('aria-setsize') ?? 0) || 0;
}

/** Children that are rows or cards of the same kind, so that one of them is worth telling by its text. */
export function isCard(child: Element, children: readonly Element[]): boolean {
  if (child.childElementCount === 0 || children.length < 2) return false;
  const signature = `${child.localName}.${child.getAttribute('class') ?? ''}`;
  let alike = 0;
  for (const sibling of children) if (`${sibling.localName}.${sibling.getAttribute('class') ?? ''}` === signature) alike++;
  return alike >= 2 && child.querySelector('a[href],button,[role=button],[role=checkbox],input[type=checkbox],input[type=radio]') !== null
    && child.querySelector('input:not([type=checkbox]):not([type=radio]),textarea,select') === null;
}
