/** Has a box and is not made invisible, wherever it is scrolled to. */
export function isRendered(element: Element): boolean {
  if (element.checkVisibility({ visibilityProperty: true })) return true;
  const style = getComputedStyle(element);
  return style.display === 'contents' && style.visibility === 'visible' && hasRenderedParent(element);
}

function hasRenderedParent(element: Element): boolean {
  const parent = element.parentElement;
  return !parent || isRendered(parent);
}

/** One pixel, clipped away: for screen readers only. */
export function isClippedAway(style: CSSStyleDeclaration, box: DOMRect): boolean {
  if (box.width > 1 && box.height > 1) return false;
  return style.overflow !== 'visible' || style.clip !== 'auto' || style.clipPath !== 'none';
}

/** Left of or above everything that can be scrolled to. */
export function isBeyondScroll(box: DOMRect): boolean {
  return box.right + scrollX <= 0 || box.bottom + scrollY <= 0;
}

/** Some piece of it takes up room: a link around a floated picture has no box of its own. */
export const hasPiece = (element: Element): boolean => [...element.getClientRects()].some((box) => box.width >= 1 && box.height >= 1);

/** Invisible now, and on its way to being seen. */
export const isFadingIn = (element: Element): boolean => element.getAnimations().some((animation) => animation.playState === 'running');

/** Has content that the browser does not render. */
export const showsNothing = (style: CSSStyleDeclaration): boolean => style.contentVisibility === 'hidden';
