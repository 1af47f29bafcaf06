/** Elements by the number they were shown under. A number is never given to a second element. */
const numbers = new WeakMap<Element, number>();
const elements = new Map<number, WeakRef<Element>>();
const rows = new WeakMap<Element, Element>();
let last = 0;

export function numberOf(element: Element): number {
  let number = numbers.get(element);
  if (number === undefined) {
    number = ++last;
    numbers.set(element, number);
    elements.set(number, new WeakRef(element));
  }
  return number;
}

/** Keeps the row that an element was shown in. */
export function keepRow(element: Element, row: Element): void {
  rows.set(element, row);
}

export const rowOf = (element: Element): Element | undefined => rows.get(element);

/** The element of a number as long as it is part of a document; undefined when it is gone. */
export function elementOf(number: number): Element | undefined {
  const element = elements.get(number)?.deref();
  if (!element) elements.delete(number);
  return element?.isConnected ? element : undefined;
}
