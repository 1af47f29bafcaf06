import { elementOf } from './registry.ts';

export interface SliderFacts {
  value: number;
  min: number;
  max: number;
}

/** Where a slider stands, as far as it tells. */
export function sliderOf(number: number): SliderFacts | undefined {
  const element = elementOf(number);
  if (!element) return undefined;
  if (element.localName === 'input') {
    const input = element as HTMLInputElement;
    return { value: input.valueAsNumber, min: Number(input.min || 0), max: Number(input.max || 100) };
  }
  const value = element.getAttribute('aria-valuenow');
  if (value === null) return read(element);
  return {
    value: Number(value),
    min: Number(element.getAttribute('aria-valuemin') ?? 0),
    max: Number(element.getAttribute('aria-valuemax') ?? 100),
  };
}

const MOST_TEXTS = 2000;
/** A limit that is not told. Infinity does not survive the way out of the page. */
const UNKNOWN = 1e12;
let handle: Element | undefined;
let before = new Map<Text, number>();
let shown: Text | undefined;

/** Notes every number on the page: the one that moves with the slider is its value. */
export function noteNumbers(number: number): void {
  handle = elementOf(number);
  shown = undefined;
  before = new Map(numbers());
}

/** The value of a slider that tells none, by the number that has changed since they were noted. */
function read(element: Element): SliderFacts | undefined {
  if (element !== handle) return undefined;
  if (!shown?.isConnected) shown = [...numbers()].find(([text, value]) => before.has(text) && before.get(text) !== value)?.[0] ?? fresh();
  const value = shown && numberIn(shown.data);
  return value === undefined ? undefined : { value, min: -UNKNOWN, max: UNKNOWN };
}

/** A number that was not there before: pages that write their value anew replace its text. */
function fresh(): Text | undefined {
  const added = [...numbers()].filter(([text]) => !before.has(text));
  return added.length === 1 ? added[0]![0] : undefined;
}

function* numbers(): Generator<[Text, number]> {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let count = 0; count < MOST_TEXTS && walker.nextNode(); count++) {
    const text = walker.currentNode as Text;
    const value = numberIn(text.data);
    if (value !== undefined && text.parentElement?.checkVisibility()) yield [text, value];
  }
}

function numberIn(text: string): number | undefined {
  const match = /^[^\d-]{0,24}(-?\d+(?:\.\d+)?)\D{0,8}$/.exec(text.trim());
  return match ? Number(match[1]) : undefined;
}
