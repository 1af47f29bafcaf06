import { sameAmount } from '../../core/amount.ts';
import type { Candidate } from '../../core/observation.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, literally, plain, stem } from '../words.ts';
import { readDay, sameDay, writeDay, writeTime } from './dates.ts';
import { isFieldNoun } from './part-role.ts';
import { isFormer, passwordFit } from './password.ts';
import { looksLikePerson, type Value } from './value.ts';

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

const TYPED_KINDS: Record<string, readonly string[]> = {
  email: ['email'],
  date: ['date', 'datetime-local'],
  time: ['time'],
  url: ['url'],
  number: ['number', 'range'],
  money: ['number'],
  card: ['tel', 'number'],
  expiry: ['tel', 'month'],
  duration: ['number'],
};
const STRICT_TYPES = new Set(['email', 'date', 'datetime-local', 'time', 'month', 'week', 'number', 'range', 'color', 'password', 'url']);

/** How well a value belongs into a field, 0 to 1, by type and by what both are called. `about` are words for a value that has no hint of its own. */
export function fieldFit(
  value: Value,
  field: Candidate,
  about: { noun: readonly string[]; names: boolean; searching: boolean; sets?: boolean; speaks?: boolean; known?: ReadonlySet<string> },
): number {
  const words = content(labelOf(field));
  // "Quantity of Linen Tea Towel", where the towel is what the sentence is about: it is the quantity.
  const rest = about.known ? words.filter((word) => !about.known!.has(word)) : words;
  const label = rest.length > 0 ? rest : words;
  const type = field.inputType ?? 'text';
  if (value.place !== undefined && !isCalled(labelOf(field), value.place)) return 0;
  const hinted = value.hints.length > 0 ? likeness(value.hints, label) : undefined;
  if (type === 'password')
    return value.kind === 'secret' || hintsAt(value, 'n:password')
      ? passwordFit(value, field, { label: labelOf(field), noun: about.noun }) * (0.9 + 0.1 * (hinted?.score ?? 0))
      : 0;
  if (value.kind === 'secret') return (hinted?.covered ?? 0) > 0.7 ? 0.6 : 0;
  if (type === 'file' || (isSearchField(field) && !about.searching)) return 0;
  if (STRICT_TYPES.has(type) && !(TYPED_KINDS[value.kind] ?? []).includes(type) && !typeTakes(type, value)) return 0;
  // Of two fields of the right kind, the one that is called so.
  // "Set the diet to Vegan": what is set has a name of its own, and a name or another number is another thing.
  const other = about.sets === true && value.prep === 'to' && hinted?.score === 0 && !hintsAt(value, 'n:name');
  const kindly = other && /^(?:number|money)$/.test(value.kind) ? 0 : kindFit(value, type, label);
  const byKind =
    kindly > 0 && hinted ? Math.min(0.99, kindly + (value.kind === 'number' && hinted.covered >= 0.4 ? 0.2 : 0.04 * hinted.score)) : kindly;
  // What is explained below a field, or given as an example in it, makes its name no less its name.
  const byOwnName = hinted && likeness(value.hints, content(field.name)).score >= 0.99 ? 0.95 : 0;
  const byHint = Math.max(byOwnName, hinted ? 0.95 * hinted.score : 0);
  const byPrep =
    value.prep !== '' && (label.includes(value.prep) || (/^what for\b/i.test(labelOf(field)) && value.prep === 'for')) ? 0.9 : 0;
  const byNoun = about.noun.length > 0 && value.hints.length === 0 ? 0.8 * likeness(about.noun, label).score : 0;
  const otherwise = value.hints.some((hint) => isFieldNoun(hint) && !says([hint], 'n:name') && !says([hint], 'n:subject'));
  const byName =
    about.names &&
    !other &&
    !otherwise &&
    (says(label, 'n:name') || says(label, 'n:subject')) &&
    !says(label, 'n:username') &&
    value.kind === 'text' &&
    (value.certain || /^[\p{Lu}\d]/u.test(value.text)) &&
    !/^(?:for|from|on|of)$/.test(value.prep)
      ? value.certain && value.prep === ''
        ? 0.72
        : byHint === 0 && value.hints.length > 0
          ? 0.6
          : !value.certain && /^(?:with|in|at|by|using|as)$/.test(value.prep)
            ? 0
            : 0.7
      : 0;
  const byWords =
    field.print.tag === 'textarea' && value.kind === 'text' && value.certain && (value.prep === 'saying' || about.speaks === true)
      ? 0.7
      : 0;
  const byDeed =
    about.speaks === true &&
    value.certain &&
    value.kind === 'text' &&
    value.hints.length === 0 &&
    label.some((word) => ['reply', 'comment'].some((verb) => verbsOf(word).has(verb)))
      ? 0.65
      : 0;
  const byRoom =
    field.print.tag === 'textarea' && value.kind === 'text' && (hintsAt(value, 'n:message') || hintsAt(value, 'n:description')) ? 0.7 : 0;
  const byUnit = value.kind === 'duration' && type === 'number' && label.includes(unitOf(value.text)) ? 0.85 : 0;
  const best = Math.max(byWords, byDeed, byUnit, byKind, byHint, byPrep, byNoun, byName, byRoom);
  if (best > 0) return best;
  return label.length === 0 ? 0.4 : value.hints.length > 0 ? 0.05 : 0.3;
}

/** Does a label have every word that the sentence quotes as its name? */
export const isCalled = (label: string, quoted: string): boolean => {
  const found = literally(label);
  return literally(quoted).every((word) => found.includes(word));
};

/** "60 days" → "day". */
const unitOf = (text: string): string => content(text).at(-1) ?? '';

function typeTakes(type: string, value: Value): boolean {
  if (type === 'number' || type === 'range') return /^-?\d+(?:[.,]\d+)?$/.test(value.text);
  if (type === 'url') return /^https?:/.test(value.text);
  return false;
}

/** Fields that ask for somebody. */
const PEOPLE = new Set(
  'patient customer client guest attendee participant recipient employee student pupil teacher doctor passenger resident visitor member person colleague contact assignee'
    .split(' ')
    .map(stem),
);

function kindFit(value: Value, type: string, label: readonly string[]): number {
  switch (value.kind) {
    case 'email':
      return type === 'email' || says(label, 'n:email') ? 0.95 : says(label, 'n:username') || says(label, 'n:member') ? 0.6 : 0;
    case 'date':
      return type === 'date' || type === 'datetime-local' ? 0.95 : says(label, 'n:date') ? 0.85 : 0;
    case 'time':
      return type === 'time' ? 0.95 : says(label, 'n:time') ? 0.8 : 0;
    case 'card':
      return says(label, 'n:card') && (says(label, 'n:number') || label.length === 1)
        ? 0.98
        : says(label, 'n:number') && !says(label, 'n:address') && !says(label, 'n:phone')
          ? 0.6
          : 0;
    case 'expiry':
      return says(label, 'n:expiry') || label.includes('mm') ? 0.95 : 0;
    case 'duration':
      return says(label, 'n:duration') || says(label, 'n:expiry') ? 0.85 : 0;
    case 'number':
    case 'money':
      return type === 'number' ? 0.5 : says(label, 'n:price') || says(label, 'n:quantity') ? 0.5 : 0;
    case 'url':
      return type === 'url' || says(label, 'n:link') ? 0.95 : 0;
    // "in the show Night Shift": a place with a name of two words is nobody.
    case 'text':
      return !looksLikePerson(value.text) ||
        (/^(?:in|into|to|on|under)$/.test(value.prep) &&
          value.hints.length > 0 &&
          !value.hints.some((hint) => label.includes(hint) || PEOPLE.has(hint)))
        ? 0
        : says(label, 'n:name') && !says(label, 'n:username')
          ? 0.85
          : /^(?:for|with|to)$/.test(value.prep) && label.some((word) => PEOPLE.has(word))
            ? 0.75
            : 0;
    default:
      return 0;
  }
}

export const says = (label: readonly string[], meaning: string): boolean => label.some((word) => meaningsOf(word).has(meaning));
const hintsAt = (value: Value, meaning: string): boolean => says(value.hints, meaning);

/** A second field for the same thing: "Confirm password", "Repeat e-mail". */
export const isRepeat = (field: Candidate): boolean =>
  /\b(?:confirm|repeat|verify|again|re-?enter|re-?type|retype|once more|second time)\b/i.test(labelOf(field)) && !isFormer(labelOf(field));

/** What has to stand in the field so that it holds the value: dates and times in the field's own writing. */
export function writing(value: Value, field: Candidate): string {
  const type = field.inputType ?? 'text';
  if (value.kind === 'date') return writeDay(value.text, type, [field.placeholder, field.description].filter(Boolean).join(' '));
  if (value.kind === 'time' && type === 'time') return writeTime(value.text);
  if (
    value.kind === 'duration' &&
    (type === 'number' || (/^\d*$/.test(field.value ?? '') && content(labelOf(field)).includes(unitOf(value.text))))
  )
    return /^\d+/.exec(value.text)?.[0] ?? value.text;
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
