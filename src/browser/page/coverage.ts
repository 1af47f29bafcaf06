import type { Clip } from './clip.ts';
import { cut, fold, parentOf, upFrom, idOf } from './dom.ts';
import { contentOf, nameOf } from './names.ts';
import { roleOf } from './roles.ts';
import { isOftenHidden, visibleLabel } from './controls.ts';

export interface Point {
  x: number;
  y: number;
}

/** Topmost element at a point of the viewport, inside shadow trees too. */
export function elementAt({ x, y }: Point): Element | null {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const deeper = hit.shadowRoot.elementFromPoint(x, y);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  return hit;
}

/** What is really pressed for an element: itself, or the label that stands for it. */
export function surfaceOf(element: Element): Element {
  if (isOftenHidden(element)) {
    const box = element.getBoundingClientRect();
    const small = box.width < 3 || box.height < 3;
    if (small || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return visibleLabel(element) ?? element;
  }
  return element;
}

/** Where a person would press: the middle of the first visible piece. undefined when nothing of it is in the viewport, or in the port it is scrolled in. */
export function pressPoint(element: Element, port?: Clip): Point | undefined {
  for (const box of element.getClientRects()) {
    const left = Math.max(0, port?.left ?? 0, box.left);
    const right = Math.min(innerWidth, port?.right ?? innerWidth, box.right);
    const top = Math.max(0, port?.top ?? 0, box.top);
    const bottom = Math.min(innerHeight, port?.bottom ?? innerHeight, box.bottom);
    if (right - left >= 1 && bottom - top >= 1) return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  return undefined;
}

/** Whether pressing what is at the point presses the element: it, what is in it, or its label. */
export function reaches(hit: Element, element: Element): boolean {
  for (const at of upFrom(hit)) {
    if (at === element) return true;
    if (at.localName === 'label' && (at as HTMLLabelElement).control === element) return true;
  }
  return false;
}

/** What is on top of the element at the point; undefined when nothing is. */
export function coveredAt(element: Element, point: Point): Element | undefined {
  const hit = elementAt(point);
  if (!hit || reaches(hit, element)) return undefined;
  if (hit.localName === 'area' || (element.localName === 'area' && hit.localName === 'img')) return undefined;
  return hit;
}

/** How an element in the way is told to a person. */
export function tell(element: Element): string {
  for (const at of upFrom(element)) {
    const role = roleOf(at);
    if (role === 'dialog' || role === 'alertdialog' || role === 'alert' || role === 'status' || role === 'banner') {
      return `${role}${quoted(nameOf(at) || contentOf(at))}`;
    }
  }
  const role = roleOf(element);
  const told = parentOf(element) && !role ? nearestTold(element) : element;
  return `${roleOf(told) || told.localName}${quoted(nameOf(told) || contentOf(told) || idOf(told) || told.getAttribute('class') || '')}`;
}

function nearestTold(element: Element): Element {
  for (const at of upFrom(element))
    if (at.localName === 'body' || roleOf(at) || idOf(at) || at.getAttribute('class')) return at.localName === 'body' ? element : at;
  return element;
}

const quoted = (text: string): string => (text ? ` “${cut(fold(text), 60)}”` : '');
