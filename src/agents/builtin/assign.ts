import type { ValueRef } from '../../core/action.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { inSight, type Past } from './entity.ts';
import { fieldFit } from './field-fit.ts';
import { holds, isRepeat, isSearchField, labelOf, says, writing } from './field.ts';
import { savesAnything } from './fit.ts';
import type { Goal, Part } from './goal.ts';
import { isAnothersLine } from './lines.ts';
import { isFieldNoun } from './part-role.ts';
import { isFormer } from './password.ts';
import { isNeutralSubmit, saysVerb, submitsFor } from './submit.ts';
import type { Value } from './value.ts';

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
  if (goal.kind !== 'do' || parts.length !== 1 || !part || inSight(observation, part.value.text)) return [];
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

/** A value of the sentence and the field that would take it. */
export interface Pair {
  part: Part;
  value: Value;
  field: Candidate;
  score: number;
}

/** Values to fields, best pairs first; a repeated field gets what its original got; a name is split where the form splits it. */
export function assign(goal: Goal, parts: readonly Part[], fields: readonly Candidate[], past: Past, group: readonly Candidate[]): Pair[] {
  const about = {
    noun: goal.clause.object,
    names:
      ['create', 'rename', 'update', 'post', 'search', 'invite', 'signup', 'accept'].some((meaning) => goal.clause.meanings.has(meaning)) &&
      !goal.clause.object.some((word) => isFieldNoun(word) && !says([word], 'n:name')),
    sets: /^(?:set|chang|updat|adjust|replac)$/.test(goal.clause.verb),
    searching: goal.kind === 'search' || goal.clause.meanings.has('search') || goal.kind === 'put',
    speaks: ['reply', 'comment', 'post', 'send'].some((meaning) => goal.clause.meanings.has(meaning)),
  };
  const known = new Set(
    goal.parts.filter((part) => part.role === 'entity' && part.value.kind === 'text').flatMap((part) => content(part.value.text)),
  );
  const originals = fields.filter(
    (field) => !isRepeat(field) || !fields.some((other) => other !== field && !isRepeat(other) && sameKind(field, other)),
  );
  const oldValue = goal.parts.filter((part) => part.role === 'entity').map((part) => plain(part.value.text));
  const pairs: Pair[] = [];
  for (const part of parts) {
    // What is marked as read is turned or chosen, and not written anywhere.
    if (isHeadNoun(goal, part) || (goal.kind === 'do' && goal.clause.verb === 'mark' && part.value.prep === 'as' && !part.value.certain))
      continue;
    for (const field of originals) {
      if (
        isForbidden(goal, field) ||
        goal.parts.some(
          (other) =>
            other !== part &&
            other.role === 'typed' &&
            other.value.certain &&
            other.value.kind === 'text' &&
            plain(field.value ?? '') === plain(other.value.text),
        )
      )
        continue;
      // Where a field is called as the sentence says, it is that one, and not the name.
      // "Rename the project": every field of its form may speak of the project.
      const hints = goal.clause.meanings.has('rename')
        ? part.value.hints.filter((hint) => !goal.clause.object.includes(hint))
        : part.value.hints;
      const called =
        hints.length > 0 && originals.some((other) => other !== field && likeness(hints, content(labelOf(other))).score >= 0.5);
      const renamed =
        part.value.prep === 'to' &&
        !called &&
        (renames(goal, part) || takesItsNewName(goal, field, group)) &&
        !isSearchField(field) &&
        !part.value.hints.some((hint) => isFieldNoun(hint) && !says([hint], 'n:name')) &&
        oldValue.includes(plain(field.value ?? '')) &&
        part.value.kind === 'text'
          ? 1
          : 0;
      if (
        isTaken(goal, field, part) ||
        hasNoneYet(goal, field, part) ||
        isOwn(goal, field, part) ||
        isAnothersLine(goal, field, group) ||
        isBeginning(goal, field, part) ||
        (renamed === 0 && isOthers(goal, field, part))
      )
        continue;
      const score = Math.max(
        renamed,
        holds(field, part.value) &&
          !isSearchField(field) &&
          past.turns.some((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name)
          ? 0.8
          : 0,
        fieldFit(part.value, field, { ...about, known }),
      );
      if (
        score >=
        (goal.kind === 'put' || goal.kind === 'search' ? ASKED_GATE : part.value.certain || part.value.kind !== 'text' ? GATE : 0.55)
      )
        pairs.push({ part, value: part.value, field, score });
    }
  }
  pairs.sort(
    (a, b) => b.score - a.score || parts.indexOf(a.part) - parts.indexOf(b.part) || fields.indexOf(a.field) - fields.indexOf(b.field),
  );
  const taken: Pair[] = [];
  for (const pair of pairs) {
    if (taken.some((other) => other.part === pair.part || other.field === pair.field)) continue;
    taken.push(pair);
  }
  const left = originals.filter((field) => !taken.some((pair) => pair.field === field) && (field.value ?? '') === '');
  const head = parts.find((part) => isHeadNoun(goal, part));
  if (head && left.length === 1)
    taken.push(
      originals.length === 1
        ? { part: head, value: head.value, field: left[0]!, score: 0.5 }
        : { part: head, value: modifierOf(head.value), field: left[0]!, score: 0.5 },
    );
  taken.push(...onlyOnesLeft(parts, originals, taken), ...onlyField(goal, parts, originals, taken));
  const split = splitNames(parts, originals, taken);
  const repeats = fields
    .filter((field) => !originals.includes(field))
    .flatMap((field) => {
      const source = taken.find((pair) => !isFormer(labelOf(pair.field)) && sameKind(pair.field, field));
      return source ? [{ ...source, field }] : [];
    });
  const both =
    goal.kind === 'put' && goal.clause.all && taken.length === 1 && parts.length === 1
      ? originals.filter((field) => field !== taken[0]!.field).map((field) => ({ ...taken[0]!, field }))
      : [];
  return [...split, ...repeats, ...both];
}

/** What is made anew is not written over what a field holds of something else. */
function isTaken(goal: Goal, field: Candidate, { value }: Part): boolean {
  const now = field.value ?? '';
  return (
    goal.kind === 'do' &&
    goal.clause.meanings.has('create') &&
    !goal.clause.meanings.has('update') &&
    goal.clause.verb !== 'put' &&
    value.kind === 'text' &&
    now !== '' &&
    field.inputType !== 'search' &&
    !holds(field, value) &&
    plain(now) !== plain(value.text) &&
    !value.text.startsWith(now) &&
    !/^(?:untitled|new|unnamed)\b/i.test(now) &&
    likeness(value.hints, content(labelOf(field))).score < 0.5
  );
}

/** "Change the title to …": what has none yet is something new, and not what is to be changed. */
const hasNoneYet = (goal: Goal, field: Candidate, { value }: Part): boolean =>
  goal.kind === 'do' &&
  /^(?:chang|renam|correct|replac)$/.test(goal.clause.verb) &&
  value.prep === 'to' &&
  (field.value ?? '') === '' &&
  field.inputType !== 'password' &&
  ['n:name', 'n:subject'].some((noun) => says(value.hints, noun) && says(content(labelOf(field)), noun)) &&
  !['n:username', 'n:firstname', 'n:lastname'].some((noun) => says(value.hints, noun)) &&
  !goal.parts.some((part) => part.role === 'entity' && plain(field.name).includes(plain(part.value.text)));

/** What the profile of the one who is signed in asks for is theirs: the title of something else is not their name. */
function isOwn(goal: Goal, { context: { group, heading, dialog }, ...field }: Candidate, { value }: Part): boolean {
  if (
    goal.kind !== 'do' ||
    ![group, heading, dialog].some((title) =>
      /\b(?:profile|my account|account settings|personal (?:details|information|settings))\b/i.test(title ?? ''),
    )
  )
    return false;
  const said = content(labelOf({ ...field, context: {} }));
  return (
    value.kind === 'text' &&
    !value.hints.some((hint) => said.includes(hint)) &&
    !/\b(?:my|me|myself|own|i|profile|account)\b/i.test(goal.clause.text) &&
    !goal.clause.object.some((word) => ['n:member', 'n:account', 'n:username'].some((noun) => meaningsOf(word).has(noun)))
  );
}

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

/** "Extend the lease to 30 June": its end moves, and not its beginning. */
const isBeginning = (goal: Goal, field: Candidate, { value }: Part): boolean =>
  value.kind === 'date' &&
  (/^(?:extend|prolong|renew|shorten)$/.test(goal.clause.verb) || value.prep === 'until') &&
  content(labelOf(field)).some((word) => /^(?:start|begin|from|sinc)$/.test(word));

/** What a field of another name holds is not written over: a status is no title, nor is the room that somebody is put into. */
function isOthers(goal: Goal, field: Candidate, { value }: Part): boolean {
  const now = field.value ?? '';
  if (
    goal.kind !== 'do' ||
    value.kind !== 'text' ||
    now === '' ||
    isSearchField(field) ||
    holds(field, value) ||
    plain(now) === plain(value.text) ||
    value.text.startsWith(now)
  )
    return false;
  const label = content(labelOf(field));
  if (likeness([...value.hints, ...goal.clause.object, value.prep], label).score > 0 || label.includes(goal.clause.verb)) return false;
  const names =
    goal.clause.meanings.has('rename') || /^(?:call|nam|titl)$/.test(goal.clause.verb) || value.prep === 'called' || value.prep === 'named';
  return (
    !names &&
    (value.hints.length > 0 ||
      !goal.clause.meanings.has('update') ||
      goal.clause.meanings.has('assign') ||
      goal.clause.meanings.has('move'))
  );
}

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

/** "do not send it to the customer": not into what is written to the customer. */
const isForbidden = (goal: Goal, field: Candidate): boolean =>
  content(labelOf(field)).some(
    (word) => goal.clause.negated.some((words) => words.includes(word)) && !goal.wish.includes(word) && verbsOf(word).size === 0,
  );

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
function splitNames(parts: readonly Part[], fields: readonly Candidate[], taken: Pair[]): Pair[] {
  const plainText = fields.filter((field) => (field.inputType ?? 'text') === 'text');
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
        candidate.role === 'typed' &&
        /^\S+\s+\S+/.test(candidate.value.text) &&
        candidate.value.kind === 'text' &&
        !taken.some((pair) => pair.part === candidate),
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
