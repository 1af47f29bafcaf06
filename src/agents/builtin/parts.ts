import { meaningsOf } from '../lexicon.ts';
import { content, isStopWord, plain, stem } from '../words.ts';
import { type Clause, isCommand, type Phrase } from './clause.ts';
import type { GoalKind, Part, PartRole } from './goal.ts';
import { looksLikePerson, type Value } from './value.ts';

/** Verbs whose direct object is something new that has to be typed. */
const MAKES = ['create', 'invite', 'search', 'signin', 'signup', 'enter', 'post', 'send', 'reply', 'comment', 'pay', 'book', 'upload', 'import', 'reset', 'select', 'forward', 'generate', 'request'];
/** Verbs that turn something that is there into something else. */
const CHANGES = ['rename', 'update', 'move', 'upgrade', 'downgrade', 'promote', 'enter', 'select'];

/** Where what exists already is put: nothing new is made by that. */
const CONTAINERS = new Set('cart basket bag trolley list wishlist favourite favorite queue watchlist folder collection comparison'.split(' ').map(stem));
export const putsInto = (clause: Clause): boolean => clause.phrases.some((phrase) => /^(?:to|in|into|on|onto)$/.test(phrase.prep) && phrase.values.length === 0 && phrase.words.some((word) => CONTAINERS.has(word)));

/** "make it urgent": what it becomes, and no word for what that is. */
export const isState = (clause: Clause): boolean => /^(?:mak|mark|set)$/.test(clause.verb) && clause.phrases.filter((phrase) => phrase.prep === '').every((phrase) => phrase.values.length === 0) && /\b(?:it|this|that)\b/i.test(clause.text) && clause.phrases.some((phrase) => phrase.prep === '' && /^\S+$/.test(ofState(phrase)) && !VAGUE.test(ofState(phrase)));
const ofState = (phrase: Phrase): string => phrase.raw.replace(/^(?:it|this|that)\s+(?:as\s+)?/i, '');

/** What a comment is left on and an answer is given to is there already. */
const answersTo = (clause: Clause, value: Value): boolean => means(clause, ['reply']) && value.hints.some((hint) => !isFieldNoun(hint)) && clause.values.some((other) => other !== value && /^(?:with|saying|as)$/.test(other.prep));

export const makes = (clause: Clause): boolean => means(clause, MAKES);
const means = (clause: Clause, list: readonly string[]): boolean => list.some((meaning) => clause.meanings.has(meaning));

/** The values of a clause with what they are for. */
export function partsOf(clause: Clause, kind: GoalKind): Part[] {
  const certain = clause.values.map((value): Part => ({ value: hinted(clause, value), role: roleOf(clause, value, kind), needed: value.certain || value.kind !== 'number' }));
  const all = [...certain, ...bareParts(clause, kind).filter((part) => !certain.some((other) => other.value.text === part.value.text)), ...becomes(clause), ...allowed(clause)].sort((a, b) => a.value.at - b.value.at || (kind === 'put' || kind === 'choose' ? Number(a.value.prep !== '') - Number(b.value.prep !== '') : 0));
  const turned = makesOver(clause) ? all.map((part): Part => (part.value.prep === '' && part.value.certain && part === all.find((other) => other.value.certain) ? { ...part, role: 'entity' } : part)) : all;
  const second = renamedTo(clause);
  const renamed = second ? turned.map((part): Part => (part.value.at === second.at ? { ...part, role: 'typed', value: { ...part.value, prep: 'to' } } : part.value.certain ? { ...part, role: 'entity' } : part)) : turned;
  const changesTo = renamed.some((part) => part.value.prep === 'to');
  return placedBy(renamed, kind).filter((part) => !(changesTo && part.value.prep === 'from' && part.value.kind !== 'secret' && means(clause, CHANGES)));
}

/** "Enter X into "E-mail"", "choose "Editor" in "Role"": the second is what the field is called. */
function placedBy(parts: readonly Part[], kind: GoalKind): Part[] {
  if (kind !== 'put' && kind !== 'choose') return [...parts];
  const isPlace = ({ value }: Part): boolean => value.certain && value.kind === 'text' && /^(?:into|in|for)$/.test(value.prep);
  return parts.flatMap((part, index): Part[] => {
    const place = parts[index + 1];
    if (index > 0 && isPlace(part) && !isPlace(parts[index - 1]!)) return [];
    return place && isPlace(place) && !isPlace(part) ? [{ ...part, value: { ...part.value, hints: content(place.value.text), place: place.value.text } }] : [part];
  });
}

/** "make Dana an admin": a person and what becomes of them. */
const makesOver = (clause: Clause): boolean => (/^(?:mak|make|turn|appoint)$/.test(clause.verb) || (clause.meanings.has('give') && RIGHTS.test(clause.phrases[0]?.tail ?? ''))) && (clause.phrases[0]?.tail ?? '') !== '' && clause.phrases[0]!.values[0]?.hints.length === 0;

/** "… administrator rights", "… the editor role". */
const RIGHTS = /\s+(?:roles?|permissions?|rights?|access|privileges?)$/i;

function becomes(clause: Clause): Part[] {
  const made = madeInto(clause);
  if (made) return made;
  const bare = bareGift(clause);
  if (bare) return [bare];
  const state = isState(clause) ? clause.phrases.find((phrase) => phrase.prep === '') : undefined;
  if (state) return [{ value: { text: ofState(state), ref: { from: 'step', text: ofState(state) }, kind: 'text', certain: false, hints: [], prep: 'to', at: 50 }, role: 'typed', needed: true }];
  if (!makesOver(clause)) return [];
  const text = clause.phrases[0]!.tail.replace(/^(?:an?|the)\s+/i, '').replace(RIGHTS, '');
  return [{ value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: ['role'].map(stem), prep: 'to', at: 50 }, role: 'typed', needed: true }];
}

/** "Make Nordic Tools a preferred supplier": a name with its capitals, and what becomes of it. */
export function madeInto(clause: Clause): Part[] | undefined {
  const raw = clause.verb === 'mak' && clause.values.length === 0 && clause.phrases[0]?.prep === '' ? clause.phrases[0].raw : '';
  const [, name, state] = /^(\p{Lu}\S*(?: \p{Lu}\S*)*) an? (\p{Ll}[\p{L} -]*?)(?: again)?$/u.exec(raw) ?? [];
  if (name === undefined || state === undefined) return undefined;
  const part = (text: string, role: PartRole, prep: string): Part => ({ value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [], prep, at: role === 'entity' ? 0 : 50 }, role, needed: role === 'typed' });
  return [part(name, 'entity', ''), part(state, 'typed', 'to')];
}

/** "give Editor1 administrator rights", where nothing marks where the name ends but its capital. */
function bareGift(clause: Clause): Part | undefined {
  const raw = clause.meanings.has('give') && clause.values.length === 0 ? (clause.phrases.find((phrase) => phrase.prep === '')?.raw ?? '') : '';
  const text = /^\p{Lu}\S*(?: \p{Lu}\S*)* (?:an?\s+|the\s+)?(\p{Ll}.*)$/u.exec(raw)?.[1];
  return text !== undefined && RIGHTS.test(text) ? { value: { text: text.replace(RIGHTS, ''), ref: { from: 'step', text: text.replace(RIGHTS, '') }, kind: 'text', certain: false, hints: [stem('role')], prep: 'to', at: 50 }, role: 'typed', needed: true } : undefined;
}

/** "so that only administrators can edit it": who may do what, an answer to the question of that. */
function allowed(clause: Clause): Part[] {
  const match = clause.tells ? /^((?:only )?[\p{L} ]+?) (?:can|may|are allowed to) (\p{L}+)\b/iu.exec(clause.text) : null;
  if (!match || clause.values.length > 0) return [];
  const [, text, verb] = match as unknown as [string, string, string];
  return [{ value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [stem(plain(verb))], prep: '', at: 50 }, role: 'typed', needed: true }];
}

/** "Call the project "A" "B"": the second name is the new one. */
function renamedTo(clause: Clause): Value | undefined {
  const direct = clause.values.filter((value) => value.prep === '' && value.certain);
  return clause.verb === 'call' && direct.length === 2 ? direct[1] : undefined;
}

/** "Change the description to …": what is changed is what the new value is called; "describe it as" names its field itself. */
function hinted(clause: Clause, value: Value): Value {
  if (value.kind === 'number' && value.prep === '' && value.hints.length === 0 && /^(?:want|need)$/.test(clause.verb)) return { ...value, hints: [stem('quantity')] };
  if (value.kind === 'number' && value.prep === '' && putsInto(clause)) return { ...value, hints: [stem('quantity')] };
  if (value.hints.length > 0) return value;
  // "replace all of its text with …": what is replaced is what the new value is called.
  if (clause.verb === 'replac' && value.prep === 'with' && /\b(?:text|content|body)\b/i.test(clause.text)) return { ...value, hints: clause.phrases.filter(({ prep, values }) => (prep === '' || prep === 'of') && values.length === 0).flatMap(({ words }) => words) };
  // "write a line about me": fields for that are called so.
  if (value.prep === '' && value.certain && clause.phrases.some((phrase) => phrase.prep === 'about' && /^(?:me|myself|us|ourselves)$/i.test(phrase.raw))) return { ...value, hints: ['about'] };
  if (value.prep === 'to' && clause.object.length > 0 && means(clause, CHANGES)) return { ...value, hints: [...clause.object, ...nounPhrases(clause).flatMap((phrase) => phrase.words)] };
  if (means(clause, ['signin']) && value.certain && clause.values.some((other) => other.at < value.at && (other.kind === 'email' || other.ref.from === 'var'))) return { ...value, hints: [stem('password')] };
  if (means(clause, ['signin']) && value.kind === 'text' && (value.prep === '' || value.prep === 'as')) return { ...value, hints: [stem('username'), stem('email')] };
  if (means(clause, ['tag']) && /^(?:|with)$/.test(value.prep) && roleOf(clause, value, 'do') === 'typed') return { ...value, hints: [stem('tag')] };
  if (/^(?:of|at|from)$/.test(value.prep) && value.kind === 'text' && !value.certain && makes(clause) && /^\p{Lu}/u.test(value.text) && clause.phrases.some((phrase) => phrase.prep === '' && properRuns(phrase).some(looksLikePerson))) return { ...value, hints: [stem('company')] };
  if (value.prep === 'because' || value.prep === 'since') return { ...value, hints: ['reason'] };
  if (clause.verb === stem('describe') && value.prep === 'as') return { ...value, hints: [stem('description')] };
  if (clause.verb === 'call' && value.prep === '') return { ...value, hints: [stem('name')] };
  const lead = clause.phrases.find((phrase) => phrase.values.includes(value))?.lead ?? '';
  // "due on 30 April", "received on Friday": which of its days it is.
  if (/^(?:date|time)$/.test(value.kind) && /^(?:on|by|at|until|from)$/.test(value.prep) && lead !== '' && lead !== clause.verb && !isName(clause, lead)) return { ...value, hints: [lead] };
  return value.prep === 'of' && lead !== '' && makes(clause) ? { ...value, hints: [lead] } : value;
}

/** "the date of birth", "the number of guests": part of what it is called, and no thing of its own. */
const nounPhrases = (clause: Clause): Phrase[] => (means(clause, CHANGES) && clause.values.some((value) => value.prep === 'to') ? clause.phrases.filter((phrase) => phrase.prep === 'of' && !phrase.definite && phrase.values.length === 0 && isFieldNoun(phrase.lead) && /^\p{Ll}+(?: \p{Ll}+)?$/u.test(phrase.raw)) : []);

export function roleOf(clause: Clause, value: Value, kind: GoalKind): PartRole {
  const changesTo = clause.values.some((other) => other.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to');
  if (value.kind === 'secret' || kind === 'put' || kind === 'choose' || kind === 'search' || kind === 'slide') return 'typed';
  if (kind === 'press' || kind === 'open') return 'entity';
  if (value.prep === '' && value.hints.some((hint) => meaningsOf(hint).has('n:coupon'))) return 'typed';
  if (['card', 'expiry'].includes(value.kind) || (clause.verb === 'use' && value.prep === '' && value.hints.some(isFieldNoun))) return 'typed';
  if (value.prep === '' && value.kind === 'number' && !value.certain && (means(clause, ['star', 'give']) || /^(?:want|need|rat)$/.test(clause.verb))) return 'typed';
  if (value.prep === '' && isCount(clause, value)) return 'typed';
  if (value.prep === '' && putsInto(clause)) return value.kind === 'number' && !value.certain ? 'typed' : 'entity';
  if (value.prep === '' && answersTo(clause, value)) return 'entity';
  if (isThere(clause, value)) return 'entity';
  if (value.prep === '' && means(clause, ['tag'])) return /\b(?:it|this|that|them)\b/i.test(clause.text) ? 'typed' : 'entity';
  if (value.prep === 'from' && /^(?:date|time)$/.test(value.kind)) return 'typed';
  switch (value.prep) {
    case 'as': case 'with': case 'using': case 'via': case 'saying': case 'through': case 'because': case 'since': case 'when': case 'if': return 'typed';
    case 'by': return 'either';
    case 'called': case 'named': case 'titled': return makes(clause) ? 'typed' : 'entity';
    case 'to': if (means(clause, ['reply', 'comment']) && clause.values.some((other) => other !== value && other.certain && /^(?:|saying|with)$/.test(other.prep))) return 'entity';
      return (means(clause, CHANGES) && !means(clause, ['invite'])) || means(clause, ['book', 'search', 'send', 'forward']) ? 'typed' : 'either';
    case 'from': return means(clause, ['book', 'search']) ? 'typed' : makes(clause) ? 'either' : 'entity';
    case '': return makes(clause) || /^(?:date|time|duration|money)$/.test(value.kind) ? 'typed' : means(clause, ['update', 'rename']) && !changesTo && (value.hints.some(isFieldNoun) || clause.verb === 'call') ? 'typed' : 'entity';
    default: return placed(clause, value);
  }
}

/** "Restore the post X", "Publish the draft X": what has an article and its kind before its name is there already, unless the sentence says what is in it. */
const isThere = (clause: Clause, value: Value): boolean => /^(?:restor|publish)$/.test(clause.verb) && value.prep === '' && value.certain && value.hints.some((hint) => !isFieldNoun(hint)) && clause.phrases.some((phrase) => phrase.definite && phrase.values.includes(value)) && !clause.values.some((other) => other !== value && /^(?:with|saying)$/.test(other.prep));

/** "Remove 20 light bulbs": how many, and not which. */
const isCount = (clause: Clause, value: Value): boolean => value.kind === 'number' && !value.certain && value.hints.length === 0 && Number(value.text) > 1 && clause.phrases.some((phrase) => phrase.prep === '' && phrase.values.length === 1 && phrase.values[0] === value && /^\p{Ll}+(?: \p{Ll}+)*s$/u.test(phrase.tail));

/** Behind of, in, on, under, for: mostly where something belongs. */
function placed(clause: Clause, value: Value): PartRole {
  if (value.kind === 'number' && value.hints.length > 0 && !makes(clause) && !value.hints.some(isFieldNoun)) return 'entity';
  if (['date', 'time', 'duration', 'money', 'number', 'expiry', 'card'].includes(value.kind)) return 'typed';
  if (value.kind === 'email') return 'either';
  if (means(clause, ['search'])) return 'typed';
  if (value.certain && means(clause, ['comment', 'reply'])) return 'entity';
  return makes(clause) && (value.prep === 'for' || value.prep === 'on' || value.hints.length === 0 || (value.prep === 'in' && clause.meanings.has('create') && value.hints.some((hint) => LABEL_STEMS.has(hint)))) ? 'either' : 'entity';
}

const FIELD_NOUNS = ['n:name', 'n:email', 'n:description', 'n:password', 'n:date', 'n:time', 'n:phone', 'n:address', 'n:username', 'n:quantity', 'n:price', 'n:message', 'n:reason', 'n:language', 'n:role', 'n:coupon'];
export const isFieldNoun = (word: string): boolean => FIELD_NOUNS.some((noun) => meaningsOf(word).has(noun));

/** Values without quotes: "as an editor", "to Pro", "Dana Reyes". */
function bareParts(clause: Clause, kind: GoalKind): Part[] {
  if (kind === 'press' || kind === 'open' || kind === 'mail' || makesOver(clause) || madeInto(clause)) return [];
  const alikeTo = clause.phrases.some((phrase) => phrase.prep === 'to' && /^(?:similar|alik|clos|relat|equal)/.test(phrase.lead));
  const named = kind === 'do' && clause.phrases.some((phrase) => phrase.items.length > 1 || (phrase.values.length > 0 && phrase.items.some((item) => CODED.test(item)))) ? clause.phrases.flatMap((phrase, index) => labelled(phrase).map((item, at): Part => ({ value: { text: item.text, ref: { from: 'step', text: item.text }, kind: 'text', certain: false, hints: [item.hint], prep: 'with', at: index + 0.5 + at / 100 }, role: 'typed', needed: true }))) : [];
  const phrases = named.length === 0 ? clause.phrases : clause.phrases.map((phrase) => without(phrase, named.map((part) => part.value.text)));
  // "type D9 as the storage bin", "pick Sweden as the country": what the field is called.
  const label = kind === 'put' || kind === 'choose' ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.values.length === 0 && phrase.words.length > 0) : undefined;
  // "Assign Kim Larsen as its officer": who is put where the page says officer.
  const office = kind === 'do' && clause.meanings.has('assign') && clause.values.length === 0 ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.definite && phrase.words.length > 0) : undefined;
  return named.concat(phrases.flatMap((phrase, index) => {
    if (phrase === label && clause.values.length === 0) return [];
    if (phrase.prep === '' && alikeTo) return [];
    if (phrase.prep === '' && kind === 'search' && phrase.values.length === 0 && phrase.items.length > 0) return [bare(clause, phrase, withoutParticiple(phrase, clause), index, kind)];
    if (phrase.prep === '') {
      if (kind === 'choose' || (kind === 'put' && !phrase.definite)) return phrase.values.length > 0 ? [] : phrase.items.map((text, at) => bare(clause, phrase, text, index + at / 100, kind)).map((part) => (label && part.value.hints.length === 0 ? { ...part, value: { ...part.value, hints: label.words } } : part));
      const user = calledSo(phrase);
      if (user) return [bare(clause, phrase, user.text, index, kind)].map((part) => ({ ...part, needed: true, value: { ...part.value, hints: [user.hint] } }));
      return properRuns(phrase).map((text) => bare(clause, phrase, text, index, kind)).map((part) => (office && part.value.hints.length === 0 ? { ...part, role: 'typed' as const, needed: true, value: { ...part.value, hints: office.words } } : part));
    }
    if (kind === 'put' && phrase.prep !== 'as') return [];
    if (phrase.raw === '' && phrase.values.length > 0 && /^(?:to|for|with|as)$/.test(phrase.prep)) return properRuns(phrase).map((text) => ({ ...bare(clause, phrase, text, index, kind), needed: false }));
    // "with a price of 9.5": what it is called.
    if (nounPhrases(clause).includes(phrase) || (phrase.values.length === 0 && clause.phrases[index + 1]?.prep === 'of' && clause.phrases[index + 1]!.lead === phrase.words.at(-1) && clause.phrases[index + 1]!.values.length > 0)) return [];
    if (phrase.raw === '' || VAGUE.test(phrase.raw) || (phrase.prep === 'to' && isCommand(phrase.words[0] ?? '') && !/^\p{Lu}/u.test(phrase.raw))) return [];
    const several = listed(phrase);
    if (several) return several.items.map((text, at) => bare(clause, phrase, text, index + at / 100, kind)).map((part) => ({ ...part, needed: true, value: { ...part.value, hints: several.hints } }));
    // "in the show Night Shift, airing on …": what follows says something else of it.
    const told = apposed(phrase.items.length > 1 && phrase.items.slice(1).every((item) => /^\p{Ll}+ing$/u.test(item)) ? { ...phrase, raw: phrase.items[0]! } : phrase);
    if (told) return [{ ...bare(clause, phrase, told.text, index, kind), needed: true }].map((part) => ({ ...part, value: { ...part.value, hints: told.hints } })).map((part) => (roleOf(clause, part.value, kind) === 'either' ? { ...part, role: 'either' as const } : part));
    const user = calledSo(phrase);
    if (user) return [bare(clause, phrase, user.text, index, kind)].map((part) => ({ ...part, value: { ...part.value, hints: [user.hint] } }));
    const kindOfIt = /^(\p{Lu}[\p{L}\d]*) (\p{Ll}+)$/u.exec(phrase.raw);
    if (phrase.definite && makes(clause) && kindOfIt && meaningsOf(stem(kindOfIt[2]!)).size > 0) return [bare(clause, phrase, kindOfIt[1]!, index, kind)].map((part) => ({ ...part, role: 'either' as const, value: { ...part.value, hints: [stem(kindOfIt[2]!)] } }));
    if (phrase.definite && properRuns(phrase).length === 0) return [];
    if (kind === 'choose' && /^(?:of|in|on|at)$/.test(phrase.prep) && (properRuns(phrase).length === 0 || clause.phrases.some((other) => other.prep === '' && (other.items.length > 0 || other.values.length > 0)))) return [];
    if (kind === 'choose' && (phrase.prep === 'to' || phrase.prep === 'from')) return phrase.items.map((text, at) => bare(clause, phrase, text, index + at / 100, kind));
    if (/^(?:into|onto|using|via|through|until|about|like|by|because|since|over)$/.test(phrase.prep) && properRuns(phrase).length === 0) return [];
    return [bare(clause, phrase, phrase.definite ? properRuns(phrase)[0]! : phrase.raw, index, kind)];
  }));
}

/** "Delete the user cora": a name in small letters, behind the word for those who have such names. */
function calledSo(phrase: Phrase): { text: string; hint: string } | undefined {
  const [, kind, text] = /^(user|member|account|group|login)\s+(\p{Ll}[\p{Ll}\d._-]+)$/u.exec(phrase.values.length === 0 && phrase.items.length === 1 ? phrase.raw : '') ?? [];
  return kind !== undefined && text !== undefined && !isStopWord(text) && meaningsOf(stem(text)).size === 0 && !/(?:s|ing|ed)$/.test(text) ? { text, hint: stem(kind) } : undefined;
}

/** A phrase without the items that say what they are called. */
function without(phrase: Phrase, said: readonly string[]): Phrase {
  const items = phrase.items.filter((item) => !labelled(phrase).some(({ text }) => said.includes(text) && item.endsWith(text)));
  return items.length === phrase.items.length ? phrase : { ...phrase, items, raw: phrase.raw === '' ? '' : items.join(', ') };
}

const VAGUE = /^(?:it|them|him|her|this|that|me|us|good|free|now(?: on)?|later(?: on)?|sure|all|both|once|least|first|last|there|here)$/i;

/** "the role Admin", "scope Read only": what it is called, then what it is. */
function apposed(phrase: Phrase): { text: string; hints: string[] } | undefined {
  const match = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d-]*(?: [\p{L}\d-]+)?)$/u.exec(phrase.raw);
  return match && !isAcronym(match[2]!) ? { text: match[2]!, hints: content(match[1]!) } : undefined;
}

/** "the amenities Lift and Garden": what they are called, then each of them. */
function listed(phrase: Phrase): { items: string[]; hints: string[] } | undefined {
  const first = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d -]*)$/u.exec(phrase.items[0] ?? '');
  const rest = phrase.items.slice(1);
  if (!first || rest.length === 0 || !/s\s$/.test(first[1]!) || !rest.every((item) => /^\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)*$/u.test(item))) return undefined;
  return { items: [first[2]!, ...rest], hints: content(first[1]!) };
}

/** "action movies directed by …": the participle belongs to what follows. */
function withoutParticiple(phrase: Phrase, clause: Clause): string {
  const next = clause.phrases.find((other) => other.lead !== '' && phrase.words.at(-1) === other.lead && /ed$/i.test(phrase.raw.split(/\s+/).at(-1) ?? ''));
  return next ? phrase.raw.replace(/\s+\S+$/, '') : phrase.raw;
}

function bare(clause: Clause, phrase: Phrase, text: string, at: number, kind: GoalKind): Part {
  const former = phrase.prep === 'to' && clause.object.length > 0 && clause.phrases.some((other) => other.prep === 'from' && other.words.includes(phrase.lead));
  const lead = phrase.lead && !former && !isStopWord(phrase.lead) && phrase.lead !== clause.verb && !isName(clause, phrase.lead) ? [phrase.lead] : [];
  const value: Value = { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: lead, prep: phrase.prep, at };
  return { value: hinted(clause, value), role: roleOf(clause, value, kind), needed: phrase.prep === 'as' || phrase.prep === 'to' || kind === 'choose' };
}

/** "Priya Nair of Northwind": a name is no word for what follows. */
const isName = (clause: Clause, lead: string): boolean => clause.phrases.some((phrase) => phrase.items.some((item) => /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u.test(item) && stem(plain(item.split(' ').at(-1)!)) === lead));

/** Runs of words that look like names: capitalised or with digits, and (but behind "to", "as", "by", "from") no word of ordinary interfaces. */
export function properRuns(phrase: Phrase): string[] {
  const target = /^(?:to|as|by|from)$/.test(phrase.prep);
  return phrase.items.flatMap((item) => {
    const runs: string[][] = [[]];
    for (const written of item.split(/\s+/)) {
      const word = written.replace(/['’]s$/, '');
      const proper = !/["“”«»]/.test(word) && !phrase.values.some((value) => value.text === word) && ((word === '&' && runs.at(-1)!.length > 0) || /^\p{Lu}|\d/u.test(word) && (target || meaningsOf(stem(plain(word))).size === 0) && !isAcronym(word) && word !== 'I');
      if (proper) runs.at(-1)!.push(word);
      else if (runs.at(-1)!.length > 0) runs.push([]);
    }
    const several = clauseNames(phrase);
    return runs.filter((run) => run.length > 0).map((run) => (several ? run.join(' ').replace(/([^s])s$/, '$1') : run.join(' ')));
  });
}

/** "two Enamel Mugs": each is an Enamel Mug. */
const clauseNames = (phrase: Phrase): boolean => phrase.values[0]?.kind === 'number' && !phrase.values[0].certain && phrase.values[0].hints.length === 0 && Number(phrase.values[0].text) > 1;

/** Words that name a field and are followed by what it holds. */
const LABELS = new Set('priority urgency severity status state role team department unit company organisation organization employer category type country city town street postcode zip phone mobile telephone level size colour color quantity amount price currency language plan room title location reference reason'.split(' '));

/** "a price of 9.5 and bin A7": a code, and the word that says what it is of. */
const CODED = /^(?:(?:an?|the) )?(\p{Ll}+) (\p{Lu}+\d[\p{Lu}\d-]*)$/u;

const LABEL_STEMS = new Set([...LABELS].map(stem));

/** "…, company Northwind, priority high": items that say what they are called. */
function labelled(phrase: Phrase): { text: string; hint: string }[] {
  const coded = phrase.prep !== '' && phrase.values.length > 0 ? phrase.items.slice(0, 1).flatMap((item) => CODED.exec(item) ?? []) : [];
  if (coded.length === 3) return [{ text: coded[2]!, hint: stem(coded[1]!) }];
  return phrase.items.slice(phrase.prep === '' || phrase.items.length > 1 ? (phrase.prep === '' && phrase.items.length === 1 ? 1 : 0) : 1).flatMap((item) => {
    const match = /^(?:(?:an?|the|his|her|its|their) )?(\p{Ll}+) (\p{Lu}[\p{L}\d&'’-]*(?: [\p{Lu}&][\p{L}\d&'’-]*)*|[\p{Ll}\d-]+)$/u.exec(item);
    return match && LABELS.has(match[1]!) && !LABELS.has(match[2]!) && !isStopWord(match[2]!) ? [{ text: match[2]!, hint: stem(match[1]!) }] : [];
  });
}

const isAcronym = (word: string): boolean => /^\p{Lu}{2,5}s?$/u.test(word) && content(word).length > 0;
