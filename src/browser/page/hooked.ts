/**
 * The other end of hook.ts: what only the page's own world can know.
 * The two worlds share the DOM alone, so they speak in synchronous events whose type nobody can guess.
 */
declare const __CHANNEL__: string;

const told = { listener: new WeakSet<Element>(), grab: new WeakSet<Element>(), drop: new WeakSet<Element>() };

for (const [kind, elements] of Object.entries(told)) {
  window.addEventListener(
    `${__CHANNEL__}:${kind}`,
    (event) => {
      const target = event.composedPath()[0];
      if (target instanceof Element) elements.add(target);
    },
    true,
  );
}

function ask(question: string): string {
  let answer = '';
  const take = (event: Event): void => {
    answer = String((event as CustomEvent).detail ?? '');
  };
  window.addEventListener(`${__CHANNEL__}:answer`, take);
  window.dispatchEvent(new CustomEvent(`${__CHANNEL__}:ask`, { detail: question }));
  window.removeEventListener(`${__CHANNEL__}:answer`, take);
  return answer;
}

/** Brings in the elements that got a listener of interest since last time. */
export const learnListeners = (): void => void ask('listeners');

/** It listens for a pointer. */
export const hasListener = (element: Element): boolean => told.listener.has(element);

/** It listens for being taken hold of. */
export const hasGrabListener = (element: Element): boolean => told.grab.has(element);

/** It listens for something being dropped on it. */
export const hasDropListener = (element: Element): boolean => told.drop.has(element);

/** Begins watching what an action sets off in the page's own timers. */
export const watchTimers = (): void => void ask('arm');

/** Ends it: timers set from now on are the page's own business. */
export const forgetTimers = (): void => void ask('disarm');

/** How many windows the page's scripts have asked for so far. */
export const windowsAsked = (): number => Number(ask('opens')) || 0;

/** Milliseconds until the last timer or frame that the action set off is due; 0 when none is pending. */
export const timersDue = (): number => Number(ask('due')) || 0;
