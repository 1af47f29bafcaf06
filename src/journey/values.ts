import type { ValueRef } from '../core/action.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Observation } from '../core/observation.ts';
import { referencesOf } from '../core/template.ts';
import type { StepTask, StepValue } from '../core/decision.ts';
import { isDateNamedBy } from './named-dates.ts';

/** Quotes a person may use around a value. */
const QUOTED = /"([^"]+)"|“([^”]+)”|'([^']+)'(?![a-z])|«([^»]+)»/g;

/** The values a sentence names: its variables, its secret handles and its quoted words. */
export function valuesNamedBy(template: string, resolve: (template: string) => string): StepValue[] {
  const values: StepValue[] = [];
  for (const reference of referencesOf(template)) {
    if (reference.kind === 'secret') values.push({ name: reference.name, secret: true, value: reference.raw });
    else values.push({ name: reference.name, value: resolve(reference.raw) });
  }
  for (const match of template.matchAll(QUOTED)) {
    const quoted = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    if (referencesOf(quoted).some((reference) => reference.raw === quoted)) continue;
    values.push({ value: resolve(quoted) });
  }
  return values;
}

const NAME = /\p{Lu}[\p{L}\p{N}.'’-]*(?: (?:\p{Lu}|\d)[\p{L}\p{N}.'’-]*)+/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}.@'’+-]*[\p{L}\p{N}]|\p{N}/gu;

/** What a sentence may mean a row by although nothing marks it: runs of capitals and numbers, and each longer word. Secrets stay out. */
export function wordsOf(sentence: string): string[] {
  const open = sentence.replace(/\$\{[^}]*\}/g, ' ');
  // The verb at its head is no part of a name: "Take Person 37 off".
  const names = [...open.matchAll(NAME)].flatMap(([name], index) =>
    index === 0 && open.trimStart().startsWith(name) ? [name, name.slice(name.indexOf(' ') + 1)] : [name],
  );
  const words = (open.match(WORD) ?? []).filter((word) => word.length > 3 || /\d/.test(word));
  return [...new Set([...names, ...words])].slice(0, MOST_WORDS);
}

const MOST_WORDS = 40;

/** Numbers that a sentence may have in words. */
const COUNTS: Record<number, string> = {
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  10: 'ten',
  11: 'eleven',
  12: 'twelve',
};

const fold = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * The text behind a value reference; secrets are not resolved here. Nothing that the step, a variable or the page does not name gets through.
 * @throws IntentwrightError PROBE_CONFIG never; SECRET_SCOPE never; INTERNAL when the value is named by nobody
 */
export function plainValue(ref: Exclude<ValueRef, { from: 'secret' }>, step: StepTask, observation: Observation): string {
  if (ref.from === 'var') {
    const value = step.values.find((candidate) => candidate.name === ref.name && !candidate.secret);
    if (!value) throw new IntentwrightError('INTERNAL', `the step names no variable ${ref.name}`);
    return value.value;
  }
  if (ref.from === 'step') {
    if (!namedBy(ref.text, step.text)) throw new IntentwrightError('INTERNAL', `the step does not name the value "${ref.text}"`);
    return ref.text;
  }
  if (!shownOn(ref.text, observation)) throw new IntentwrightError('INTERNAL', `the page does not show the value "${ref.text}"`);
  return ref.text;
}

/** True when a sentence names a value: word for word, without the spaces of a card number, or as the same date or number written otherwise. */
export function namedBy(value: string, sentence: string): boolean {
  const wanted = fold(value);
  const said = fold(sentence);
  if (wanted === '' || said.includes(wanted)) return true;
  const squeeze = (text: string) => text.replace(/[\s.,-]/g, '');
  if (/^[\d\s.,-]+$/.test(wanted) && squeeze(said).includes(squeeze(wanted))) return true;
  return isDateNamedBy(wanted, said) || (/^\d{1,2}$/.test(wanted) && new RegExp(`\\b${COUNTS[Number(wanted)] ?? '(?!)'}\\b`).test(said));
}

function shownOn(text: string, observation: Observation): boolean {
  const wanted = fold(text);
  const holds = (value: string | undefined) => value !== undefined && fold(value).includes(wanted);
  return (
    observation.passages.some((passage) => holds(passage.text)) ||
    observation.candidates.some(
      (candidate) => holds(candidate.name) || holds(candidate.value) || holds(candidate.context.row) || candidate.options?.some(holds),
    ) ||
    observation.notices.some((notice) => holds(notice.text)) ||
    observation.mail.some((mail) => holds(mail.text) || holds(mail.subject) || mail.codes.some(holds)) ||
    joined(observation).includes(wanted)
  );
}

const joined = (observation: Observation): string => fold(observation.passages.map((passage) => passage.text).join(' '));
