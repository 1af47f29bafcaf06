import { cut, fold, parentOf, roughText } from './dom.ts';
import { hasDropListener, hasGrabListener } from './hooked.ts';
import { nameOf } from './names.ts';

const HANDS = new Set(['grab', 'grabbing', 'move']);

/** Whether a person would see, or find out at once, that this can be taken and put elsewhere. */
export function isDraggable(element: Element, role: string, style: CSSStyleDeclaration): boolean {
  const said = element.getAttribute('draggable');
  if (said === 'true') return element.localName !== 'img' && element.localName !== 'a';
  if (said === 'false') return false;
  const parent = parentOf(element);
  if (HANDS.has(style.cursor)) return !parent || getComputedStyle(parent).cursor !== style.cursor;
  // A list that listens for its own items being taken hold of lets them be sorted.
  return role === 'listitem' && parent !== undefined && hasGrabListener(parent);
}

const ON_DROP = ['ondrop', 'ondragover'];

/** Whether something can be dropped here: not on the whole page, which only keeps a browser from opening files. */
export const isDropZone = (element: Element): boolean =>
  element !== document.body &&
  element !== document.documentElement &&
  (hasDropListener(element) || ON_DROP.some((name) => element.hasAttribute(name)));

const TITLES = 'h1,h2,h3,h4,h5,h6,[role=heading],legend,header';

/** What a place to drop on is called: as its author says, by its title, or by what is read in it first. */
export function zoneName(zone: Element): string {
  const title = zone.querySelector(TITLES);
  return cut(nameOf(zone) || (title ? fold(title.textContent ?? '') : '') || roughText(zone, 60), 60);
}
