import { meaningsOf } from '../lexicon.ts';
import { content, isStopWord, stem } from '../words.ts';
import { madeInto } from './becomes.ts';
import type { Clause, Phrase } from './clause.ts';
import type { GoalKind, Part } from './goal.ts';
import { makes, makesOver } from './makes.ts';
import { CODED, isAcronym, isName, labelled, properRuns, VAGUE } from './names.ts';
import { isCommand } from './orders.ts';
import { hinted, nounPhrases, roleOf } from './part-role.ts';
import type { Value } from './value.ts';

/** A phrase of a clause, and what the clause says that bears on all of them. */
interface Said {
  clause: Clause;
  kind: GoalKind;
  phrase: Phrase;
  index: number;
  /** "type D9 as the storage bin", "pick Sweden as the country": what the field is called. */
  label: Phrase | undefined;
  /** "Assign Kim Larsen as its officer": who is put where the page says officer. */
  office: Phrase | undefined;
}

/** What a phrase gives; nothing at all when it gives an empty list; undefined where it is for another to read. */
type Reading = (said: Said) => Part[] | undefined;

/** Values without quotes: "as an editor", "to Pro", "Dana Reyes". */
export function bareParts(clause: Clause, kind: GoalKind): Part[] {
  if (kind === 'press' || kind === 'open' || kind === 'mail' || makesOver(clause) || madeInto(clause)) return [];
  const named = namedParts(clause, kind);
  const taken = named.map((part) => part.value.text);
  const phrases = named.length === 0 ? clause.phrases : clause.phrases.map((phrase) => without(phrase, taken));
  const label = labelIn(clause, kind);
  const office = officeIn(clause, kind);
  return [...named, ...phrases.flatMap((phrase, index) => partsOfPhrase({ clause, kind, phrase, index, label, office }))];
}

function partsOfPhrase(said: Said): Part[] {
  if (said.phrase === said.label && (said.clause.values.length === 0 || said.kind === 'choose')) return [];
  for (const reading of said.phrase.prep === '' ? OBJECT : BEHIND_A_PREPOSITION) {
    const parts = reading(said);
    if (parts) return parts;
  }
  return [];
}

/** "with code K-7, colour red and size M": several, each behind what it is called. */
function namedParts(clause: Clause, kind: GoalKind): Part[] {
  const isList = ({ items, values }: Phrase): boolean => items.length > 1 || (values.length > 0 && items.some((item) => CODED.test(item)));
  if (kind !== 'do' || !clause.phrases.some(isList)) return [];
  return clause.phrases.flatMap((phrase, index) =>
    labelled(phrase).map(({ text, hints }, at): Part => {
      const ref = { from: 'step', text } as const;
      const value: Value = { text, ref, kind: 'text', certain: false, hints, prep: 'with', at: index + 0.5 + at / 100 };
      return { value, role: 'typed', needed: true };
    }),
  );
}

const labelIn = (clause: Clause, kind: GoalKind): Phrase | undefined =>
  kind === 'put' || kind === 'choose'
    ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.values.length === 0 && phrase.words.length > 0)
    : undefined;

const officeIn = (clause: Clause, kind: GoalKind): Phrase | undefined =>
  kind === 'do' && clause.meanings.has('assign') && clause.values.length === 0
    ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.definite && phrase.words.length > 0)
    : undefined;

const OBJECT: readonly Reading[] = [
  ({ clause }) =>
    clause.phrases.some((phrase) => phrase.prep === 'to' && /^(?:similar|alik|clos|relat|equal)/.test(phrase.lead)) ? [] : undefined,
  (said) =>
    said.kind === 'search' && said.phrase.values.length === 0 && said.phrase.items.length > 0
      ? [asPart(said, withoutParticiple(said.phrase, said.clause))]
      : undefined,
  (said) => {
    if (said.kind !== 'choose' && (said.kind !== 'put' || said.phrase.definite)) return undefined;
    if (said.phrase.values.length > 0) return [];
    return itemsOf(said).map((part) => (said.label && part.value.hints.length === 0 ? withHints(part, said.label.words) : part));
  },
  (said) => userNamed(said)?.map((part) => ({ ...part, needed: true })),
  (said) =>
    properRuns(said.phrase)
      .map((text) => asPart(said, text))
      .map((part) =>
        said.office && part.value.hints.length === 0
          ? { ...withHints(part, said.office.words), role: 'typed' as const, needed: true }
          : part,
      ),
];

const BEHIND_A_PREPOSITION: readonly Reading[] = [
  ({ kind, phrase }) => (kind === 'put' && phrase.prep !== 'as' ? [] : undefined),
  (said) =>
    said.phrase.raw === '' && said.phrase.values.length > 0 && /^(?:to|for|with|as)$/.test(said.phrase.prep)
      ? properRuns(said.phrase).map((text) => ({ ...asPart(said, text), needed: false }))
      : undefined,
  (said) => (isCalledByNext(said) || isNoValue(said.phrase) || isKindListed(said.phrase) ? [] : undefined),
  (said) => {
    const several = listed(said.phrase);
    return several?.items.map((text, at) => asPart(said, text, at)).map((part) => ({ ...withHints(part, several.hints), needed: true }));
  },
  toldApart,
  (said) => userNamed(said),
  ofItsKind,
  ({ phrase }) => (phrase.definite && properRuns(phrase).length === 0 ? [] : undefined),
  chosenFrom,
  ({ phrase }) =>
    /^(?:into|onto|using|via|through|until|about|like|by|because|since|over)$/.test(phrase.prep) && properRuns(phrase).length === 0
      ? []
      : undefined,
  (said) => [asPart(said, said.phrase.definite ? properRuns(said.phrase)[0]! : said.phrase.raw)],
];

/** "with a price of 9.5": what it is called. */
function isCalledByNext({ clause, phrase, index }: Said): boolean {
  const next = clause.phrases[index + 1];
  return (
    nounPhrases(clause).includes(phrase) ||
    (phrase.values.length === 0 && next?.prep === 'of' && next.lead === phrase.words.at(-1) && next.values.length > 0)
  );
}

const isNoValue = (phrase: Phrase): boolean =>
  phrase.raw === '' || VAGUE.test(phrase.raw) || (phrase.prep === 'to' && isCommand(phrase.words[0] ?? '') && !/^\p{Lu}/u.test(phrase.raw));

/** "the list of users": of what kind, and none of them by its name. */
const isKindListed = ({ prep, lead, raw }: Phrase): boolean => prep === 'of' && LISTS.has(lead) && /^\p{Ll}[\p{Ll} -]*s$/u.test(raw);
const LISTS = new Set('list table overview index'.split(' ').map(stem));

/** "with the role Admin"; "in the show Night Shift, airing on …", where what follows says something else of it. */
function toldApart(said: Said): Part[] | undefined {
  const { phrase, clause, kind } = said;
  const goesOn = phrase.items.length > 1 && phrase.items.slice(1).every((item) => /^\p{Ll}+ing$/u.test(item));
  const told = apposed(goesOn ? { ...phrase, raw: phrase.items[0]! } : phrase);
  if (!told) return undefined;
  const part = { ...withHints(asPart(said, told.text), told.hints), needed: true };
  return [roleOf(clause, part.value, kind) === 'either' ? { ...part, role: 'either' } : part];
}

/** "Create a form for the Alumni group": which, and what kind of thing; "the Mobile App project": all that has a capital is its name, ordinary words or not. */
function ofItsKind(said: Said): Part[] | undefined {
  const { clause, phrase } = said;
  const [, text, kind] = /^(\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)*) (\p{Ll}+)$/u.exec(phrase.raw) ?? [];
  if (!phrase.definite || text === undefined || kind === undefined || meaningsOf(stem(kind)).size === 0) return undefined;
  const part = withHints(asPart(said, text), [stem(kind)]);
  if (makes(clause)) return [{ ...part, role: 'either' }];
  return text.includes(' ') && properRuns(phrase).length > 0 ? [part] : undefined;
}

/** "Pick Blue of the colours": where it is chosen is no choice; "change it from A to B" names both. */
function chosenFrom(said: Said): Part[] | undefined {
  const { clause, kind, phrase } = said;
  if (kind !== 'choose') return undefined;
  const isSaid = clause.phrases.some((other) => other.prep === '' && (other.items.length > 0 || other.values.length > 0));
  if (/^(?:of|in|on|at)$/.test(phrase.prep) && (properRuns(phrase).length === 0 || isSaid)) return [];
  return phrase.prep === 'to' || phrase.prep === 'from' ? itemsOf(said) : undefined;
}

function userNamed(said: Said): Part[] | undefined {
  const user = calledSo(said.phrase);
  return user && [withHints(asPart(said, user.text), [user.hint])];
}

const asPart = ({ clause, kind, phrase, index }: Said, text: string, at = 0): Part => bare(clause, phrase, text, index + at / 100, kind);

const itemsOf = (said: Said): Part[] => said.phrase.items.map((text, at) => asPart(said, text, at));

const withHints = (part: Part, hints: string[]): Part => ({ ...part, value: { ...part.value, hints } });

/** "Delete the user cora": a name in small letters, behind the word for those who have such names. */
function calledSo(phrase: Phrase): { text: string; hint: string } | undefined {
  const [, kind, text] =
    /^(user|member|account|group|login)\s+(\p{Ll}[\p{Ll}\d._-]+)$/u.exec(
      phrase.values.length === 0 && phrase.items.length === 1 ? phrase.raw : '',
    ) ?? [];
  return kind !== undefined && text !== undefined && !isStopWord(text) && meaningsOf(stem(text)).size === 0 && !/(?:s|ing|ed)$/.test(text)
    ? { text, hint: stem(kind) }
    : undefined;
}

/** A phrase without the items that say what they are called. */
function without(phrase: Phrase, said: readonly string[]): Phrase {
  const items = phrase.items.filter((item) => !labelled(phrase).some(({ text }) => said.includes(text) && item.endsWith(text)));
  return items.length === phrase.items.length ? phrase : { ...phrase, items, raw: phrase.raw === '' ? '' : items.join(', ') };
}

/** "the role Admin", "scope Read only": what it is called, then what it is. */
function apposed(phrase: Phrase): { text: string; hints: string[] } | undefined {
  const match = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d-]*(?: [\p{L}\d-]+)?)$/u.exec(phrase.raw);
  return match && !isAcronym(match[2]!) ? { text: match[2]!, hints: content(match[1]!) } : undefined;
}

/** "the amenities Lift and Garden": what they are called, then each of them. */
function listed(phrase: Phrase): { items: string[]; hints: string[] } | undefined {
  const first = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d -]*)$/u.exec(phrase.items[0] ?? '');
  const rest = phrase.items.slice(1);
  if (
    !first ||
    rest.length === 0 ||
    !/s\s$/.test(first[1]!) ||
    !rest.every((item) => /^\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)*$/u.test(item))
  )
    return undefined;
  return { items: [first[2]!, ...rest], hints: content(first[1]!) };
}

/** "action movies directed by …": the participle belongs to what follows. */
function withoutParticiple(phrase: Phrase, clause: Clause): string {
  const next = clause.phrases.find(
    (other) => other.lead !== '' && phrase.words.at(-1) === other.lead && /ed$/i.test(phrase.raw.split(/\s+/).at(-1) ?? ''),
  );
  return next ? phrase.raw.replace(/\s+\S+$/, '') : phrase.raw;
}

export function bare(clause: Clause, phrase: Phrase, text: string, at: number, kind: GoalKind): Part {
  const former =
    phrase.prep === 'to' &&
    clause.object.length > 0 &&
    clause.phrases.some((other) => other.prep === 'from' && other.words.includes(phrase.lead));
  const lead =
    phrase.lead && !former && !isStopWord(phrase.lead) && phrase.lead !== clause.verb && !isName(clause, phrase.lead) ? [phrase.lead] : [];
  const value: Value = { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: lead, prep: phrase.prep, at };
  return {
    value: hinted(clause, value),
    // Who stands before an address lives there, and is typed with it.
    role: kind === 'do' && phrase.values.some(({ whole }) => whole !== undefined) ? 'typed' : roleOf(clause, value, kind),
    needed: phrase.prep === 'as' || phrase.prep === 'to' || kind === 'choose',
  };
}
