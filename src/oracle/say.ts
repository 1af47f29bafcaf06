import { celOf, isRecord, isTest } from './expectation.ts';

const LONGEST = 240;

/** A value as a person would jot it down: `[{ role: viewer, status: active }]`, cut to about 240 characters. */
export const sayValue = (value: unknown): string => cut(say(value), LONGEST);

function say(value: unknown): string {
  if (value === undefined) return 'nothing (the field is missing)';
  if (value === null) return 'null';
  if (typeof value === 'string') return sayText(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'nothing ([])';
    const shown = value.slice(0, 5).map(say);
    return `[${shown.join(', ')}${value.length > 5 ? `, … ${value.length} in all` : ''}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    return entries.length === 0 ? '{}' : `{ ${entries.map(([key, item]) => `${key}: ${say(item)}`).join(', ')} }`;
  }
  return String(value);
}

/** Quotes only where a bare word could be taken for something else. */
function sayText(text: string): string {
  const bare = /^[^\s,:{}[\]"'#][^,{}[\]"\n]*$/u.test(text) && text === text.trim() && !/^(true|false|null|none|~|-?[\d.]+)$/i.test(text);
  return bare ? text : JSON.stringify(text);
}

/** An expectation in the words of its file. */
export function sayExpectation(expect: unknown): string {
  if (expect === 'none') return 'none (an empty answer)';
  const cel = celOf(expect);
  if (cel !== undefined) return cut(cel, LONGEST);
  if (isTest(expect)) return cut(sayTest(expect), LONGEST);
  return cut(
    Array.isArray(expect) && expect.length > 0
      ? `exactly ${expect.length === 1 ? 'one' : expect.length}: ${sayInner(expect)}`
      : sayInner(expect),
    LONGEST,
  );
}

function sayInner(expect: unknown): string {
  if (Array.isArray(expect)) return expect.length === 0 ? 'an empty list' : `[${expect.map(sayInner).join(', ')}]`;
  if (isTest(expect)) return sayTest(expect);
  if (isRecord(expect))
    return `{ ${Object.entries(expect)
      .map(([key, item]) => `${key}: ${sayInner(item)}`)
      .join(', ')} }`;
  return say(expect);
}

const sayTest = (test: Record<string, unknown>): string =>
  Object.entries(test)
    .map(([name, operand]) => `${WORDS[name] ?? name} ${sayInner(operand)}`)
    .join(' and ');

const WORDS: Record<string, string> = { eq: 'exactly', ne: 'not', gt: '>', gte: '≥', lt: '<', lte: '≤', in: 'one of', none: 'none like' };

/** The kind of a value, for differences that are about kinds. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value;
}

export const cut = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
