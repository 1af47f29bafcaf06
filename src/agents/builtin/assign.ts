import type { ValueRef } from '../../core/action.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { inSight, type Past } from './entity.ts';
import { type About, fieldFit } from './field-fit.ts';
import { holds, isRepeat, isSearchField, labelOf, says, writing } from './field.ts';
import { savesAnything } from './fit.ts';
import type { Goal, Part } from './goal.ts';
import { isAnothersLine } from './lines.ts';
import { hasNoneYet, holdsAnother, holdsWord, isBeginning, isForbidden, isOthers, isOwn, isTaken, standsFor } from './not-its-field.ts';
import { isFieldNoun } from './part-role.ts';
import { isFormer } from './password.ts';
import { isNeutralSubmit, saysVerb, submitsFor } from './submit.ts';
import { looksLikePerson, type Value } from './value.ts';

/** Below this a value does not belong in a field; lower where the sentence says to type. */
const GATE = 0.35;

const ASKED_GATE = 0.25;

/** "Block Editor1", where nothing is called that and a form about blocking asks whom: then its name is typed. */
export function sought(
  goal: Goal,
  open: readonly Part[],
  {
    fields,
    assigned,
    group,
    observation,
  }: { fields: readonly Candidate[]; assigned: readonly Pair[]; group: readonly Candidate[]; observation: Observation },
): Pair[] {
  const parts = open.filter((part) => part.role === 'entity' && part.value.kind !== 'secret');
  const [part] = parts;
  if (goal.kind !== 'do' || parts.length !== 1 || !part || isPlace(part.value) || inSight(observation, part.value.text)) return [];
  const submit = submitsFor(goal, [...fields], group)[0]?.candidate;
  if (
    !submit ||
    (!goal.clause.meanings.has('create') &&
      content(submit.name).some((word) => verbsOf(word).has('create') && !goal.deeds.includes(word)) &&
      !isNeutralSubmit(submit.name))
  )
    return [];
  const place = [submit.name, ...new Set(group.map((candidate) => candidate.context.heading ?? '')), observation.title].map(content);
  const about =
    (saysVerb(goal, submit.name) >= 0.85 && !savesAnything(goal, submit.name)) ||
    place.some((words) => likeness(goal.wish, words).focused >= 0.5);
  const others = !['update', 'rename', 'create'].some((meaning) => goal.clause.meanings.has(meaning) && goal.clause.verb !== 'giv');
  const free = fields.filter(
    (field) =>
      !isSearchField(field) &&
      !field.readonly &&
      ((field.value ?? '') === '' || (others && says(content(labelOf(field)), 'n:username'))) &&
      !assigned.some((pair) => pair.field === field) &&
      (field.inputType ?? 'text') === 'text' &&
      field.print.tag !== 'textarea',
  );
  const asks = free.find(
    (field) =>
      !/\b(?:title|subject|headline)\b/i.test(labelOf(field)) &&
      ['n:username', 'n:member', 'n:name', 'n:page'].some((noun) => says(content(labelOf(field)), noun)),
  );
  return about && asks ? [{ part, value: part.value, field: asks, score: 0.85 }] : [];
}

/** "… in the project "Shop"": where it is done, and nothing that a form is told. */
const isPlace = ({ prep }: Value): boolean => /^(?:in|on|at|under|within|from)$/.test(prep);

/** A value of the sentence and the field that would take it. */
export interface Pair {
  part: Part;
  value: Value;
  field: Candidate;
  score: number;
}

/** The form that values are assigned in. */
interface Assignment {
  goal: Goal;
  parts: readonly Part[];
  /** Every field of the form but the repeats. */
  originals: readonly Candidate[];
  /** Everything that stands in the form. */
  group: readonly Candidate[];
  past: Past;
  about: About;
}

/** Values to fields, best pairs first; a repeated field gets what its original got; a name is split where the form splits it. */
export function assign(goal: Goal, parts: readonly Part[], fields: readonly Candidate[], past: Past, group: readonly Candidate[]): Pair[] {
  const originals = fields.filter(
    (field) => !isRepeat(field) || !fields.some((other) => other !== field && !isRepeat(other) && sameKind(field, other)),
  );
  const assignment: Assignment = { goal, parts, originals, group, past, about: aboutOf(goal) };
  const pairs = pairsOf(assignment).toSorted(
    (a, b) => b.score - a.score || parts.indexOf(a.part) - parts.indexOf(b.part) || fields.indexOf(a.field) - fields.indexOf(b.field),
  );
  const taken: Pair[] = [];
  for (const pair of pairs) if (!taken.some((other) => other.part === pair.part || other.field === pair.field)) taken.push(pair);
  taken.push(...headNoun(assignment, taken));
  taken.push(...onlyOnesLeft(parts, originals, taken), ...onlyField(goal, parts, originals, taken));
  const repeats = fields
    .filter((field) => !originals.includes(field))
    .flatMap((field) => {
      const source = taken.find((pair) => !isFormer(labelOf(pair.field)) && sameKind(pair.field, field));
      return source ? [{ ...source, field }] : [];
    });
  return [...splitNames(assignment, taken), ...repeats, ...intoAll(assignment, taken)];
}

function aboutOf({ kind, clause, parts }: Goal): About {
  const means = (...meanings: string[]): boolean => meanings.some((meaning) => clause.meanings.has(meaning));
  const isOfField = clause.object.some((word) => isFieldNoun(word) && !says([word], 'n:name'));
  const known = parts.filter((part) => part.role === 'entity' && part.value.kind === 'text');
  return {
    noun: clause.object,
    names: means('create', 'rename', 'update', 'post', 'search', 'invite', 'signup', 'accept') && !isOfField,
    sets: /^(?:set|chang|updat|adjust|replac)$/.test(clause.verb),
    searching: kind === 'search' || kind === 'put' || means('search'),
    speaks: means('reply', 'comment', 'post', 'send'),
    known: new Set(known.flatMap((part) => content(part.value.text))),
  };
}

/** Every value with every field that may take it and suits it. */
function pairsOf(assignment: Assignment): Pair[] {
  const { goal, parts, originals } = assignment;
  return parts
    .filter((part) => !isHeadNoun(goal, part) && !isMark(goal, part))
    .flatMap((part) =>
      originals
        .filter((field) => !isForbidden(goal, field) && !holdsAnother(goal, field, part))
        .map((field) => ({ part, value: part.value, field, score: scoreOf(assignment, part, field) }))
        .filter(({ score }) => score >= gateFor(goal, part)),
    );
}

/** What is marked as read is turned or chosen, and not written anywhere. */
const isMark = ({ kind, clause }: Goal, { value }: Part): boolean =>
  kind === 'do' && clause.verb === 'mark' && value.prep === 'as' && !value.certain;

function gateFor({ kind }: Goal, { value }: Part): number {
  if (kind === 'put' || kind === 'search') return ASKED_GATE;
  return value.certain || value.kind !== 'text' ? GATE : 0.55;
}

function scoreOf(assignment: Assignment, part: Part, field: Candidate): number {
  const { goal, group, past, about } = assignment;
  const isNewName = isRenamed(assignment, part, field);
  if (isTaken(goal, field, part) || hasNoneYet(goal, field, part) || isOwn(goal, field, part) || holdsWord(field, part)) return 0;
  if (isAnothersLine(goal, field, group) || isBeginning(goal, field, part) || standsFor(field, part)) return 0;
  if (!isNewName && isOthers(goal, field, part)) return 0;
  const isWritten =
    holds(field, part.value) &&
    !isSearchField(field) &&
    past.turns.some((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name);
  return Math.max(isNewName ? 1 : 0, isWritten ? 0.8 : 0, fieldFit(part.value, field, about));
}

/** The field holds the old name, and the value is the new one. Where a field is called as the sentence says, it is that one, and not the name. */
function isRenamed({ goal, originals, group }: Assignment, part: Part, field: Candidate): boolean {
  const { value } = part;
  if (value.prep !== 'to' || value.kind !== 'text' || isSearchField(field)) return false;
  if (!renames(goal, part) && !takesItsNewName(goal, field, group)) return false;
  // "Rename the project": every field of its form may speak of the project.
  const hints = goal.clause.meanings.has('rename') ? value.hints.filter((hint) => !goal.clause.object.includes(hint)) : value.hints;
  const isCalledElse =
    hints.length > 0 && originals.some((other) => other !== field && likeness(hints, content(labelOf(other))).score >= 0.5);
  if (isCalledElse || value.hints.some((hint) => isFieldNoun(hint) && !says([hint], 'n:name'))) return false;
  return goal.parts.some((other) => other.role === 'entity' && plain(other.value.text) === plain(field.value ?? ''));
}

/** "Search for action movies": the one field that is left takes what is looked for. */
function headNoun({ goal, parts, originals }: Assignment, taken: readonly Pair[]): Pair[] {
  const left = originals.filter((field) => !taken.some((pair) => pair.field === field) && (field.value ?? '') === '');
  const head = parts.find((part) => isHeadNoun(goal, part));
  if (!head || left.length !== 1) return [];
  return [{ part: head, value: originals.length === 1 ? head.value : modifierOf(head.value), field: left[0]!, score: 0.5 }];
}

/** "Enter 5 in all of them". */
const intoAll = ({ goal, parts, originals }: Assignment, taken: readonly Pair[]): Pair[] =>
  goal.kind === 'put' && goal.clause.all && taken.length === 1 && parts.length === 1
    ? originals.filter((field) => field !== taken[0]!.field).map((field) => ({ ...taken[0]!, field }))
    : [];

/** The thing itself becomes something else, and not what it has: "change the status of X" gives X no other name, nor does to assign it. */
const renames = (goal: Goal, { value }: Part): boolean =>
  goal.kind !== 'do' ||
  says(value.hints, 'n:name') ||
  says(value.hints, 'n:subject') ||
  (!['assign', 'move', 'give'].some((meaning) => goal.clause.meanings.has(meaning) && !goal.clause.meanings.has('rename')) &&
    !goal.parts.some(
      (part) => part.role === 'entity' && part.value.prep === 'of' && goal.clause.object.length > 0 && !goal.clause.meanings.has('rename'),
    ));

/** Who moves something in a form for moving is asked what it is called there: a field that holds what it is called now, and says that it is the new one, or has no name. */
const takesItsNewName = (goal: Goal, field: Candidate, group: readonly Candidate[]): boolean =>
  goal.clause.meanings.has('move') &&
  group.some(
    (candidate) => candidate.role === 'button' && candidate.context.row === undefined && content(candidate.name).includes(goal.clause.verb),
  ) &&
  [field.name, field.beside].every((label) => label === undefined || label === '' || /\bnew\b/i.test(label));

/** One value that nothing is said of, and one field that has to be filled in. */
function onlyOnesLeft(parts: readonly Part[], fields: readonly Candidate[], taken: readonly Pair[]): Pair[] {
  const values = parts.filter((part) => part.role === 'typed' && part.value.certain && !taken.some((pair) => pair.part === part));
  const empty = fields.filter(
    (field) => field.required && (field.value ?? '') === '' && !isSearchField(field) && !taken.some((pair) => pair.field === field),
  );
  const [part] = values;
  const [field] = empty;
  const fits =
    values.length === 1 &&
    empty.length === 1 &&
    part!.value.hints.length === 0 &&
    part!.value.kind === 'text' &&
    ['text', 'search'].includes(field!.inputType ?? 'text');
  return fits ? [{ part: part!, value: part!.value, field: field!, score: 0.4 }] : [];
}

/** "Add a to-do: Water the plants": what is made is asked for by the one field that there is, whatever that is called. */
function onlyField(goal: Goal, parts: readonly Part[], fields: readonly Candidate[], taken: readonly Pair[]): Pair[] {
  const [field, more] = fields.filter((candidate) => !isSearchField(candidate));
  const [part, another] = parts.filter((candidate) => candidate.role === 'typed');
  const says =
    goal.clause.meanings.has('create') &&
    part?.value.certain === true &&
    part.value.kind === 'text' &&
    part.value.hints.every((hint) => goal.clause.object.includes(hint));
  return says && !another && field && !more && taken.length === 0 && (field.value ?? '') === '' && (field.inputType ?? 'text') === 'text'
    ? [{ part: part!, value: part!.value, field, score: 0.55 }]
    : [];
}

/** "Search for action movies": what is looked for, in words that no field is named by. */
const isHeadNoun = (goal: Goal, part: Part): boolean =>
  goal.kind === 'search' && !part.value.certain && part.value.prep === '' && part.value.kind === 'text';

/** "action movies" → "action": where the form asks for several things, it knows what it lists. */
function modifierOf(value: Value): Value {
  const text = value.text.replace(/\s+\S+$/, '');
  return { ...value, text, ref: { from: 'step', text } };
}

const sameKind = (a: Candidate, b: Candidate): boolean =>
  (a.inputType === 'password') === (b.inputType === 'password') &&
  (a.inputType === 'password' ||
    likeness(content(labelOf(b)), content(labelOf(a))).covered > 0.4 ||
    likeness(content(labelOf(a)), content(labelOf(b))).covered > 0.4);

/** "Casey User" into "First name" and "Last name" when the form asks for them apart. */
function splitNames({ goal, parts, originals }: Assignment, taken: Pair[]): Pair[] {
  const plainText = originals.filter((field) => (field.inputType ?? 'text') === 'text');
  const first = plainText.find((field) => says(content(labelOf(field)), 'n:firstname'));
  const last = plainText.find((field) => says(content(labelOf(field)), 'n:lastname'));
  if (!first || !last) return taken;
  const person = taken.find(
    (pair) => (pair.field === first || pair.field === last) && /\S\s+\S/.test(pair.value.text) && pair.value.kind === 'text',
  );
  const part =
    person?.part ??
    parts.find(
      (candidate) =>
        candidate.role !== 'entity' &&
        isSomebody(candidate.value) &&
        !taken.some((pair) => pair.part === candidate) &&
        ![first, last].some((field) => isOwn(goal, field, candidate) || isTaken(goal, field, candidate)),
    );
  if (!part || taken.some((pair) => pair.part !== part && (pair.field === first || pair.field === last))) return taken;
  const words = part.value.text.trim().split(/\s+/);
  const piece = (text: string): Value => ({ ...part.value, text, ref: { from: 'step', text } });
  return [
    ...taken.filter((pair) => pair.part !== part),
    { part, value: piece(words.slice(0, -1).join(' ')), field: first, score: 0.85 },
    { part, value: piece(words.at(-1)!), field: last, score: 0.85 },
  ];
}

/** A note of four words is nobody's name. */
const isSomebody = ({ kind, text, hints }: Value): boolean =>
  kind === 'text' && (looksLikePerson(text) || (/^\S+\s+\S+/.test(text) && says(hints, 'n:name')));

export function refOf(value: Value, field: Candidate): ValueRef {
  const written = writing(value, field);
  return written === value.text ? value.ref : { from: 'step', text: written };
}

/** Typed before, and then rewritten by the field or completed by an entry that it offered: "SHV" became "Shreveport, LA (SHV)". */
export function wasOffered(field: Candidate, value: Value, past: Past): boolean {
  const typed = past.turns.findIndex(
    (turn) => turn.action.kind === 'fill' && turn.outcome.ok && turn.target?.name === field.name && turn.target.role === field.role,
  );
  if (typed < 0) return false;
  if ((field.value ?? '').includes('•') || value.kind === 'secret') return (field.value ?? '') !== '';
  return (
    plain(field.value ?? '') === plain(value.text) ||
    (past.turns[typed + 1]?.action.kind === 'click' && holdsPhrase(field.value ?? '', value.text))
  );
}
