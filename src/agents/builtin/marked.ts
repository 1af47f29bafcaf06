import { verbsOf } from '../lexicon.ts';
import { content } from '../words.ts';
import type { Clause } from './clause.ts';

/** "Mark it as blocked": stems of what it shall be, where that is another state than done. */
export function markedAs({ verb, phrases }: Clause): string[] | undefined {
  const state = verb === 'mark' ? phrases.find(({ prep }) => prep === 'as') : undefined;
  const words = state ? [...state.words, ...state.values.flatMap(({ text }) => content(text))] : [];
  return words.length > 0 && !words.some((word) => verbsOf(word).has('complete')) ? words : undefined;
}
