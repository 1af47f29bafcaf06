import type { Token } from './tokenise.ts';

const PREPOSITIONS = new Set(
  'to as with for from in into on onto of under by at within inside without using via through called named titled about over saying between beside near than against per until behind because since among amongst during'.split(
    ' ',
  ),
);
const DETERMINERS = new Set('the a an this that these those its his her their my your our new'.split(' '));

/** Is it this very word? */
export const isWord = (token: Token | undefined, word: string): boolean => token?.is === 'word' && token.word === word;
/** Is it a word of that kind? */
export const isWordLike = (token: Token | undefined, pattern: RegExp): token is Extract<Token, { is: 'word' }> =>
  token?.is === 'word' && pattern.test(token.word);
/** Does a phrase begin with it: "to", "with", "called"? */
export const isPreposition = (token: Token | undefined): boolean => token?.is === 'word' && PREPOSITIONS.has(token.word);
/** "the", "its", "new": says nothing of what follows but that something does. */
export const isDeterminer = (token: Token | undefined): boolean => token?.is === 'word' && DETERMINERS.has(token.word);
