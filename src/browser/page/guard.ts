import { reaches, tell } from './coverage.ts';

const EVENTS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu', 'auxclick'] as const;

let target: Element | undefined;
let right: () => boolean = () => true;
let outcome: 'none' | 'hit' | { missed: string } = 'none';

// Before any script of the page: who listens first at the window hears first, and nobody may hear of a press that is held back.
listen();

/**
 * Lets a real press through only when it lands on the element it was meant for, and that is still who it was. The press travels
 * from another process: between aiming and pressing the page may have moved.
 */
export function guard(element: Element, isRight: () => boolean): void {
  target = element;
  right = isRight;
  outcome = 'none';
  // A page that was written anew has forgotten its listeners.
  listen();
}

/** Ends it and tells what was pressed. */
export function unguard(): typeof outcome {
  target = undefined;
  return outcome;
}

function listen(): void {
  for (const type of EVENTS) window.addEventListener(type, check, true);
}

function check(event: Event): void {
  if (!event.isTrusted || !target) return;
  if (outcome === 'none') {
    const hit = event.composedPath()[0];
    const hits = hit instanceof Element && reaches(hit, target) && right();
    outcome = hits ? 'hit' : { missed: hit instanceof Element ? tell(hit) : 'the page itself' };
  }
  if (outcome === 'hit') return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
