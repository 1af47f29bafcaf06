import { isWordLike as is } from './particle.ts';
import type { Token } from './tokenise.ts';

/** "do not send it to the customer", "leave weekend bookings alone", "the plates stay as they are": what must not happen is nothing to do. */
export function isConstraint(tokens: readonly Token[]): boolean {
  if (isForbidding(tokens)) return true;
  const end = tokens.findLastIndex((token) => token.is !== 'mark');
  const untouched = is(tokens[end], /^(?:alone|untouched|unchanged|intact)$/);
  const asItIs =
    is(tokens[end], /^(?:is|are|was|were)$/) && is(tokens[end - 1], /^(?:it|they|he|she)$/) && is(tokens[end - 2], /^(?:as|how|where)$/);
  return (untouched || asItIs) && tokens.some((token) => is(token, /^(?:leave|keep|stay|stays|remain|remains|let|be|is|are)$/));
}

/** "do not …", "don't …", "never …". */
export const isForbidding = (tokens: readonly Token[]): boolean =>
  (is(tokens[0], /^do$/) && is(tokens[1], /^not$/)) || is(tokens[0], /^(?:don't|dont|never)$/);
