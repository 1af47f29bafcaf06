import type { Outline } from '../../core/action.ts';
import { surfaceOf } from './coverage.ts';
import { elementOf } from './registry.ts';
import { legibleSecrets } from './secrets.ts';

const FOREVER = 1e9;
let blots: Animation[] = [];

/**
 * Blots out secret fields for a picture. Done by animations that stand still: unlike a style attribute or an overlay
 * they leave nothing that the page could notice or keep.
 */
export function blot(): void {
  unblot();
  const look = { color: 'transparent', webkitTextFillColor: 'transparent', textShadow: 'none', backgroundColor: '#8d8d8d' };
  blots = legibleSecrets().map((field) => field.animate([look, look], { duration: FOREVER, fill: 'forwards' }));
}

export function unblot(): void {
  for (const animation of blots) animation.cancel();
  blots = [];
}

/** Where a numbered element stands in what is seen of the page. */
export function standsAt(number: number): Outline | undefined {
  const element = elementOf(number);
  return element && outlineOf(surfaceOf(element));
}

export function outlineOf(surface: Element): Outline {
  const { left, top, width, height } = surface.getBoundingClientRect();
  return { box: [left, top, width, height].map(Math.round) as Outline['box'], view: [innerWidth, innerHeight] };
}
