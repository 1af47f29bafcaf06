import { parentOf } from './dom.ts';

const KNOWN = new Set(
  (
    'alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary contentinfo definition ' +
    'deletion dialog directory document emphasis feed figure form generic grid gridcell group heading img insertion link list listbox listitem log main ' +
    'marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio ' +
    'radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong subscript superscript switch tab table ' +
    'tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem'
  ).split(' '),
);

/** Things a person operates. */
export const WIDGETS = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
  'treeitem',
]);

/** Roles whose accessible name comes from what is inside them. */
export const NAMED_BY_CONTENT = new Set([
  'button',
  'cell',
  'checkbox',
  'columnheader',
  'gridcell',
  'heading',
  'link',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'row',
  'rowheader',
  'switch',
  'tab',
  'tooltip',
  'treeitem',
]);

const SECTIONING = new Set(['article', 'aside', 'main', 'nav', 'section']);

const BY_TAG: Record<string, string> = {
  article: 'article',
  aside: 'complementary',
  blockquote: 'blockquote',
  button: 'button',
  caption: 'caption',
  code: 'code',
  datalist: 'listbox',
  dd: 'definition',
  del: 'deletion',
  details: 'group',
  dfn: 'term',
  dialog: 'dialog',
  dt: 'term',
  em: 'emphasis',
  fieldset: 'group',
  figure: 'figure',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  hr: 'separator',
  html: 'document',
  ins: 'insertion',
  main: 'main',
  math: 'math',
  menu: 'list',
  meter: 'meter',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  option: 'option',
  output: 'status',
  p: 'paragraph',
  progress: 'progressbar',
  search: 'search',
  strong: 'strong',
  sub: 'subscript',
  summary: 'button',
  sup: 'superscript',
  table: 'table',
  tbody: 'rowgroup',
  textarea: 'textbox',
  tfoot: 'rowgroup',
  thead: 'rowgroup',
  time: 'time',
  tr: 'row',
  ul: 'list',
};

const BY_INPUT: Record<string, string> = {
  button: 'button',
  checkbox: 'checkbox',
  image: 'button',
  number: 'spinbutton',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  submit: 'button',
  color: 'button',
  file: 'button',
};

/** ARIA role by the explicit attribute, else by the mapping of ARIA in HTML; "" when there is none. */
export function roleOf(element: Element): string {
  const explicit = element.getAttribute('role');
  if (explicit) {
    for (const token of explicit.toLowerCase().split(/\s+/)) {
      if (!KNOWN.has(token)) continue;
      if (token !== 'none' && token !== 'presentation') return token === 'directory' ? 'list' : token;
      if (!isFocusable(element)) return '';
      break;
    }
  }
  return implicitRole(element);
}

/** Role that the element has by itself. */
function implicitRole(element: Element): string {
  const tag = element.localName;
  switch (tag) {
    case 'a':
    case 'area':
      return element.hasAttribute('href') || element.hasAttributeNS('http://www.w3.org/1999/xlink', 'href') ? 'link' : '';
    case 'input':
      return inputRole(element as HTMLInputElement);
    case 'select':
      return (element as HTMLSelectElement).multiple || (element as HTMLSelectElement).size > 1 ? 'listbox' : 'combobox';
    case 'img':
      return element.getAttribute('alt') === '' && !element.hasAttribute('aria-label') && !element.hasAttribute('title') ? '' : 'img';
    case 'svg':
      return element.hasAttribute('aria-label') || element.querySelector(':scope > title') ? 'img' : '';
    case 'header':
      return inSectioning(element) ? '' : 'banner';
    case 'footer':
      return inSectioning(element) ? '' : 'contentinfo';
    case 'form':
      return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.hasAttribute('title') ? 'form' : '';
    case 'section':
      return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.hasAttribute('title') ? 'region' : '';
    case 'li':
      return parentOf(element)?.matches('ul,ol,menu,[role=list],slot') ? 'listitem' : '';
    case 'th':
      return headerRole(element as HTMLTableCellElement);
    case 'td':
      return element.closest('table')?.matches('[role=grid],[role=treegrid]') ? 'gridcell' : 'cell';
    default:
      if (isEditingHost(element)) return 'textbox';
      return BY_TAG[tag] ?? (isSliderHandle(element) ? 'slider' : '');
  }
}

function inputRole(input: HTMLInputElement): string {
  const type = input.type;
  const mapped = BY_INPUT[type];
  if (mapped) return mapped === 'checkbox' && input.hasAttribute('switch') ? 'switch' : mapped;
  if (type === 'hidden') return '';
  if (input.hasAttribute('list') && input.list) return 'combobox';
  return type === 'search' ? 'searchbox' : 'textbox';
}

function headerRole(cell: HTMLTableCellElement): string {
  const scope = cell.getAttribute('scope');
  if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
  if (scope === 'col' || scope === 'colgroup' || cell.closest('thead')) return 'columnheader';
  const row = cell.parentElement;
  return row && row.querySelector('td') ? 'rowheader' : 'columnheader';
}

function inSectioning(element: Element): boolean {
  for (let at = parentOf(element); at; at = parentOf(at)) {
    if (SECTIONING.has(at.localName) || /^(article|complementary|main|navigation|region)$/.test(at.getAttribute('role') ?? '')) return true;
  }
  return false;
}

/** Widget libraries that say nothing of a role name their slider's handle so, and give it the keyboard. */
function isSliderHandle(element: Element): boolean {
  return element.hasAttribute('tabindex') && /slider\S*(handle|thumb)/i.test(element.getAttribute('class') ?? '');
}

/** The element where editing starts, not what is inside it. */
export function isEditingHost(element: Element): boolean {
  const value = element.getAttribute('contenteditable');
  return value !== null && value.toLowerCase() !== 'false' && value.toLowerCase() !== 'inherit';
}

function isFocusable(element: Element): boolean {
  return (
    (element as HTMLElement).tabIndex >= 0 && (element.hasAttribute('tabindex') || NATIVE.has(element.localName) || isEditingHost(element))
  );
}

const NATIVE = new Set(['a', 'area', 'button', 'input', 'select', 'textarea', 'summary', 'iframe']);
