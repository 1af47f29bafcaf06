import { childrenOf, cut, fold, referred } from './dom.ts';
import { continuesWord } from './letters.ts';
import { NAMED_BY_CONTENT, roleOf, WIDGETS } from './roles.ts';
import { isRendered } from './rendered.ts';

interface Walk {
  seen: Set<Element>;
  /** Inside what aria-labelledby or a label refers to: references are not followed again. */
  referred: boolean;
  /** The referred root is hidden itself: its hidden content counts. */
  hiddenToo: boolean;
  /** Computing for a parent's content: an element without a name of its own gives its text. */
  inContent: boolean;
}

/** Accessible name by the W3C computation (accname 1.2), whitespace folded. */
export function nameOf(element: Element): string {
  return fold(compute(element, { seen: new Set(), referred: false, hiddenToo: false, inContent: false }));
}

/** The name an element is shown under: by the rules, and for clickable generics what they say. */
export function shownName(element: Element, role: string): string {
  const generic = role === '' || role === 'generic';
  const named = generic ? labelled(element) || contentOf(element) : nameOf(element) || (WIDGETS.has(role) ? '' : contentOf(element));
  return cut(named || fold(element.getAttribute('title') ?? element.getAttribute('alt') ?? ''), 200);
}

function labelled(element: Element): string {
  return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element instanceof SVGElement
    ? nameOf(element)
    : '';
}

/** Text inside an element as a person would read it. */
export function contentOf(element: Element): string {
  return fold(fromContent(element, { seen: new Set(), referred: false, hiddenToo: false, inContent: true }));
}

/** Accessible description; "" when it says what the name says. */
export function descriptionOf(element: Element, name: string): string {
  const byReference = referred(element, 'aria-describedby')
    .map((one) => textOfReferred(one, new Set([element])))
    .join(' ');
  const text = fold(byReference || (element.getAttribute('aria-description') ?? '') || (element.getAttribute('title') ?? ''));
  return text === name ? '' : text;
}

function compute(element: Element, walk: Walk): string {
  if (walk.seen.has(element)) return '';
  walk.seen.add(element);
  if (!walk.referred) {
    const labels = referred(element, 'aria-labelledby');
    if (labels.length > 0) {
      const text = labels.map((label) => textOfReferred(label, label === element ? new Set() : walk.seen)).join(' ');
      if (fold(text)) return text;
    }
  }
  const role = roleOf(element);
  if (walk.inContent || walk.referred) {
    const embedded = embeddedValue(element, role, walk);
    if (embedded !== undefined) return embedded;
  }
  const label = element.getAttribute('aria-label');
  if (label && label.trim()) return label;
  if (element.getAttribute('role') === null || (role !== '' && role !== 'presentation')) {
    const native = nativeName(element, walk);
    if (native !== undefined && fold(native)) return native;
  }
  if (walk.inContent || walk.referred || NAMED_BY_CONTENT.has(role)) {
    const text = fromContent(element, walk);
    if (fold(text)) return text;
  }
  if (walk.inContent && role === '') return '';
  return element.getAttribute('title') || element.getAttribute('placeholder') || element.getAttribute('aria-placeholder') || '';
}

function textOfReferred(element: Element, seen: Set<Element>): string {
  return compute(element, { seen: new Set(seen), referred: true, hiddenToo: !isRendered(element), inContent: true });
}

/** What a control inside a label contributes: its value. */
function embeddedValue(element: Element, role: string, walk: Walk): string | undefined {
  if (walk.seen.size < 2) return undefined;
  if (role === 'textbox' || role === 'searchbox') {
    const value = (element as HTMLInputElement).value;
    return typeof value === 'string' ? ((element as HTMLInputElement).type === 'password' ? '' : value) : fromContent(element, walk);
  }
  if (role === 'combobox' || role === 'listbox') {
    if (element.localName === 'select') return [...(element as HTMLSelectElement).selectedOptions].map((option) => option.label).join(' ');
    const chosen = element.querySelector('[role=option][aria-selected=true]');
    return chosen ? fromContent(chosen, walk) : ((element as HTMLInputElement).value ?? fromContent(element, walk));
  }
  if (role === 'slider' || role === 'spinbutton' || role === 'scrollbar' || role === 'progressbar') {
    return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? (element as HTMLInputElement).value ?? '';
  }
  return undefined;
}

function nativeName(element: Element, walk: Walk): string | undefined {
  const tag = element.localName;
  switch (tag) {
    case 'input': {
      const input = element as HTMLInputElement;
      if (input.type === 'hidden') return undefined;
      const labelled = fromLabels(input, walk);
      if (labelled) return labelled;
      if (input.type === 'submit' || input.type === 'reset' || input.type === 'button') {
        return input.getAttribute('value') ?? (input.type === 'submit' ? 'Submit' : input.type === 'reset' ? 'Reset' : undefined);
      }
      if (input.type === 'image') return input.getAttribute('alt') || input.getAttribute('title') || 'Submit';
      return undefined;
    }
    case 'select':
    case 'textarea':
    case 'button':
    case 'meter':
    case 'output':
    case 'progress':
      return fromLabels(element as HTMLInputElement, walk);
    case 'img':
    case 'area':
      return element.getAttribute('alt') ?? undefined;
    case 'fieldset':
      return fromChild(element, 'legend', walk);
    case 'table':
      return fromChild(element, 'caption', walk) ?? (element.getAttribute('summary') || undefined);
    case 'figure':
      return fromChild(element, 'figcaption', walk);
    case 'optgroup':
    case 'option':
      return element.getAttribute('label') ?? undefined;
    case 'svg':
      return fromChild(element, 'title', { ...walk, hiddenToo: true });
    case 'iframe':
      return element.getAttribute('title') ?? undefined;
    default:
      return tag !== 'form' && 'labels' in element ? fromLabels(element as HTMLInputElement, walk) : undefined;
  }
}

function fromLabels(control: HTMLInputElement, walk: Walk): string | undefined {
  if (walk.referred) return undefined;
  const labels = control.labels;
  if (!labels || labels.length === 0) return undefined;
  const text = [...labels]
    .map((label) => compute(label, { seen: new Set([control]), referred: true, hiddenToo: !isRendered(label), inContent: true }))
    .join(' ');
  return fold(text) || undefined;
}

function fromChild(element: Element, tag: string, walk: Walk): string | undefined {
  for (const child of element.children) if (child.localName === tag) return fold(compute(child, { ...walk, inContent: true })) || undefined;
  return undefined;
}

const SILENT = new Set(['script', 'style', 'template', 'noscript']);

function fromContent(element: Element, walk: Walk): string {
  if (SILENT.has(element.localName)) return '';
  let text = generated(element, '::before');
  for (const child of childrenOf(element)) {
    if (child.nodeType === 3) text += (child as Text).data;
    else if (child.nodeType === 1) {
      const more = fromChildElement(child as Element, walk);
      text = more.startsWith(' ') && continuesWord(child as Element) ? text.trimEnd() + more.trimStart() : text + more;
    }
  }
  return text + generated(element, '::after');
}

function fromChildElement(child: Element, walk: Walk): string {
  if (SILENT.has(child.localName)) return '';
  if (child.localName === 'br') return ' ';
  if (!walk.hiddenToo && (child.getAttribute('aria-hidden') === 'true' || !isRendered(child))) return '';
  const text = compute(child, { ...walk, inContent: true });
  if (!text) return '';
  const display = walk.hiddenToo ? 'inline' : getComputedStyle(child).display;
  return display === 'inline' || display === 'contents' ? text : ` ${text} `;
}

/** Text that CSS adds. Private-use characters are icon fonts: they have no reading. */
function generated(element: Element, which: '::before' | '::after'): string {
  const content = getComputedStyle(element, which).content;
  if (!content || content === 'none' || content === 'normal') return '';
  const alternative = /\/\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(content);
  const text = alternative ? alternative[1]! : [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]).join('');
  return text.replace(/\\(.)/g, '$1').replace(/[\ue000-\uf8ff]/g, '');
}
