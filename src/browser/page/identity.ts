import { contains, upFrom } from './dom.ts';
import { rowOf } from './registry.ts';
import { roleOf } from './roles.ts';
import type { Identity } from './same.ts';
import { calledOf, dialogName, freshRows, rowText } from './scope.ts';

/** Who an element is now. */
export function identityOf(element: Element): Identity {
  const role = roleOf(element);
  const row = rowOf(element);
  const dialog = dialogAround(element);
  freshRows();
  const name = calledOf(element, role);
  return {
    role: role || 'generic',
    name,
    ...(row && contains(row, element) ? { row: rowText(row) } : {}),
    ...(dialog ? { dialog: dialogName(dialog) } : {}),
  };
}

function dialogAround(element: Element): Element | undefined {
  for (const at of upFrom(element)) if (/dialog$/.test(roleOf(at))) return at;
  return undefined;
}

/** How an identity differs from another, in words. */
export function difference(shown: Identity, now: Identity): string {
  const told = `${shown.role} “${shown.name}”`;
  if (now.role !== shown.role || now.name !== shown.name) return `${told} is now ${now.role} “${now.name}”`;
  if (shown.row !== undefined && now.row !== shown.row) return `${told} of “${shown.row}” now stands in “${now.row ?? ''}”`;
  return `${told} of the dialog “${shown.dialog}” now stands in “${now.dialog ?? ''}”`;
}
