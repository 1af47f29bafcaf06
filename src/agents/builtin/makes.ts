import { content, stem } from '../words.ts';
import type { Clause, Phrase } from './clause.ts';
import { VAGUE } from './names.ts';

/** Verbs whose direct object is something new that has to be typed. */
const MAKES = [
  'create',
  'invite',
  'search',
  'signin',
  'signup',
  'enter',
  'post',
  'send',
  'reply',
  'comment',
  'pay',
  'book',
  'upload',
  'import',
  'reset',
  'select',
  'forward',
  'generate',
  'request',
];

/** Verbs that turn something that is there into something else. */
export const CHANGES = ['rename', 'update', 'move', 'upgrade', 'downgrade', 'promote', 'enter', 'select'];

/** Where what exists already is put: nothing new is made by that. */
const CONTAINERS = new Set(
  'cart basket bag trolley list wishlist favourite favorite queue watchlist folder collection comparison'.split(' ').map(stem),
);

/** Where nothing is ever written, whatever it is called: a folder "X" may get new things, a wish list "X" only what is for sale. */
const COLLECTS = new Set(
  'cart basket bag trolley wish wishlist favourite favorite queue watchlist collection comparison'.split(' ').map(stem),
);

export const putsInto = (clause: Clause): boolean =>
  !['filter', 'search', 'sort', 'delete'].some((meaning) => clause.meanings.has(meaning)) &&
  clause.phrases.some(
    (phrase) =>
      /^(?:to|in|into|on|onto)$/.test(phrase.prep) &&
      phrase.words.some((word) => (phrase.values.length === 0 ? CONTAINERS : COLLECTS).has(word)),
  );

/** "make it urgent": what it becomes, and no word for what that is. */
export const isState = (clause: Clause): boolean =>
  /^(?:mak|mark|set)$/.test(clause.verb) &&
  clause.phrases.filter((phrase) => phrase.prep === '').every((phrase) => phrase.values.length === 0) &&
  /\b(?:it|this|that)\b/i.test(clause.text) &&
  clause.phrases.some((phrase) => phrase.prep === '' && /^\S+$/.test(ofState(phrase)) && !VAGUE.test(ofState(phrase)));

export const ofState = (phrase: Phrase): string => phrase.raw.replace(/^(?:it|this|that)\s+(?:as\s+)?/i, '');

/** "New issue", "Add note": stems of what is made, though some of them are verbs, too. */
export function madeBy(name: string): string[] {
  const behind = /^\W*(?:new|add|create)\s+(?:an?\s+|new\s+)?(\p{L}.*)$/iu.exec(name)?.[1];
  return behind === undefined ? [] : content(behind);
}

export const makes = (clause: Clause): boolean => means(clause, MAKES);

export const means = (clause: Clause, list: readonly string[]): boolean => list.some((meaning) => clause.meanings.has(meaning));

/** "make Dana an admin": a person and what becomes of them. */
export const makesOver = (clause: Clause): boolean =>
  (/^(?:mak|make|turn|appoint)$/.test(clause.verb) || (clause.meanings.has('give') && RIGHTS.test(clause.phrases[0]?.tail ?? ''))) &&
  (clause.phrases[0]?.tail ?? '') !== '' &&
  clause.phrases[0]!.values[0]?.hints.length === 0;

/** "… administrator rights", "… the editor role". */
export const RIGHTS = /\s+(?:roles?|permissions?|rights?|access|privileges?)$/i;
