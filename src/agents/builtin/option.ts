import { likeness } from '../meaning.ts';
import { content, literally, plain } from '../words.ts';
import { readDay, sameDay } from './dates.ts';
import type { Value } from './value.ts';

/** A value as far as an option has to be like it; from the sentence and certain is what it quotes. */
type Asked = Pick<Value, 'text' | 'kind'> & Partial<Pick<Value, 'certain' | 'ref'>>;

/** How well an option of a list is what a value asks for, 0 to 1. */
export function optionFit(value: Asked, option: string): number {
  const wanted = numbered(plain(value.text));
  const found = numbered(plain(option));
  if (found === '') return 0;
  if (found === wanted) return 1;
  if (value.kind === 'date' && sameDay(readDay(value.text), readDay(option))) return 1;
  if (found.startsWith(`${wanted} `) || found.startsWith(`${wanted},`) || found.startsWith(`${wanted}:`) || found.startsWith(`${wanted} (`))
    return 0.95;
  // What is quoted is taken word for word: "quick" is not "Quickest".
  if (
    value.certain &&
    value.kind === 'text' &&
    value.ref?.from === 'step' &&
    !literally(value.text).every((word) => literally(option).includes(word))
  )
    return 0;
  const { covered, focused } = likeness(content(value.text), content(option));
  return covered < 0.5 ? 0 : 0.9 * covered * (0.7 + 0.3 * focused);
}

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** "one week" is "1 week". */
const numbered = (text: string): string =>
  text.replace(/^(?:an?(?= (?:second|minute|hour|day|week|month|year)\b)|\p{L}+)/u, (word) =>
    /^an?$/.test(word) ? '1' : NUMBERS.includes(word) ? String(NUMBERS.indexOf(word)) : word,
  );

/** The option that is meant; undefined when none fits or two fit equally. */
export function bestOption(value: Asked, options: readonly string[], gate = 0.55): string | undefined {
  const ranked = options.map((option) => ({ option, fit: optionFit(value, option) })).sort((a, b) => b.fit - a.fit);
  const [best, second] = ranked;
  if (!best || best.fit < gate || (second && second.fit === best.fit && plain(second.option) !== plain(best.option))) return undefined;
  return best.option;
}
