import { isDeterminer, isPreposition, isWord } from './particle.ts';
import type { Token } from './tokenise.ts';

type Word = Extract<Token, { is: 'word' }>;

const ROLE_NOUNS = new Set('owner admin administrator editor viewer member manager user guest moderator developer'.split(' '));
const FIELD_NOUNS = new Set(
  'date time title name description password username email reason text label subject year amount number value departure arrival'.split(
    ' ',
  ),
);
const TYPES = /^(?:put|enter|typ|type|fill|writ|write|insert|past|paste)$/;

/** "… as the date", "put 30 into the quantity and …": the words that say what the value before is called, and where they end; undefined when it is something else. */
export function labelAfter(tokens: readonly Token[], at: number, verb: string): { words: string[]; end: number } | undefined {
  const token = tokens[at]!;
  if (token.is !== 'word' || tokens[at - 1]?.is !== 'value') return undefined;
  const found = tokens.findIndex((item, index) => index > at && (item.is !== 'word' || isPreposition(item) || item.word === 'and'));
  if (found >= 0 && tokens[found]!.is === 'value') return undefined;
  const end = found < 0 ? tokens.length : found;
  const noun = tokens.slice(at + 1, end).filter((item): item is Word => item.is === 'word' && !isDeterminer(item));
  const definite = tokens[at + 1]?.is === 'word' && /^(?:the|its|their|his|her|our|my)$/.test((tokens[at + 1] as Word).word);
  const last = noun.at(-1)?.word;
  if (last === undefined) return undefined;
  const words = noun.map((item) => item.stem);
  if (token.word === 'as') return !ROLE_NOUNS.has(last) && (definite || FIELD_NOUNS.has(last)) ? { words, end } : undefined;
  // With one value the place may be anything; where another value follows it, each has a field of its own.
  const another = (isWord(tokens[end], 'and') || tokens[end]?.is === 'mark') && tokens[end + 1]?.is === 'value';
  return /^(?:into|in)$/.test(token.word) && TYPES.test(verb) && (another || tokens.slice(0, at - 1).some((item) => item.is === 'value'))
    ? { words, end }
    : undefined;
}
