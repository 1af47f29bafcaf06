import type { Outline } from '../../core/action.ts';
import { surfaceOf } from './coverage.ts';
import { changesSeen } from './quiet.ts';
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

/** What is seen of the page now: its number changes with it. And where a numbered element stands in it. */
export function sight(number?: number): { seen: number; outline?: Outline } {
  const element = number === undefined ? undefined : elementOf(number);
  return { seen: changesSeen(), ...(element ? { outline: outlineOf(surfaceOf(element)) } : {}) };
}

export function outlineOf(surface: Element): Outline {
  const { left, top, width, height } = surface.getBoundingClientRect();
  return { box: [left, top, width, height].map(Math.round) as Outline['box'], view: [innerWidth, innerHeight] };
}
