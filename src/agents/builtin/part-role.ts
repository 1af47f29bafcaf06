import { meaningsOf } from '../lexicon.ts';
import { stem } from '../words.ts';
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
  if (value.kind === 'number' && value.prep === '' && value.hints.length === 0 && /^(?:want|need)$/.test(clause.verb))
    return { ...value, hints: [stem('quantity')] };
  if (value.kind === 'number' && value.prep === '' && putsInto(clause)) return { ...value, hints: [stem('quantity')] };
  if (value.hints.length > 0) return value;
  // "replace all of its text with …": what is replaced is what the new value is called.
  if (clause.verb === 'replac' && value.prep === 'with' && /\b(?:text|content|body)\b/i.test(clause.text))
    return {
      ...value,
      hints: clause.phrases
        .filter(({ prep, values }) => (prep === '' || prep === 'of') && values.length === 0)
        .flatMap(({ words }) => words),
    };
  // "write a line about me": fields for that are called so.
  if (
    value.prep === '' &&
    value.certain &&
    clause.phrases.some((phrase) => phrase.prep === 'about' && /^(?:me|myself|us|ourselves)$/i.test(phrase.raw))
  )
    return { ...value, hints: ['about'] };
  if (value.prep === 'to' && clause.object.length > 0 && means(clause, CHANGES))
    return { ...value, hints: [...clause.object, ...nounPhrases(clause).flatMap((phrase) => phrase.words)] };
  if (
    means(clause, ['signin']) &&
    value.certain &&
    clause.values.some((other) => other.at < value.at && (other.kind === 'email' || other.ref.from === 'var'))
  )
    return { ...value, hints: [stem('password')] };
  if (means(clause, ['signin']) && value.kind === 'text' && (value.prep === '' || value.prep === 'as'))
    return { ...value, hints: [stem('username'), stem('email')] };
  if (means(clause, ['tag']) && /^(?:|with)$/.test(value.prep) && roleOf(clause, value, 'do') === 'typed')
    return { ...value, hints: [stem('tag')] };
  if (
    /^(?:of|at|from)$/.test(value.prep) &&
    value.kind === 'text' &&
    !value.certain &&
    makes(clause) &&
    /^\p{Lu}/u.test(value.text) &&
    clause.phrases.some((phrase) => phrase.prep === '' && properRuns(phrase).some(looksLikePerson))
  )
    return { ...value, hints: [stem('company')] };
  if (value.prep === 'because' || value.prep === 'since') return { ...value, hints: ['reason'] };
  if (clause.verb === stem('describe') && value.prep === 'as') return { ...value, hints: [stem('description')] };
  if (clause.verb === 'call' && value.prep === '') return { ...value, hints: [stem('name')] };
  const lead = clause.phrases.find((phrase) => phrase.values.includes(value))?.lead ?? '';
  // "due on 30 April", "received on Friday": which of its days it is.
  if (
    /^(?:date|time)$/.test(value.kind) &&
    /^(?:on|by|at|until|from)$/.test(value.prep) &&
    lead !== '' &&
    lead !== clause.verb &&
    !isName(clause, lead)
  )
    return { ...value, hints: [lead] };
  return value.prep === 'of' && lead !== '' && makes(clause) ? { ...value, hints: [lead] } : value;
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

export function roleOf(clause: Clause, value: Value, kind: GoalKind): PartRole {
  const changesTo = clause.values.some((other) => other.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to');
  if (value.kind === 'secret' || kind === 'put' || kind === 'choose' || kind === 'search' || kind === 'slide') return 'typed';
  if (kind === 'press' || kind === 'open') return 'entity';
  if (value.prep === '' && value.hints.some((hint) => meaningsOf(hint).has('n:coupon'))) return 'typed';
  if (['card', 'expiry'].includes(value.kind) || (clause.verb === 'use' && value.prep === '' && value.hints.some(isFieldNoun)))
    return 'typed';
  if (
    value.prep === '' &&
    value.kind === 'number' &&
    !value.certain &&
    (means(clause, ['star', 'give']) || /^(?:want|need|rat)$/.test(clause.verb))
  )
    return 'typed';
  if (value.prep === '' && isCount(clause, value)) return 'typed';
  if (value.prep === '' && putsInto(clause)) return value.kind === 'number' && !value.certain ? 'typed' : 'entity';
  if (value.prep === '' && answersTo(clause, value)) return 'entity';
  if (isThere(clause, value)) return 'entity';
  if (value.prep === '' && means(clause, ['tag'])) return /\b(?:it|this|that|them)\b/i.test(clause.text) ? 'typed' : 'entity';
  if (value.prep === 'from' && /^(?:date|time)$/.test(value.kind)) return 'typed';
  switch (value.prep) {
    case 'as':
    case 'with':
    case 'using':
    case 'via':
    case 'saying':
    case 'through':
    case 'because':
    case 'since':
    case 'when':
    case 'if':
      return 'typed';
    case 'by':
      return 'either';
    case 'called':
    case 'named':
    case 'titled':
      return makes(clause) ? 'typed' : 'entity';
    case 'to':
      if (
        means(clause, ['reply', 'comment']) &&
        clause.values.some((other) => other !== value && other.certain && /^(?:|saying|with)$/.test(other.prep))
      )
        return 'entity';
      return (means(clause, CHANGES) && !means(clause, ['invite'])) || means(clause, ['book', 'search', 'send', 'forward'])
        ? 'typed'
        : 'either';
    case 'from':
      return means(clause, ['book', 'search']) ? 'typed' : makes(clause) ? 'either' : 'entity';
    case '':
      return makes(clause) || /^(?:date|time|duration|money)$/.test(value.kind)
        ? 'typed'
        : means(clause, ['update', 'rename']) && !changesTo && (value.hints.some(isFieldNoun) || clause.verb === 'call')
          ? 'typed'
          : 'entity';
    default:
      return placed(clause, value);
  }
}

/** "Restore the post X", "Publish the draft X": what has an article and its kind before its name is there already, unless the sentence says what is in it. */
const isThere = (clause: Clause, value: Value): boolean =>
  /^(?:restor|publish)$/.test(clause.verb) &&
  value.prep === '' &&
  value.certain &&
  value.hints.some((hint) => !isFieldNoun(hint)) &&
  clause.phrases.some((phrase) => phrase.definite && phrase.values.includes(value)) &&
  !clause.values.some((other) => other !== value && /^(?:with|saying)$/.test(other.prep));

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
  return makes(clause) &&
    (value.prep === 'for' ||
      value.prep === 'on' ||
      value.hints.length === 0 ||
      (value.prep === 'in' && clause.meanings.has('create') && value.hints.some((hint) => LABEL_STEMS.has(hint))))
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

export const isFieldNoun = (word: string): boolean => FIELD_NOUNS.some((noun) => meaningsOf(word).has(noun));
