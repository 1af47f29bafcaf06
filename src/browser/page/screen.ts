import type { Candidate } from '../../core/observation.ts';
import type { Clip } from './clip.ts';
import { onlyWraps } from './controls.ts';
import { coveredAt, elementAt, pressPoint, surfaceOf, tell } from './coverage.ts';
import { contains } from './dom.ts';

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
  return (center ? open.findLast((dialog) => contains(dialog, center)) : undefined) ?? open.findLast((dialog) => dialog.matches(':modal, [aria-modal=true]')) ?? open.at(-1);
}

/** Without clickable wrappers around one control that fills them: those are that control. */
export function withoutWrappers(found: readonly Found[]): Found[] {
  return found.filter((one, index) => {
    if (!one.generic) return true;
    const next = found[index + 1];
    return !(next && !next.generic && onlyWraps(one.element, next.element) && (next.candidate.name === one.candidate.name || !next.candidate.name));
  });
}

/**
 * Tells of each control whether it is in view and what is on top of it. Returns those that can be reached with the dialog open:
 * a native modal makes all else inert; of any other it is believed only where it really covers.
 */
export function onScreen(found: readonly Found[], dialog: Element | undefined, late: () => boolean): Found[] {
  const native = dialog?.matches(':modal') === true;
  const modal = native || dialog?.matches('[aria-modal=true]') === true;
  return found.filter(({ element, candidate, port }) => {
    const behind = modal && !contains(dialog!, element);
    if (behind && native) return false;
    const surface = surfaceOf(element);
    const point = pressPoint(surface, port);
    candidate.inView = point !== undefined;
    if (!point || late()) return true;
    const cover = coveredAt(surface, point);
    if (!cover || contains(element, cover)) return true;
    if (behind) return false;
    candidate.coveredBy = tell(cover);
    return true;
  });
}
