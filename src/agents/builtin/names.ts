import { meaningsOf } from '../lexicon.ts';
import { content, isStopWord, plain, stem } from '../words.ts';
import type { Clause, Phrase } from './clause.ts';

export const VAGUE =
  /^(?:it|them|him|her|this|that|me|us|good|free|now(?: on)?|later(?: on)?|sure|all|both|once|least|first|last|there|here)$/i;

/** "Priya Nair of Northwind": a name is no word for what follows. */
export const isName = (clause: Clause, lead: string): boolean =>
  clause.phrases.some((phrase) =>
    phrase.items.some((item) => /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u.test(item) && stem(plain(item.split(' ').at(-1)!)) === lead),
  );

/** Runs of words that look like names: capitalised or with digits, and (but behind "to", "as", "by", "from") no word of ordinary interfaces. */
export function properRuns(phrase: Phrase): string[] {
  const target = /^(?:to|as|by|from)$/.test(phrase.prep);
  return phrase.items.flatMap((item) => {
    const runs: string[][] = [[]];
    for (const written of item.split(/\s+/)) {
      const word = written.replace(/['’]s$/, '');
      const proper =
        !/["“”«»]/.test(word) &&
        !phrase.values.some((value) => value.text === word) &&
        ((word === '&' && runs.at(-1)!.length > 0) ||
          (/^\p{Lu}|\d/u.test(word) && (target || meaningsOf(stem(plain(word))).size === 0) && !isAcronym(word) && word !== 'I'));
      if (proper) runs.at(-1)!.push(word);
      else if (runs.at(-1)!.length > 0) runs.push([]);
    }
    const several = clauseNames(phrase);
    return runs.filter((run) => run.length > 0).map((run) => (several ? run.join(' ').replace(/([^s])s$/, '$1') : run.join(' ')));
  });
}

/** "two Enamel Mugs": each is an Enamel Mug. */
const clauseNames = (phrase: Phrase): boolean =>
  phrase.values[0]?.kind === 'number' &&
  !phrase.values[0].certain &&
  phrase.values[0].hints.length === 0 &&
  Number(phrase.values[0].text) > 1;

/** Words that name a field and are followed by what it holds. */
const LABELS = new Set(
  'priority urgency severity status state role team department unit company organisation organization employer category type country city town street postcode zip phone mobile telephone level size colour color quantity amount price currency language plan room title location reference reason surname forename nickname'.split(
    ' ',
  ),
);

/** "a price of 9.5 and bin A7": a code, and the word that says what it is of. */
export const CODED = /^(?:(?:an?|the) )?(\p{Ll}+) (\p{Lu}+\d[\p{Lu}\d-]*)$/u;

/** "first name Ada": the only labels of two words that are common enough to be known. */
const NAMED = /^(?:(?:an?|the|his|her|its|their) )?((?:first|middle|last|given|family|full|display) name|\p{Ll}+) /u;

/** What stands behind such a word: a name, or one word. */
const SAID = /^(?:\p{Lu}[\p{L}\d&'’-]*(?: [\p{Lu}&][\p{L}\d&'’-]*)*|[\p{Ll}\d-]+)$/u;

export const LABEL_STEMS = new Set([...LABELS].map(stem));

/** "…, company Northwind, priority high": items that say what they are called. */
export function labelled(phrase: Phrase): { text: string; hints: string[] }[] {
  const coded = phrase.prep !== '' && phrase.values.length > 0 ? phrase.items.slice(0, 1).flatMap((item) => CODED.exec(item) ?? []) : [];
  if (coded.length === 3) return [{ text: coded[2]!, hints: [stem(coded[1]!)] }];
  return phrase.items
    .slice(phrase.prep === '' || phrase.items.length > 1 ? (phrase.prep === '' && phrase.items.length === 1 ? 1 : 0) : 1)
    .flatMap((item) => {
      const [lead, label] = NAMED.exec(item) ?? [];
      const said = lead === undefined ? undefined : SAID.exec(item.slice(lead.length))?.[0];
      if (label === undefined || said === undefined || LABELS.has(said) || isStopWord(said)) return [];
      return label.includes(' ') || LABELS.has(label) ? [{ text: said, hints: content(label) }] : [];
    });
}

export const isAcronym = (word: string): boolean => /^\p{Lu}{2,5}s?$/u.test(word) && content(word).length > 0;
