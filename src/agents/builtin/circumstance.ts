import { isStopWord } from '../words.ts';
import type { Phrase } from './clause.ts';
import { isPreposition, isWord, isWordLike } from './particle.ts';
import type { Token } from './tokenise.ts';

type Word = Extract<Token, { is: 'word' }>;

/** "As Admin, block …": who acts is known already. */
export function withoutActor(tokens: readonly Token[]): readonly Token[] {
  const [first] = tokens;
  if (first?.is !== 'word' || first.word !== 'as') return tokens;
  const comma = tokens.findIndex((token) => token.is === 'mark' && token.text === ',');
  return comma > 0 && comma <= 5 ? tokens.slice(comma + 1) : tokens;
}

const WRITES = /^(?:add|create|write|post|note|leave|log|enter|type|send|reply|answer|comment|record|jot)$/;

/** "Add a to-do: Water the plants": what stands behind the colon is what it says, as good as quoted. */
export function withSaid(tokens: readonly Token[], source: string): readonly Token[] {
  const colon = tokens.findIndex((token) => token.is === 'mark' && token.text === ':');
  const [first] = tokens;
  const said = tokens.slice(colon + 1);
  const [head] = said;
  if (colon < 2 || first?.is !== 'word' || !WRITES.test(first.word) || head?.is !== 'word' || !head.capital) return tokens;
  const end = said.findIndex((token) => token.is === 'mark' && /^[.!?]$/.test(token.text));
  const own = end < 0 ? said : said.slice(0, end);
  if (end >= 0 && end < said.length - 1) return tokens;
  if (own.some((token) => token.is === 'value' || (token.is === 'mark' && /^[,;:]$/.test(token.text)))) return tokens;
  const text = source.slice(head.start, own.at(-1)!.end);
  return [
    ...tokens.slice(0, colon),
    { is: 'value', text, start: head.start, end: own.at(-1)!.end, ref: { from: 'step', text }, kind: 'text', certain: true, owner: false },
  ];
}

/** "12 of them are in stock": its stock is 12. */
export function withoutThem(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    (token, index) =>
      token.is === 'value' &&
      token.kind === 'number' &&
      isWord(tokens[index + 1], 'of') &&
      isWordLike(tokens[index + 2], /^(?:them|these|those)$/) &&
      isWordLike(tokens[index + 3], /^(?:is|are|be)$/),
  );
  const from = isPreposition(tokens[at + 4]) ? at + 5 : at + 4;
  const noun = tokens[from];
  const ends = tokens[from + 1] === undefined || tokens[from + 1]!.is === 'mark' || isWord(tokens[from + 1], 'and');
  if (at < 0 || noun?.is !== 'word' || isStopWord(noun.word) || !ends) return tokens;
  const said = (word: string, { start, end }: Token): Token => ({ is: 'word', text: word, word, stem: word, capital: false, start, end });
  return [
    ...tokens.slice(0, at),
    said('its', tokens[at]!),
    noun,
    said('is', tokens[at + 3]!),
    tokens[at]!,
    ...withoutThem(tokens.slice(from + 1)),
  ];
}

/** "five instead of two": what it was before is nothing to do. */
export function withoutFormer(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex((token, index) => isWord(token, 'instead') && isWord(tokens[index + 1], 'of'));
  if (at < 1) return tokens;
  const end = tokens.findIndex((token, index) => index > at + 1 && (token.is === 'mark' || isWord(token, 'and')));
  return [...tokens.slice(0, at), ...(end < 0 ? [] : tokens.slice(end))];
}

/** "…, because the invitation is for another account, and …": a reason that names no value says nothing to do; a form may ask for it. */
export function withoutReason(tokens: readonly Token[]): { kept: readonly Token[]; reason: Phrase[] } {
  const at = tokens.findIndex((token) => token.is === 'word' && /^(?:because|since)$/.test(token.word));
  if (at < 0) return { kept: tokens, reason: [] };
  const end = tokens.findIndex((token, index) => index > at && token.is === 'mark' && /^[,.;]$/.test(token.text));
  const to = end < 0 ? tokens.length : end;
  if (tokens.slice(at, to).some((token) => token.is === 'value')) return { kept: tokens, reason: [] };
  const words = tokens
    .slice(at + 1, to)
    .filter((token): token is Word => token.is === 'word' && !isStopWord(token.word))
    .map((token) => token.stem);
  return {
    kept: [...tokens.slice(0, at), ...tokens.slice(to)],
    reason: [{ prep: 'because', lead: '', definite: true, words, items: [], tail: '', raw: '', values: [] }],
  };
}
