import { verbsOf } from '../lexicon.ts';
import { content, isStopWord, stem } from '../words.ts';
import { withoutActor, withoutFormer, withoutReason, withSaid } from './circumstance.ts';
import { isConstraint, isForbidding } from './constraint.ts';
import { labelAfter } from './label.ts';
import { withoutNarrator } from './narrator.ts';
import { isDeterminer, isPreposition, isWord } from './particle.ts';
import { fillsIn, withNames } from './pairs.ts';
import { NOTHING, type Token } from './tokenise.ts';
import type { Value } from './value.ts';

type Word = Extract<Token, { is: 'word' }>;

/** A group of words behind one preposition: "with the text", "under Billing". */
export interface Phrase {
  /** "" for the direct object. */
  prep: string;
  /** Stem of the word before the preposition: "directed by" → "direct". */
  lead: string;
  /** Stems; determiners and words without a meaning of their own left out. */
  words: string[];
  /** Tells how something shall be, not what to look for. */
  told?: true;
  /** Behind "the": something known, more likely a place than a value. */
  definite: boolean;
  /** Its parts as written, split at commas and "and"; values left out. */
  items: string[];
  /** What follows its last value, as written: "make Dana an admin" → "admin". */
  tail: string;
  /** All of it as written, commas included; "" when it holds a value. */
  raw: string;
  values: Value[];
}

/** One thing to do, read from one part of the sentence. */
export interface Clause {
  /** As written, for people. */
  text: string;
  /** Says how something is ("its name is X"), not what to do. */
  tells: boolean;
  /** The verb as a stem, "" when the clause has none. */
  verb: string;
  /** What the verb can mean: delete, revoke … */
  meanings: ReadonlySet<string>;
  /** Stems of the direct object, values left out: "the project "Apollo"" → ["project"]. */
  object: string[];
  /** The direct object first, then what stands behind prepositions. */
  phrases: Phrase[];
  values: Value[];
  /** Stems behind "without", "not", "no". */
  negated: string[][];
  /** 1 for first, −1 for last. */
  ordinal?: number;
  /** The cheapest, the longest …: which way, and words of what is compared. */
  extreme?: { most: boolean; of: string[] };
  /** "both", "all", "every". */
  all: boolean;
  /** Stems of what has to be so first: "as soon as it is ready" → ["readi"]. */
  until?: string[];
}

/** Words that begin a clause after "and" or a comma wherever they stand. */
const IMPERATIVES = new Set(
  ('click press hit tap push type enter fill write select choose pick tick check uncheck toggle open go navigate visit view expand collapse close find search look scroll drag drop slide hover submit save apply '
    + 'create add make compose delete remove discard erase rename change edit update set modify move invite send accept decline reject approve confirm verify activate signin signout signup register log sign join leave '
    + 'pay buy purchase upgrade downgrade subscribe unsubscribe cancel import upload attach export download block unblock ban protect unprotect lock unlock give grant assign revoke archive restore copy duplicate '
    + 'retry resync enable disable start stop pause resume complete finish mark star like follow unfollow publish unpublish reset request recover generate continue proceed wait reload refresh use turn switch promote call describe come kick take give stay remain '
    + 'demote suspend reactivate deactivate book return back land edits reply forward answer try see read clear dismiss insert paste focus sort filter choose invite setup checkout put agree keep ask raise tag label let order return record void draft bill charge note issue reserve borrow lend renew postpone reschedule schedule extend push raise lower increase reduce assign mention log replace adjust correct rate unlike unfollow undo report post review waive').split(' ').map(stem),
);
/** Verbs that may stand alone at the end of a clause. */
const ALONE = new Set('submit save continue proceed confirm signin signout reload refresh retry accept decline back pay return join finish edit edits cancel close delete upgrade wait publish apply search order book buy undo'.split(' ').map(stem));
/** Also nouns: a clause begins with them only when an object follows. */
const NOUNS_TOO = new Set('search filter test order sort check mark star like report record share name copy back start stop return export import download upload view click type book set use read reply forward answer focus leave land block lock switch ask tag label let order record void draft bill charge note issue log schedule push rate post review'.split(' ').map(stem));
const ORDINALS: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, last: -1, final: -1 };
const EXTREMES: Record<string, { most: boolean; of: string[] }> = {
  cheapest: { most: false, of: ['price', 'cost'] }, costliest: { most: true, of: ['price', 'cost'] }, shortest: { most: false, of: ['duration', 'length', 'time'] }, longest: { most: true, of: ['duration', 'length', 'time'] },
  lowest: { most: false, of: [] }, highest: { most: true, of: [] }, smallest: { most: false, of: ['size'] }, largest: { most: true, of: ['size'] }, biggest: { most: true, of: ['size'] }, greatest: { most: true, of: [] },
  least: { most: false, of: [] }, most: { most: true, of: [] }, newest: { most: true, of: ['date', 'time', 'created'] }, latest: { most: true, of: ['date', 'time', 'created'] }, oldest: { most: false, of: ['date', 'time', 'created'] },
  earliest: { most: false, of: ['time', 'date'] }, fastest: { most: false, of: ['duration', 'time'] },
};

/** Is it a word that people give orders with? */
export const isCommand = (stemmed: string): boolean => IMPERATIVES.has(stemmed);

/** The clauses of a sentence in order. */
export function clausesOf({ tokens, text }: { tokens: readonly Token[]; text: string }): Clause[] {
  const { kept, reason } = withoutReason(withoutFormer(withoutNarrator(withoutActor(withSaid(tokens, text)), isCommand)));
  const parts = split(kept);
  const forbidden = parts.filter((part) => isForbidding(part)).map((part) => part.filter((token): token is Word => token.is === 'word' && !isStopWord(token.word) && !/^(?:don't|dont|never)$/.test(token.word)).map((token) => token.stem));
  const clauses = parts.filter((part) => !isConstraint(part)).map((part) => withCondition(part, text));
  clauses.at(-1)?.negated.push(...forbidden);
  clauses.at(-1)?.phrases.push(...reason);
  return clauses.filter((item) => item.verb !== '' || item.values.length > 0 || item.object.length > 0);
}

function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const current = parts.at(-1)!;
    if (token.is === 'mark' && /^[.;!?]$/.test(token.text)) parts.push([]);
    else if (isLink(token) && hasVerb(current) && (begins(tokens, afterLinks(tokens, index), current) || isForbidding(tokens.slice(afterLinks(tokens, index))))) {
      index = afterLinks(tokens, index) - 1;
      parts.push([]);
    } else if (token.is === 'word' && (token.word === 'then' || token.word === 'please')) continue;
    else if (isLink(token) && hasVerb(current) && tellsNext(tokens, index + 1)) parts.push([]);
    else if (isWord(token, 'so') && isWord(tokens[index + 1], 'that')) {
      parts.push([]);
      index++;
    }
    else if (token.is === 'word' && token.word === 'to' && isImperative(tokens[index + 1]) && /^(?:use|expand|go|open)/.test(verbOf(current)?.stem ?? '') && begins(tokens, index + 1, current)) parts.push([]);
    else current.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** ", the reason is "X"", ", her phone is 12": something told of what the sentence speaks of. */
function tellsNext(tokens: readonly Token[], at: number): boolean {
  const first = tokens[at];
  if (first?.is !== 'word' || !/^(?:the|its|his|her|their)$/.test(first.word)) return false;
  const finite = tokens.slice(at + 1, at + 5).findIndex((token) => token.is === 'word' && /^(?:is|are|should)$/.test(token.word));
  return finite > 0 && tokens.slice(at + 1, at + 1 + finite).every((token) => token.is === 'word' && !isPreposition(token)) && tokens[at + 2 + finite] !== undefined;
}

const isLink = (token: Token): boolean => (token.is === 'mark' && /^[,:–—-]$/.test(token.text)) || (token.is === 'word' && /^(?:and|then|but|afterwards|finally|who|which)$/.test(token.word));

function afterLinks(tokens: readonly Token[], from: number): number {
  let index = from;
  while (index < tokens.length && (isLink(tokens[index]!) || isFiller(tokens[index]!))) index++;
  return index;
}

const isFiller = (token: Token): boolean => token.is === 'word' && /^(?:then|also|finally|next|to|please|afterwards|he|she|they|it|find|locate)$/.test(token.word);
const isImperative = (token: Token | undefined): token is Word => token?.is === 'word' && IMPERATIVES.has(token.stem);

/** Does a new clause begin here? */
function begins(tokens: readonly Token[], at: number, current: readonly Token[]): boolean {
  const token = tokens[at];
  if (!isImperative(token) || (token.capital && at > 0 && inList(current))) return false;
  const next = tokens[at + 1];
  // "…, starting on 14 July": when it is, and no order.
  if (at > 0 && /^(?:start|begin|end|finish|run)n?ing$/.test(token.word)) return false;
  if (/^(?:tag|label)$/.test(token.stem) && !(next?.is === 'word' && /^(?:it|them|this|that|him|her)$/.test(next.word))) return at === 0;
  const alone = next === undefined || next.is === 'mark' || (next.is === 'word' && /^(?:and|or|then|but)$/.test(next.word));
  if (alone) return ALONE.has(token.stem) && !(inList(current) && next !== undefined);
  // "…, Notes to "D"": the next of what is filled in.
  if (NOUNS_TOO.has(token.stem) && fillsIn(verbOf(current)?.stem ?? '') && isPreposition(next) && tokens[at + 2]?.is === 'value') return false;
  if (NOUNS_TOO.has(token.stem)) return next.is === 'value' || next.is === 'word';
  return true;
}

/** In "select a, b and c" a verb among the items is an item. */
function inList(current: readonly Token[]): boolean {
  const verb = verbOf(current);
  return verb !== undefined && /^(?:select|choos|pick|tick|check)$/.test(verb.stem) && !current.some((token) => token.is === 'value' && token.certain);
}

const verbOf = (tokens: readonly Token[]): Word | undefined => tokens.find((token): token is Word => isImperative(token)) ?? tokens.find((token): token is Word => token.is === 'word');
const hasVerb = (tokens: readonly Token[]): boolean => isReport(tokens) || isStatement(tokens) || !((isPreposition(tokens[0]) && !tokens.some((token, index) => index > 1 && isImperative(token) && tokens[index - 1]?.is === 'mark')) || (tokens[0]?.is === 'word' && CONDITION.test(tokens[0].word))) && (nameVerb(tokens) === 0 || tokens.some((token) => token.is === 'value' || (token.is === 'word' && (IMPERATIVES.has(token.stem) || verbsOf(token.stem).size > 0))));

function clause(all: readonly Token[], source: string): Clause {
  const wishes = isWish(all);
  const tokens = wishes ? all.slice(1) : all;
  const begin = behindPlace(tokens);
  const verbAt = wishes ? 0 : nameVerb(tokens) ?? causative(tokens) ?? tokens.findIndex((token, index) => index >= begin && isImperative(token) && !leadsToVerb(tokens, index) && (!isPreposition(tokens[index - 1]) || startsTo(tokens, index)) && !isDeterminer(tokens[index - 1]));
  const tells = isTelling(tokens, verbAt);
  const known = tokens.findIndex((token) => token.is === 'word' && verbsOf(token.stem).size > 0 && !isPreposition(token));
  const from = tells ? -1 : verbAt >= 0 ? verbAt : known >= 0 ? known : isOpening(tokens[0]) ? 0 : -1;
  const said = from >= 0 ? (tokens[from] as Word) : undefined;
  const verb = said && said.word in PARTICIPLES ? { ...said, stem: stem(PARTICIPLES[said.word]!) } : said;
  const result: Clause = {
    text: source.slice(tokens[0]!.start, tokens.at(-1)!.end), verb: verb?.stem ?? '', meanings: verb ? verbsOf(verb.stem) : new Set(),
    object: [], phrases: [], values: [], negated: [], all: false, tells,
  };
  const after = new Reader(result, source, '');
  after.read(withNames(tokens.slice(from + 1), result.verb));
  if (from > 0 && (isPreposition(tokens[0]) || tokens.slice(0, from).some((token) => token.is === 'value'))) new Reader(result, source, 'on').read(tokens.slice(0, from));
  result.object = result.phrases.filter((phrase) => phrase.prep === '').flatMap((phrase) => phrase.words);
  return result;
}

/** "In the running order of X, move …": where the order begins behind the place that it is about. */
function behindPlace(tokens: readonly Token[]): number {
  const comma = isPreposition(tokens[0]) ? tokens.findIndex((token) => token.is === 'mark' && token.text === ',') : -1;
  return comma > 0 && isImperative(tokens[comma + 1]) ? comma + 1 : 0;
}

/** "I want five towels": a wish is an order; "I want to …" has its own verb. */
const isWish = (tokens: readonly Token[]): boolean => tokens[0]?.is === 'word' && SUBJECT.test(tokens[0].word) && tokens[1]?.is === 'word' && /^(?:want|need)$/.test(tokens[1].word) && !isWord(tokens[2], 'to');

const CONDITION = /^(?:when|once|until|after|till)$/;
/** Finite verbs: what stands before them is a statement. */
const FINITE = /^(?:is|are|has|have|becomes?|says?|shows?|it|appears?|finish(?:es|ed)?|done|ready|completed?)$/;

/** "… as soon as it is ready": when to do it, not what. */
function withCondition(tokens: readonly Token[], source: string): Clause {
  const comma = tokens.findIndex((token) => token.is === 'mark' && token.text === ',');
  const first = tokens[0];
  if (comma > 0 && comma < tokens.length - 1 && first?.is === 'word' && (CONDITION.test(first.word) || (first.word === 'as' && isWord(tokens[1], 'soon'))) && tokens[1]?.is !== 'value') {
    return { ...clause(itMeant(tokens.slice(comma + 1), tokens.slice(0, comma)), source), until: conditionOf(tokens.slice(0, comma)) };
  }
  const at = tokens.findIndex((token, index) => index > 0 && token.is === 'word' && (CONDITION.test(token.word) || (token.word === 'as' && isWord(tokens[index + 1], 'soon'))) && tokens.slice(index + 1).some((later) => later.is === 'word' && FINITE.test(later.word)));
  if (at < 0) return clause(tokens, source);
  const main = clause(tokens.slice(0, at), source);
  const named = clause(tokens.slice(at), source).values;
  return { ...main, values: [...main.values, ...(main.values.length > 0 ? [] : named.map((value) => ({ ...value, prep: 'of' })))], until: conditionOf(tokens.slice(at)) };
}

const conditionOf = (tokens: readonly Token[]): string[] => tokens.filter((token): token is Word => token.is === 'word' && !isStopWord(token.word) && !/^(?:soon|once|when|until|becom\w*|says?|shows?)$/.test(token.word)).map((token) => token.stem);

/** "When X is ready, open it": it is X. */
function itMeant(rest: readonly Token[], condition: readonly Token[]): readonly Token[] {
  const named = condition.findIndex((token) => token.is === 'value');
  if (named < 0) return rest;
  const phrase = condition.slice(1, named + 1);
  return rest.flatMap((token) => (isWord(token, 'it') ? phrase : [token]));
}

/** "Name the workspace X": a verb only with an article behind it. */
const nameVerb = (tokens: readonly Token[]): number | undefined => (isWord(tokens[0], 'name') && isDeterminer(tokens[1]) ? 0 : undefined);

/** "have it sent to …": what others do for one, said with a participle. */
function causative(tokens: readonly Token[]): number | undefined {
  if (!(isWord(tokens[0], 'have') || isWord(tokens[0], 'get'))) return undefined;
  const at = tokens.findIndex((token, index) => index > 1 && index < 8 && token.is === 'word' && (token.word in PARTICIPLES || (/ed$/.test(token.word) && IMPERATIVES.has(token.stem))));
  return at > 0 && tokens.slice(1, at).every((token) => token.is !== 'mark') ? at : undefined;
}

const PARTICIPLES: Record<string, string> = { sent: 'send', made: 'make', paid: 'pay', shipped: 'send', delivered: 'send', given: 'give', put: 'put', brought: 'send' };

/** "choose to keep": the second verb is what is to be done. */
const leadsToVerb = (tokens: readonly Token[], at: number): boolean => tokens[at]?.is === 'word' && /^(?:choos|try|start|take|use)/.test((tokens[at] as Word).stem) && isWord(tokens[at + 1], 'to') && isImperative(tokens[at + 2]);

/** No command at its head, and something that "is" so, or only names and values: "its scope is Read", "security code 123". */
function isTelling(tokens: readonly Token[], verbAt: number): boolean {
  if (verbAt === 0) return false;
  if (isReport(tokens)) return true;
  const head = tokens.slice(0, verbAt < 0 ? tokens.length : verbAt);
  if (isPreposition(tokens[0]) || (tokens[0]?.is === 'word' && CONDITION.test(tokens[0].word))) return false;
  return head.some((token) => token.is === 'word' && /^(?:is|are|be|should|must|can|may|needs?)$/.test(token.word)) || (verbAt < 0 && tokens.some((token) => token.is === 'value') && !tokens.some((token) => token.is === 'word' && verbsOf(token.stem).size > 0 && tokens.indexOf(token) === 0));
}

/** "Jonas Weber has left", "on Friday we received 450": what happened, told before what is to be done. */
function isReport(tokens: readonly Token[]): boolean {
  const from = isPreposition(tokens[0]) ? tokens.findIndex((token) => token.is === 'word' && SUBJECT.test(token.word)) : 0;
  const [first, second] = tokens.slice(from);
  if (from < 0 || first?.is !== 'word' || isImperative(first)) return false;
  if (SUBJECT.test((first as Word).word)) return second?.is === 'word' && !/^(?:want|need|would|'d|must|should|have|can|may|will)$/.test(second.word) && !isImperative(second);
  const finite = tokens.findIndex((token) => token.is === 'word' && /^(?:has|had|was|were)$/.test(token.word));
  return from === 0 && finite > 0 && tokens.slice(0, finite).every((token) => token.is !== 'mark');
}

/** "the teapot is broken": of a thing that is known. */
const isStatement = (tokens: readonly Token[]): boolean => isDeterminer(tokens[0]) && tokens.findIndex((token) => token.is === 'word' && /^(?:is|are|was|were)$/.test(token.word)) > 1 && !tokens.some((token) => isImperative(token));

const SUBJECT = /^(?:i|we|they|he|she)$/;

/** A word nobody knows at the head of a sentence is taken for its verb. */
const isOpening = (token: Token | undefined): boolean => token?.is === 'word' && !isPreposition(token) && !isDeterminer(token) && !isStopWord(token.word);

/** Reads the words behind a verb into phrases, one preposition at a time. */
class Reader {
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
    const { text, ref, kind, certain } = token;
    if (this.#hints.length === 0 && this.#phrase.prep === 'when') this.#hints.push('when');
    const value: Value = { text, ref, kind, certain, hints: token.called ?? [...this.#hints], prep: token.owner ? 'of' : this.#phrase.prep, at: this.#clause.values.length };
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
    if ((/^(?:without|not|no|never|don't)$/.test(token.word) && !token.capital) || (token.word === 'do' && isWord(this.#tokens[index + 1], 'not'))) {
      this.#negative = [];
      this.#clause.negated.push(this.#negative);
    } else if (this.#negative && !(isPreposition(token) && this.#negative.length > 0)) {
      if (!isStopWord(token.word)) this.#negative.push(token.stem);
    } else if (ordinal !== undefined && index < this.#tokens.length - 1 && !namesField(this.#tokens, index)) this.#clause.ordinal = ordinal;
    else if (extreme) this.#clause.extreme = { most: extreme.most, of: [...extreme.of.map(stem), ...wordsAfter(this.#tokens, index)] };
    else if (/^(?:both|all|every|each)$/.test(token.word)) this.#clause.all = true;
    else if (isPreposition(token) || (/^(?:when|if)$/.test(token.word) && this.#tokens[index + 1]?.is === 'value')) this.#preposition(token, index);
    else if (/^(?:and|or)$/.test(token.word)) {
      this.#hints = [];
      this.#items.push([]);
    } else if (isDeterminer(token) && !isLetter(token, this.#tokens[index - 1]) && !(/^(?:her|this|that)$/.test(token.word) && this.#tokens[index + 1]?.is !== 'word' && this.#tokens[index + 1]?.is !== 'value')) this.#phrase.definite ||= /^(?:the|my|your|our|his|her|their|its)$/.test(token.word);
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
    this.#phrase = { prep: token.word, lead: before?.is === 'word' ? before.stem : '', definite: false, words: [], items: [], tail: '', raw: '', values: [] };
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
const isLetter = (token: Token, before: Token | undefined): boolean => token.is === 'word' && token.word === 'a' && token.capital && before?.is === 'word' && before.capital;

/** "first day 2027-08-03", "the last name": which day, which name, not the first of several things. */
const namesField = (tokens: readonly Token[], at: number): boolean => tokens[at + 1]?.is === 'word' && (tokens[at + 2]?.is === 'value' || isWord(tokens[at + 1], 'name'));

function wordsAfter(tokens: readonly Token[], at: number): string[] {
  const words: string[] = [];
  for (const token of tokens.slice(at + 1)) {
    if (token.is !== 'word' || isPreposition(token)) break;
    words.push(token.stem);
  }
  return words;
}

/** "begin to edit", "try to save". */
const startsTo = (tokens: readonly Token[], at: number): boolean => isWord(tokens[at - 1], 'to') && tokens[at - 2]?.is === 'word' && /^(?:begin|start|try|want|need|choose|take|have|ask|use)/.test((tokens[at - 2] as Word).word);

