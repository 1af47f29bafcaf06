import { content, isStopWord, stem } from '../words.ts';
import type { Clause, Phrase, Word } from './clause.ts';
import { labelAfter } from './label.ts';
import { isDeterminer, isPreposition, isWord } from './particle.ts';
import { NOTHING, type Token } from './tokenise.ts';
import type { Value } from './value.ts';

/** Reads the words behind a verb into phrases, one preposition at a time. */
export class Reader {
  readonly #clause: Clause;
  readonly #source: string;
  #phrase: Phrase;
  #tokens: readonly Token[] = [];
  #items: Token[][] = [[]];
  #span: Token[] = [];
  #hints: string[] = [];
  #tail: Token[] | undefined;
  #negative: string[] | undefined;
  /** What stands before it has been read. */
  #resume = 0;

  constructor(clause: Clause, source: string, prep: string) {
    this.#clause = clause;
    this.#source = source;
    this.#phrase = { prep, lead: '', definite: false, words: [], items: [], tail: '', raw: '', values: [] };
  }

  read(tokens: readonly Token[]): void {
    this.#tokens = tokens;
    for (const [index, token] of tokens.entries()) {
      if (index < this.#resume) continue;
      if (token.is === 'value') this.#value(token);
      else if (token.is === 'mark') this.#mark(token);
      else this.#word(token, index);
    }
    this.#close();
  }

  #value(token: Extract<Token, { is: 'value' }>): void {
    const { text, ref, kind, certain, whole } = token;
    if (this.#hints.length === 0 && this.#phrase.prep === 'when') this.#hints.push('when');
    const value: Value = {
      text,
      ref,
      kind,
      certain,
      hints: token.called ?? [...this.#hints],
      prep: token.owner ? 'of' : this.#phrase.prep,
      at: this.#clause.values.length,
      ...(whole === undefined ? {} : { whole }),
    };
    if (this.#negative) return;
    this.#tail = [];
    this.#clause.values.push(value);
    this.#phrase.values.push(value);
    this.#hints = [];
  }

  #mark(token: Token): void {
    if (token.text === "'s") {
      // Whose it is does not say what it is called.
      this.#phrase.words = [];
      this.#hints = [];
    }
    if (token.text === "'s" || token.text === ':' || token.text === NOTHING) return;
    this.#hints = [];
    if (token.text === '(') {
      this.#close();
      this.#phrase = { prep: '', lead: '', definite: false, words: [], items: [], tail: '', raw: '', values: [] };
    }
    this.#items.push([]);
  }

  #word(token: Word, index: number): void {
    const ordinal = ORDINALS[token.word] ?? (/^\d+(?:st|nd|rd|th)$/.test(token.word) ? Number.parseInt(token.word, 10) : undefined);
    // "at most 5" is a bound, and the most of nothing.
    const extreme = isWord(this.#tokens[index - 1], 'at') ? undefined : EXTREMES[token.word];
    if (
      (/^(?:without|not|no|never|don't)$/.test(token.word) && !token.capital) ||
      (token.word === 'do' && isWord(this.#tokens[index + 1], 'not'))
    ) {
      this.#negative = [];
      this.#clause.negated.push(this.#negative);
    } else if (this.#negative && !(isPreposition(token) && this.#negative.length > 0)) {
      if (!isStopWord(token.word)) this.#negative.push(token.stem);
    } else if (ordinal !== undefined && index < this.#tokens.length - 1 && !namesField(this.#tokens, index)) this.#clause.ordinal = ordinal;
    else if (extreme) this.#clause.extreme = { most: extreme.most, of: [...extreme.of.map(stem), ...wordsAfter(this.#tokens, index)] };
    else if (/^(?:both|all|every|each)$/.test(token.word)) this.#clause.all = true;
    else if (
      (isPreposition(token) && !isBound(this.#tokens, index)) ||
      (/^(?:when|if)$/.test(token.word) && this.#tokens[index + 1]?.is === 'value')
    )
      this.#preposition(token, index);
    else if (/^(?:and|or)$/.test(token.word)) {
      this.#hints = [];
      this.#items.push([]);
    } else if (
      isDeterminer(token) &&
      !isLetter(token, this.#tokens[index - 1]) &&
      !(/^(?:her|this|that)$/.test(token.word) && this.#tokens[index + 1]?.is !== 'word' && this.#tokens[index + 1]?.is !== 'value')
    )
      this.#phrase.definite ||= /^(?:the|my|your|our|his|her|their|its)$/.test(token.word);
    else this.#noun(token);
  }

  #preposition(token: Word, index: number): void {
    this.#negative = undefined;
    const label = labelAfter(this.#tokens, index, this.#clause.verb);
    if (label) {
      this.#clause.values.at(-1)!.hints.push(...label.words);
      this.#resume = label.end;
      return;
    }
    const before = this.#tokens[index - 1];
    this.#close();
    this.#phrase = {
      prep: token.word,
      lead: before?.is === 'word' ? before.stem : '',
      definite: false,
      words: [],
      items: [],
      tail: '',
      raw: '',
      values: [],
    };
  }

  #noun(token: Word): void {
    if (!isStopWord(token.word)) {
      const words = token.word.includes('-') ? content(token.word) : [token.stem];
      this.#phrase.words.push(...words);
      this.#hints.push(...words);
    }
    this.#items.at(-1)!.push(token);
    this.#span.push(token);
    this.#tail?.push(token);
  }

  #close(): void {
    const phrase = this.#phrase;
    const cut = (tokens: readonly Token[]) => this.#source.slice(tokens[0]!.start, tokens.at(-1)!.end);
    phrase.items = this.#items.filter((item) => item.length > 0).map(cut);
    phrase.tail = this.#tail && this.#tail.length > 0 ? cut(this.#tail) : '';
    phrase.raw = this.#span.length > 0 && phrase.values.length === 0 ? cut(this.#span) : '';
    if (phrase.items.length > 0 || phrase.values.length > 0) this.#clause.phrases.push(phrase);
    this.#items = [[]];
    this.#span = [];
    this.#hints = [];
    this.#tail = undefined;
  }
}

/** "Room A": a letter behind a name is part of it. */
const isLetter = (token: Token, before: Token | undefined): boolean =>
  token.is === 'word' && token.word === 'a' && token.capital && before?.is === 'word' && before.capital;

/** "show at most 4 posts": it bounds the number, and says of no place. */
const isBound = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], 'at') && (isWord(tokens[at + 1], 'most') || isWord(tokens[at + 1], 'least')) && tokens[at + 2]?.is === 'value';

/** "first day 2027-08-03", "the last name": which day, which name, not the first of several things. */
const namesField = (tokens: readonly Token[], at: number): boolean =>
  tokens[at + 1]?.is === 'word' && (tokens[at + 2]?.is === 'value' || isWord(tokens[at + 1], 'name'));

function wordsAfter(tokens: readonly Token[], at: number): string[] {
  const words: string[] = [];
  for (const token of tokens.slice(at + 1)) {
    if (token.is !== 'word' || isPreposition(token)) break;
    words.push(token.stem);
  }
  return words;
}

/** "begin to edit", "try to save". */
export const startsTo = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at - 1], 'to') &&
  tokens[at - 2]?.is === 'word' &&
  /^(?:begin|start|try|want|need|choose|take|have|ask|use)/.test((tokens[at - 2] as Word).word);

const ORDINALS: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  last: -1,
  final: -1,
};

const EXTREMES: Record<string, { most: boolean; of: string[] }> = {
  cheapest: { most: false, of: ['price', 'cost'] },
  costliest: { most: true, of: ['price', 'cost'] },
  shortest: { most: false, of: ['duration', 'length', 'time'] },
  longest: { most: true, of: ['duration', 'length', 'time'] },
  lowest: { most: false, of: [] },
  highest: { most: true, of: [] },
  smallest: { most: false, of: ['size'] },
  largest: { most: true, of: ['size'] },
  biggest: { most: true, of: ['size'] },
  greatest: { most: true, of: [] },
  least: { most: false, of: [] },
  most: { most: true, of: [] },
  newest: { most: true, of: ['date', 'time', 'created'] },
  latest: { most: true, of: ['date', 'time', 'created'] },
  oldest: { most: false, of: ['date', 'time', 'created'] },
  earliest: { most: false, of: ['time', 'date'] },
  fastest: { most: false, of: ['duration', 'time'] },
};
