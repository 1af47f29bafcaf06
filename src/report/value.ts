import { clip } from './escape/visible.ts';

/** A backend's answer in one short line: "role: viewer, status: active", "nothing", "3 rows". */
export function sayAnswer(value: unknown, max = 80): string {
  return clip(say(value, 0), max);
}

function say(value: unknown, depth: number): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return /^\s*<(?:!doctype|html)\b/i.test(value) ? 'an HTML page' : value.replace(/\s+/g, ' ');
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return sayList(value, depth);
  const fields = Object.entries(value);
  if (fields.length === 0) return 'nothing';
  const told = fields
    .slice(0, 12)
    .map(([name, item]) => `${name}: ${say(item, depth + 1)}`)
    .join(', ');
  return depth === 0 ? told : `{${told}}`;
}

function sayList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return 'nothing';
  if (list.length === 1) return say(list[0], depth);
  const told = list
    .slice(0, 5)
    .map((item) => say(item, depth + 1))
    .join(', ');
  return `${list.length}: ${told}${list.length > 5 ? ', …' : ''}`;
}

/** Equal as JSON data; the order of keys does not matter. */
export function sameAnswer(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameAnswer((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
