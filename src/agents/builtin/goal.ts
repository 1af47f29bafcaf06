import type { StepTask } from '../../core/decision.ts';
import { verbsOf } from '../lexicon.ts';
import { content, isStopWord, stem } from '../words.ts';
import { type Check, checkOf, piecesOf } from './check.ts';
import { likeness } from '../meaning.ts';
import { withoutActor } from './circumstance.ts';
import { type Clause, clausesOf } from './clause.ts';
import { withContext } from './context.ts';
import { isState, madeInto, makes, partsOf, putsInto } from './parts.ts';
import { type Token, tokenise } from './tokenise.ts';
import { looksLikePerson, type Value } from './value.ts';

/** press: use one control · put: type · choose: tick, pick · open: get somewhere · check: only look · do: have the application do it, forms and confirmations included. */
export type GoalKind = 'press' | 'put' | 'choose' | 'open' | 'search' | 'mail' | 'do' | 'slide' | 'drag' | 'hover' | 'upload' | 'back' | 'reload' | 'wait' | 'scroll' | 'check';

/** typed: goes into a field · entity: is there already, a row or a page · either: whichever the page offers. */
export type PartRole = 'typed' | 'entity' | 'either';

export interface Part {
  value: Value;
  role: PartRole;
  /** The goal is not reached without it. */
  needed: boolean;
}

export interface Goal {
  kind: GoalKind;
  clause: Clause;
  parts: Part[];
  /** Stems that say what is to be done: the verb, and the noun of "make an export", "send an invitation". */
  deeds: string[];
  /** Stems of verb and object: what to look for. */
  wish: string[];
  /** For `check`. */
  check?: Check;
  /** Only a way to the next goal: skipped when it cannot be done. */
  soft: boolean;
}

const KINDS: readonly (readonly [GoalKind, string])[] = [
  ['press', 'click press hit tap push focus toggle'],
  ['put', 'enter type fill write input paste'],
  ['choose', 'select choose pick tick check uncheck'],
  ['open', 'open go navigate visit view expand show see browse land return come'],
  ['search', 'search find look'],
  ['slide', 'slide'], ['drag', 'drag'], ['hover', 'hover'], ['upload', 'upload attach'], ['back', 'back'], ['reload', 'reload refresh'], ['wait', 'wait stay remain'], ['scroll', 'scroll'],
];
const kindByVerb = new Map(KINDS.flatMap(([kind, verbs]) => verbs.split(' ').map((verb) => [stem(verb), kind] as const)));

interface Draft {
  kind: GoalKind;
  clause: Clause;
  parts: Part[];
  check?: Check;
}

/** What a step asks for, in order. */
export function goalsOf(step: Pick<StepTask, 'template' | 'values' | 'hasMailbox'>): Goal[] {
  const { tokens, text } = tokenise(step);
  const drafts: Draft[] = [];
  for (const piece of piecesOf(withoutActor(tokens))) {
    if (piece.is === 'check') drafts.push(looking(checkOf(piece.tokens, text, piece.waits)));
    else for (const clause of ordersOf(piece.tokens, text)) for (const draft of draftsOf(clause, step.hasMailbox)) if (!joined(drafts, draft)) drafts.push(meantBy(drafts, draft));
  }
  return drafts.map(({ kind, clause, parts, check }, index) => ({
    kind, clause, parts, ...(check ? { check } : {}), deeds: deedsOf(clause), wish: wishOf(clause, parts),
    soft: index < drafts.length - 1 && (kind === 'open' || kind === 'scroll' || kind === 'wait' || (/^(?:use|find|navigat)$/.test(clause.verb) && !clause.values.some((value) => value.certain)) || (/^(?:confirm|continu|proceed)$/.test(clause.verb) && parts.length === 0 && wordsOf(clause).length === 0)),
  }));
}

function ordersOf(tokens: readonly Token[], text: string): Clause[] {
  const clauses = withContext(clausesOf({ tokens, text }));
  return withFound(clauses.filter((clause, index) => !isEmptySearch(clause) || index === clauses.length - 1));
}

const looking = (check: Check): Draft => ({ kind: 'check', parts: [], check, clause: { text: check.text, tells: false, verb: '', meanings: new Set(), object: [], phrases: [], values: [], negated: [], all: false } });

/** "Open X and delete it": it is what was named last. */
function meantBy(drafts: readonly Draft[], draft: Draft): Draft {
  const { clause, kind } = draft;
  const seen = (other: Draft): Part[] => (other.check?.sights ?? []).filter((sight) => !sight.gone).map((sight) => ({ value: sight.value, role: 'entity', needed: false }));
  const named = (other: Draft): Part[] => [...other.parts, ...seen(other)].filter((part) => (part.value.certain || other.kind === 'search') && part.value.kind === 'text');
  const before = drafts.findLast((other) => !other.clause.meanings.has('tag') && named(other).length > 0);
  // "Select A and B and delete them": each of them, and not the one that was named first.
  if (before?.kind === 'choose' && named(before).length > 1 && /\bthem\b/i.test(clause.text)) {
    const each = kind === 'do' && clause.values.length === 0 && wordsOf(clause).length === 0 && !CLOSINGS.has(clause.verb) && !makes(clause) ? named(before).map((part): Part => ({ value: { ...part.value, prep: '', hints: [] }, role: 'entity', needed: false })) : [];
    return { ...draft, parts: [...draft.parts, ...each] };
  }
  const found = named(before ?? draft).map(({ value }): Part => ({ value: { ...value, prep: '', hints: ['found'] }, role: 'entity', needed: false }))[0];
  if (before?.kind === 'search' && kind === 'open' && found && FOUND.test(clause.text)) return { ...draft, clause: { ...clause, values: [found.value], object: [] }, parts: [found] };
  if (before?.parts[0]?.value.hints[0] === 'found' && kind === 'do' && found && /\b(?:it|its)\b/i.test(clause.text)) return { ...draft, parts: [...draft.parts, { ...found, value: { ...found.value, prep: 'of' } }] };
  if (before?.kind === 'search' && kind === 'do' && found && FOUND.test(clause.text)) return { ...draft, parts: [...draft.parts, { ...found, value: { ...found.value, prep: 'of' } }] };
  if (!before || clause.values.length > 0 || !/\b(?:it|its|them)\b/i.test(clause.text) || (kind !== 'do' && kind !== 'open')) return draft;
  const { value } = named(before).find((part) => part.role === 'entity') ?? named(before)[0]!;
  const meant: Value = { ...value, certain: value.certain || kind === 'open', prep: wordsOf(clause).length > 0 ? 'of' : '' };
  return { kind, clause: { ...clause, values: [meant] }, parts: [...draft.parts, { value: meant, role: 'entity', needed: false }] };
}

const FOUND = /\bthe (?:one|\p{L}+) (?:(?:that|which) (?:is|was|gets) )?(?:found|returned|listed)\b|\bthe (?:found|resulting|search) (?:one|\p{L}+)\b|\bthe (?:first )?result\b/iu;

/** "Look up order 1042 and cancel it": how it is found is the way, not the aim. */
function withFound(clauses: readonly Clause[]): Clause[] {
  return clauses.flatMap((clause, index) => {
    const next = clauses[index + 1];
    if (next && pointsBack(next) && isLookUp(clause)) return [];
    const before = clauses[index - 1];
    if (!before || !pointsBack(clause) || !isLookUp(before)) return [clause];
    const values = before.values.map((value): Value => ({ ...value, prep: '' }));
    return [{ ...clause, values, object: before.object, phrases: [{ ...before.phrases[0]!, values }, ...clause.phrases] }];
  });
}

/** To look at something is to go where it is; to look for it, or it up, is to search. */
const isLookAt = (clause: Clause): boolean => clause.verb === stem('look') && /^(?:at|in|into|through|over)$/.test(clause.phrases[0]?.prep ?? '');

const isLookUp = (clause: Clause): boolean => kindByVerb.get(clause.verb) === 'search' && clause.values.length === 1 && clause.values[0]!.kind === 'number' && clause.values[0]!.hints.length > 0;
const pointsBack = (clause: Clause): boolean => clause.values.length === 0 && /\b(?:it|that one)\b/i.test(clause.text);

const isEmptySearch = (clause: Clause): boolean => kindByVerb.get(clause.verb) === 'search' && clause.phrases.length === 0;

function draftsOf(clause: Clause, hasMailbox: boolean): Draft[] {
  const mail = hasMailbox && speaksOfMail(clause);
  const draft = (kind: GoalKind): Draft => ({ kind, clause: withLightVerb(clause), parts: partsOf(withLightVerb(clause), kind) });
  if (!mail) return [draft(kindOf(clause))];
  const acts = clause.values.some((value) => value.kind === 'secret' || value.prep === 'as' || value.prep === 'with') && !/^(?:open|read|look|check|us|use|follow|click|take)$/.test(clause.verb);
  return acts ? [draft('mail'), draft('do')] : [draft('mail')];
}

const MAIL = new Set(['mail', 'inbox', 'mailbox']);

function speaksOfMail(clause: Clause): boolean {
  const words = wordsOf(clause);
  if (/^(?:send|set|chang|enter|typ)$/.test(clause.verb)) return false;
  if (words.some((word) => MAIL.has(word))) return true;
  if (words.includes('email') && (clause.verb === 'open' || words.includes('link')) && !clause.values.some((value) => value.kind === 'email')) return true;
  return words.includes('link') && /^(?:follow|open|use|click)$/.test(clause.verb) && words.some((word) => /^(?:verif|confirm|reset|invit|activ)/.test(word));
}

function kindOf(clause: Clause): GoalKind {
  const words = wordsOf(clause);
  const kind = isLookAt(clause) ? 'open' : (kindByVerb.get(clause.verb) ?? 'do');
  if (clause.verb === 'use' && clause.values.length === 0) return 'open';
  if (clause.verb === 'push' && clause.values.some((value) => value.prep === 'to')) return 'do';
  if (clause.verb === stem('copy') && clause.phrases.some((phrase) => phrase.prep === 'into')) return 'put';
  if (kind === 'choose' && clause.values.some((value) => /\.\w{2,4}$/.test(value.text)) && words.includes(stem('file'))) return 'upload';
  if (clause.verb === stem('return') && clause.phrases.some((phrase) => phrase.prep === '')) return 'do';
  if (kind === 'put' && isWriting(clause)) return 'do';
  if (kind === 'back' && clause.phrases.length > 0) return 'open';
  if (kind === 'put' && clause.values.length === 0 && clause.verb === 'enter' && clause.phrases.every((phrase) => phrase.prep === '') && !words.some((word) => /^(?:valu|text|cod|number|nam|password)/.test(word))) return 'open';
  if (kind === 'choose' && clause.values.some((value) => value.kind === 'secret' || value.kind === 'email')) return 'do';
  if (kind === 'choose' && words.includes('slider')) return 'slide';
  if (clause.verb === 'switch' && words.some((word) => /^(?:tab|view|sect|pag|page|screen)$/.test(word))) return 'open';
  if (kind === 'press' && clause.verb === 'toggl') return 'choose';
  if (kind === 'do' && /^(?:edit|begin)$/.test(clause.verb) && !clause.values.some((value) => value.prep !== '' && value.prep !== 'of') && clause.phrases.every((phrase) => phrase.prep === '' || phrase.prep === 'of' || phrase.prep === 'in')) return 'open';
  return kind;
}

const LIGHT = new Set('send make do give start begin perform request create get have run try use ask start set'.split(' ').map(stem));

/** "make an export", "send an invitation", "start the sync again": the noun says what is done. */
function withLightVerb(clause: Clause): Clause {
  if (clause.tells) return { ...clause, verb: wordsOf(clause).find((word) => verbsOf(word).size > 0) ?? '', meanings: new Set(wordsOf(clause).flatMap((word) => [...verbsOf(word)])) };
  const again = /\b(?:again|once more|another time)\b/i.test(clause.text);
  const makesOver = /^(?:mak|giv)$/.test(clause.verb) && clause.values[0]?.hints.length === 0 && (clause.phrases[0]?.tail ?? '') !== '';
  const makesNew = /^(?:draft|record|bill)$/.test(clause.verb);
  if (/^(?:want|need)$/.test(clause.verb)) return { ...clause, meanings: new Set(['update']) };
  if (madeInto(clause)) return { ...clause, meanings: new Set(['update', 'enable', 'give']) };
  // To give four stars is to rate; to star is to remember.
  if (clause.verb === 'giv' && /\bstars?\b/i.test(clause.text)) return { ...clause, meanings: new Set(['give']) };
  const more = [...(putsInto(clause) ? ['update', 'star', 'keep'] : []), ...(again ? ['retry'] : []), ...(makesNew ? ['create'] : []), ...(clause.verb === 'add' && clause.values.some((value) => value.kind === 'email') ? ['invite'] : []), ...(makesOver || clause.meanings.has('give') ? ['update', 'give'] : [])];
  const binned = intoBin(clause);
  if (binned) return binned;
  if (putsUnder(clause)) return { ...clause, meanings: new Set(['update', 'move']), phrases: clause.phrases.map((phrase) => (/^(?:under|on)$/.test(phrase.prep) ? { ...phrase, prep: 'to' } : phrase)) };
  if (leavesWord(clause)) return { ...clause, meanings: new Set(['comment', 'send']) };
  if (isWriting(clause)) return { ...clause, meanings: new Set([...clause.meanings, 'create', 'comment', 'post']) };
  const changed = changedTo(clause);
  if (changed) return changed;
  const nouns = LIGHT.has(clause.verb) ? objectWords(clause).filter((word) => verbsOf(word).size > 0 && word !== 'leav') : [];
  if (nouns.length === 0 && more.length === 0) return clause;
  return { ...clause, meanings: new Set([...(nouns.length > 0 ? [] : clause.meanings), ...nouns.flatMap((noun) => [...verbsOf(noun)]), ...more]) };
}

/** "move the post to the bin": whatever is called so, it is deleted. */
function intoBin(clause: Clause): Clause | undefined {
  const bin = /^(?:mov|move|put|throw|send|drop|drag)$/.test(clause.verb) ? clause.phrases.find(({ prep, definite, values, words }) => /^(?:to|in|into)$/.test(prep) && definite && values.length === 0 && words.some((word) => BIN.has(word))) : undefined;
  return bin && { ...clause, verb: bin.words.find((word) => BIN.has(word))!, meanings: new Set(['delete']), phrases: clause.phrases.filter((phrase) => phrase !== bin) };
}
const BIN = new Set(['bin', 'trash', 'rubbish', 'wastebasket', 'garbage'].map(stem));

/** "Put the unit ET-121 under maintenance": what is there already gets another state. */
const putsUnder = (clause: Clause): boolean => clause.verb === 'put' && clause.phrases.some((phrase) => /^(?:under|on)$/.test(phrase.prep) && phrase.raw !== '') && clause.values.some((value) => value.prep === '' && value.kind === 'text' && (value.hints.length > 0 || value.certain));

/** "set X to 60", "raise it to 990", "put both into "Support"", "make it due on Friday": whatever the verb is, something becomes something else. */
function changedTo(clause: Clause): Clause | undefined {
  const to = clause.values.some((value) => value.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to' && phrase.raw !== '');
  if (to && /^(?:set|rais|lower|increas|reduc|push|extend|drop)$/.test(clause.verb)) return { ...clause, meanings: new Set(['update', ...(clause.verb === 'rais' ? ['promote'] : [])]) };
  const anaphor = clause.phrases[0]?.prep === '' && clause.phrases[0].values.length === 0 && clause.phrases[0].words.length === 0;
  if (clause.verb === 'put' && (anaphor || clause.all) && clause.values.some((value) => /^(?:in|into|on|onto)$/.test(value.prep) && value.certain) && clause.object.length === 0) {
    return intoIt(clause, ['move', 'update', 'assign']);
  }
  const isPut = clause.verb === 'put' && clause.phrases.some((phrase) => phrase.prep === '' && phrase.definite && phrase.values.some((value) => value.certain && value.hints.length > 0));
  if (isPut && clause.values.some((value) => /^(?:in|into)$/.test(value.prep) && value.certain)) return intoIt(clause, ['move', 'update', 'assign']);
  const day = clause.verb === 'mak' && /\bit\b/i.test(clause.text) ? clause.values.find((value) => value.kind === 'date' || value.kind === 'time') : undefined;
  if (!day) return undefined;
  const lead = clause.phrases.find((phrase) => phrase.values.includes(day))?.lead ?? '';
  const moved = { ...day, prep: 'to', hints: day.hints.length > 0 ? day.hints : lead === '' ? [] : [lead] };
  return { ...clause, meanings: new Set(['update']), values: clause.values.map((value) => (value === day ? moved : value)), phrases: [{ prep: '', lead: '', definite: true, words: moved.hints, items: [], tail: '', raw: '', values: [] }, { prep: 'to', lead: '', definite: false, words: [], items: [], tail: '', raw: '', values: [moved] }], object: moved.hints };
}

/** What something is put into is what it becomes. */
function intoIt(clause: Clause, meanings: readonly string[]): Clause {
  const into = (value: Value): Value => (/^(?:in|into|on|onto)$/.test(value.prep) ? { ...value, prep: 'to' } : value);
  return { ...clause, meanings: new Set(meanings), values: clause.values.map(into), phrases: clause.phrases.map((phrase) => (/^(?:in|into|on|onto)$/.test(phrase.prep) ? { ...phrase, prep: 'to', values: phrase.values.map(into) } : phrase)) };
}

/** "leave the note …": who leaves words does not go away. */
const leavesWord = (clause: Clause): boolean => clause.verb === 'leav' && clause.phrases.some((phrase) => phrase.prep === '' && (phrase.values.some((value) => value.certain) || phrase.words.some((word) => verbsOf(word).has('comment') || verbsOf(word).has('reply'))));
/** "write a review of …": a thing of its own, not a text for a field. */
const isWriting = (clause: Clause): boolean => clause.verb === 'writ' && clause.phrases.some((phrase) => phrase.prep === '' && phrase.values.length === 0 && !phrase.definite && phrase.words.length > 0);

const objectWords = (clause: Clause): string[] => [...clause.object, ...content(clause.phrases.find((phrase) => phrase.prep === '')?.tail ?? '')];
const deedsOf = (clause: Clause): string[] => (clause.tells ? wordsOf(clause).filter((word) => verbsOf(word).size > 0) : [clause.verb, ...(LIGHT.has(clause.verb) ? objectWords(clause).filter((word) => verbsOf(word).size > 0) : [])]);
const wordsOf = (clause: Clause): string[] => clause.phrases.flatMap((phrase) => phrase.words);

function wishOf(clause: Clause, parts: readonly Part[]): string[] {
  // "Make Dana Reyes an editor": what a person is to be is no place, and where the people are it is.
  if (madeInto(clause) && looksLikePerson(parts[0]?.value.text ?? '')) return [clause.verb, stem('user'), stem('role')];
  const hints = [...clause.values, ...parts.filter((part) => part.value.at < 100 || part.value.certain).map((part) => part.value)].flatMap((value) => value.hints);
  return [...new Set([clause.verb, ...clause.phrases.filter((phrase) => !phrase.told).flatMap((phrase) => phrase.words), ...hints].filter((word) => word !== '' && !isStopWord(word)))];
}

/** "… and accept the confirmation": what is asked after an order is answered with it. */
const QUESTIONS = new Set(['confirmation', 'confirm', 'dialog', 'prompt', 'question', 'warning', 'alert', 'popup', 'message'].map(stem));
const CLOSINGS = new Set(['save', 'submit', 'apply', 'confirm'].map(stem));
const SUPPLEMENTS = new Set(['call', 'name', 'title', 'describ', 'giv', 'give', 'set', 'enter', 'typ', 'type', 'choos', 'select', 'pick', 'put', 'write', 'writ', 'fill', 'mak', 'make', 'use']);
/** Things that are one act with what is said of them afterwards: a form is filled in before it is sent. */
const FORMED = ['create', 'update', 'rename', 'invite', 'signup', 'pay', 'book', 'cancel', 'import', 'accept', 'reset', 'post', 'send', 'generate'];

/** Joins a clause to the one before when it only goes on about it: "… and save it", "call it X", "its scope is Read". */
function joined(drafts: Draft[], next: Draft): boolean {
  const before = drafts.at(-1);
  if (!before) return false;
  const { clause } = next;
  const words = wordsOf(clause);
  if (next.kind === 'mail') return false;
  if (before.kind === 'mail') {
    const goesOn = /^(?:follow|open|click|use|take|go)$/.test(clause.verb) && clause.values.length === 0;
    if (goesOn && words.every((word) => word === 'link' || word === 'mail')) return true;
    if (goesOn && next.kind !== 'do' && wordsOf(before.clause).every((word) => MAIL.has(word))) return absorb(before, next);
    return false;
  }
  if (clause.tells && before.kind === 'open' && before.clause.verb === 'edit' && clause.values.length > 0) before.kind = 'do';
  if (clause.tells && (clause.values.length > 0 || clause.phrases.length > 0)) return before.kind === 'do' || before.kind === 'put' ? absorb(before, next) : false;
  if (before.kind === 'put' || before.kind === 'choose' || (before.kind === 'do' && /^(?:nam|name|call)$/.test(before.clause.verb))) return completes(drafts, next);
  if (before.kind === 'upload' && next.kind === 'do' && clause.meanings.has('import')) {
    drafts[drafts.length - 1] = { ...next, parts: before.parts, clause: { ...clause, values: before.clause.values } };
    return true;
  }
  if (before.kind !== 'do') return false;
  if (next.kind === 'put' && clause.values.length === 0 && /\b(?:its|the|his|her) (?:\w+ )?name\b/i.test(clause.text)) return true;
  if (/^(?:agre|accept)$/.test(clause.verb) && words.some((word) => /^(?:term|condit|polici|privaci)$/.test(word))) {
    before.clause = { ...before.clause, phrases: [...before.clause.phrases, ...clause.phrases.map((phrase) => ({ ...phrase, prep: 'with', definite: true }))] };
    return true;
  }
  if (/^(?:accept|confirm|approv|answer|acknowledg)$/.test(clause.verb) && words.length > 0 && words.every((word) => QUESTIONS.has(word))) return true;
  if (CLOSINGS.has(clause.verb) && (clause.verb === 'confirm' || words.every((word) => /^(?:chang|it|form|everything|edit)$/.test(word)))) return true;
  if (clause.values.length > 0 && before.clause.values.length === 0 && before.clause.phrases.length <= 1 && next.kind === 'do' && sameMeaning(before.clause, clause)) {
    drafts[drafts.length - 1] = next;
    return true;
  }
  if (isState(clause) && before.clause.meanings.has('assign')) return false;
  if (isOwnOrder(before, next)) return false;
  if (SUPPLEMENTS.has(clause.verb) && FORMED.some((meaning) => before.clause.meanings.has(meaning)) && (clause.values.length > 0 || /\b(?:it|them|him|her)\b/i.test(clause.text))) return absorb(before, next);
  return false;
}

/** "Publish the decisions and set the deadline to 21 days": what is set is another thing, and the first order names nothing that it could be told of. */
const isOwnOrder = (before: Draft, { clause }: Draft): boolean => clause.verb === 'set' && before.clause.meanings.has('post') && before.parts.length === 0 && clause.object.length > 0 && clause.values.some(({ prep }) => prep === 'to') && likeness(before.clause.object, clause.object).covered === 0;

const sameMeaning = (a: Clause, b: Clause): boolean => a.verb === b.verb || [...a.meanings].some((meaning) => b.meanings.has(meaning));

/** "Name the workspace X, choose Y and create it": the last verb does it all. */
function completes(drafts: Draft[], next: Draft): boolean {
  const { clause } = next;
  if (next.kind !== 'do' || clause.values.length > 0 || !makes(clause) || CLOSINGS.has(clause.verb) || wordsOf(clause).length > 0) return false;
  const from = drafts.findLastIndex((draft) => !(draft.kind === 'put' || draft.kind === 'choose' || draft.kind === 'do')) + 1;
  // What is to be off is no value of a form.
  if (drafts.slice(from).some((draft) => draft.clause.verb === 'uncheck')) return false;
  const run = drafts.splice(from);
  const object = run.flatMap((draft) => draft.clause.values.flatMap((value) => value.hints)).concat(run[0]!.clause.object);
  const whole: Clause = { ...clause, text: [...run.map((draft) => draft.clause.text), clause.text].join(', '), object: [...new Set(object)], phrases: run.flatMap((draft) => draft.clause.phrases), values: run.flatMap((draft) => draft.clause.values) };
  drafts.push({ kind: 'do', clause: whole, parts: run.flatMap((draft) => draft.parts).map((part) => ({ ...part, role: 'typed' })) });
  return true;
}

/** What is told of it becomes part of it. */
function absorb(before: Draft, next: Draft): true {
  const told = next.clause;
  const parts = next.parts.filter((part) => part.value.certain || part.value.kind !== 'text' || part.needed && part.value.hints.length > 0 || !told.tells).map((part): Part => ({ ...part, role: 'typed', value: { ...part.value, at: part.value.at + 100 } }));
  const bare = parts.length === 0 && told.phrases.some((phrase) => phrase.raw !== '' && /^(?:giv|give|mak|make)$/.test(told.verb)) ? barely(told) : [];
  before.parts = [...before.parts, ...parts, ...bare];
  before.clause = { ...before.clause, text: `${before.clause.text}; ${told.text}`, phrases: [...before.clause.phrases, ...told.phrases.map((phrase) => ({ ...phrase, prep: phrase.prep || 'with', ...(told.tells && told.values.length === 0 ? { told: true as const } : {}) }))], values: [...before.clause.values, ...told.values] };
  return true;
}

/** "give them the editor role", "make them an admin". */
function barely(clause: Clause): Part[] {
  const text = clause.phrases.map((phrase) => phrase.raw).find((raw) => raw !== '')!.replace(/^(?:it|them|him|her)\s+/i, '').replace(/^(?:an?|the)\s+/i, '').replace(/\s+(?:role|permissions?|rights?|access)$/i, '');
  return [{ value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [stem('role')], prep: 'as', at: 150 }, role: 'typed', needed: true }];
}
