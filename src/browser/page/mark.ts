import { elementOf } from './registry.ts';
import { legibleSecrets } from './secrets.ts';

const FOREVER = 1e9;
let marks: Animation[] = [];

/**
 * Outlines an element and blots out secret fields for a picture. Done by animations that stand still: unlike a style
 * attribute or an overlay they leave nothing that the page could notice or keep.
 */
export function mark(number: number): void {
  unmark();
  const target = number > 0 ? elementOf(number) : undefined;
  if (target) hold(target, { outline: '3px solid #e5484d', outlineOffset: '2px' });
  for (const field of legibleSecrets()) hold(field, { color: 'transparent', webkitTextFillColor: 'transparent', textShadow: 'none', backgroundColor: '#8d8d8d' });
}

export function unmark(): void {
  for (const animation of marks) animation.cancel();
  marks = [];
}

function hold(element: Element, look: Record<string, string>): void {
  marks.push(element.animate([look, look], { duration: FOREVER, fill: 'forwards' }));
}
