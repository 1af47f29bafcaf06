const MOST_ITEMS = 20;
const LONGEST_TEXT = 500;
const DEEPEST = 6;

/** A value as evidence in a verdict: the beginning of what is long. The whole of it stands in the journal. */
export function shortened(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? value : `${value.slice(0, LONGEST_TEXT - 1)}…`;
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item) => shortened(item, depth + 1));
    return value.length > MOST_ITEMS ? [...items, `… ${value.length} in all`] : items;
  }
  const entries = Object.entries(value).slice(0, MOST_ITEMS * 2);
  return Object.fromEntries(entries.map(([key, item]) => [key, shortened(item, depth + 1)]));
}
