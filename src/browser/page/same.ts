/** What makes a control the one that was chosen. Frameworks that reuse elements change the row or the dialog around it, not the element. */
export interface Identity {
  role: string;
  name: string;
  row?: string;
  dialog?: string;
}

/** Whether an element is who it was shown as. What was not told of it is not asked. */
export function isSame(now: Identity, shown: Identity): boolean {
  return now.name === shown.name && isSameButForName(now, shown);
}

/** The same under the mouse, where a button may show more of itself: a tip, a shortcut. */
export function isSameHovered(now: Identity, shown: Identity): boolean {
  return now.name.includes(shown.name) && isSameButForName(now, shown);
}

const isSameButForName = (now: Identity, shown: Identity): boolean =>
  now.role === shown.role &&
  (shown.row === undefined || now.row === shown.row) &&
  (shown.dialog === undefined || now.dialog === shown.dialog);
