import { verbsOf } from '../lexicon.ts';
import { content } from '../words.ts';
import type { Clause } from './clause.ts';

/** What a clause says of itself, before its kind is known. */
export const MAIL = new Set(['mail', 'inbox', 'mailbox']);

export function speaksOfMail(clause: Clause): boolean {
  const words = wordsOf(clause);
  if (/^(?:send|set|chang|enter|typ)$/.test(clause.verb)) return false;
  if (words.some((word) => MAIL.has(word))) return true;
  if (
    words.includes('email') &&
    (clause.verb === 'open' || words.includes('link')) &&
    !clause.values.some((value) => value.kind === 'email')
  )
    return true;
  return (
    words.includes('link') &&
    /^(?:follow|open|use|click)$/.test(clause.verb) &&
    words.some((word) => /^(?:verif|confirm|reset|invit|activ)/.test(word))
  );
}

/** "Put the unit ET-121 under maintenance": what is there already gets another state. */
export const putsUnder = (clause: Clause): boolean =>
  clause.verb === 'put' &&
  clause.phrases.some((phrase) => /^(?:under|on)$/.test(phrase.prep) && phrase.raw !== '') &&
  clause.values.some((value) => value.prep === '' && value.kind === 'text' && (value.hints.length > 0 || value.certain));

/** "leave the note …": who leaves words does not go away. */
export const leavesWord = (clause: Clause): boolean =>
  clause.verb === 'leav' &&
  clause.phrases.some(
    (phrase) =>
      phrase.prep === '' &&
      (phrase.values.some((value) => value.certain) ||
        phrase.words.some((word) => verbsOf(word).has('comment') || verbsOf(word).has('reply'))),
  );

/** "Report a bug", "file a complaint", "open a new ticket": what has no name of its own yet is made by it. */
export const bringsAbout = ({ text, object }: Clause): boolean =>
  object.length > 0 && /^(?:(?:report|file)(?:s|ed|ing)?\s+(?:an?|another)|open(?:s|ed|ing)?\s+(?:a new|another))\s/i.test(text);

/** "write a review of …": a thing of its own, not a text for a field. */
export const isWriting = (clause: Clause): boolean =>
  clause.verb === 'writ' &&
  clause.phrases.some((phrase) => phrase.prep === '' && phrase.values.length === 0 && !phrase.definite && phrase.words.length > 0);

export const objectWords = (clause: Clause): string[] => [
  ...clause.object,
  ...content(clause.phrases.find((phrase) => phrase.prep === '')?.tail ?? ''),
];

export const wordsOf = (clause: Clause): string[] => clause.phrases.flatMap((phrase) => phrase.words);
