import { wordLikeness } from './lexicon.ts';
import { content } from './words.ts';

/** How rare each word is among the names of a page: rare words tell more. */
export class Rarity {
  readonly #seen = new Map<string, number>();
  readonly #total: number;

  constructor(texts: readonly string[]) {
    this.#total = texts.length;
    for (const text of texts) for (const word of new Set(content(text))) this.#seen.set(word, (this.#seen.get(word) ?? 0) + 1);
  }

  of(word: string): number {
    return Math.log(1 + (this.#total + 1) / (1 + (this.#seen.get(word) ?? 0))) / Math.log(2 + this.#total);
  }
}

const EVEN = new Rarity([]);

export interface Likeness {
  /** Weighted share of the wanted words that the text has. */
  covered: number;
  /** Weighted share of the text's words that were wanted. */
  focused: number;
  /** Both in one: 1 only when they say the same. */
  score: number;
}

/** How well a text says what is wanted, word by word, with synonyms. Words are stems. */
export function likeness(wanted: readonly string[], found: readonly string[], rarity: Rarity = EVEN): Likeness {
  if (wanted.length === 0 || found.length === 0) return { covered: 0, focused: 0, score: 0 };
  const covered = share(wanted, found, rarity);
  const focused = share(found, wanted, rarity);
  return { covered, focused, score: covered === 0 ? 0 : (3 * covered * focused) / (covered + 2 * focused) };
}

function share(of: readonly string[], among: readonly string[], rarity: Rarity): number {
  let sum = 0;
  let total = 0;
  for (const word of of) {
    const weight = 0.2 + rarity.of(word);
    total += weight;
    sum += weight * Math.max(...among.map((other) => wordLikeness(word, other)));
  }
  return sum / total;
}

/** The same for two plain texts. */
export const textMeaning = (wanted: string, found: string, rarity?: Rarity): Likeness => likeness(content(wanted), content(found), rarity);
