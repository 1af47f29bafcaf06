/**
 * The other end of hook.ts: what only the page's own world can know.
 * The two worlds share the DOM alone, so they speak in synchronous events whose type nobody can guess.
 */
declare const __CHANNEL__: string;

const listening = new WeakSet<Element>();

window.addEventListener(
  `${__CHANNEL__}:listener`,
  (event) => {
    const target = event.composedPath()[0];
    if (target instanceof Element) listening.add(target);
  },
  true,
);

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

/** Brings in the elements that got a pointer listener since last time. */
export const learnListeners = (): void => void ask('listeners');

export const hasListener = (element: Element): boolean => listening.has(element);

/** Begins watching what an action sets off in the page's own timers. */
export const watchTimers = (): void => void ask('arm');

/** Ends it: timers set from now on are the page's own business. */
export const forgetTimers = (): void => void ask('disarm');

/** How many windows the page's scripts have asked for so far. */
export const windowsAsked = (): number => Number(ask('opens')) || 0;

/** Milliseconds until the last timer or frame that the action set off is due; 0 when none is pending. */
export const timersDue = (): number => Number(ask('due')) || 0;
