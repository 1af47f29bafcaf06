const secret = new WeakSet<Element>();
let marked: WeakRef<Element>[] = [];

/** From now on the value of this field is never shown. */
export function markSecret(element: Element): void {
  if (!secret.has(element)) marked.push(new WeakRef(element));
  secret.add(element);
}

/** Fields that are still there and show what nobody may see: a password shows dots by itself. */
export function legibleSecrets(): Element[] {
  marked = marked.filter((ref) => ref.deref()?.isConnected);
  return marked.flatMap((ref) => ref.deref() ?? []).filter((field) => (field as HTMLInputElement).type !== 'password');
}

/** A field whose value nobody may see: a password, one that was a password, or one a secret was typed into. */
export function isSecret(element: Element): boolean {
  if (secret.has(element)) return true;
  if (element.localName !== 'input') return false;
  const input = element as HTMLInputElement;
  if (input.type !== 'password' && !/\b(current-password|new-password|cc-csc)\b/.test(input.autocomplete)) return false;
  markSecret(input);
  return true;
}

export const HIDDEN_VALUE = '•••';
