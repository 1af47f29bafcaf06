import type { Outline } from '../../core/action.ts';
import { coveredAt, elementAt, pressPoint, reaches, surfaceOf, tell, type Point } from './coverage.ts';
import { contains, parentOf, upFrom } from './dom.ts';
import { guard } from './guard.ts';
import { difference, identityOf } from './identity.ts';
import { arm } from './quiet.ts';
import { contentPoint } from './inner-frame.ts';
import { elementOf } from './registry.ts';
import { outlineOf } from './picture.ts';
import { isRendered } from './rendered.ts';
import { isEditingHost } from './roles.ts';
import { isSame, isSameHovered, type Identity } from './same.ts';

export interface AimOptions {
  number: number;
  /** Who it was shown as. */
  shown: Identity;
  /** Brings it into view and finds where to press; otherwise only its identity is checked. */
  press: boolean;
  /** Disabled controls are refused. */
  enabled: boolean;
}

export type Aim =
  | { ok: true; x: number; y: number; outline: Outline; tag: string; type: string; editable: boolean; origin: string }
  | { ok: false; miss: 'gone' | 'replaced' | 'covered' | 'disabled'; why: string /** Who it is now, where that is why. */; now?: Identity };

const STILL_FOR = 600;

/** Checks that the numbered element is still what it was shown as, and finds the point to press. */
export async function aim(options: AimOptions): Promise<Aim> {
  const { shown } = options;
  const told = `${shown.role} “${shown.name}”`;
  const element = elementOf(options.number);
  if (!element) return { ok: false, miss: 'gone', why: `${told} is no longer on the page` };
  const changed = changedFrom(element, shown);
  if (changed) return changed;
  if (options.enabled && isDisabled(element)) return { ok: false, miss: 'disabled', why: `${told} is disabled` };
  const tag = element.localName;
  const facts = {
    ok: true as const,
    tag,
    type: tag === 'input' ? (element as HTMLInputElement).type : '',
    editable: tag === 'input' || tag === 'textarea' || isEditingHost(element),
    origin: location.origin,
  };
  if (!options.press) {
    arm();
    return { ...facts, x: 0, y: 0, outline: outlineOf(surfaceOf(element)) };
  }
  const surface = surfaceOf(element);
  await still(surface);
  const point = await reach(surface);
  if (!element.isConnected) return { ok: false, miss: 'gone', why: `${told} went away when it was scrolled to` };
  if (!point) {
    return element.isConnected && isRendered(surface)
      ? { ok: false, miss: 'covered', why: `${told} cannot be brought into view` }
      : { ok: false, miss: 'gone', why: `${told} is no longer to be seen` };
  }
  const cover = coveredAt(surface, point);
  if (cover && !contains(element, cover)) {
    const free = freePoint(surface);
    if (!free) return { ok: false, miss: 'covered', why: `${told} is covered by ${tell(cover)}` };
    Object.assign(point, free);
  }
  const moved = changedFrom(element, shown);
  if (moved) return moved;
  guard(element, () => isSameHovered(identityOf(element), shown));
  arm();
  return { ...facts, ...point, outline: outlineOf(surface) };
}

function changedFrom(element: Element, shown: Identity): Extract<Aim, { ok: false }> | undefined {
  const now = identityOf(element);
  return isSame(now, shown) ? undefined : { ok: false, miss: 'replaced', why: difference(shown, now), now };
}

function isDisabled(element: Element): boolean {
  if (element.matches(':disabled')) return true;
  for (const at of upFrom(element)) if (at.getAttribute('aria-disabled') === 'true') return true;
  return false;
}

/** Waits, bounded, for a moving element to stand still. */
async function still(element: Element): Promise<void> {
  const moving: Promise<unknown>[] = [];
  for (const at of upFrom(element)) {
    for (const animation of at.getAnimations()) {
      const left = Number(animation.effect?.getComputedTiming().endTime ?? 0) - Number(animation.currentTime ?? 0);
      if (animation.playState === 'running' && Number.isFinite(left)) moving.push(animation.finished.catch(() => undefined));
    }
  }
  if (moving.length === 0) return;
  await Promise.race([Promise.all(moving), new Promise((resolve) => setTimeout(resolve, STILL_FOR))]);
}

/** The press point, scrolling there when it is not in view or something sticky is over it. */
async function reach(element: Element): Promise<Point | undefined> {
  const direct = pressPoint(element);
  if (direct && isFullyInView(element) && !coveredAt(element, direct)) return direct;
  const before = element.getBoundingClientRect();
  for (const block of ['nearest', 'center', 'start', 'end'] as const) {
    element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
    const point = pressPoint(element);
    if (!point || coveredAt(element, point)) continue;
    const after = element.getBoundingClientRect();
    if (after.top === before.top && after.left === before.left) return point;
    // scrolling may draw a list anew, load more of it, or move a header
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return pressPoint(element);
  }
  return pressPoint(element);
}

function isFullyInView(element: Element): boolean {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
}

/** Another spot of the element that nothing covers. */
function freePoint(element: Element): Point | undefined {
  for (const box of element.getClientRects()) {
    for (const [across, down] of [
      [0.25, 0.5],
      [0.75, 0.5],
      [0.5, 0.25],
      [0.5, 0.75],
      [0.1, 0.1],
      [0.9, 0.9],
    ] as const) {
      const point = { x: box.left + box.width * across, y: box.top + box.height * down };
      const hit = elementAt(point);
      if (hit && (reaches(hit, element) || (parentOf(hit) && contains(element, hit)))) return point;
    }
  }
  return undefined;
}

/** A point inside a numbered frame as a point of this page; undefined when something is over the frame there. */
export function throughFrame(number: number, x: number, y: number): Point | { covered: string } | undefined {
  const frame = elementOf(number) as HTMLIFrameElement | undefined;
  if (!frame) return undefined;
  let at = contentPoint(frame, x, y);
  if (at.x < 0 || at.y < 0 || at.x > innerWidth || at.y > innerHeight) {
    frame.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    at = contentPoint(frame, x, y);
  }
  const cover = coveredAt(frame, at);
  return cover ? { covered: tell(cover) } : at;
}
