import { childrenOf, contains } from './dom.ts';
import { isDraggable } from './dragging.ts';
import { hasListener } from './hooked.ts';
import { isEditingHost, WIDGETS } from './roles.ts';
import type { Scope } from './scope.ts';

const FIELDS = new Set(['input', 'select', 'textarea', 'button', 'summary']);
const SHAPES = new Set(['circle', 'ellipse', 'g', 'line', 'path', 'polygon', 'polyline', 'rect', 'text', 'tspan', 'use', 'image']);
/** Container roles: a listener or a hand on them does not make them a control. */
const CONTAINERS = new Set([
  'dialog',
  'alertdialog',
  'document',
  'main',
  'form',
  'table',
  'grid',
  'rowgroup',
  'list',
  'listbox',
  'menu',
  'menubar',
  'tablist',
  'tree',
  'application',
  'radiogroup',
]);

/** Whether a person could operate this element: by what it is, by what it is said to be, or by how it behaves. */
export function isControl(element: Element, role: string, style: CSSStyleDeclaration, scope: Scope): 'control' | 'generic' | undefined {
  const tag = element.localName;
  if (tag === 'input') return (element as HTMLInputElement).type === 'hidden' ? undefined : 'control';
  if (FIELDS.has(tag)) return tag === 'summary' && element.parentElement?.localName !== 'details' ? undefined : 'control';
  if (role === 'option' && tag === 'option') return undefined;
  if (isEditingHost(element)) return 'control';
  // the text that a custom combobox shows is often called a textbox
  if (role === 'textbox' && tag !== 'textarea' && scope.control && !scope.loose) return undefined;
  if (WIDGETS.has(role)) return 'control';
  if (role === 'scrollbar' || role === 'separator')
    return element.hasAttribute('aria-valuenow') && element.hasAttribute('tabindex') ? 'control' : undefined;
  if (tag === 'label' || tag === 'html' || tag === 'body' || tag === 'iframe') return undefined;
  if (tag === 'video' || tag === 'audio') return (element as HTMLMediaElement).controls ? 'control' : undefined;
  if (scope.control && !(scope.loose && behaves(element)) && tag !== 'a') return undefined;
  if (CONTAINERS.has(role)) return undefined;
  if (isDraggable(element, role, style) || (role === 'row' && hasListener(element))) return 'generic';
  return isClickable(element, tag, style, scope) ? 'generic' : undefined;
}

/** Has a handler of its own. */
const behaves = (element: Element): boolean => element.hasAttribute('onclick') || hasListener(element);

function isClickable(element: Element, tag: string, style: CSSStyleDeclaration, scope: Scope): boolean {
  if (element.hasAttribute('onclick') || element.hasAttribute('onmousedown')) return true;
  if (style.cursor === 'pointer' && !scope.hand) return style.pointerEvents !== 'none';
  if (element.hasAttribute('tabindex') && (element as HTMLElement).tabIndex >= 0)
    return !isScrollArea(element, style) && !wrapsControls(element);
  if (tag === 'canvas' || SHAPES.has(tag)) return hasListener(element);
  return hasListener(element) && !wrapsControls(element);
}

function isScrollArea(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    /auto|scroll/.test(style.overflowY + style.overflowX) &&
    (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1)
  );
}

const CONTROLS =
  'a[href],button,input:not([type=hidden]),select,textarea,[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab],[role=menuitem],[role=option],[contenteditable=true]';

/** A listener on a container is delegation, not a button. */
function wrapsControls(element: Element): boolean {
  return element.querySelector(CONTROLS) !== null || element.childElementCount > 12;
}

/** The label that stands for a control which is itself not to be seen. */
export function visibleLabel(control: Element): HTMLElement | undefined {
  const labels = (control as HTMLInputElement).labels;
  if (!labels) return undefined;
  for (const label of labels) {
    const box = label.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && label.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return label;
  }
  return undefined;
}

/** Checkbox, radio or file: the ones that designers hide behind something prettier. */
export function isOftenHidden(element: Element): element is HTMLInputElement {
  return element.localName === 'input' && /^(checkbox|radio|file)$/.test((element as HTMLInputElement).type);
}

/** A wrapper that says and does the same as the one control in it. */
export function onlyWraps(element: Element, inner: Element): boolean {
  if (!contains(element, inner)) return false;
  const a = element.getBoundingClientRect();
  const b = inner.getBoundingClientRect();
  return b.width * b.height >= a.width * a.height * 0.6 || [...childrenOf(element)].filter((child) => child.nodeType === 1).length === 1;
}
