import { sameAmount } from '../../core/amount.ts';
import type { Candidate } from '../../core/observation.ts';
import { meaningsOf } from '../lexicon.ts';
import { content, literally, plain } from '../words.ts';
import { readDay, sameDay, writeDay, writeTime } from './dates.ts';
import { isFormer } from './password.ts';
import { amountOf, type Value } from './value.ts';

const TEXT_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

/** Something that text can be typed into. */
export const isTextField = (candidate: Candidate): boolean =>
  TEXT_ROLES.has(candidate.role) &&
  !candidate.disabled &&
  !candidate.options &&
  !(candidate.role === 'combobox' && candidate.print.tag !== 'input' && candidate.print.tag !== 'textarea') &&
  candidate.print.tag !== 'button' &&
  candidate.print.tag !== 'select' &&
  !['file', 'checkbox', 'radio', 'submit', 'button'].includes(candidate.inputType ?? '');

export const isSearchField = (candidate: Candidate): boolean =>
  candidate.role === 'searchbox' ||
  candidate.inputType === 'search' ||
  /^search/.test(candidate.context.landmark ?? '') ||
  /^(?:search|filter|find|jump|quick)\b/i.test(labelOf(candidate).trim());

/** What a field is called by its name, placeholder and description; by what stands around it when it has none. */
export function labelOf(candidate: Candidate): string {
  // A list that is called what it shows is told by what it stands under.
  if (candidate.role === 'combobox' && candidate.name !== '' && candidate.name === candidate.value)
    return [candidate.beside, candidate.context.group].filter(Boolean).join(' ');
  const own = [
    candidate.name,
    candidate.placeholder === candidate.name ? '' : candidate.placeholder,
    candidate.beside,
    candidate.name === '' ? '' : candidate.description,
  ]
    .filter(Boolean)
    .join(' ');
  if (own.trim() !== '') return own.trim();
  const { row, column, group } = candidate.context;
  const coded = [candidate.print.attrs.name, candidate.print.attrs.id]
    .filter((text) => text !== undefined && /[a-z]{3}/i.test(text))
    .join(' ')
    .replace(/[_-]+/g, ' ');
  return [column, row && row.length < 40 ? row : '', group, coded].filter(Boolean).join(' ');
}

/** Does a label have every word that the sentence quotes as its name? */
export const isCalled = (label: string, quoted: string): boolean => {
  const found = literally(label);
  return literally(quoted).every((word) => found.includes(word));
};

/** "60 days" → "day". */
export const unitOf = (text: string): string => content(text).at(-1) ?? '';

/** "Hours": a unit in the plural asks how many of it. */
export const asksHowMany = (value: Value, field: Candidate): boolean =>
  new RegExp(`\\b${unitOf(value.text)}s\\b`, 'i').test(labelOf(field));

export const says = (label: readonly string[], meaning: string): boolean => label.some((word) => meaningsOf(word).has(meaning));

/** A second field for the same thing: "Confirm password", "Repeat e-mail". */
export const isRepeat = (field: Candidate): boolean =>
  (/\b(?:confirm|repeat|verify|again|re-?enter|re-?type|retype|once more|second time)\b/i.test(labelOf(field)) ||
    (field.inputType === 'password' && /^confirmation\b/i.test(labelOf(field)))) &&
  !isFormer(labelOf(field));

/** What has to stand in the field so that it holds the value: dates and times in the field's own writing. */
export function writing(value: Value, field: Candidate): string {
  const type = field.inputType ?? 'text';
  if (value.kind === 'date') return writeDay(value.text, type, [field.placeholder, field.description].filter(Boolean).join(' '));
  if (value.kind === 'time' && type === 'time') return writeTime(value.text);
  if (
    value.kind === 'duration' &&
    (type === 'number' ||
      asksHowMany(value, field) ||
      (/^\d*$/.test(field.value ?? '') && content(labelOf(field)).includes(unitOf(value.text))))
  )
    return amountOf(value.text) ?? value.text;
  if (value.kind === 'money' && (type === 'number' || /[$€£¥]/.test(labelOf(field)))) return value.text.replace(/[^\d.,-]/g, '');
  return value.text;
}

/** Does the field hold the value already? Of a masked field nobody can tell. */
export function holds(field: Candidate, value: Value): boolean {
  const now = field.value ?? '';
  if (now === '' || now.includes('•') || value.kind === 'secret') return false;
  const wanted = writing(value, field);
  if (now === wanted || (plain(now) === plain(wanted) && value.kind !== 'text')) return true;
  if (value.kind === 'date') return sameDay(readDay(now), readDay(value.text));
  const digits = (text: string) => text.replace(/[\s.,-]/g, '');
  return /^[\d\s.,-]+$/.test(wanted) && digits(now) === digits(wanted) && sameAmount(wanted, now);
}
