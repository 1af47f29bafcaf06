const secret = new WeakSet<Element>();

/** From now on the value of this field is never shown. */
export function markSecret(element: Element): void {
  secret.add(element);
}

/** A field whose value nobody may see: a password, one that was a password, or one a secret was typed into. */
export function isSecret(element: Element): boolean {
  if (secret.has(element)) return true;
  if (element.localName !== 'input') return false;
  const input = element as HTMLInputElement;
  if (input.type !== 'password' && !/\b(current-password|new-password|cc-csc)\b/.test(input.autocomplete)) return false;
  secret.add(input);
  return true;
}

export const HIDDEN_VALUE = '•••';
