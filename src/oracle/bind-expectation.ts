import { referencesOf } from '../core/template.ts';
import type { Resolver } from './bind.ts';
import { celOf, isRecord, isTest } from './expectation.ts';
import { quoted } from './regex.ts';

/** Resolves templates in an expectation. What is inserted is always data: in a pattern a "+" is a plus, in CEL a quote is a quote. */
export function bindExpectation(expect: unknown, resolver: Resolver): unknown {
  if (typeof expect === 'string') return resolver.text(expect);
  if (Array.isArray(expect)) return expect.map((item) => bindExpectation(item, resolver));
  if (!isRecord(expect)) return expect;
  const cel = celOf(expect);
  if (cel !== undefined) return { cel: bindCel(cel, resolver) };
  const test = isTest(expect);
  return Object.fromEntries(
    Object.entries(expect).map(([key, value]) => {
      const bound =
        test && key === 'matches' && typeof value === 'string' ? bindPattern(value, resolver) : bindExpectation(value, resolver);
      if (test && FOUND_IN.has(key) && bound === '' && value !== '')
        resolver.refuse(`${key}: ${String(value)}`, 'is empty: every text has that in it');
      return [key, bound];
    }),
  );
}

/** Operators that an empty text satisfies with anything. */
const FOUND_IN: ReadonlySet<string> = new Set(['contains', 'matches']);

const bindPattern = (pattern: string, resolver: Resolver): string =>
  referencesOf(pattern).reduce((text, { raw }) => text.replace(raw, () => quoted(String(resolver.text(raw)))), pattern);

/** A reference inside a string literal becomes part of it; anywhere else it becomes a literal of its own. */
function bindCel(source: string, resolver: Resolver): string {
  let bound = '';
  let quote: string | undefined;
  for (let at = 0; at < source.length; at++) {
    const reference = source.startsWith('${', at) ? referencesOf(source.slice(at))[0]?.raw : undefined;
    if (reference) {
      const value = resolver.text(reference);
      bound += quote === undefined ? JSON.stringify(value) : JSON.stringify(String(value)).slice(1, -1).replaceAll("'", "\\'");
      at += reference.length - 1;
      continue;
    }
    const letter = source[at]!;
    if (quote !== undefined && letter === '\\') {
      bound += letter + (source[++at] ?? '');
      continue;
    }
    if (letter === quote) quote = undefined;
    else if (quote === undefined && (letter === '"' || letter === "'")) quote = letter;
    bound += letter;
  }
  return bound;
}
