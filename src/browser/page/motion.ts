import { upFrom } from './dom.ts';
import { elementOf } from './registry.ts';

/** Scrolls the nearest scrolling area around an element, or the page, by most of what it shows. Tells whether it moved, once the page has been told of it. */
export async function scroll(direction: 'down' | 'up', number?: number): Promise<boolean> {
  const step = direction === 'down' ? 0.85 : -0.85;
  const inner = number === undefined ? undefined : elementOf(number);
  for (const area of [...(inner ? areasAround(inner) : largestArea()), document.scrollingElement]) {
    if (!area) continue;
    const before = area.scrollTop;
    area.scrollBy({ top: area.clientHeight * step, behavior: 'instant' });
    if (area.scrollTop === before) continue;
    // Scroll events come with the next frame; what they set off is part of the action.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return true;
  }
  return false;
}

function areasAround(element: Element): Element[] {
  return [...upFrom(element)].filter(isArea);
}

/** A page whose body does not scroll has one area that does. */
function largestArea(): Element[] {
  const root = document.scrollingElement;
  if (root && root.scrollHeight > root.clientHeight + 1) return [];
  const areas = [...document.querySelectorAll('main,[role=main],div,section,ul,ol')].filter(isArea);
  return areas.sort((a, b) => b.clientHeight * b.clientWidth - a.clientHeight * a.clientWidth).slice(0, 1);
}

function isArea(element: Element): boolean {
  return (
    element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 20 && /auto|scroll/.test(getComputedStyle(element).overflowY)
  );
}

/** Gives an element the keyboard. */
export function focus(number: number): boolean {
  const element = elementOf(number) as HTMLElement | undefined;
  element?.focus();
  return element !== undefined;
}
