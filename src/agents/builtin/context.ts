import { meaningsOf, verbsOf } from '../lexicon.ts';
import { content, isStopWord, stem } from '../words.ts';
import type { Clause, Phrase } from './clause.ts';
import { properRuns } from './names.ts';
import { isFieldNoun } from './part-role.ts';
import type { Value } from './value.ts';

const PRONOUN = /^(?:it|him|her|them|this|that|these|those)$/i;
const ANY_PRONOUN = /\b(?:it|him|her|them|this|that|these|those)\b/i;

/** "Jonas Weber has left. Deactivate him.": what is reported first is what the order after it is about, and with. */
export function withContext(clauses: readonly Clause[]): Clause[] {
  const told = clauses.findIndex((clause) => !clause.tells);
  const order = clauses[told];
  const reported = clauses.slice(0, Math.max(0, told));
  if (!order || reported.length === 0 || order.verb === '') return [...clauses];
  const names = [...new Set(reported.flatMap((clause) => clause.phrases.flatMap((phrase) => properRuns(phrase))))].filter(
    (name) => name !== 'I',
  );
  // "Okafor Studio has moved: change the city to "York"": nothing else is named that it could be about.
  const silent =
    names.length === 1 &&
    reported.every((clause) => clause.values.length === 0) &&
    order.object.length > 0 &&
    order.phrases.every((phrase) => properRuns(phrase).length === 0) &&
    order.values.every((value) => /^(?:to|as|with)$/.test(value.prep));
  if (!ANY_PRONOUN.test(order.text))
    return silent
      ? [
          {
            ...order,
            phrases: [
              ...order.phrases,
              { prep: 'of', lead: '', definite: true, words: content(names[0]!), items: [names[0]!], tail: '', raw: names[0]!, values: [] },
            ],
          },
          ...clauses.slice(told + 1),
        ]
      : [...clauses];
  const meant = names.at(-1);
  const phrases = order.phrases.map((phrase) =>
    meant !== undefined && phrase.items.some((item) => PRONOUN.test(item)) ? named(phrase, meant) : phrase,
  );
  const others = names
    .slice(0, -1)
    .map(
      (name): Phrase => ({ prep: 'of', lead: '', definite: true, words: content(name), items: [name], tail: '', raw: name, values: [] }),
    );
  const values = reported
    .flatMap((clause) => clause.values)
    .map(
      (value): Value => ({
        ...value,
        prep: identifies(value) ? 'of' : 'with',
        hints: value.hints.filter((hint) => verbsOf(hint).size === 0 || isFieldNoun(hint) || hint === stem('order')),
        at: value.at + 100,
      }),
    );
  const said = reported
    .flatMap((clause) => clause.phrases)
    .map(
      (phrase): Phrase => ({
        ...phrase,
        prep: 'with',
        items: [],
        raw: '',
        tail: '',
        values: [],
        told: true,
        words: phrase.words.filter((word) => !isStopWord(word) && !names.some((name) => content(name).includes(word))),
      }),
    );
  const nouns = said
    .flatMap((phrase) => phrase.words)
    .filter((word) => verbsOf(word).size === 0 && !isFieldNoun(word) && meaningsOf(word).size > 0);
  const own = phrases
    .filter((phrase) => phrase.prep === '')
    .flatMap((phrase) => phrase.words)
    .filter((word) => !PRONOUN.test(word) && !names.some((name) => content(name).includes(word)));
  const object = own.length > 0 ? own : nouns.slice(0, 2);
  const whole: Clause = {
    ...order,
    text: `${reported.map((clause) => clause.text).join('; ')}: ${order.text}`,
    phrases: [...phrases, ...others, ...said],
    values: [...order.values, ...values],
    object,
  };
  return [whole, ...clauses.slice(told + 1)];
}

/** The phrase with the name in the pronoun's place. */
function named(phrase: Phrase, name: string): Phrase {
  const items = phrase.items.map((item) => (PRONOUN.test(item) ? name : item));
  return {
    ...phrase,
    items,
    raw: phrase.values.length > 0 ? '' : items.join(', '),
    definite: true,
    words: phrase.words.filter((word) => !PRONOUN.test(word)),
  };
}

/** It says which one, not what is to be entered: "order 1042", "F-1004". */
const identifies = (value: Value): boolean =>
  (value.kind === 'number' &&
    value.hints.length > 0 &&
    !value.hints.some(isFieldNoun) &&
    value.hints.some((hint) => verbsOf(hint).size === 0 || hint === stem('order'))) ||
  (value.kind === 'text' && /\d/.test(value.text) && /^[\p{Lu}\d-]+$/u.test(value.text));
