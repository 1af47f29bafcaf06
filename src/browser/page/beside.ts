import { childrenOf, cut, fold, parentOf } from './dom.ts';
import { isRendered } from './rendered.ts';

const FIELDS =
  'input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea,[contenteditable=true],[role=textbox],[role=combobox],[role=spinbutton],[role=slider]';
const NOT_TEXT = new Set(['input', 'select', 'textarea', 'button', 'script', 'style', 'template', 'noscript', 'svg']);
const MAX = 60;

/**
 * The visible text right beside a field that has no label: what a person takes for it. "" when there is none.
 * Where a placeholder says what is asked, the title of the part of the page that it stands in is no label.
 */
export function besideOf(field: Element): string {
  const text = labelOfWrapper(field) || textAround(field) || buttonBefore(field);
  return text !== '' && field.getAttribute('placeholder') && isTitle(text, field) ? '' : text;
}

function isTitle(text: string, field: Element): boolean {
  const place = field.closest('form,section,article,fieldset,dialog,[role=dialog],main,body');
  return [...(place?.querySelectorAll(TITLES) ?? [])].some((title) => fold(title.textContent ?? '') === text);
}

const TITLES = 'h1,h2,h3,h4,h5,h6,legend,[role=heading]';

/** Labels that open a menu of the field are buttons: the one that stands before it and nothing else. */
function buttonBefore(field: Element): string {
  for (let at: Element = field, level = 0; level < 8; level++) {
    const before = at.previousElementSibling;
    const buttons = before ? [...(before.matches(BUTTON) ? [before] : []), ...before.querySelectorAll(BUTTON)] : [];
    if (before && buttons.length === 1 && before.querySelector(FIELDS) === null) return withMost(readable(buttons[0]!, true));
    const parent = parentOf(at);
    if (before || !parent || parent.localName === 'form' || parent.querySelectorAll(FIELDS).length > 1) return '';
    at = parent;
  }
  return '';
}

const BUTTON = 'button,[role=button]';
const withMost = (text: string): string => (text.length <= MAX ? text : '');

function textAround(field: Element): string {
  for (let at: Element = field, level = 0; level < 4; level++) {
    const parent = parentOf(at);
    if (!parent || parent.localName === 'body' || parent.localName === 'form') return nextTo(at);
    if (parent.querySelectorAll(FIELDS).length > 1) return nextTo(at);
    const text = readable(parent);
    if (text !== '') return text.length <= MAX ? text : '';
    at = parent;
  }
  return '';
}

/** A label that is for what stands around the field: it names nothing by the rules, and everybody reads it. */
function labelOfWrapper(field: Element): string {
  for (let at = parentOf(field), level = 0; at && level < 4; at = parentOf(at), level++) {
    if (at.localName === 'form' || at.querySelectorAll(FIELDS).length > 1) return '';
    const label = at.id && (at.getRootNode() as Document | ShadowRoot).querySelector(`label[for="${CSS.escape(at.id)}"]`);
    const text = label ? readable(label) : '';
    if (text !== '') return text.length <= MAX ? text : '';
  }
  return '';
}

/** Where fields share a parent, the text before one is its label; after it, for those that put it there. */
function nextTo(element: Element): string {
  for (const side of ['previousSibling', 'nextSibling'] as const) {
    for (let node = element[side]; node; node = node[side]) {
      if (node.nodeType === 1 && ((node as Element).matches(FIELDS) || (node as Element).querySelector(FIELDS))) break;
      const text = node.nodeType === 3 ? fold((node as Text).data) : node.nodeType === 1 ? readable(node as Element) : '';
      if (text !== '') return text.length <= MAX ? text : '';
    }
  }
  return '';
}

function readable(element: Element, own = false): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    for (const child of childrenOf(node)) {
      if (child.nodeType === 3) parts.push((child as Text).data);
      else if (child.nodeType === 1 && !NOT_TEXT.has((child as Element).localName) && isRendered(child as Element)) visit(child);
    }
  };
  if ((own || !NOT_TEXT.has(element.localName)) && isRendered(element)) visit(element);
  return cut(fold(parts.join(' ')), MAX + 1);
}
