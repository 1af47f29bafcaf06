import { verbsOf } from '../lexicon.ts';
import { stem } from '../words.ts';
import { madeInto } from './becomes.ts';
import { bringsAbout, isWriting, leavesWord, objectWords, putsUnder, wordsOf } from './clause-says.ts';
import type { Clause } from './clause.ts';
import { putsInto } from './makes.ts';
import { markedAs } from './marked.ts';
import { properRuns } from './names.ts';
import { isFieldNoun } from './part-role.ts';
import { looksLikePerson, type Value } from './value.ts';

export const LIGHT = new Set(
  'send make do give start begin perform request create get have run try use ask start set'.split(' ').map(stem),
);

/** "make an export", "send an invitation", "start the sync again": the noun says what is done. */
export function withLightVerb(clause: Clause): Clause {
  if (clause.tells)
    return {
      ...clause,
      verb: wordsOf(clause).find((word) => verbsOf(word).size > 0) ?? '',
      meanings: new Set(wordsOf(clause).flatMap((word) => [...verbsOf(word)])),
    };
  const again = /\b(?:again|once more|another time)\b/i.test(clause.text);
  const makesOver = /^(?:mak|giv)$/.test(clause.verb) && clause.values[0]?.hints.length === 0 && (clause.phrases[0]?.tail ?? '') !== '';
  const makesNew = /^(?:draft|record|bill)$/.test(clause.verb) || bringsAbout(clause);
  if (/^(?:want|need)$/.test(clause.verb)) return { ...clause, meanings: new Set(['update']) };
  if (markedAs(clause)) return { ...clause, meanings: new Set(['update']) };
  if (madeInto(clause)) return { ...clause, meanings: new Set(['update', 'enable', 'give']) };
  // To give four stars is to rate; to star is to remember.
  if (clause.verb === 'giv' && /\bstars?\b/i.test(clause.text)) return { ...clause, meanings: new Set(['give']) };
  const more = [
    ...(putsInto(clause) ? ['update', 'star', 'keep'] : []),
    ...(again ? ['retry'] : []),
    ...(makesNew ? ['create'] : []),
    ...(clause.verb === 'add' && (clause.values.some((value) => value.kind === 'email') || takesIn(clause)) ? ['invite'] : []),
    ...(makesOver || clause.meanings.has('give') ? ['update', 'give'] : []),
  ];
  const binned = intoBin(clause);
  if (binned) return binned;
  if (putsUnder(clause))
    return {
      ...clause,
      meanings: new Set(['update', 'move']),
      phrases: clause.phrases.map((phrase) => (/^(?:under|on)$/.test(phrase.prep) ? { ...phrase, prep: 'to' } : phrase)),
    };
  if (leavesWord(clause)) return { ...clause, meanings: new Set(['comment', 'send']) };
  if (isWriting(clause)) return { ...clause, meanings: new Set([...clause.meanings, 'create', 'comment', 'post']) };
  const changed = changedTo(clause);
  if (changed) return changed;
  const nouns = LIGHT.has(clause.verb) ? objectWords(clause).filter((word) => verbsOf(word).size > 0 && word !== 'leav') : [];
  if (nouns.length === 0 && more.length === 0) return clause;
  return {
    ...clause,
    meanings: new Set([...(nouns.length > 0 ? [] : clause.meanings), ...nouns.flatMap((noun) => [...verbsOf(noun)]), ...more]),
  };
}

/** "Open the order 100100": the number is what it is called by. */
export function withNumbersAsNames(clause: Clause): Clause {
  const asName = (value: Value): Value =>
    value.kind === 'number' && value.prep === '' && value.hints.length > 0 && !value.hints.some(isFieldNoun)
      ? { ...value, kind: 'text', certain: true }
      : value;
  return {
    ...clause,
    values: clause.values.map(asName),
    phrases: clause.phrases.map((phrase) => ({ ...phrase, values: phrase.values.map(asName) })),
  };
}

/** "Add Priya Nair to the project as a developer": somebody who gets a part in it. */
const takesIn = ({ phrases }: Clause): boolean =>
  ['to', 'as'].every((prep) => phrases.some((phrase) => phrase.prep === prep)) &&
  phrases.some(
    (phrase) => phrase.prep === '' && (properRuns(phrase).some(looksLikePerson) || phrase.values.some(({ text }) => looksLikePerson(text))),
  );

/** "move the post to the bin": whatever is called so, it is deleted. */
function intoBin(clause: Clause): Clause | undefined {
  const bin = /^(?:mov|move|put|throw|send|drop|drag)$/.test(clause.verb)
    ? clause.phrases.find(
        ({ prep, definite, values, words }) =>
          /^(?:to|in|into)$/.test(prep) && definite && values.length === 0 && words.some((word) => BIN.has(word)),
      )
    : undefined;
  return (
    bin && {
      ...clause,
      verb: bin.words.find((word) => BIN.has(word))!,
      meanings: new Set(['delete']),
      phrases: clause.phrases.filter((phrase) => phrase !== bin),
    }
  );
}

const BIN = new Set(['bin', 'trash', 'rubbish', 'wastebasket', 'garbage'].map(stem));

/** "set X to 60", "raise it to 990", "put both into "Support"", "make it due on Friday": whatever the verb is, something becomes something else. */
function changedTo(clause: Clause): Clause | undefined {
  const to =
    clause.values.some((value) => value.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to' && phrase.raw !== '');
  if (to && /^(?:set|rais|lower|increas|reduc|push|extend|drop)$/.test(clause.verb))
    return { ...clause, meanings: new Set(['update', ...(clause.verb === 'rais' ? ['promote'] : [])]) };
  const anaphor = clause.phrases[0]?.prep === '' && clause.phrases[0].values.length === 0 && clause.phrases[0].words.length === 0;
  if (
    clause.verb === 'put' &&
    (anaphor || clause.all) &&
    clause.values.some((value) => /^(?:in|into|on|onto)$/.test(value.prep) && value.certain) &&
    clause.object.length === 0
  ) {
    return intoIt(clause, ['move', 'update', 'assign']);
  }
  const isPut =
    clause.verb === 'put' &&
    clause.phrases.some(
      (phrase) => phrase.prep === '' && phrase.definite && phrase.values.some((value) => value.certain && value.hints.length > 0),
    );
  if (isPut && clause.values.some((value) => /^(?:in|into)$/.test(value.prep) && value.certain))
    return intoIt(clause, ['move', 'update', 'assign']);
  const day =
    clause.verb === 'mak' && /\bit\b/i.test(clause.text)
      ? clause.values.find((value) => value.kind === 'date' || value.kind === 'time')
      : undefined;
  if (!day) return undefined;
  const lead = clause.phrases.find((phrase) => phrase.values.includes(day))?.lead ?? '';
  const moved = { ...day, prep: 'to', hints: day.hints.length > 0 ? day.hints : lead === '' ? [] : [lead] };
  return {
    ...clause,
    meanings: new Set(['update']),
    values: clause.values.map((value) => (value === day ? moved : value)),
    phrases: [
      { prep: '', lead: '', definite: true, words: moved.hints, items: [], tail: '', raw: '', values: [] },
      { prep: 'to', lead: '', definite: false, words: [], items: [], tail: '', raw: '', values: [moved] },
    ],
    object: moved.hints,
  };
}

/** What something is put into is what it becomes. */
function intoIt(clause: Clause, meanings: readonly string[]): Clause {
  const into = (value: Value): Value => (/^(?:in|into|on|onto)$/.test(value.prep) ? { ...value, prep: 'to' } : value);
  return {
    ...clause,
    meanings: new Set(meanings),
    values: clause.values.map(into),
    phrases: clause.phrases.map((phrase) =>
      /^(?:in|into|on|onto)$/.test(phrase.prep) ? { ...phrase, prep: 'to', values: phrase.values.map(into) } : phrase,
    ),
  };
}
