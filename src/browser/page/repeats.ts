import { activeElement, elementsOf } from './dom.ts';

/** Rows with several things in them are worth collapsing early; links, day cells, navigation and fields late; paragraphs last. */
const MANY_ROWS = 12;
const MANY_ITEMS = 48;
const MANY_PARAGRAPHS = 80;
const SHOWN = 4;
const SHOWN_BESIDE_MATCHES = 2;
const MOST_MATCHES = 12;

/** What is looked for in rows that are not all shown, in lower case. */
export interface Sought {
  /** Rows with one of these are shown. */
  focus: readonly string[];
  /** Rows with one of these are shown where few have it: a word that is in most of them tells none of them. */
  words: readonly string[];
}

export interface Collapsed {
  /** Rows of a kind that is passed over but for a few: each to its kind. */
  shown: Map<Element, Kind>;
  skipped: Set<Element>;
}

/** The many alike children of one parent. */
export interface Kind {
  what: string;
  count: number;
  shown: number;
  /** Shape of the first one, once it was walked. */
  shape?: string;
}

const PLURAL: Record<string, string> = {
  tr: 'rows',
  li: 'list items',
  option: 'options',
  article: 'articles',
  button: 'buttons',
  a: 'links',
  p: 'paragraphs',
  dd: 'definitions',
  dt: 'terms',
};
const FIELDS = 'input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea,select';

const LANDMARK = 'nav,main,form,[role=navigation],[role=main],[role=search],[role=banner],[role=form]';

const kindOf = (element: Element): string =>
  `${element.localName}.${element.getAttribute('role') ?? ''}.${element.firstElementChild?.localName ?? ''}`;

/** Finds the many alike children of one parent, and which of them to show. */
export function collapse(children: readonly Element[], sought: Sought): Collapsed | undefined {
  if (children.length <= MANY_ROWS) return undefined;
  const kinds = new Map<string, Element[]>();
  for (const child of children) {
    const kind = kindOf(child);
    const alike = kinds.get(kind);
    if (alike) alike.push(child);
    else kinds.set(kind, [child]);
  }
  let collapsed: Collapsed | undefined;
  for (const rows of kinds.values()) {
    if (rows.length <= MANY_ROWS || rows.length <= mostOf(rows[0]!)) continue;
    collapsed ??= { shown: new Map(), skipped: new Set() };
    const shown = choose(rows, sought);
    const kind: Kind = { what: PLURAL[rows[0]!.localName] ?? 'items', count: Math.max(rows.length, declared(rows[0]!)), shown: shown.size };
    for (const row of rows) {
      if (shown.has(row)) collapsed.shown.set(row, kind);
      else collapsed.skipped.add(row);
    }
  }
  return collapsed;
}

/** How many rows like this one are still shown all. */
function mostOf(row: Element): number {
  const tag = row.localName;
  if (tag === 'p' || tag === 'blockquote' || tag === 'pre' || /^h[1-6]$/.test(tag)) return MANY_PARAGRAPHS;
  if (tag === 'tr' || row.getAttribute('role') === 'row') return MANY_ROWS;
  if (row.querySelectorAll('*').length <= 3) return MANY_ITEMS;
  if (row.closest('nav,[role=navigation],[role=menubar],[role=menu]')) return MANY_ITEMS;
  const isRow = tag === 'li' || /^(listitem|option|treeitem|article)$/.test(row.getAttribute('role') ?? '');
  return !isRow && row.querySelector(FIELDS) ? MANY_ITEMS : MANY_ROWS;
}

function choose(rows: readonly Element[], sought: Sought): Set<Element> {
  const matches = sought.focus.length + sought.words.length > 0 ? matching(rows, sought) : [];
  const shown = new Set([...rows.slice(0, matches.length > 0 ? SHOWN_BESIDE_MATCHES : SHOWN), ...matches]);
  const active = activeElement();
  let marked = 0;
  for (const row of rows) {
    if (active && active !== document.body && row.contains(active)) shown.add(row);
    if (marked < SHOWN && isMarked(row)) {
      shown.add(row);
      marked++;
    }
  }
  return shown;
}

const isMarked = (row: Element): boolean =>
  row.getAttribute('aria-selected') === 'true' ||
  (row.hasAttribute('aria-current') && row.getAttribute('aria-current') !== 'false') ||
  row.getAttribute('aria-invalid') === 'true';

/** Rows that contain what is sought: those with the most of it first. */
function matching(rows: readonly Element[], { focus, words }: Sought): Element[] {
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase());
  const scores = texts.map((text) => focus.reduce((score, word) => (text.includes(word) ? score + word.length : score), 0));
  for (const word of words) {
    const having = telling(texts, word);
    if (having.length <= MOST_MATCHES) for (const index of having) scores[index]! += word.length;
  }
  return rows
    .map((row, index) => ({ row, score: scores[index]! }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_MATCHES)
    .map(({ row }) => row);
}

/** Which texts have a word; of a number, those that have it and no longer one, where there are any. */
function telling(texts: readonly string[], word: string): number[] {
  const having = texts.flatMap((text, index) => (text.includes(word) ? [index] : []));
  if (!/^\d|\d$/.test(word)) return having;
  const whole = new RegExp(
    `${/^\d/.test(word) ? '(?<!\\d)' : ''}${word.replace(/[.+*?^$|()[\]{}\\]/g, '\\$&')}${/\d$/.test(word) ? '(?!\\d)' : ''}`,
  );
  const exact = having.filter((index) => whole.test(texts[index]!));
  return exact.length > 0 ? exact : having;
}

/** A virtualised list says how many rows there are beyond those in the page. */
function declared(row: Element): number {
  const table = row.closest('[aria-rowcount]')?.getAttribute('aria-rowcount');
  return Number(table ?? row.getAttribute('aria-setsize') ?? 0) || 0;
}

/** The element children of one parent, and how many of them look alike by their author's class. */
export class Siblings {
  readonly elements: readonly Element[];
  #alike: Map<string, number> | undefined;

  constructor(elements: readonly Element[]) {
    this.elements = elements;
  }

  /** A child that repeats what its siblings are, so that one of them is worth telling by its text. */
  isCard(child: Element): boolean {
    if (child.childElementCount === 0 || this.elements.length < 2) return false;
    if (!this.#alike) {
      this.#alike = new Map();
      for (const sibling of this.elements) this.#alike.set(signature(sibling), (this.#alike.get(signature(sibling)) ?? 0) + 1);
    }
    return (
      signature(child) !== '' &&
      this.#alike.get(signature(child))! >= 2 &&
      child.localName !== 'form' &&
      !child.matches(LANDMARK) &&
      child.querySelector(LANDMARK) === null &&
      child.querySelector('a[href],button,[role=button],[role=checkbox],input[type=checkbox],input[type=radio]') !== null &&
      child.querySelector(FIELDS) === null
    );
  }
}

/** By its class; where the author gave none, by what is in it: an empty place for messages beside the page makes it no card. */
function signature(element: Element): string {
  const name = element.getAttribute('class');
  if (!name && (element.textContent ?? '').trim() === '') return '';
  return `${element.localName}.${
    name ||
    [...elementsOf(element)]
      .slice(0, 8)
      .map((child) => child.localName)
      .join()
  }`;
}
