import type { Candidate, Observation } from '../../core/observation.ts';
import { verbsOf } from '../lexicon.ts';
import { asWritten, content, stem } from '../words.ts';
import { labelOf } from './field.ts';
import type { Goal } from './goal.ts';
import { withoutQuotations } from './quotes.ts';

/** What somebody who is added wants: "…, who wants to be contacted by phone". */
export interface Preference {
  /** As written. */
  said: string;
  /** Stems of what it is, without those of wanting and of being reached. */
  words: string[];
  not: boolean;
}

const SAID =
  /\b(?:who|which|that)\s+((?:does not|doesn['’]t|do not|don['’]t|would not|wouldn['’]t)\s+)?((?:would\s+)?(?:wants?|prefers?|likes?|wish(?:es)?|needs?|speaks?)\b[^,;.]*)/i;
/** Ways to say it that no answer of a form is called by. */
const MANNER = new Set(
  'want would prefer like wish need speak contact contacted receive get got have hear reach reached inform informed notify notified send sent kept keep call called able be'
    .split(' ')
    .map(stem),
);

export function preferenceIn({ kind, clause }: Goal): Preference | undefined {
  if (kind !== 'do' || !['create', 'invite', 'signup'].some((meaning) => clause.meanings.has(meaning))) return undefined;
  const [, negation, said] = SAID.exec(withoutQuotations(clause.text)) ?? [];
  if (said === undefined) return undefined;
  const words = content(said).filter((word) => !MANNER.has(word));
  return words.length > 0
    ? { said: said.replace(/\s+/g, ' ').trim(), words, not: negation !== undefined || /\b(?:not|no|never)\b/i.test(said) }
    : undefined;
}

/** Is an answer, or a box to tick, about it? */
export const speaksOf = ({ words }: Preference, label: string): boolean => content(label).some((word) => words.includes(word));

/** A box that says nothing but what is wanted: "Newsletter", "Send newsletter". */
export function isWanted(preference: Preference, label: string): boolean {
  const nouns = content(label).filter((word) => verbsOf(word).size === 0 && !MANNER.has(word));
  return !preference.not && nouns.length > 0 && nouns.every((word) => preference.words.includes(word));
}

/** Does the page have it so: every word of it chosen somewhere, or none of what is not wanted? */
export function isMet(preference: Preference, observation: Observation): boolean {
  const chosen = observation.candidates.flatMap((candidate) => answerOf(candidate) ?? []);
  const said = chosen.flatMap((text) => content(text));
  return preference.not ? !preference.words.some((word) => said.includes(word)) : preference.words.every((word) => said.includes(word));
}

const answerOf = (candidate: Candidate): string | undefined =>
  candidate.checked === true || candidate.selected === true || candidate.pressed === true ? labelOf(candidate) : candidate.value;

export const tellPreference = ({ words, not, said }: Preference): string =>
  not
    ? `an answer that is chosen here says “${asWritten(said, words).join(' ')}”, and that is not wanted`
    : `no answer that is chosen here says “${asWritten(said, words).join(' ')}”`;
