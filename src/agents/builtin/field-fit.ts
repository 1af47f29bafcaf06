import type { Candidate } from '../../core/observation.ts';
import { verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain, stem } from '../words.ts';
import { asksHowMany, isCalled, isSearchField, labelOf, says, unitOf } from './field.ts';
import { isFieldNoun } from './part-role.ts';
import { passwordFit } from './password.ts';
import { looksLikePerson, type Value } from './value.ts';

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

/** What the sentence is about, for values that have no hint of their own. */
export interface About {
  noun: readonly string[];
  /** It gives something a name. */
  names: boolean;
  searching: boolean;
  /** It sets something to a value. */
  sets?: boolean;
  /** It says something: a reply, a comment, a message. */
  speaks?: boolean;
  /** Words of the thing that it is about. */
  known?: ReadonlySet<string>;
}

/** A value held against a field. */
interface Match {
  value: Value;
  field: Candidate;
  about: About;
  type: string;
  /** The words that the field is called by. */
  label: readonly string[];
  /** What the sentence calls the value, against what the field is called; undefined when it calls it nothing. */
  hinted: { score: number; covered: number } | undefined;
  /** "Set the diet to Vegan": what is set has a name of its own, and a name or another number is another thing. */
  other: boolean;
}

/** How well a value belongs into a field, 0 to 1, by type and by what both are called. */
export function fieldFit(value: Value, field: Candidate, about: About): number {
  if (value.place !== undefined && !isCalled(labelOf(field), value.place)) return 0;
  const match = matchOf(value, field, about);
  const { type, hinted, label } = match;
  if (type === 'password')
    return value.kind === 'secret' || hintsAt(value, 'n:password')
      ? passwordFit(value, field, { label: labelOf(field), noun: about.noun }) * (0.9 + 0.1 * (hinted?.score ?? 0))
      : 0;
  if (value.kind === 'secret') return (hinted?.covered ?? 0) > 0.7 ? 0.6 : 0;
  if (type === 'file' || (isSearchField(field) && !about.searching)) return 0;
  if (STRICT_TYPES.has(type) && !(TYPED_KINDS[value.kind] ?? []).includes(type) && !typeTakes(type, value)) return 0;
  const best = Math.max(byKind(match), byHint(match), byPrep(match), byNoun(match), byName(match), byWhatIsSaid(match), byUnit(match));
  if (best > 0) return best;
  return label.length === 0 ? 0.4 : value.hints.length > 0 ? 0.05 : 0.3;
}

function matchOf(value: Value, field: Candidate, about: About): Match {
  const words = content(labelOf(field));
  // "Quantity of Linen Tea Towel", where the towel is what the sentence is about: it is the quantity.
  const rest = about.known ? words.filter((word) => !about.known!.has(word)) : words;
  const label = rest.length > 0 ? rest : words;
  const hinted = value.hints.length > 0 ? likeness(value.hints, label) : undefined;
  const strange =
    hinted !== undefined && (hinted.score === 0 || (value.kind === 'number' && value.hints.length > 1 && hinted.covered < 0.4));
  const other = about.sets === true && value.prep === 'to' && strange && !hintsAt(value, 'n:name');
  return { value, field, about, type: field.inputType ?? 'text', label, hinted, other };
}

/** Of two fields of the right kind, the one that is called so. */
function byKind({ value, type, label, hinted, other }: Match): number {
  const fit = other && /^(?:number|money)$/.test(value.kind) ? 0 : kindFit(value, type, label);
  if (fit === 0 || !hinted) return fit;
  return Math.min(0.99, fit + (value.kind === 'number' && hinted.covered >= 0.4 ? 0.2 : 0.04 * hinted.score));
}

function byHint({ value, field, hinted }: Match): number {
  if (!hinted) return 0;
  // What is explained below a field, or given as an example in it, makes its name no less its name.
  const name = field.name === '' ? (field.context.column ?? '') : field.name;
  const own = likeness(value.hints, content(name)).score;
  return 0.95 * Math.max(own >= 0.99 || field.description ? own : 0, hinted.score);
}

/** "from", "to", "what for"; "by" whoever made it. */
function byPrep({ value, field, label }: Match): number {
  const isCalled = label.includes(value.prep) || plain(field.name).replace(/\W+$/, '') === value.prep;
  const asksWhatFor = value.prep === 'for' && /^what for\b/i.test(labelOf(field));
  const asksForMaker =
    value.prep === 'by' && value.kind === 'text' && (/\bby\W*$/i.test(labelOf(field)) || label.some((word) => MAKERS.has(word)));
  return value.prep !== '' && (isCalled || asksWhatFor || asksForMaker) ? 0.9 : 0;
}

/** Who a book, a song or a picture is by. */
const MAKERS = new Set('author writer artist composer creator painter photographer singer performer'.split(' ').map(stem));

const byNoun = ({ value, about, label }: Match): number =>
  about.noun.length > 0 && value.hints.length === 0 ? 0.8 * likeness(about.noun, label).score : 0;

/** What is made or renamed has a name, and where nothing says otherwise the value is it. */
function byName(match: Match): number {
  const { value, about, label, other } = match;
  const asksForName = (says(label, 'n:name') || says(label, 'n:subject')) && !says(label, 'n:username');
  const isCalledElse = value.hints.some((hint) => isFieldNoun(hint) && !says([hint], 'n:name') && !says([hint], 'n:subject'));
  const isName = value.kind === 'text' && (value.certain || /^[\p{Lu}\d]/u.test(value.text)) && !/^(?:for|from|on|of|by)$/.test(value.prep);
  if (!about.names || other || isCalledElse || !asksForName || !isName) return 0;
  if (value.certain && value.prep === '') return 0.72;
  if (byHint(match) === 0 && value.hints.length > 0) return 0.6;
  return !value.certain && /^(?:with|in|at|by|using|as)$/.test(value.prep) ? 0 : 0.7;
}

/** Long texts go where there is room for them, replies where somebody replies. */
function byWhatIsSaid({ value, field, about, label }: Match): number {
  if (value.kind !== 'text') return 0;
  const isRoomy = field.print.tag === 'textarea';
  // A text has more of a place here than in a line that is called something like it.
  if (isRoomy && (hintsAt(value, 'n:message') || hintsAt(value, 'n:description'))) return 0.78;
  if (isRoomy && value.certain && value.prep === 'saying') return isObligatory(field) ? 0.72 : 0.7;
  if (isRoomy && value.certain && value.whole === undefined && about.speaks === true && !/^(?:called|named|titled)$/.test(value.prep))
    return 0.7;
  const isAnswer = label.some((word) => ['reply', 'comment'].some((verb) => verbsOf(word).has(verb)));
  return about.speaks === true && value.certain && value.hints.length === 0 && isAnswer ? 0.65 : 0;
}

const byUnit = ({ value, field, type, label }: Match): number =>
  value.kind === 'duration' && (type === 'number' ? label.includes(unitOf(value.text)) : asksHowMany(value, field)) ? 0.85 : 0;

/** It says so, or has the star that forms mark such fields with. */
const isObligatory = ({ required, name }: Candidate): boolean => required === true || /\S ?\*$/.test(name.trim());

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
    case 'text':
      return personFit(value, label);
    default:
      return 0;
  }
}

const hintsAt = (value: Value, meaning: string): boolean => says(value.hints, meaning);

function personFit(value: Value, label: readonly string[]): number {
  // "in the show Night Shift": a place with a name of two words is nobody.
  const isPlace =
    /^(?:in|into|to|on|under)$/.test(value.prep) &&
    value.hints.length > 0 &&
    !value.hints.some((hint) => label.includes(hint) || PEOPLE.has(hint));
  if (!looksLikePerson(value.text) || isPlace) return 0;
  // "Title": whoever has such a name is seldom what a thing is called.
  const isOfThing = label.some((word) => /^(?:titl|subject|headlin)/.test(word));
  if (says(label, 'n:name') && !says(label, 'n:username') && !isOfThing) return 0.85;
  return /^(?:for|with|to)$/.test(value.prep) && label.some((word) => PEOPLE.has(word)) ? 0.75 : 0;
}
