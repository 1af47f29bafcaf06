import { verbsOf } from '../lexicon.ts';
import { stem } from '../words.ts';
import type { Word } from './clause.ts';
import { isForbidding } from './constraint.ts';
import { fillsIn } from './pairs.ts';
import { isDeterminer, isPreposition, isWord } from './particle.ts';
import type { Token } from './tokenise.ts';

/** Tokens of a sentence, one list for each order it gives. */
export function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const current = parts.at(-1)!;
    if (token.is === 'mark' && /^[.;!?]$/.test(token.text)) parts.push([]);
    else if (isLink(token) && hasVerb(current) && tellsNext(tokens, afterAll(tokens, index, isLink))) {
      index = afterAll(tokens, index, isLink) - 1;
      parts.push([]);
    } else if (
      isLink(token) &&
      hasVerb(current) &&
      (begins(tokens, afterLinks(tokens, index), current) || isForbidding(tokens.slice(afterLinks(tokens, index))))
    ) {
      index = afterLinks(tokens, index) - 1;
      parts.push([]);
    } else if (token.is === 'word' && (token.word === 'then' || token.word === 'please')) continue;
    else if (isWord(token, 'so') && isWord(tokens[index + 1], 'that')) {
      parts.push([]);
      index++;
    } else if (
      token.is === 'word' &&
      token.word === 'to' &&
      isImperative(tokens[index + 1]) &&
      /^(?:use|expand|go|open)/.test(verbOf(current)?.stem ?? '') &&
      begins(tokens, index + 1, current)
    )
      parts.push([]);
    else current.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** ", the reason is "X"", ", her phone is 12": something told of what the sentence speaks of. */
function tellsNext(tokens: readonly Token[], at: number): boolean {
  const first = tokens[at];
  if (tellsOfIt(tokens.slice(at))) return true;
  if (first?.is !== 'word' || !/^(?:the|its|his|her|their)$/.test(first.word)) return false;
  const finite = tokens.slice(at + 1, at + 5).findIndex((token) => token.is === 'word' && /^(?:is|are|should)$/.test(token.word));
  return (
    finite > 0 &&
    tokens.slice(at + 1, at + 1 + finite).every((token) => token.is === 'word' && !isPreposition(token)) &&
    tokens[at + 2 + finite] !== undefined
  );
}

/** "It costs 14.50", "it comes from X": what a thing does is no order. */
export const tellsOfIt = ([it, verb, more]: readonly Token[]): boolean =>
  isWord(it, 'it') &&
  verb?.is === 'word' &&
  /^(?:is|has|costs|comes|weighs|takes|lasts|starts|begins|ends|belongs|contains|includes|needs|measures|holds)$/.test(verb.word) &&
  more !== undefined;

const isLink = (token: Token): boolean =>
  (token.is === 'mark' && /^[,:–—-]$/.test(token.text)) ||
  (token.is === 'word' && /^(?:and|then|but|afterwards|finally|who|which)$/.test(token.word));

function afterAll(tokens: readonly Token[], from: number, skipped: (token: Token) => boolean): number {
  let index = from;
  while (index < tokens.length && skipped(tokens[index]!)) index++;
  return index;
}

const afterLinks = (tokens: readonly Token[], from: number): number => afterAll(tokens, from, (token) => isLink(token) || isFiller(token));

const isFiller = (token: Token): boolean =>
  token.is === 'word' && /^(?:then|also|finally|next|to|please|afterwards|he|she|they|it|find|locate)$/.test(token.word);

export const isImperative = (token: Token | undefined): token is Word => token?.is === 'word' && IMPERATIVES.has(token.stem);

/** Does a new clause begin here? */
function begins(tokens: readonly Token[], at: number, current: readonly Token[]): boolean {
  const token = tokens[at];
  if (hasItDone(tokens.slice(at))) return true;
  if (!isImperative(token) || (token.capital && at > 0 && inList(current))) return false;
  const next = tokens[at + 1];
  // "…, starting on 14 July": when it is, and no order.
  if (at > 0 && /^(?:start|begin|end|finish|run)n?ing$/.test(token.word)) return false;
  if (/^(?:tag|label)$/.test(token.stem) && !(next?.is === 'word' && /^(?:it|them|this|that|him|her)$/.test(next.word))) return at === 0;
  const alone = next === undefined || next.is === 'mark' || (next.is === 'word' && /^(?:and|or|then|but)$/.test(next.word));
  if (alone) return ALONE.has(token.stem) && !(inList(current) && next !== undefined);
  // "…, Notes to "D"": the next of what is filled in.
  if (NOUNS_TOO.has(token.stem) && fillsIn(verbOf(current)?.stem ?? '') && isPreposition(next) && tokens[at + 2]?.is === 'value')
    return false;
  if (NOUNS_TOO.has(token.stem)) return next.is === 'value' || next.is === 'word';
  return true;
}

/** "… and have it sent to …": an order that somebody else carries out. */
const hasItDone = ([have, what, done]: readonly Token[]): boolean =>
  (isWord(have, 'have') || isWord(have, 'get')) &&
  what?.is === 'word' &&
  /^(?:it|them|this|these|everything)$/.test(what.word) &&
  done?.is === 'word' &&
  /(?:ed|sent|made|paid|put|given|brought)$/.test(done.word);

/** In "select a, b and c" a verb among the items is an item. */
function inList(current: readonly Token[]): boolean {
  const verb = verbOf(current);
  return (
    verb !== undefined &&
    /^(?:select|choos|pick|tick|check)$/.test(verb.stem) &&
    !current.some((token) => token.is === 'value' && token.certain)
  );
}

const verbOf = (tokens: readonly Token[]): Word | undefined =>
  tokens.find((token): token is Word => isImperative(token)) ?? tokens.find((token): token is Word => token.is === 'word');

const hasVerb = (tokens: readonly Token[]): boolean =>
  isReport(tokens) ||
  isStatement(tokens) ||
  (!(
    (isPreposition(tokens[0]) && !tokens.some((token, index) => index > 1 && isImperative(token) && tokens[index - 1]?.is === 'mark')) ||
    (tokens[0]?.is === 'word' && CONDITION.test(tokens[0].word))
  ) &&
    (nameVerb(tokens) === 0 ||
      tokens.some(
        (token) => token.is === 'value' || (token.is === 'word' && (IMPERATIVES.has(token.stem) || verbsOf(token.stem).size > 0)),
      )));

/** Words that begin a clause after "and" or a comma wherever they stand. */
export const IMPERATIVES = new Set(
  (
    'click press hit tap push type enter fill write select choose pick tick check uncheck toggle open go navigate visit view expand collapse close find search look scroll drag drop slide hover submit save apply ' +
    'create add make compose delete remove discard erase rename change edit update set modify move invite send accept decline reject approve confirm verify activate signin signout signup register log sign join leave ' +
    'pay buy purchase upgrade downgrade subscribe unsubscribe cancel import upload attach export download block unblock ban protect unprotect lock unlock give grant assign revoke archive restore copy duplicate ' +
    'retry resync enable disable start stop pause resume complete finish mark star like follow unfollow publish unpublish reset request recover generate continue proceed wait reload refresh use turn switch promote call describe come kick take give stay remain ' +
    'demote suspend reactivate deactivate book return back land edits reply forward answer try see read clear dismiss insert paste focus sort filter choose invite setup checkout put agree keep ask raise tag label let order return record void draft bill charge note issue reserve borrow lend renew postpone reschedule schedule extend push raise lower increase reduce assign mention log replace adjust correct rate unlike unfollow undo report post review waive ship deliver'
  )
    .split(' ')
    .map(stem),
);

/** Verbs that may stand alone at the end of a clause. */
const ALONE = new Set(
  'submit save continue proceed confirm signin signout reload refresh retry accept decline back pay return join finish edit edits cancel close delete upgrade wait publish apply search order book buy undo'
    .split(' ')
    .map(stem),
);

/** Also nouns: a clause begins with them only when an object follows. */
const NOUNS_TOO = new Set(
  'search filter test order sort check mark star like report record share name copy back start stop return export import download upload view click type book set use read reply forward answer focus leave land block lock switch ask tag label let order record void draft bill charge note issue log schedule push rate post review'
    .split(' ')
    .map(stem),
);

/** Is it a word that people give orders with? */
export const isCommand = (stemmed: string): boolean => IMPERATIVES.has(stemmed);

export const CONDITION = /^(?:when|once|until|after|till)$/;

/** "Name the workspace X", "file a bug": verbs only with an article behind them. */
export const nameVerb = (tokens: readonly Token[]): number | undefined =>
  (isWord(tokens[0], 'name') || isWord(tokens[0], 'file')) && isDeterminer(tokens[1]) ? 0 : undefined;

/** "Jonas Weber has left", "on Friday we received 450": what happened, told before what is to be done. */
export function isReport(tokens: readonly Token[]): boolean {
  const from = isPreposition(tokens[0]) ? tokens.findIndex((token) => token.is === 'word' && SUBJECT.test(token.word)) : 0;
  const [first, second] = tokens.slice(from);
  if (from < 0 || first?.is !== 'word' || isImperative(first)) return false;
  if (SUBJECT.test((first as Word).word))
    return second?.is === 'word' && !/^(?:want|need|would|'d|must|should|have|can|may|will)$/.test(second.word) && !isImperative(second);
  const finite = tokens.findIndex((token) => token.is === 'word' && /^(?:has|had|was|were)$/.test(token.word));
  return from === 0 && finite > 0 && tokens.slice(0, finite).every((token) => token.is !== 'mark');
}

/** "the teapot is broken": of a thing that is known. */
const isStatement = (tokens: readonly Token[]): boolean =>
  isDeterminer(tokens[0]) &&
  tokens.findIndex((token) => token.is === 'word' && /^(?:is|are|was|were)$/.test(token.word)) > 1 &&
  !tokens.some((token) => isImperative(token));

export const SUBJECT = /^(?:i|we|they|he|she)$/;
