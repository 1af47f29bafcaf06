import { verbsOf } from '../lexicon.ts';
import { stem } from '../words.ts';
import type { Token } from './tokenise.ts';

type Word = Extract<Token, { is: 'word' }>;

/** Words that only say who tells, or how a scenario is laid out. */
const KEYWORD = /^(?:given|when|then|and|but|so)$/;
const SELF = /^(?:i|we|you)$/;
const SOMEBODY = /^(?:user|customer|visitor|admin|administrator|member|guest|person|client|employee|manager)$/;
const ADVERB = /^(?:then|also|now|first|finally|next|just|again|therefore|simply|afterwards)$/;

const wordAt = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token?.is === 'word' ? token.word : '';
};

/** "When I open the cart, and I press …", "Given I am on the orders page": a story told in the first person or the third gives the same orders. */
export function withoutNarrator(all: readonly Token[], isCommand: (stemmed: string) => boolean): readonly Token[] {
  const tokens = withoutRole(all);
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (!(token.is === 'word' && beginsClause(out, token))) {
      out.push(token);
      continue;
    }
    const from = KEYWORD.test(token.word) && token.word !== 'so' ? index + 1 : index;
    const told = narrated(tokens, from, isCommand);
    if (told) {
      if (from > index && out.length > 0 && !endsOpen(out)) out.push({ is: 'mark', text: ',', start: token.start, end: token.start });
      if (told.word) out.push(told.word);
      index = told.next - 1;
    } else if (out.length === 0 && from > index && /^(?:and|but|given|then)$/.test(token.word) && isVerb(tokens[from], isCommand))
      index = from - 1;
    else out.push(token);
  }
  return out;
}

/** At the head of the sentence, behind a mark, or behind a word that links clauses. */
function beginsClause(out: readonly Token[], token: Word): boolean {
  const last = out.at(-1);
  if (last === undefined || (last.is === 'mark' && /^[,.;:!?–—-]$/.test(last.text))) return true;
  return (
    (last.is === 'word' && /^(?:and|then|but)$/.test(last.word)) || (KEYWORD.test(token.word) && /^(?:when|then|and|but)$/.test(token.word))
  );
}

const endsOpen = (out: readonly Token[]): boolean => {
  const last = out.at(-1)!;
  return last.is === 'mark' || (last.is === 'word' && /^(?:and|then|but)$/.test(last.word));
};

/** Where the order begins behind "I", "the user", "I then"; and the word that it begins with where the story says only where one is. */
function narrated(
  tokens: readonly Token[],
  at: number,
  isCommand: (stemmed: string) => boolean,
): { next: number; word?: Word } | undefined {
  let next = at;
  if (wordAt(tokens, next) === 'that') next++;
  const first = tokens[next];
  if (first?.is !== 'word') return undefined;
  if (/^(?:i'm|we're|you're)$/.test(first.word)) return standing(tokens, first, next + 1);
  if (SELF.test(first.word)) next++;
  else if (/^(?:the|a|an|our)$/.test(first.word) && SOMEBODY.test(wordAt(tokens, next + 1))) next += 2;
  else return undefined;
  if (/^(?:am|are|is)$/.test(wordAt(tokens, next))) return standing(tokens, first, next + 1);
  while (ADVERB.test(wordAt(tokens, next))) next++;
  return isVerb(tokens[next], isCommand) ? { next } : undefined;
}

/** "I am on the orders page" is to be there. */
function standing(tokens: readonly Token[], first: Word, at: number): { next: number; word: Word } | undefined {
  const next = /^(?:now|already|currently|still)$/.test(wordAt(tokens, at)) ? at + 1 : at;
  return /^(?:on|at|in)$/.test(wordAt(tokens, next))
    ? { next, word: { ...first, text: 'go', word: 'go', stem: stem('go'), capital: false } }
    : undefined;
}

/** A verb as an order has it, or with an s; what ends in -ed tells what has happened. */
const isVerb = (token: Token | undefined, isCommand: (stemmed: string) => boolean): boolean =>
  token?.is === 'word' && !/ed$/.test(token.word) && (isCommand(token.stem) || verbsOf(token.stem).size > 0);

/** "As a nurse, I want to …", "As a nurse I …": who it is is known already. */
function withoutRole(tokens: readonly Token[]): readonly Token[] {
  if (!(wordAt(tokens, 0) === 'as' && /^(?:a|an|the)$/.test(wordAt(tokens, 1)))) return tokens;
  const self = tokens.findIndex((token, index) => index > 1 && index < 7 && token.is === 'word' && SELF.test(token.word));
  return self > 0 ? tokens.slice(self) : tokens;
}
