/** The area beyond which an ancestor hides its content, or has to be scrolled to show it. */
export interface Clip {
  by: Element;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is left to see inside an element that hides what overflows it. */
export function clipOf(element: Element, outer: Clip | undefined): Clip {
  const box = element.getBoundingClientRect();
  return {
    by: element,
    left: Math.max(box.left, outer?.left ?? -Infinity),
    top: Math.max(box.top, outer?.top ?? -Infinity),
    right: Math.min(box.right, outer?.right ?? Infinity),
    bottom: Math.min(box.bottom, outer?.bottom ?? Infinity),
  };
}

/** Whether a clip reaches an element that is positioned out of the flow. */
export function reachesOutOfFlow(clip: Clip, element: Element, position: string): boolean {
  if (position === 'fixed') return false;
  const around = (element as HTMLElement).offsetParent;
  return around !== null && clip.by.contains(around);
}

export const isOutside = (box: DOMRect, clip: Clip): boolean =>
  box.right <= clip.left || box.left >= clip.right || box.bottom <= clip.top || box.top >= clip.bottom;

export const isEmpty = (clip: Clip): boolean => clip.right - clip.left < 1 || clip.bottom - clip.top < 1;
