import { meaningsOf } from '../lexicon.ts';
import { plain, stem } from '../words.ts';
import type { Clause, Phrase } from './clause.ts';
import type { GoalKind, PartRole } from './goal.ts';
import { CHANGES, makes, means, putsInto } from './makes.ts';
import { isName, LABEL_STEMS, properRuns } from './names.ts';
import { looksLikePerson, type Value } from './value.ts';

/** What a comment is left on and an answer is given to is there already. */
const answersTo = (clause: Clause, value: Value): boolean =>
  means(clause, ['reply']) &&
  value.hints.some((hint) => !isFieldNoun(hint)) &&
  clause.values.some((other) => other !== value && /^(?:with|saying|as)$/.test(other.prep));

/** "Change the description to …": what is changed is what the new value is called; "describe it as" names its field itself. */
export function hinted(clause: Clause, value: Value): Value {
  const called = value.hints.length > 0 ? (byBound(clause, value) ?? bySaying(clause, value)) : byVerb(clause, value);
  const hints = isWantedCount(clause, value) ? [stem('quantity')] : called;
  return hints ? { ...value, hints } : value;
}

/** "… so that it says X": what something says is its text. */
const bySaying = ({ tells }: Clause, { certain, hints }: Value): string[] | undefined =>
  tells && certain && hints.length === 1 && /^(?:say|read|stat)$/.test(hints[0]!) ? [stem('text')] : undefined;

/** "Set the pages to show at most 4": what is set, and what it does. */
const byBound = (clause: Clause, { kind, prep, hints }: Value): string[] | undefined =>
  prep === 'to' && kind === 'number' && hints.some((hint) => /^(?:most|least)$/.test(hint)) && means(clause, CHANGES)
    ? [...new Set([...clause.object, ...hints])]
    : undefined;

/** "I want 3 of them", "put 2 towels into the basket". */
const isWantedCount = (clause: Clause, { kind, prep, hints }: Value): boolean =>
  kind === 'number' && prep === '' && (putsInto(clause) || (hints.length === 0 && /^(?:want|need)$/.test(clause.verb)));

/** What a value is called that the sentence calls nothing, by what is done with it. */
function byVerb(clause: Clause, value: Value): string[] | undefined {
  const { prep, certain } = value;
  // "replace all of its text with …": what is replaced is what the new value is called.
  if (clause.verb === 'replac' && prep === 'with' && /\b(?:text|content|body)\b/i.test(clause.text))
    return clause.phrases.filter((phrase) => /^(?:of)?$/.test(phrase.prep) && phrase.values.length === 0).flatMap(({ words }) => words);
  // "write a line about me": fields for that are called so.
  const isSelf = clause.phrases.some((phrase) => phrase.prep === 'about' && /^(?:me|myself|us|ourselves)$/i.test(phrase.raw));
  if (prep === '' && certain && isSelf) return ['about'];
  if (prep === 'to' && clause.object.length > 0 && means(clause, CHANGES))
    return [...clause.object, ...nounPhrases(clause).flatMap((phrase) => phrase.words)];
  const asCredential = means(clause, ['signin']) ? credential(clause, value) : undefined;
  if (asCredential) return asCredential;
  if (means(clause, ['tag']) && /^(?:|with)$/.test(prep) && roleOf(clause, value, 'do') === 'typed') return [stem('tag')];
  if (isEmployer(clause, value)) return [stem('company')];
  if (prep === 'because' || prep === 'since') return ['reason'];
  if (clause.verb === stem('describe') && prep === 'as') return [stem('description')];
  if (clause.verb === 'call' && prep === '') return [stem('name')];
  return byLead(clause, value);
}

/** "sign in as dana with …": who it is, and then the password. */
function credential(clause: Clause, { certain, at, kind, prep }: Value): string[] | undefined {
  const isSecond = certain && clause.values.some((other) => other.at < at && (other.kind === 'email' || other.ref.from === 'var'));
  if (isSecond) return [stem('password')];
  return kind === 'text' && (prep === '' || prep === 'as') ? [stem('username'), stem('email')] : undefined;
}

/** "Add Priya Nair of Northwind". */
const isEmployer = (clause: Clause, { prep, kind, certain, text }: Value): boolean =>
  /^(?:of|at|from)$/.test(prep) &&
  kind === 'text' &&
  !certain &&
  makes(clause) &&
  /^\p{Lu}/u.test(text) &&
  clause.phrases.some((phrase) => phrase.prep === '' && properRuns(phrase).some(looksLikePerson));

function byLead(clause: Clause, value: Value): string[] | undefined {
  const lead = clause.phrases.find((phrase) => phrase.values.includes(value))?.lead ?? '';
  if (lead === '') return undefined;
  // "due on 30 April", "received on Friday": which of its days it is.
  const isDay = /^(?:date|time)$/.test(value.kind) && /^(?:on|by|at|until|from)$/.test(value.prep);
  if (isDay && lead !== clause.verb && !isName(clause, lead)) return [lead];
  return value.prep === 'of' && makes(clause) ? [lead] : undefined;
}

/** "the date of birth", "the number of guests": part of what it is called, and no thing of its own. */
export const nounPhrases = (clause: Clause): Phrase[] =>
  means(clause, CHANGES) && clause.values.some((value) => value.prep === 'to')
    ? clause.phrases.filter(
        (phrase) =>
          phrase.prep === 'of' &&
          !phrase.definite &&
          phrase.values.length === 0 &&
          isFieldNoun(phrase.lead) &&
          /^\p{Ll}+(?: \p{Ll}+)?$/u.test(phrase.raw),
      )
    : [];

/** Whether a value is typed or chosen, says which thing it is, or may be either. */
/** "Add Priya Nair to the project "Shop" as a tester": what somebody is added to is there. */
const isJoined = ({ verb, meanings }: Clause, { prep, kind }: Value): boolean =>
  verb === 'add' && meanings.has('invite') && prep === 'to' && kind === 'text';

export function roleOf(clause: Clause, value: Value, kind: GoalKind): PartRole {
  if (value.kind === 'secret' || kind === 'put' || kind === 'choose' || kind === 'search' || kind === 'slide') return 'typed';
  if (kind === 'press' || kind === 'open') return 'entity';
  if (['card', 'expiry'].includes(value.kind) || value.whole !== undefined) return 'typed';
  const own = value.prep === '' ? roleOfObject(clause, value) : undefined;
  if (own) return own;
  if (isThere(clause, value) || isJoined(clause, value)) return 'entity';
  if (value.prep === '') return objectOtherwise(clause, value);
  if (TELLING.has(value.prep) || (value.prep === 'from' && /^(?:date|time)$/.test(value.kind))) return 'typed';
  switch (value.prep) {
    case 'by':
      return isAuthor(clause, value) ? 'entity' : 'either';
    case 'called':
    case 'named':
    case 'titled':
      return makes(clause) ? 'typed' : 'entity';
    case 'to':
      return roleBehindTo(clause, value);
    case 'from':
      return means(clause, ['book', 'search']) ? 'typed' : makes(clause) ? 'either' : 'entity';
    default:
      return placed(clause, value);
  }
}

/** Behind these stands what is told of something. */
const TELLING = new Set(['as', 'with', 'using', 'via', 'saying', 'through', 'because', 'since', 'when', 'if']);

/** What the verb itself settles of its object. */
function roleOfObject(clause: Clause, value: Value): PartRole | undefined {
  if (value.hints.some((hint) => meaningsOf(hint).has('n:coupon')) || (clause.verb === 'use' && value.hints.some(isFieldNoun)))
    return 'typed';
  const isBareNumber = value.kind === 'number' && !value.certain;
  if (isBareNumber && (means(clause, ['star', 'give']) || /^(?:want|need|rat)$/.test(clause.verb))) return 'typed';
  if (isCount(clause, value)) return 'typed';
  if (putsInto(clause)) return isBareNumber ? 'typed' : 'entity';
  return answersTo(clause, value) ? 'entity' : undefined;
}

function objectOtherwise(clause: Clause, value: Value): PartRole {
  if (means(clause, ['tag'])) return /\b(?:it|this|that|them)\b/i.test(clause.text) ? 'typed' : 'entity';
  if (makes(clause) || /^(?:date|time|duration|money)$/.test(value.kind)) return 'typed';
  const changesTo = clause.values.some((other) => other.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to');
  const isNewValue = value.hints.some(isFieldNoun) || clause.verb === 'call';
  return means(clause, ['update', 'rename']) && !changesTo && isNewValue ? 'typed' : 'entity';
}

function roleBehindTo(clause: Clause, value: Value): PartRole {
  const isAnswered = clause.values.some((other) => other !== value && other.certain && /^(?:|saying|with)$/.test(other.prep));
  if (means(clause, ['reply', 'comment']) && isAnswered) return 'entity';
  // A collection is chosen from a list, or found on the page.
  if (putsInto(clause) && value.certain) return 'either';
  const isChange = means(clause, CHANGES) && !means(clause, ['invite']);
  return isChange || means(clause, ['book', 'search', 'send', 'forward']) ? 'typed' : 'either';
}

/** "Restore the post X", "Publish the draft X": what has an article and its kind before its name is there already, unless the sentence says what is in it. */
const isThere = (clause: Clause, value: Value): boolean =>
  /^(?:restor|publish)$/.test(clause.verb) &&
  value.prep === '' &&
  value.certain &&
  value.hints.some((hint) => !isFieldNoun(hint)) &&
  clause.phrases.some((phrase) => phrase.definite && phrase.values.includes(value)) &&
  !clause.values.some((other) => other !== value && /^(?:with|saying)$/.test(other.prep));

/** "the comment by Jonas Weber": whose it is. */
const isAuthor = (clause: Clause, value: Value): boolean =>
  !makes(clause) &&
  !/^(?:sort|order|filter|group|arrang|narrow|limit|pay|split)$/.test(clause.verb) &&
  value.kind === 'text' &&
  /^\p{Lu}/u.test(value.text) &&
  (value.certain || value.text.includes(' ') || meaningsOf(stem(plain(value.text))).size === 0) &&
  clause.phrases.some(
    ({ prep, lead, values, raw }) =>
      prep === 'by' && (values.includes(value) || raw.includes(value.text)) && lead !== '' && clause.object.at(-1) === lead,
  );

/** "Remove 20 light bulbs": how many, and not which. */
const isCount = (clause: Clause, value: Value): boolean =>
  value.kind === 'number' &&
  !value.certain &&
  value.hints.length === 0 &&
  Number(value.text) > 1 &&
  clause.phrases.some(
    (phrase) =>
      phrase.prep === '' && phrase.values.length === 1 && phrase.values[0] === value && /^\p{Ll}+(?: \p{Ll}+)*s$/u.test(phrase.tail),
  );

/** Behind of, in, on, under, for: mostly where something belongs. */
function placed(clause: Clause, value: Value): PartRole {
  if (value.kind === 'number' && value.hints.length > 0 && !makes(clause) && !value.hints.some(isFieldNoun)) return 'entity';
  if (['date', 'time', 'duration', 'money', 'number', 'expiry', 'card'].includes(value.kind)) return 'typed';
  if (value.kind === 'email') return 'either';
  if (means(clause, ['search'])) return 'typed';
  if (value.certain && means(clause, ['comment', 'reply'])) return 'entity';
  // "under the name X", "at the address /x": what is made has it, and is not made there.
  if (/^(?:at|under)$/.test(value.prep) && means(clause, ['create', 'signup']) && value.hints.some(isFieldNoun)) return 'typed';
  return makes(clause) &&
    (value.prep === 'for' ||
      value.prep === 'on' ||
      value.hints.length === 0 ||
      (/^(?:in|of)$/.test(value.prep) && clause.meanings.has('create') && value.hints.some((hint) => LABEL_STEMS.has(hint))))
    ? 'either'
    : 'entity';
}

const FIELD_NOUNS = [
  'n:name',
  'n:email',
  'n:description',
  'n:password',
  'n:date',
  'n:time',
  'n:phone',
  'n:address',
  'n:username',
  'n:quantity',
  'n:price',
  'n:message',
  'n:reason',
  'n:language',
  'n:role',
  'n:coupon',
];

/** Numbers that things have, as people abbreviate them. */
const CODES = new Set('sku upc isbn ean gtin iban bic vat'.split(' ').map(stem));

export const isFieldNoun = (word: string): boolean => CODES.has(word) || FIELD_NOUNS.some((noun) => meaningsOf(word).has(noun));
