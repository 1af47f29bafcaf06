import type { Candidate, Observation } from '../../core/observation.ts';

/** What can be acted on now: everything, or only what is in the dialog that is open. */
export function reachable(observation: Observation): Candidate[] {
  const usable = observation.candidates.filter((candidate) => !candidate.disabled && !candidate.dropzone);
  if (observation.dialog === undefined) return usable;
  const inside = usable.filter((candidate) => candidate.context.dialog !== undefined);
  const top = inside.filter((candidate) => candidate.context.dialog === observation.dialog);
  const popups = usable.filter((candidate) => ['option', 'menuitem', 'gridcell'].includes(candidate.role));
  return top.length > 0 ? [...new Set([...top, ...popups])] : inside.length > 0 ? inside : usable;
}

/** Fields and buttons that belong together share a key: frame, dialog, form element; without a form, the part of the page. */
export function formKey(candidate: Candidate): string {
  const { frame, dialog, landmark } = candidate.context;
  if (candidate.form !== undefined) return JSON.stringify([frame ?? '', dialog ?? '', candidate.form]);
  const parts = candidate.print.path.split('/');
  const form = parts.findLastIndex((part) => /^form\b/.test(part));
  const place = form >= 0 ? parts.slice(0, form + 1).join('/') : dialog === undefined ? `${landmark ?? ''}` : '';
  return JSON.stringify([frame ?? '', dialog ?? '', place]);
}

const CLICKABLE = new Set([
  'button',
  'link',
  'menuitem',
  'tab',
  'generic',
  'treeitem',
  'option',
  'summary',
  'switch',
  'img',
  'listitem',
  'cell',
  'gridcell',
  'menuitemradio',
  'menuitemcheckbox',
  'image',
  'row',
  'heading',
  'article',
]);
export const isClickable = (candidate: Candidate): boolean => CLICKABLE.has(candidate.role);
export const isButton = (candidate: Candidate): boolean =>
  candidate.role === 'button' ||
  candidate.role === 'generic' ||
  candidate.role === 'menuitem' ||
  (candidate.role === 'link' && (candidate.href === undefined || candidate.href === '' || candidate.href.startsWith('#')));

/** Distance on the page between two elements' nearest edges, px. */
export function gap(a: Candidate, b: Candidate): number {
  const dx = Math.max(0, a.print.box.x - (b.print.box.x + b.print.box.w), b.print.box.x - (a.print.box.x + a.print.box.w));
  const dy = Math.max(0, a.print.box.y - (b.print.box.y + b.print.box.h), b.print.box.y - (a.print.box.y + a.print.box.h));
  return Math.hypot(dx, dy);
}

/** A field that only shows what was chosen lets itself be pressed through: what it stands in opens the list. */
export function shellOf(field: Candidate, observation: Observation): Candidate | undefined {
  if (field.readonly !== true || field.coveredBy === undefined) return undefined;
  const around = observation.candidates.filter(
    (other) =>
      other !== field &&
      other.coveredBy === undefined &&
      (other.role === 'generic' || other.role === 'button') &&
      other.context.dialog === field.context.dialog &&
      encloses(other, field) &&
      other.print.box.h <= 3 * field.print.box.h,
  );
  return around.toSorted((a, b) => a.print.box.w * a.print.box.h - b.print.box.w * b.print.box.h)[0];
}

export function encloses(outer: Candidate, inner: Candidate): boolean {
  const [a, b] = [outer.print.box, inner.print.box];
  return a.x <= b.x + 1 && a.y <= b.y + 1 && a.x + a.w >= b.x + b.w - 1 && a.y + a.h >= b.y + b.h - 1;
}
