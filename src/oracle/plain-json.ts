import { IntentwrightError } from '../core/errors.ts';

/** Largest answer a probe may give, as JSON characters, and the most items of a list. */
export const MOST_JSON = 256 * 1024;
export const MOST_ITEMS = 1000;

/** What a driver returned as plain JSON: dates as ISO text, big integers as numbers where they are exact and as text where not, bytes as base64. */
export function plainJson(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
    case 'object':
      return plainObject(value);
    default:
      return String(value);
  }
}

function plainObject(value: object): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plainJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plainJson(item)]));
  if (value instanceof Set) return [...value].map(plainJson);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && typeof item !== 'function')
      .map(([key, item]) => [key, plainJson(item)]),
  );
}

/** An answer that is too long to be evidence is not evidence. @throws IntentwrightError PROBE_UNREADABLE */
export function withinCaps(value: unknown): unknown {
  if (Array.isArray(value) && value.length > MOST_ITEMS) throw tooMuch(`${value.length} items, more than ${MOST_ITEMS}`);
  const size = JSON.stringify(value)?.length ?? 0;
  if (size > MOST_JSON) throw tooMuch(`${Math.round(size / 1024)} KiB, more than ${MOST_JSON / 1024}`);
  return value;
}

const tooMuch = (what: string) =>
  new IntentwrightError('PROBE_UNREADABLE', `the answer has ${what}`, { hint: 'ask for the rows and fields that the invariant is about' });
