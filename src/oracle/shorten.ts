import { isRecord } from './expectation.ts';
import { cut } from './say.ts';

const MOST_ITEMS = 20;
const LONGEST_TEXT = 500;
const DEEPEST = 6;

/** A value as evidence in a verdict: the beginning of what is long. The whole of it stands in the journal. */
export function shortened(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cut(value, LONGEST_TEXT);
  if (depth >= DEEPEST && value !== null && typeof value === 'object') return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item) => shortened(item, depth + 1));
    return value.length > MOST_ITEMS ? [...items, `… ${value.length} in all`] : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).slice(0, MOST_ITEMS * 2);
  return Object.fromEntries(entries.map(([key, item]) => [key, shortened(item, depth + 1)]));
}
