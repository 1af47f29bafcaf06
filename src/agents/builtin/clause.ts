import { verbsOf } from '../lexicon.ts';
import { isStopWord, stem } from '../words.ts';
import { withoutActor, withoutFormer, withoutReason, withoutThem, withSaid } from './circumstance.ts';
import { isConstraint, isForbidding } from './constraint.ts';
import { withoutNarrator } from './narrator.ts';
import { CONDITION, IMPERATIVES, isCommand, isImperative, isReport, nameVerb, split, SUBJECT, tellsOfIt } from './orders.ts';
import { withNames } from './pairs.ts';
import { isDeterminer, isPreposition, isWord } from './particle.ts';
import { Reader, startsTo } from './phrase-reader.ts';
import type { Token } from './tokenise.ts';
import type { Value } from './value.ts';

export type Word = Extract<Token, { is: 'word' }>;

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

/** The clauses of a sentence in order. */
export function clausesOf({ tokens, text }: { tokens: readonly Token[]; text: string }): Clause[] {
  const { kept, reason } = withoutReason(withoutThem(withoutFormer(withoutNarrator(withoutActor(withSaid(tokens, text)), isCommand))));
  const parts = split(kept);
  const forbidden = parts
    .filter((part) => isForbidding(part))
    .map((part) =>
      part
        .filter((token): token is Word => token.is === 'word' && !isStopWord(token.word) && !/^(?:don't|dont|never)$/.test(token.word))
        .map((token) => token.stem),
    );
  const clauses = parts.filter((part) => !isConstraint(part)).map((part) => withCondition(part, text));
  clauses.at(-1)?.negated.push(...forbidden);
  clauses.at(-1)?.phrases.push(...reason);
  return clauses.filter((item) => item.verb !== '' || item.values.length > 0 || item.object.length > 0);
}

export function clause(all: readonly Token[], source: string): Clause {
  const wishes = isWish(all);
  const tokens = wishes ? all.slice(1) : all;
  const begin = behindPlace(tokens);
  const verbAt = wishes
    ? 0
    : (nameVerb(tokens) ??
      causative(tokens) ??
      tokens.findIndex(
        (token, index) =>
          index >= begin &&
          isImperative(token) &&
          !leadsToVerb(tokens, index) &&
          (!isPreposition(tokens[index - 1]) || startsTo(tokens, index)) &&
          !isDeterminer(tokens[index - 1]),
      ));
  const tells = isTelling(tokens, verbAt);
  const known = tokens.findIndex((token) => token.is === 'word' && verbsOf(token.stem).size > 0 && !isPreposition(token));
  const from = tells ? -1 : verbAt >= 0 ? verbAt : known >= 0 ? known : isOpening(tokens[0]) ? 0 : -1;
  const said = from >= 0 ? (tokens[from] as Word) : undefined;
  const verb = said && said.word in PARTICIPLES ? { ...said, stem: stem(PARTICIPLES[said.word]!) } : said;
  const result: Clause = {
    text: source.slice(tokens[0]!.start, tokens.at(-1)!.end),
    verb: verb?.stem ?? '',
    meanings: verb ? verbsOf(verb.stem) : new Set(),
    object: [],
    phrases: [],
    values: [],
    negated: [],
    all: false,
    tells,
  };
  const after = new Reader(result, source, '');
  after.read(withNames(tokens.slice(from + 1), result.verb));
  if (from > 0 && (isPreposition(tokens[0]) || tokens.slice(0, from).some((token) => token.is === 'value')))
    new Reader(result, source, 'on').read(tokens.slice(0, from));
  result.object = result.phrases.filter((phrase) => phrase.prep === '').flatMap((phrase) => phrase.words);
  return result;
}

/** "In the running order of X, move …": where the order begins behind the place that it is about. */
function behindPlace(tokens: readonly Token[]): number {
  const comma = isPreposition(tokens[0]) ? tokens.findIndex((token) => token.is === 'mark' && token.text === ',') : -1;
  return comma > 0 && isImperative(tokens[comma + 1]) ? comma + 1 : 0;
}

/** "I want five towels": a wish is an order; "I want to …" has its own verb. */
const isWish = (tokens: readonly Token[]): boolean =>
  tokens[0]?.is === 'word' &&
  SUBJECT.test(tokens[0].word) &&
  tokens[1]?.is === 'word' &&
  /^(?:want|need)$/.test(tokens[1].word) &&
  !isWord(tokens[2], 'to');

/** Finite verbs: what stands before them is a statement. */
const FINITE = /^(?:is|are|has|have|becomes?|says?|shows?|it|appears?|finish(?:es|ed)?|done|ready|completed?)$/;

/** "… as soon as it is ready": when to do it, not what. */
function withCondition(tokens: readonly Token[], source: string): Clause {
  const comma = tokens.findIndex((token) => token.is === 'mark' && token.text === ',');
  const first = tokens[0];
  if (
    comma > 0 &&
    comma < tokens.length - 1 &&
    first?.is === 'word' &&
    (CONDITION.test(first.word) || (first.word === 'as' && isWord(tokens[1], 'soon'))) &&
    tokens[1]?.is !== 'value'
  ) {
    return { ...clause(itMeant(tokens.slice(comma + 1), tokens.slice(0, comma)), source), until: conditionOf(tokens.slice(0, comma)) };
  }
  const at = tokens.findIndex(
    (token, index) =>
      index > 0 &&
      token.is === 'word' &&
      (CONDITION.test(token.word) || (token.word === 'as' && isWord(tokens[index + 1], 'soon'))) &&
      tokens.slice(index + 1).some((later) => later.is === 'word' && FINITE.test(later.word)),
  );
  if (at < 0) return clause(tokens, source);
  const main = clause(tokens.slice(0, at), source);
  const named = clause(tokens.slice(at), source).values;
  return {
    ...main,
    values: [...main.values, ...(main.values.length > 0 ? [] : named.map((value) => ({ ...value, prep: 'of' })))],
    until: conditionOf(tokens.slice(at)),
  };
}

const conditionOf = (tokens: readonly Token[]): string[] =>
  tokens
    .filter(
      (token): token is Word =>
        token.is === 'word' && !isStopWord(token.word) && !/^(?:soon|once|when|until|becom\w*|says?|shows?)$/.test(token.word),
    )
    .map((token) => token.stem);

/** "When X is ready, open it": it is X. */
function itMeant(rest: readonly Token[], condition: readonly Token[]): readonly Token[] {
  const named = condition.findIndex((token) => token.is === 'value');
  if (named < 0) return rest;
  const phrase = condition.slice(1, named + 1);
  return rest.flatMap((token) => (isWord(token, 'it') ? phrase : [token]));
}

/** "have it sent to …": what others do for one, said with a participle. */
function causative(tokens: readonly Token[]): number | undefined {
  if (!(isWord(tokens[0], 'have') || isWord(tokens[0], 'get'))) return undefined;
  const at = tokens.findIndex(
    (token, index) =>
      index > 1 &&
      index < 8 &&
      token.is === 'word' &&
      (token.word in PARTICIPLES || (/ed$/.test(token.word) && IMPERATIVES.has(token.stem))),
  );
  return at > 0 && tokens.slice(1, at).every((token) => token.is !== 'mark') ? at : undefined;
}

const PARTICIPLES: Record<string, string> = {
  sent: 'send',
  made: 'make',
  paid: 'pay',
  shipped: 'send',
  delivered: 'send',
  given: 'give',
  put: 'put',
  brought: 'send',
};

/** "choose to keep": the second verb is what is to be done. */
const leadsToVerb = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.is === 'word' &&
  /^(?:choos|try|start|take|use)/.test((tokens[at] as Word).stem) &&
  isWord(tokens[at + 1], 'to') &&
  isImperative(tokens[at + 2]);

/** No command at its head, and something that "is" so, or only names and values: "its scope is Read", "security code 123". */
function isTelling(tokens: readonly Token[], verbAt: number): boolean {
  if (verbAt === 0) return false;
  if (isReport(tokens) || tellsOfIt(tokens)) return true;
  const head = tokens.slice(0, verbAt < 0 ? tokens.length : verbAt);
  if (isPreposition(tokens[0]) || (tokens[0]?.is === 'word' && CONDITION.test(tokens[0].word))) return false;
  return (
    head.some((token) => token.is === 'word' && /^(?:is|are|be|should|must|can|may|needs?)$/.test(token.word)) ||
    (verbAt < 0 &&
      tokens.some((token) => token.is === 'value') &&
      !tokens.some((token) => token.is === 'word' && verbsOf(token.stem).size > 0 && tokens.indexOf(token) === 0))
  );
}

/** A word nobody knows at the head of a sentence is taken for its verb. */
const isOpening = (token: Token | undefined): boolean =>
  token?.is === 'word' && !isPreposition(token) && !isDeterminer(token) && !isStopWord(token.word);
