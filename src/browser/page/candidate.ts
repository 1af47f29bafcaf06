import type { Candidate } from '../../core/observation.ts';
import { besideOf } from './beside.ts';
import { cut, fold, idOf, parentOf } from './dom.ts';
import { isDraggable, zoneName } from './dragging.ts';
import { descriptionOf } from './names.ts';
import { printOf } from './print.ts';
import { keepRow, numberOf } from './registry.ts';
import type { Sought } from './repeats.ts';
import { calledOf, contextOf, type Scope } from './scope.ts';
import { stateOf } from './state.ts';

const TYPED = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'spinbutton', 'slider', 'checkbox', 'radio', 'switch']);

/** A control as the observation tells it; where it stands on the screen is added later. */
export function candidateOf(
  element: Element,
  role: string,
  box: DOMRect,
  scope: Scope,
  { kind, sought }: { kind: 'control' | 'generic' | 'zone'; sought: Sought },
): Candidate {
  const name = kind === 'zone' ? zoneName(element) : calledOf(element, role);
  if (scope.row) keepRow(element, scope.row);
  const candidate: Candidate = {
    id: numberOf(element),
    role: role || 'generic',
    name,
    inView: false,
    context: contextOf(scope, role === 'row' ? undefined : name),
    print: printOf(element, box),
  };
  const description = cut(descriptionOf(element, name) || (name ? '' : lookOf(element)), 200);
  if (description) candidate.description = description;
  Object.assign(candidate, stateOf(element, role, scope.disabled, sought));
  if (candidate.placeholder === name) delete candidate.placeholder;
  // A placeholder is a hint of what to type, and no label.
  const beside = (name && name !== fold(element.getAttribute('placeholder') ?? '')) || !TYPED.has(role) ? '' : besideOf(element);
  if (beside) candidate.beside = beside;
  const href = hrefOf(element);
  if (href) candidate.href = href;
  if (kind === 'zone') candidate.dropzone = true;
  else if (kind === 'generic' ? isDraggable(element, role, getComputedStyle(element)) : element.getAttribute('draggable') === 'true')
    candidate.draggable = true;
  const form = formOf(element);
  if (form > 0) candidate.form = form;
  return candidate;
}

const forms = new WeakMap<Element, number>();
let formsSeen = 0;

/** Through shadow roots: a field inside a component belongs to the form around it. */
function formOf(element: Element): number {
  let form: Element | null | undefined = (element as HTMLInputElement).form;
  for (let at = parentOf(element); !form && at; at = parentOf(at)) if (at.localName === 'form') form = at;
  if (!(form instanceof Element)) return 0;
  const known = forms.get(form) ?? ++formsSeen;
  forms.set(form, known);
  return known;
}

/** A link that a script sends as something else than a question has no address to go to: it does what it says. */
const isSent = (element: Element): boolean =>
  ['hx-post', 'hx-put', 'hx-patch', 'hx-delete'].some((name) => element.hasAttribute(name)) ||
  ['data-method', 'data-turbo-method'].some((name) => !/^(?:get)?$/i.test(element.getAttribute(name) ?? ''));

function hrefOf(element: Element): string {
  const href = (element as HTMLAnchorElement).href;
  if (typeof href !== 'string' || isSent(element)) return '';
  return cut(href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href, 200);
}

/** Ids that a script counted up say nothing. */
const GENERATED = /\d{3}|[:_]r\w*[:_]/;

/** What can be said of a control that has no text: how it looks, else what its author called it. */
function lookOf(element: Element): string {
  const shape = element.localName;
  if (element instanceof SVGElement && shape !== 'svg') {
    const fill = element.getAttribute('fill') ?? getComputedStyle(element).fill;
    return `${fill && fill !== 'none' ? `${fill} ` : ''}${shape}`;
  }
  const inner = element.querySelector('img,svg,i');
  const id = idOf(element);
  const called =
    (GENERATED.test(id) ? '' : id) ||
    element.getAttribute('class') ||
    inner?.getAttribute('class') ||
    inner?.getAttribute('src')?.split('/').at(-1) ||
    '';
  return fold(called.replace(/[-_]+/g, ' '));
}
