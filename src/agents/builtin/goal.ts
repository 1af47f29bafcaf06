import type { StepTask } from '../../core/decision.ts';
import { meaningsOf } from '../lexicon.ts';
import { content, isStopWord, plain, stem } from '../words.ts';
import { type Clause, clausesOf, type Phrase } from './clause.ts';
import { tokenise } from './tokenise.ts';
import type { Value } from './value.ts';

/** press: use one control · put: type · choose: tick, pick · open: get somewhere · do: have the application do it, forms and confirmations included. */
export type GoalKind = 'press' | 'put' | 'choose' | 'open' | 'search' | 'mail' | 'do' | 'slide' | 'drag' | 'hover' | 'upload' | 'back' | 'reload' | 'wait' | 'scroll';

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
  /** Stems of verb and object: what to look for. */
  wish: string[];
  /** Only a way to the next goal: skipped when it cannot be done. */
  soft: boolean;
}

const KINDS: readonly (readonly [GoalKind, string])[] = [
  ['press', 'click press hit tap push focus toggle'],
  ['put', 'enter type fill write input paste'],
  ['choose', 'select choose pick tick check uncheck'],
  ['open', 'open go navigate visit view expand show see browse land return'],
  ['search', 'search find look'],
  ['slide', 'slide'], ['drag', 'drag'], ['hover', 'hover'], ['upload', 'upload attach'], ['back', 'back'], ['reload', 'reload refresh'], ['wait', 'wait'], ['scroll', 'scroll'],
];
const kindByVerb = new Map(KINDS.flatMap(([kind, verbs]) => verbs.split(' ').map((verb) => [stem(verb), kind] as const)));

/** What a step asks for, in order. */
export function goalsOf(step: Pick<StepTask, 'template' | 'values' | 'hasMailbox'>): Goal[] {
  const clauses = clausesOf(tokenise(step)).filter((clause, index, all) => !isEmptySearch(clause) || index === all.length - 1);
  const kinds = clauses.map((clause) => kindOf(clause, step.hasMailbox));
  const kept = clauses.map((_, index) => index).filter((index) => index === 0 || !isImplied(clauses[index]!, kinds[index - 1]!));
  return kept.map((index) => {
    const clause = clauses[index]!;
    const kind = kinds[index]!;
    const followed = index < clauses.length - 1;
    return { kind, clause, parts: partsOf(clause, kind), wish: wishOf(clause), soft: followed && (kind === 'open' || kind === 'scroll' || kind === 'wait' || /^(?:use|find|navigat)$/.test(clause.verb) && !clause.values.some((value) => value.certain)) };
  });
}

const isEmptySearch = (clause: Clause): boolean => kindByVerb.get(clause.verb) === 'search' && clause.phrases.length === 0;

const CLOSINGS = new Set(['save', 'submit', 'apply', 'confirm'].map(stem));

/** "… and save it", "… and confirm", "… and follow its link": said, but done with what comes before. */
function isImplied(clause: Clause, before: GoalKind): boolean {
  const words = clause.phrases.flatMap((phrase) => phrase.words);
  if (before === 'mail') return /^(?:follow|open|click|use)$/.test(clause.verb) && words.every((word) => word === 'link') && clause.values.length === 0;
  if (before === 'do' && /^(?:agre|accept)$/.test(clause.verb) && words.some((word) => /^(?:term|condit|polici|privaci)$/.test(word))) return true;
  if (before !== 'do' || !CLOSINGS.has(clause.verb)) return false;
  return clause.verb === 'confirm' || words.every((word) => /^(?:chang|it|form|everything|edit)$/.test(word));
}

const MAIL = new Set(['mail', 'inbox', 'mailbox']);

function kindOf(clause: Clause, hasMailbox: boolean): GoalKind {
  const words = clause.phrases.flatMap((phrase) => phrase.words);
  if (clause.verb === 'use' && clause.values.length === 0) return 'open';
  const mailed = words.some((word) => MAIL.has(word)) || (words.includes('email') && (clause.verb === 'open' || words.includes('link')) && !clause.values.some((value) => value.kind === 'email'));
  const viaLink = words.includes('link') && /^(?:follow|open|use|click)$/.test(clause.verb) && words.some((word) => /^(?:verif|confirm|reset|invit|activ)/.test(word));
  if (hasMailbox && (mailed || viaLink) && !/^(?:send|set|chang|enter)/.test(clause.verb)) return 'mail';
  const kind = kindByVerb.get(clause.verb) ?? 'do';
  if (kind === 'choose' && clause.values.some((value) => value.kind === 'secret' || value.kind === 'email')) return 'do';
  if (kind === 'choose' && words.some((word) => word === 'slider')) return 'slide';
  if (kind === 'press' && clause.verb === 'toggl') return 'choose';
  if (kind === 'do' && /^(?:edit|begin)$/.test(clause.verb) && !clause.values.some((value) => value.prep !== '' && value.prep !== 'of')) return 'open';
  return kind;
}

function wishOf(clause: Clause): string[] {
  const nouns = clause.phrases.flatMap((phrase) => phrase.words);
  const hints = clause.values.flatMap((value) => value.hints);
  return [...new Set([clause.verb, ...nouns, ...hints].filter((word) => word !== '' && !isStopWord(word)))];
}

/** Verbs whose direct object is something new that has to be typed. */
const MAKES = ['create', 'invite', 'search', 'signin', 'signup', 'enter', 'post', 'send', 'reply', 'comment', 'pay', 'book', 'upload', 'import', 'reset', 'select', 'forward', 'generate'];
const CHANGES = ['rename', 'update', 'move', 'upgrade', 'downgrade', 'promote', 'enter', 'select'];

const means = (clause: Clause, list: readonly string[]): boolean => list.some((meaning) => clause.meanings.has(meaning));

function partsOf(clause: Clause, kind: GoalKind): Part[] {
  const certain = clause.values.map((value): Part => ({ value: hinted(clause, value), role: roleOf(clause, value, kind), needed: value.certain || value.kind !== 'number' }));
  return [...certain, ...bareParts(clause, kind)].sort((a, b) => a.value.at - b.value.at);
}

/** "Change the description to …": what is changed is what the new value is called. */
const hinted = (clause: Clause, value: Value): Value => (value.prep === 'to' && value.hints.length === 0 && clause.object.length > 0 && means(clause, CHANGES) ? { ...value, hints: clause.object } : value);

function roleOf(clause: Clause, value: Value, kind: GoalKind): PartRole {
  const changesTo = clause.values.some((other) => other.prep === 'to') || clause.phrases.some((phrase) => phrase.prep === 'to');
  if (value.kind === 'secret' || kind === 'put' || kind === 'choose' || kind === 'search' || kind === 'slide') return 'typed';
  if (kind === 'press' || kind === 'open') return 'entity';
  switch (value.prep) {
    case 'as': case 'with': case 'using': case 'via': case 'saying': case 'through': return 'typed';
    case 'by': return 'either';
    case 'called': case 'named': case 'titled': return means(clause, MAKES) ? 'typed' : 'entity';
    case 'to': return means(clause, CHANGES) && !means(clause, ['invite']) ? 'typed' : means(clause, ['book', 'search', 'send', 'forward']) ? 'typed' : 'either';
    case 'from': return means(clause, ['book', 'search']) ? 'typed' : means(clause, MAKES) ? 'either' : 'entity';
    case '': return means(clause, MAKES) ? 'typed' : means(clause, ['update']) && !changesTo && value.hints.some(isFieldNoun) ? 'typed' : 'entity';
    default: return ['date', 'time', 'duration', 'money', 'number', 'expiry', 'card'].includes(value.kind) ? 'typed' : value.kind === 'email' ? 'either' : means(clause, ['search']) ? 'typed' : means(clause, MAKES) ? 'either' : 'entity';
  }
}

const FIELD_NOUNS = ['n:name', 'n:email', 'n:description', 'n:password', 'n:date', 'n:time', 'n:phone', 'n:address', 'n:username', 'n:quantity', 'n:price', 'n:message', 'n:reason', 'n:language', 'n:role'];
export const isFieldNoun = (word: string): boolean => FIELD_NOUNS.some((noun) => meaningsOf(word).has(noun));

/** Values without quotes: "as an editor", "to Pro", "Dana Reyes". */
function bareParts(clause: Clause, kind: GoalKind): Part[] {
  if (kind === 'press' || kind === 'open' || kind === 'mail') return [];
  const alikeTo = clause.phrases.some((phrase) => phrase.prep === 'to' && /^(?:similar|alik|clos|relat|equal)/.test(phrase.lead));
  return clause.phrases.flatMap((phrase, index) => {
    if (phrase.prep === '' && alikeTo) return [];
    if (phrase.prep === '' && kind === 'search' && phrase.values.length === 0 && phrase.items.length > 0) return [bare(clause, phrase, phrase.lead === '' ? withoutTail(phrase, clause) : phrase.raw, index, kind)];
    if (phrase.prep === '') return kind === 'choose' || (kind === 'put' && !phrase.definite) ? phrase.items.filter(() => !controlNoun(phrase)).map((text, at) => bare(clause, phrase, text, index + at / 100, kind)) : properRuns(phrase).map((text) => bare(clause, phrase, text, index, kind));
    if (kind === 'put' && phrase.prep !== 'as') return [];
    if (phrase.raw === '' || (phrase.definite && properRuns(phrase).length === 0)) return [];
    if (kind === 'choose' && (phrase.prep === 'to' || phrase.prep === 'from')) return phrase.items.map((text, at) => bare(clause, phrase, text, index + at / 100, kind));
    if (/^(?:into|onto|using|via|through|until|about|like|by)$/.test(phrase.prep) && properRuns(phrase).length === 0) return [];
    return [bare(clause, phrase, phrase.definite ? properRuns(phrase)[0]! : phrase.raw, index, kind)];
  });
}

/** "action movies directed by …": the participle belongs to what follows. */
function withoutTail(phrase: Phrase, clause: Clause): string {
  const next = clause.phrases.find((other) => other.lead !== '' && phrase.words.at(-1) === other.lead && /ed$/i.test(phrase.raw.split(/\s+/).at(-1) ?? ''));
  return next ? phrase.raw.replace(/\s+\S+$/, '') : phrase.raw;
}

const controlNoun = (phrase: Phrase): boolean => phrase.values.length > 0;

function bare(clause: Clause, phrase: Phrase, text: string, at: number, kind: GoalKind): Part {
  const value: Value = { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: phrase.lead && !isStopWord(phrase.lead) && phrase.lead !== clause.verb ? [phrase.lead] : [], prep: phrase.prep, at };
  return { value: hinted(clause, value), role: roleOf(clause, value, kind), needed: phrase.prep === 'as' || phrase.prep === 'to' || kind === 'choose' };
}

/** Runs of words that look like names: capitalised or with digits, and no word of ordinary interfaces. */
function properRuns(phrase: Phrase): string[] {
  return phrase.items.flatMap((item) => {
    const runs: string[][] = [[]];
    for (const word of item.split(/\s+/)) {
      const proper = /^\p{Lu}|\d/u.test(word) && meaningsOf(stem(plain(word))).size === 0 && !isAcronym(word);
      if (proper) runs.at(-1)!.push(word);
      else if (runs.at(-1)!.length > 0) runs.push([]);
    }
    return runs.filter((run) => run.length > 0).map((run) => run.join(' '));
  });
}

const isAcronym = (word: string): boolean => /^\p{Lu}{2,5}s?$/u.test(word) && content(word).length > 0;
