import type { Fingerprint } from '../../core/observation.ts';
import { cut, parentOf, roughText, idOf } from './dom.ts';

const TOLD = ['name', 'id', 'alt', 'type', 'aria-label', 'placeholder', 'title'] as const;

/** What an element can be told by when its role and name have changed. */
export function printOf(element: Element, box: DOMRect): Fingerprint {
  const attrs: Record<string, string> = {};
  for (const name of TOLD) {
    const value = element.getAttribute(name);
    if (value) attrs[name] = cut(value, 120);
  }
  const href = element.getAttribute('href');
  if (href) attrs['href'] = pathOf(element as HTMLAnchorElement, href);
  return {
    tag: element.localName,
    attrs,
    path: structureOf(element),
    box: { x: Math.round(box.x + scrollX), y: Math.round(box.y + scrollY), w: Math.round(box.width), h: Math.round(box.height) },
    text: roughText(element, 80),
    near: neighbourhood(element),
  };
}

function pathOf(link: HTMLAnchorElement, href: string): string {
  if (typeof link.pathname !== 'string' || !/^https?:$/.test(link.protocol)) return cut(href, 120);
  return cut(link.origin === location.origin ? link.pathname : link.origin + link.pathname, 120);
}

function structureOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | undefined = element; at && steps.length < 12; at = parentOf(at)) {
    if (at.localName === 'body' || at.localName === 'html') break;
    steps.push(idOf(at) && at !== element ? `${at.localName}#${cut(idOf(at), 40)}` : at.localName);
  }
  return steps.reverse().join('/');
}

const texts = new WeakMap<Element, { look: number; text: string }>();
let look = 0;

/** Forgets the neighbourhoods of the look before. */
export function freshPrints(): void {
  look++;
}

/** Words around an element: of the nearest ancestor that says more than the element itself. */
function neighbourhood(element: Element): string {
  const own = (element.textContent ?? '').length;
  let around = '';
  for (let at = parentOf(element), level = 0; at && level < 4; at = parentOf(at), level++) {
    if (at.localName === 'body') break;
    const known = texts.get(at);
    around = known?.look === look ? known.text : roughText(at, 160);
    if (known?.look !== look) texts.set(at, { look, text: around });
    if (around.length > own + 12) return around;
  }
  return around;
}
