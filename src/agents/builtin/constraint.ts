import type { Token } from './tokenise.ts';

const word = (token: Token | undefined, pattern: RegExp): boolean => token?.is === 'word' && pattern.test(token.word);

/** "do not send it to the customer", "leave weekend bookings alone", "the plates stay as they are": what must not happen is nothing to do. */
export function isConstraint(tokens: readonly Token[]): boolean {
  if (isForbidding(tokens)) return true;
  const end = tokens.findLastIndex((token) => token.is !== 'mark');
  const untouched = word(tokens[end], /^(?:alone|untouched|unchanged|intact)$/);
  const asItIs = word(tokens[end], /^(?:is|are|was|were)$/) && word(tokens[end - 1], /^(?:it|they|he|she)$/) && word(tokens[end - 2], /^(?:as|how|where)$/);
  return (untouched || asItIs) && tokens.some((token) => word(token, /^(?:leave|keep|stay|stays|remain|remains|let|be|is|are)$/));
}

/** "do not …", "don't …", "never …". */
export const isForbidding = (tokens: readonly Token[]): boolean => (word(tokens[0], /^do$/) && word(tokens[1], /^not$/)) || word(tokens[0], /^(?:don't|dont|never)$/);
