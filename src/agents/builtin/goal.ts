import type { StepTask } from '../../core/decision.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { isStopWord, stem } from '../words.ts';
import { madeInto } from './becomes.ts';
import { type Check, checkOf, piecesOf } from './check.ts';
import { withoutActor } from './circumstance.ts';
import { bringsAbout, isWriting, objectWords, speaksOfMail, wordsOf } from './clause-says.ts';
import { type Clause, clausesOf } from './clause.ts';
import { CLOSINGS, joined } from './completes.ts';
import { withContext } from './context.ts';
import { makes, means } from './makes.ts';
import { partsOf } from './parts.ts';
import { LIGHT, withLightVerb, withNumbersAsNames } from './reworded.ts';
import { type Token, tokenise } from './tokenise.ts';
import { looksLikePerson, type Value } from './value.ts';

/** press: use one control · put: type · choose: tick, pick · open: get somewhere · check: only look · do: have the application do it, forms and confirmations included. */
export type GoalKind =
  | 'press'
  | 'put'
  | 'choose'
  | 'open'
  | 'search'
  | 'mail'
  | 'do'
  | 'slide'
  | 'drag'
  | 'hover'
  | 'upload'
  | 'back'
  | 'reload'
  | 'wait'
  | 'scroll'
  | 'check';

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
  ['slide', 'slide'],
  ['drag', 'drag'],
  ['hover', 'hover'],
  ['upload', 'upload attach'],
  ['back', 'back'],
  ['reload', 'reload refresh'],
  ['wait', 'wait stay remain'],
  ['scroll', 'scroll'],
];

const kindByVerb = new Map(KINDS.flatMap(([kind, verbs]) => verbs.split(' ').map((verb) => [stem(verb), kind] as const)));

export interface Draft {
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
    else
      for (const clause of ordersOf(piece.tokens, text))
        for (const draft of draftsOf(clause, step.hasMailbox)) if (!joined(drafts, draft)) drafts.push(meantBy(drafts, draft));
  }
  return drafts.map(({ kind, clause, parts, check }, index) => ({
    kind,
    clause,
    parts,
    ...(check ? { check } : {}),
    deeds: deedsOf(clause),
    wish: wishOf(clause, parts),
    soft:
      index < drafts.length - 1 &&
      ((kind === 'open' && !isMeant(clause, drafts[index + 1])) ||
        kind === 'scroll' ||
        kind === 'wait' ||
        (/^(?:use|find|navigat)$/.test(clause.verb) && !clause.values.some((value) => value.certain)) ||
        (/^(?:confirm|continu|proceed)$/.test(clause.verb) && parts.length === 0 && wordsOf(clause).length === 0)),
  }));
}

/** "Open X and change its text to Y": where X cannot be opened, nothing else's text is changed. */
const isMeant = (clause: Clause, next: Draft | undefined): boolean =>
  clause.values.some((value) => value.certain) &&
  next !== undefined &&
  next.clause.values.length > 0 &&
  !next.parts.some((part) => part.role === 'entity') &&
  /\bits?\b/i.test(next.clause.text);

function ordersOf(tokens: readonly Token[], text: string): Clause[] {
  const clauses = withContext(clausesOf({ tokens, text }));
  return withFound(clauses.filter((clause, index) => !isEmptySearch(clause) || index === clauses.length - 1));
}

const looking = (check: Check): Draft => ({
  kind: 'check',
  parts: [],
  check,
  clause: { text: check.text, tells: false, verb: '', meanings: new Set(), object: [], phrases: [], values: [], negated: [], all: false },
});

/** "Open X and delete it": it is what was named last. */
function meantBy(drafts: readonly Draft[], draft: Draft): Draft {
  const { clause, kind } = draft;
  const seen = (other: Draft): Part[] =>
    (other.check?.sights ?? []).filter((sight) => !sight.gone).map((sight) => ({ value: sight.value, role: 'entity', needed: false }));
  const named = (other: Draft): Part[] =>
    [...other.parts, ...seen(other)].filter((part) => (part.value.certain || other.kind === 'search') && part.value.kind === 'text');
  const before = drafts.findLast((other) => !other.clause.meanings.has('tag') && named(other).length > 0);
  // "Select A and B and delete them": each of them, and not the one that was named first.
  if (before?.kind === 'choose' && named(before).length > 1 && /\bthem\b/i.test(clause.text)) {
    const each =
      kind === 'do' && clause.values.length === 0 && wordsOf(clause).length === 0 && !CLOSINGS.has(clause.verb) && !makes(clause)
        ? named(before).map((part): Part => ({ value: { ...part.value, prep: '', hints: [] }, role: 'entity', needed: false }))
        : [];
    return { ...draft, parts: [...draft.parts, ...each] };
  }
  const found = named(before ?? draft).map(
    ({ value }): Part => ({ value: { ...value, prep: '', hints: ['found'] }, role: 'entity', needed: false }),
  )[0];
  if (before?.kind === 'search' && kind === 'open' && found && (FOUND.test(clause.text) || isOne(clause)))
    return { ...draft, clause: { ...clause, values: [found.value], object: [] }, parts: [found] };
  if (before?.parts[0]?.value.hints[0] === 'found' && kind === 'do' && found && /\b(?:it|its)\b/i.test(clause.text))
    return { ...draft, parts: [...draft.parts, { ...found, value: { ...found.value, prep: 'of' } }] };
  if (before?.kind === 'search' && kind === 'do' && found && FOUND.test(clause.text))
    return { ...draft, parts: [...draft.parts, { ...found, value: { ...found.value, prep: 'of' } }] };
  const remarked = before && kind === 'do' && isRemark(clause) ? thingOf(before) : undefined;
  if (remarked && !draft.parts.some(({ role }) => role === 'entity')) return { ...draft, parts: [...draft.parts, remarked] };
  if (!before || clause.values.length > 0 || !/\b(?:it|its|them)\b/i.test(clause.text) || (kind !== 'do' && kind !== 'open')) return draft;
  const { value } = madeBy(before, named(before)) ?? named(before).find((part) => part.role === 'entity') ?? named(before)[0]!;
  const meant: Value = { ...value, certain: value.certain || kind === 'open', prep: wordsOf(clause).length > 0 ? 'of' : '' };
  return { kind, clause: { ...clause, values: [meant] }, parts: [...draft.parts, { value: meant, role: 'entity', needed: false }] };
}

/** "Search for "A" and open the contact": the one that was looked for, unless it is a place that every page has. */
const isOne = ({ phrases: [phrase, more] }: Clause): boolean =>
  phrase !== undefined &&
  !more &&
  phrase.prep === '' &&
  phrase.definite &&
  /^\p{Ll}+[^\Ws]$/u.test(phrase.raw) &&
  !/^(?:page|form|menu|dialog|tab|list|view|section|filter|search|cart|basket|bag|inbox|dashboard|calendar|home|help|profile|account|app|application)$/.test(
    phrase.raw,
  );

const isRemark = (clause: Clause): boolean =>
  means(clause, ['comment', 'reply']) || (clause.meanings.has('create') && clause.object.some((word) => verbsOf(word).has('comment')));

/** "Close the task "A" and leave the note "B"": on what the order before was about, where that is still called so. */
function thingOf({ clause, parts }: Draft): Part | undefined {
  const thing = parts.find(({ role, value }) => role === 'entity' && value.kind === 'text' && /^(?:|of|on)$/.test(value.prep));
  return thing && !means(clause, ['rename', 'delete', 'move'])
    ? { ...thing, needed: false, value: { ...thing.value, prep: 'on' } }
    : undefined;
}

/** "Create the issue "A" in the project "B" and assign it to …": it is what was made, and not where. */
const madeBy = ({ clause, kind }: Draft, parts: readonly Part[]): Part | undefined =>
  kind === 'do' && (clause.meanings.has('create') || bringsAbout(clause))
    ? parts.find(
        ({ role, value }) =>
          role === 'typed' &&
          (/^(?:|called|named|titled)$/.test(value.prep) ||
            value.hints.some((hint) => ['n:name', 'n:subject'].some((noun) => meaningsOf(hint).has(noun)))),
      )
    : undefined;

const FOUND =
  /\bthe (?:one|\p{L}+) (?:(?:that|which) (?:is|was|gets) )?(?:found|returned|listed)\b|\bthe (?:found|resulting|search) (?:one|\p{L}+)\b|\bthe (?:first )?result\b/iu;

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
const isLookAt = (clause: Clause): boolean =>
  clause.verb === stem('look') && /^(?:at|in|into|through|over)$/.test(clause.phrases[0]?.prep ?? '');

const isLookUp = (clause: Clause): boolean =>
  kindByVerb.get(clause.verb) === 'search' &&
  clause.values.length === 1 &&
  clause.values[0]!.kind === 'number' &&
  clause.values[0]!.hints.length > 0;

const pointsBack = (clause: Clause): boolean => clause.values.length === 0 && /\b(?:it|that one)\b/i.test(clause.text);

const isEmptySearch = (clause: Clause): boolean => kindByVerb.get(clause.verb) === 'search' && clause.phrases.length === 0;

function draftsOf(clause: Clause, hasMailbox: boolean): Draft[] {
  const mail = hasMailbox && speaksOfMail(clause);
  const draft = (kind: GoalKind): Draft => {
    const meant = withLightVerb(kind === 'open' ? withNumbersAsNames(clause) : clause);
    return { kind, clause: meant, parts: partsOf(meant, kind) };
  };
  if (!mail) return [draft(kindOf(clause))];
  const acts =
    clause.values.some((value) => value.kind === 'secret' || value.prep === 'as' || value.prep === 'with') &&
    !/^(?:open|read|look|check|us|use|follow|click|take)$/.test(clause.verb);
  return acts ? [draft('mail'), draft('do')] : [draft('mail')];
}

function kindOf(clause: Clause): GoalKind {
  const words = wordsOf(clause);
  const kind = isLookAt(clause) ? 'open' : (kindByVerb.get(clause.verb) ?? 'do');
  if (kind === 'open' && bringsAbout(clause)) return 'do';
  if (clause.verb === 'use' && clause.values.length === 0) return 'open';
  if (clause.verb === 'push' && clause.values.some((value) => value.prep === 'to')) return 'do';
  if (clause.verb === stem('copy') && clause.phrases.some((phrase) => phrase.prep === 'into')) return 'put';
  if (kind === 'choose' && clause.values.some((value) => /\.\w{2,4}$/.test(value.text)) && words.includes(stem('file'))) return 'upload';
  if (clause.verb === stem('return') && clause.phrases.some((phrase) => phrase.prep === '')) return 'do';
  if (kind === 'put' && isWriting(clause)) return 'do';
  if (kind === 'back' && clause.phrases.length > 0) return 'open';
  if (
    kind === 'put' &&
    clause.values.length === 0 &&
    clause.verb === 'enter' &&
    clause.phrases.every((phrase) => phrase.prep === '') &&
    !words.some((word) => /^(?:valu|text|cod|number|nam|password)/.test(word))
  )
    return 'open';
  if (kind === 'choose' && clause.values.some((value) => value.kind === 'secret' || value.kind === 'email')) return 'do';
  if (kind === 'choose' && words.includes('slider')) return 'slide';
  if (clause.verb === 'switch' && words.some((word) => /^(?:tab|view|sect|pag|page|screen)$/.test(word))) return 'open';
  if (kind === 'press' && clause.verb === 'toggl') return 'choose';
  if (
    kind === 'do' &&
    /^(?:edit|begin)$/.test(clause.verb) &&
    !clause.values.some((value) => value.prep !== '' && value.prep !== 'of') &&
    clause.phrases.every((phrase) => phrase.prep === '' || phrase.prep === 'of' || phrase.prep === 'in')
  )
    return 'open';
  return kind;
}

const deedsOf = (clause: Clause): string[] =>
  clause.tells
    ? wordsOf(clause).filter((word) => verbsOf(word).size > 0)
    : [clause.verb, ...(LIGHT.has(clause.verb) ? objectWords(clause).filter((word) => verbsOf(word).size > 0) : [])];

/** Who is added to something is a member of it then. */
const joins = ({ verb, meanings }: Clause): string[] => (verb === 'add' && meanings.has('invite') ? [stem('member')] : []);

function wishOf(clause: Clause, parts: readonly Part[]): string[] {
  // "Make Dana Reyes an editor": what a person is to be is no place, and where the people are it is.
  if (madeInto(clause) && looksLikePerson(parts[0]?.value.text ?? '')) return [clause.verb, stem('user'), stem('role')];
  const hints = [...clause.values, ...parts.filter((part) => part.value.at < 100 || part.value.certain).map((part) => part.value)].flatMap(
    (value) => value.hints,
  );
  return [
    ...new Set(
      [
        clause.verb,
        ...joins(clause),
        ...clause.phrases.filter((phrase) => !phrase.told).flatMap((phrase) => phrase.words),
        ...hints,
      ].filter((word) => word !== '' && !isStopWord(word)),
    ),
  ];
}
