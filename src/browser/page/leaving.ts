import { windowsAsked } from './hooked.ts';

/** Only what is read of the Navigation API. */
interface NavigateEvent extends Event {
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly sameDocument: boolean };
}

interface Navigation extends EventTarget {
  readonly transition: object | null;
}

const OTHER_WINDOW = '[target]:not([target=""],[target=_self],[target=_top],[target=_parent])';

let leaving: NavigateEvent | undefined;
let clicked: { event: Event; from: EventTarget | undefined } | undefined;
let windows = 0;

const { navigation } = window as unknown as { navigation?: Navigation };

navigation?.addEventListener('navigate', (event) => {
  const to = event as NavigateEvent;
  if (!to.hashChange && to.downloadRequest === null && !to.destination.sameDocument) leaving = to;
});
for (const end of ['navigatesuccess', 'navigateerror'])
  navigation?.addEventListener(end, () => {
    leaving = undefined;
  });
for (const type of ['click', 'submit'])
  window.addEventListener(
    type,
    (event) => {
      clicked = { event, from: event.composedPath()[0] };
    },
    true,
  );

/** Forgets an earlier navigation. */
export function stay(): void {
  leaving = undefined;
  clicked = undefined;
  windows = windowsAsked();
}

/** Whether the page has begun to go to another document. What its router takes over is not one. */
export function isLeaving(): boolean {
  return leaving !== undefined && !leaving.defaultPrevented && !navigation?.transition;
}

/** Whether another window was asked for: by a script, or by a link or form that names one. */
export function isOpening(): boolean {
  if (windowsAsked() > windows) return true;
  if (!clicked || clicked.event.defaultPrevented || !(clicked.from instanceof Element)) return false;
  const { event, from } = clicked;
  return from.closest(event.type === 'submit' ? `form${OTHER_WINDOW}` : `a[href]${OTHER_WINDOW},area[href]${OTHER_WINDOW}`) !== null;
}
