import type { Candidate } from '../../core/observation.ts';
import type { Clip } from './clip.ts';
import { onlyWraps } from './controls.ts';
import { coveredAt, elementAt, pressPoint, surfaceOf, tell } from './coverage.ts';
import { contains, upFrom } from './dom.ts';

/** A control that was found, and whether it is one only by how it behaves. */
export interface Found {
  element: Element;
  candidate: Candidate;
  generic: boolean;
  port: Clip | undefined;
}

/** The dialog on top: the one in the middle of the screen, else the last modal one, else the last. */
export function topDialog(dialogs: readonly Element[]): Element | undefined {
  if (dialogs.length === 0) return undefined;
  const open = dialogs.filter((dialog) => dialog.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  const center = elementAt({ x: innerWidth / 2, y: innerHeight / 2 });
  return (
    (center ? open.findLast((dialog) => contains(dialog, center)) : undefined) ??
    open.findLast((dialog) => dialog.matches(':modal, [aria-modal=true]')) ??
    open.at(-1)
  );
}

/** Without clickable wrappers around one control that fills them, and without what is painted under one: those are that control. */
export function withoutWrappers(found: readonly Found[]): Found[] {
  return found.filter((one, index) => {
    if (!one.generic) return true;
    const next = found[index + 1];
    if (!one.candidate.name && [found[index - 1], next].some((beside) => beside && !beside.generic && isOver(beside, one))) return false;
    return !(
      next &&
      !next.generic &&
      onlyWraps(one.element, next.element) &&
      (next.candidate.name === one.candidate.name || !next.candidate.name)
    );
  });
}

/**
 * Tells of each control whether it is in view and what is on top of it. Returns those that can be reached with the dialog open:
 * a native modal makes all else inert; of any other it is believed only where it really covers.
 */
export function onScreen(found: readonly Found[], dialog: Element | undefined, late: () => boolean): Found[] {
  const native = dialog?.matches(':modal') === true;
  const modal = native || dialog?.matches('[aria-modal=true]') === true;
  const controls = new Set(found.filter(({ generic }) => !generic).map(({ element }) => element));
  return found.filter(({ element, candidate, generic, port }) => {
    const behind = modal && !contains(dialog!, element);
    if (behind && native) return false;
    const surface = surfaceOf(element);
    const point = pressPoint(surface, port);
    candidate.inView = point !== undefined;
    if (!point || late()) return true;
    const cover = coveredAt(surface, point);
    if (!cover || contains(element, cover)) return true;
    if (behind) return false;
    // the painted box under a real checkbox that lies over it
    if (generic && !candidate.name && isPartOf(cover, controls)) return false;
    candidate.coveredBy = tell(cover);
    return true;
  });
}

/** Whether one control lies over most of another, as a real checkbox does over its painted box. */
function isOver({ candidate: over }: Found, { candidate: under }: Found): boolean {
  const [a, b] = [over.print.box, under.print.box];
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return across > 0 && down > 0 && across * down >= b.w * b.h * 0.5;
}

function isPartOf(element: Element, controls: ReadonlySet<Element>): boolean {
  for (const at of upFrom(element)) if (controls.has(at)) return true;
  return false;
}
