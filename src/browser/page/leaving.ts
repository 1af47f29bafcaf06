/** Only what is read of the Navigation API. */
interface NavigateEvent extends Event {
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly destination: { readonly sameDocument: boolean };
}

interface Navigation extends EventTarget {
  readonly transition: object | null;
}

let leaving: NavigateEvent | undefined;

const { navigation } = window as unknown as { navigation?: Navigation };

navigation?.addEventListener('navigate', (event) => {
  const to = event as NavigateEvent;
  if (!to.hashChange && to.downloadRequest === null && !to.destination.sameDocument) leaving = to;
});
for (const end of ['navigatesuccess', 'navigateerror']) navigation?.addEventListener(end, stay);

/** Forgets an earlier navigation. */
export function stay(): void {
  leaving = undefined;
}

/** Whether the page has begun to go to another document. What its router takes over is not one. */
export function isLeaving(): boolean {
  return leaving !== undefined && !leaving.defaultPrevented && !navigation?.transition;
}
