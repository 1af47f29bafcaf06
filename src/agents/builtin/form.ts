import type { Action, ValueRef } from '../../core/action.ts';
import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { type Choice, choicesIn, choose, doesIt, namesList, type Pick } from './choice.ts';
import { inFocus, inSight, type Past, rowsNaming } from './entity.ts';
import { fieldFit, holds, isRepeat, isSearchField, isTextField, labelOf, says, writing } from './field.ts';
import type { Goal, Part } from './goal.ts';
import { isFieldNoun, makes } from './parts.ts';
import { isFormer } from './password.ts';
import { formKey, reachable } from './layout.ts';
import { isAnothersLine } from './lines.ts';
import { bestOption, optionFit } from './option.ts';
import { makesThePlace } from './scope.ts';
import { isNeutralSubmit, isStepOn, saysVerb, submitsFor } from './submit.ts';
import { tell, type Value } from './value.ts';

export interface Fill {
  candidate: Candidate;
  action: Action;
  why: string;
  part?: Part;
}

/** One form of the page, seen with the goal in mind. */
export interface FormPlan {
  fields: Candidate[];
  /** Those that hold something of this goal, or will. */
  filled: Candidate[];
  /** What is still to be put in, in reading order. */
  unfilled: Fill[];
  /** Parts that it takes or holds already. */
  takes: Part[];
  /** Needed parts that have no place in it. */
  unplaced: Part[];
  /** Required and empty, and the sentence names nothing for it. */
  missing: Candidate[];
  submit?: Candidate;
  /** 0 to about 1: how much it looks like the form for this goal. */
  fit: number;
}

/** Below this a value does not belong in a field; lower where the sentence says to type. */
const GATE = 0.35;
const ASKED_GATE = 0.25;

/** The forms of the page that take something of this goal, best first. */
export function formsFor(goal: Goal, open: readonly Part[], observation: Observation, past: Past): FormPlan[] {
  const usable = reachable(observation);
  const groups = new Map<string, Candidate[]>();
  for (const candidate of usable) groups.set(formKey(candidate), [...(groups.get(formKey(candidate)) ?? []), candidate]);
  return [...groups.values()]
    .map((group) => plan(goal, open, group, observation, past))
    .filter((form): form is FormPlan => form !== undefined)
    .sort((a, b) => b.fit - a.fit);
}

function plan(goal: Goal, open: readonly Part[], group: readonly Candidate[], observation: Observation, past: Past): FormPlan | undefined {
  const fields = group.filter((candidate) => isTextField(candidate));
  const choices = choicesIn(group).filter((choice) => (choice.kind !== 'popup' || !wasInVain(choice, past)) && !isAnothersLine(goal, choice.members[0]!, group));
  if (fields.length === 0 && choices.length === 0) return undefined;
  const typed = open.filter((part) => part.role !== 'entity' || isTick(part, choices) || isOffered(part, choices, goal));
  const assigned = assign(goal, typed.filter((part) => !isOptionOf(part, choices)), fields, past, group).filter((pair) => !listFor(pair, choices, past));
  assigned.push(...sought(goal, open, { fields, assigned, group, observation }));
  const rest = typed.filter((part) => !assigned.some((pair) => pair.part === part));
  const picked = choose(goal, rest, choices).filter((pick) => pick.part !== undefined || !namesField(pick, assigned));
  const takes = [...new Set([...assigned.map((pair) => pair.part), ...picked.map((pick) => pick.part).filter((part) => part !== undefined)])];
  const all = [...fields, ...choices.flatMap((choice) => choice.members)];
  const unfilled = [...assigned.filter(({ field, value }) => !holds(field, value) && !wasOffered(field, value, past)).map(({ field, value, part }): Fill => ({ candidate: field, action: { kind: 'fill', target: field.id, value: refOf(value, field) }, why: `${tell(value)} belongs in “${labelOf(field) || 'the field'}”`, part })), ...picked.filter((pick) => pick.action !== undefined).map((pick): Fill => ({ candidate: pick.candidate, action: pick.action!, why: pick.why, ...(pick.part ? { part: pick.part } : {}) }))];
  const filled = [...assigned.map((pair) => pair.field), ...picked.filter((pick) => pick.part !== undefined).map((pick) => pick.candidate)];
  const submit = submitsFor(goal, all, group, filled)[0]?.candidate;
  if ((!submit || saysVerb(goal, submit.name) < 0.75) && onlyNarrows(goal, fields, picked)) return undefined;
  if (isForTicked(goal, group, { assigned, picked })) return undefined;
  const missing = fields.filter((field) => field.required && (field.value ?? '') === '' && !assigned.some((pair) => pair.field === field) && !isSearchField(field));
  const asked = typed.filter((part) => takes.includes(part) || !isGiven(part, observation));
  const unplaced = asked.filter((part) => part.needed && !takes.includes(part));
  const fit = fitOf(goal, { assigned, picked: picked.filter((pick) => pick.part !== undefined).length, unplaced, missing, submit, group, observation, past, typed: asked, does: choices.some((choice) => doesIt(goal, choice) !== undefined) });
  return fit > 0 ? { fields: all, filled, unfilled: inOrder(unfilled), takes, unplaced, missing, ...(submit ? { submit } : {}), fit } : undefined;
}

/** A list stands beside the field, under the same words: the field is for what the list does not offer. */
const listFor = ({ field, value }: Pair, choices: readonly Choice[], past: Past): boolean => field.context.group !== undefined && choices.some(({ kind, options, members: [list] }) => (kind === 'select' || kind === 'popup') && list!.context.group === field.context.group && labelOf(list!) === field.context.group
  && (kind === 'select' ? bestOption(value, options) !== undefined : !past.turns.some((turn, index) => turn.target?.role === list!.role && turn.target.group === list!.context.group && past.turns[index + 1] !== undefined && past.turns[index + 1]!.target?.role !== 'option')));

/** "Change the phone number": the words that a value is called by are no answer to another question. */
const namesField = ({ candidate, action }: Pick, assigned: readonly Pair[]): boolean => {
  const said = content(action?.kind === 'select' && 'text' in action.option ? action.option.text : labelOf(candidate));
  return said.length > 0 && assigned.some(({ value, field }) => said.every((word) => value.hints.includes(word) && (content(labelOf(field)).includes(word) || !content(labelOf(field)).some((own) => value.hints.includes(own)))));
};

/** The page is about it before anything is typed: "Creating Launch plan". */
export const isGiven = (part: Part, observation: Observation): boolean => part.value.kind === 'text' && part.value.certain && inFocus(observation, part.value.text, { turns: [], focused: new Set() });

/** One of the answers that a list of this form offers, word for word. */
const isOptionOf = (part: Part, choices: readonly Choice[]): boolean => part.value.kind !== 'secret' && choices.some((choice) => choice.kind !== 'check' && (choice.options.some((option) => optionFit(part.value, option) >= 0.95) || (choice.kind === 'popup' && (namesList(part.value, choice) || (part.value.hints.length > 0 && likeness(part.value.hints, content(choice.label)).score >= 0.99)))));

/** "Block Editor1", where nothing is called that and a form about blocking asks whom: then its name is typed. */
function sought(goal: Goal, open: readonly Part[], { fields, assigned, group, observation }: { fields: readonly Candidate[]; assigned: readonly Pair[]; group: readonly Candidate[]; observation: Observation }): Pair[] {
  const parts = open.filter((part) => part.role === 'entity' && part.value.kind !== 'secret');
  const [part] = parts;
  if (goal.kind !== 'do' || parts.length !== 1 || !part || inSight(observation, part.value.text)) return [];
  const submit = submitsFor(goal, [...fields], group)[0]?.candidate;
  if (!submit || (!goal.clause.meanings.has('create') && content(submit.name).some((word) => verbsOf(word).has('create') && !goal.deeds.includes(word)) && !isNeutralSubmit(submit.name))) return [];
  const place = [submit.name, ...new Set(group.map((candidate) => candidate.context.heading ?? '')), observation.title].map(content);
  const about = (saysVerb(goal, submit.name) >= 0.85 && !savesAnything(goal, submit.name)) || place.some((words) => likeness(goal.wish, words).focused >= 0.5);
  const others = !['update', 'rename', 'create'].some((meaning) => goal.clause.meanings.has(meaning) && goal.clause.verb !== 'giv');
  const free = fields.filter((field) => !isSearchField(field) && !field.readonly && ((field.value ?? '') === '' || (others && says(content(labelOf(field)), 'n:username'))) && !assigned.some((pair) => pair.field === field) && (field.inputType ?? 'text') === 'text' && field.print.tag !== 'textarea');
  const asks = free.find((field) => !/\b(?:title|subject|headline)\b/i.test(labelOf(field)) && ['n:username', 'n:member', 'n:name', 'n:page'].some((noun) => says(content(labelOf(field)), noun)));
  return about && asks ? [{ part, value: part.value, field: asks, score: 0.85 }] : [];
}

/** "Save draft" and "Submit" stand below every form, and say nothing of whom it is about. */
const savesAnything = (goal: Goal, name: string): boolean => isNeutralSubmit(name) && !content(name).some((word) => goal.deeds.includes(word));

/** Its list was opened already, and nothing in it was taken. */
const wasInVain = ({ members }: Choice, { turns }: Past): boolean => turns.some((turn, index) => turn.action.kind === 'click' && turn.outcome.ok && turn.target?.name === members[0]!.name && turn.target.role === members[0]!.role && turn.added.some((line) => /\boption\b/.test(line)) && !isAnswer(turns[index + 1]));
const isAnswer = (turn: Turn | undefined): boolean => turn?.outcome.ok === true && /^(?:option|menuitem(?:radio)?|treeitem)$/.test(turn.target?.role ?? '');

/** "Return the Teapot": the thing is one of the boxes to tick, "1 × Teapot". */
function isTick(part: Part, choices: readonly Choice[]): boolean {
  const bare = (label: string): string => plain(label.replace(/^\d+\s*[×x]\s*/, ''));
  return part.value.kind === 'text' && choices.filter((choice) => choice.kind === 'check').length > 1 && choices.filter((choice) => choice.kind === 'check' && bare(choice.label) === plain(part.value.text)).length === 1;
}

/** "Plan Pea risotto for Friday": what is there already is what a list of the dialog offers. */
function isOffered({ value }: Part, choices: readonly Choice[], goal: Goal): boolean {
  if (goal.kind !== 'do' || value.kind !== 'text') return false;
  return choices.some((choice) => (choice.kind === 'select' || choice.kind === 'radio') && choice.members[0]!.context.dialog !== undefined && choice.options.some((option) => plain(option) === plain(value.text)));
}

interface Pair {
  part: Part;
  value: Value;
  field: Candidate;
  score: number;
}

/** Values to fields, best pairs first; a repeated field gets what its original got; a name is split where the form splits it. */
function assign(goal: Goal, parts: readonly Part[], fields: readonly Candidate[], past: Past, group: readonly Candidate[]): Pair[] {
  const about = { noun: goal.clause.object, names: ['create', 'rename', 'update', 'post', 'search', 'invite', 'signup', 'accept'].some((meaning) => goal.clause.meanings.has(meaning)) && !goal.clause.object.some((word) => isFieldNoun(word) && !says([word], 'n:name')), sets: /^(?:set|chang|updat|adjust|replac)$/.test(goal.clause.verb), searching: goal.kind === 'search' || goal.clause.meanings.has('search') || goal.kind === 'put', speaks: ['reply', 'comment', 'post', 'send'].some((meaning) => goal.clause.meanings.has(meaning)) };
  const known = new Set(goal.parts.filter((part) => part.role === 'entity' && part.value.kind === 'text').flatMap((part) => content(part.value.text)));
  const originals = fields.filter((field) => !isRepeat(field) || !fields.some((other) => other !== field && !isRepeat(other) && sameKind(field, other)));
  const oldValue = goal.parts.filter((part) => part.role === 'entity').map((part) => plain(part.value.text));
  const pairs: Pair[] = [];
  for (const part of parts) {
    // What is marked as read is turned or chosen, and not written anywhere.
    if (isHeadNoun(goal, part) || (goal.kind === 'do' && goal.clause.verb === 'mark' && part.value.prep === 'as' && !part.value.certain)) continue;
    for (const field of originals) {
      if (isForbidden(goal, field) || goal.parts.some((other) => other !== part && other.role === 'typed' && other.value.certain && other.value.kind === 'text' && plain(field.value ?? '') === plain(other.value.text))) continue;
      // Where a field is called as the sentence says, it is that one, and not the name.
      // "Rename the project": every field of its form may speak of the project.
      const hints = goal.clause.meanings.has('rename') ? part.value.hints.filter((hint) => !goal.clause.object.includes(hint)) : part.value.hints;
      const called = hints.length > 0 && originals.some((other) => other !== field && likeness(hints, content(labelOf(other))).score >= 0.5);
      const renamed = part.value.prep === 'to' && !called && (renames(goal, part) || takesItsNewName(goal, field, group)) && !isSearchField(field) && !part.value.hints.some((hint) => isFieldNoun(hint) && !says([hint], 'n:name')) && oldValue.includes(plain(field.value ?? '')) && part.value.kind === 'text' ? 1 : 0;
      if (isTaken(goal, field, part) || hasNoneYet(goal, field, part) || isOwn(goal, field, part) || isAnothersLine(goal, field, group) || isBeginning(goal, field, part) || (renamed === 0 && isOthers(goal, field, part))) continue;
      const score = Math.max(renamed, holds(field, part.value) && !isSearchField(field) && past.turns.some((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name) ? 0.8 : 0, fieldFit(part.value, field, { ...about, known }));
      if (score >= (goal.kind === 'put' || goal.kind === 'search' ? ASKED_GATE : part.value.certain || part.value.kind !== 'text' ? GATE : 0.55)) pairs.push({ part, value: part.value, field, score });
    }
  }
  pairs.sort((a, b) => b.score - a.score || parts.indexOf(a.part) - parts.indexOf(b.part) || fields.indexOf(a.field) - fields.indexOf(b.field));
  const taken: Pair[] = [];
  for (const pair of pairs) {
    if (taken.some((other) => other.part === pair.part || other.field === pair.field)) continue;
    taken.push(pair);
  }
  const left = originals.filter((field) => !taken.some((pair) => pair.field === field) && (field.value ?? '') === '');
  const head = parts.find((part) => isHeadNoun(goal, part));
  if (head && left.length === 1) taken.push(originals.length === 1 ? { part: head, value: head.value, field: left[0]!, score: 0.5 } : { part: head, value: modifierOf(head.value), field: left[0]!, score: 0.5 });
  taken.push(...onlyOnesLeft(parts, originals, taken), ...onlyField(goal, parts, originals, taken));
  const split = splitNames(parts, originals, taken);
  const repeats = fields.filter((field) => !originals.includes(field)).flatMap((field) => {
    const source = taken.find((pair) => !isFormer(labelOf(pair.field)) && sameKind(pair.field, field));
    return source ? [{ ...source, field }] : [];
  });
  const both = goal.kind === 'put' && goal.clause.all && taken.length === 1 && parts.length === 1 ? originals.filter((field) => field !== taken[0]!.field).map((field) => ({ ...taken[0]!, field })) : [];
  return [...split, ...repeats, ...both];
}

/** What is made anew is not written over what a field holds of something else. */
function isTaken(goal: Goal, field: Candidate, { value }: Part): boolean {
  const now = field.value ?? '';
  return goal.kind === 'do' && goal.clause.meanings.has('create') && !goal.clause.meanings.has('update') && goal.clause.verb !== 'put' && value.kind === 'text' && now !== '' && field.inputType !== 'search' && !holds(field, value) && plain(now) !== plain(value.text) && !value.text.startsWith(now) && !/^(?:untitled|new|unnamed)\b/i.test(now) && likeness(value.hints, content(labelOf(field))).score < 0.5;
}

/** "Change the title to …": what has none yet is something new, and not what is to be changed. */
const hasNoneYet = (goal: Goal, field: Candidate, { value }: Part): boolean => goal.kind === 'do' && /^(?:chang|renam|correct|replac)$/.test(goal.clause.verb) && value.prep === 'to' && (field.value ?? '') === '' && field.inputType !== 'password' && ['n:name', 'n:subject'].some((noun) => says(value.hints, noun) && says(content(labelOf(field)), noun)) && !['n:username', 'n:firstname', 'n:lastname'].some((noun) => says(value.hints, noun)) && !goal.parts.some((part) => part.role === 'entity' && plain(field.name).includes(plain(part.value.text)));

/** What the profile of the one who is signed in asks for is theirs: the title of something else is not their name. */
function isOwn(goal: Goal, { context: { group, heading, dialog }, ...field }: Candidate, { value }: Part): boolean {
  if (goal.kind !== 'do' || ![group, heading, dialog].some((title) => /\b(?:profile|my account|account settings|personal (?:details|information|settings))\b/i.test(title ?? ''))) return false;
  const said = content(labelOf({ ...field, context: {} }));
  return value.kind === 'text' && !value.hints.some((hint) => said.includes(hint)) && !/\b(?:my|me|myself|own|i|profile|account)\b/i.test(goal.clause.text) && !goal.clause.object.some((word) => ['n:member', 'n:account', 'n:username'].some((noun) => meaningsOf(word).has(noun)));
}

/** The thing itself becomes something else, and not what it has: "change the status of X" gives X no other name, nor does to assign it. */
const renames = (goal: Goal, { value }: Part): boolean => goal.kind !== 'do' || says(value.hints, 'n:name') || says(value.hints, 'n:subject') || (!['assign', 'move', 'give'].some((meaning) => goal.clause.meanings.has(meaning) && !goal.clause.meanings.has('rename')) && !goal.parts.some((part) => part.role === 'entity' && part.value.prep === 'of' && goal.clause.object.length > 0 && !goal.clause.meanings.has('rename')));

/** Who moves something in a form for moving is asked what it is called there: a field that holds what it is called now, and says that it is the new one, or has no name. */
const takesItsNewName = (goal: Goal, field: Candidate, group: readonly Candidate[]): boolean => goal.clause.meanings.has('move') && group.some((candidate) => candidate.role === 'button' && candidate.context.row === undefined && content(candidate.name).includes(goal.clause.verb)) && [field.name, field.beside].every((label) => label === undefined || label === '' || /\bnew\b/i.test(label));

/** "Extend the lease to 30 June": its end moves, and not its beginning. */
const isBeginning = (goal: Goal, field: Candidate, { value }: Part): boolean => value.kind === 'date' && (/^(?:extend|prolong|renew|shorten)$/.test(goal.clause.verb) || value.prep === 'until') && content(labelOf(field)).some((word) => /^(?:start|begin|from|sinc)$/.test(word));

/** What a field of another name holds is not written over: a status is no title, nor is the room that somebody is put into. */
function isOthers(goal: Goal, field: Candidate, { value }: Part): boolean {
  const now = field.value ?? '';
  if (goal.kind !== 'do' || value.kind !== 'text' || now === '' || isSearchField(field) || holds(field, value) || plain(now) === plain(value.text) || value.text.startsWith(now)) return false;
  const label = content(labelOf(field));
  if (likeness([...value.hints, ...goal.clause.object, value.prep], label).score > 0 || label.includes(goal.clause.verb)) return false;
  const names = goal.clause.meanings.has('rename') || /^(?:call|nam|titl)$/.test(goal.clause.verb) || value.prep === 'called' || value.prep === 'named';
  return !names && (value.hints.length > 0 || !goal.clause.meanings.has('update') || goal.clause.meanings.has('assign') || goal.clause.meanings.has('move'));
}

/** One value that nothing is said of, and one field that has to be filled in. */
function onlyOnesLeft(parts: readonly Part[], fields: readonly Candidate[], taken: readonly Pair[]): Pair[] {
  const values = parts.filter((part) => part.role === 'typed' && part.value.certain && !taken.some((pair) => pair.part === part));
  const empty = fields.filter((field) => field.required && (field.value ?? '') === '' && !isSearchField(field) && !taken.some((pair) => pair.field === field));
  const [part] = values;
  const [field] = empty;
  const fits = values.length === 1 && empty.length === 1 && part!.value.hints.length === 0 && part!.value.kind === 'text' && ['text', 'search'].includes(field!.inputType ?? 'text');
  return fits ? [{ part: part!, value: part!.value, field: field!, score: 0.4 }] : [];
}

/** "Add a to-do: Water the plants": what is made is asked for by the one field that there is, whatever that is called. */
function onlyField(goal: Goal, parts: readonly Part[], fields: readonly Candidate[], taken: readonly Pair[]): Pair[] {
  const [field, more] = fields.filter((candidate) => !isSearchField(candidate));
  const [part, another] = parts.filter((candidate) => candidate.role === 'typed');
  const says = goal.clause.meanings.has('create') && part?.value.certain === true && part.value.kind === 'text' && part.value.hints.every((hint) => goal.clause.object.includes(hint));
  return says && !another && field && !more && taken.length === 0 && (field.value ?? '') === '' && (field.inputType ?? 'text') === 'text' ? [{ part: part!, value: part!.value, field, score: 0.55 }] : [];
}

/** "do not send it to the customer": not into what is written to the customer. */
const isForbidden = (goal: Goal, field: Candidate): boolean => content(labelOf(field)).some((word) => goal.clause.negated.some((words) => words.includes(word)) && !goal.wish.includes(word) && verbsOf(word).size === 0);

/** "Search for action movies": what is looked for, in words that no field is named by. */
const isHeadNoun = (goal: Goal, part: Part): boolean => goal.kind === 'search' && !part.value.certain && part.value.prep === '' && part.value.kind === 'text';

/** "action movies" → "action": where the form asks for several things, it knows what it lists. */
function modifierOf(value: Value): Value {
  const text = value.text.replace(/\s+\S+$/, '');
  return { ...value, text, ref: { from: 'step', text } };
}

const sameKind = (a: Candidate, b: Candidate): boolean => (a.inputType === 'password') === (b.inputType === 'password') && (a.inputType === 'password' || likeness(content(labelOf(b)), content(labelOf(a))).covered > 0.4 || likeness(content(labelOf(a)), content(labelOf(b))).covered > 0.4);

/** "Casey User" into "First name" and "Last name" when the form asks for them apart. */
function splitNames(parts: readonly Part[], fields: readonly Candidate[], taken: Pair[]): Pair[] {
  const plainText = fields.filter((field) => (field.inputType ?? 'text') === 'text');
  const first = plainText.find((field) => says(content(labelOf(field)), 'n:firstname'));
  const last = plainText.find((field) => says(content(labelOf(field)), 'n:lastname'));
  if (!first || !last) return taken;
  const person = taken.find((pair) => (pair.field === first || pair.field === last) && /\S\s+\S/.test(pair.value.text) && pair.value.kind === 'text');
  const part = person?.part ?? parts.find((candidate) => candidate.role === 'typed' && /^\S+\s+\S+/.test(candidate.value.text) && candidate.value.kind === 'text' && !taken.some((pair) => pair.part === candidate));
  if (!part || taken.some((pair) => pair.part !== part && (pair.field === first || pair.field === last))) return taken;
  const words = part.value.text.trim().split(/\s+/);
  const piece = (text: string): Value => ({ ...part.value, text, ref: { from: 'step', text } });
  return [
    ...taken.filter((pair) => pair.part !== part),
    { part, value: piece(words.slice(0, -1).join(' ')), field: first, score: 0.85 },
    { part, value: piece(words.at(-1)!), field: last, score: 0.85 },
  ];
}

function refOf(value: Value, field: Candidate): ValueRef {
  const written = writing(value, field);
  return written === value.text ? value.ref : { from: 'step', text: written };
}

/** Typed before, and then rewritten by the field or completed by an entry that it offered: "SHV" became "Shreveport, LA (SHV)". */
function wasOffered(field: Candidate, value: Value, past: Past): boolean {
  const typed = past.turns.findIndex((turn) => turn.action.kind === 'fill' && turn.outcome.ok && turn.target?.name === field.name && turn.target.role === field.role);
  if (typed < 0) return false;
  if ((field.value ?? '').includes('•') || value.kind === 'secret') return (field.value ?? '') !== '';
  return plain(field.value ?? '') === plain(value.text) || (past.turns[typed + 1]?.action.kind === 'click' && holdsPhrase(field.value ?? '', value.text));
}

const inOrder = (fills: Fill[]): Fill[] => fills.toSorted((a, b) => a.candidate.id - b.candidate.id);

interface Seen {
  assigned: Pair[];
  picked: number;
  unplaced: Part[];
  missing: Candidate[];
  submit: Candidate | undefined;
  group: readonly Candidate[];
  observation: Observation;
  past: Past;
  typed: readonly Part[];
  /** One of its answers is the verb itself. */
  does: boolean;
}

function fitOf(goal: Goal, seen: Seen): number {
  const { assigned, picked, unplaced, submit, observation, past } = seen;
  if (assigned.length === 0 && picked === 0) return 0;
  const entities = goal.parts.filter((part) => part.role === 'entity');
  if (goal.kind === 'do' && entities.length > 0 && !entities.some((part) => assigned.some((pair) => pair.part === part) || aboutEntity(part.value.text, seen, observation, past))) return 0;
  const lookedUp = assigned.some((pair) => pair.part.role === 'entity');
  const goesOn = submit !== undefined && isStepOn(submit.name);
  const namesIt = goal.kind === 'do' && !goesOn && unplaced.some((part) => part.value.certain) && assigned.length === 0;
  const best = Math.max(picked > 0 ? 0.75 : 0.5, ...assigned.map((pair) => pair.score));
  const placed = seen.typed.length === 0 || lookedUp || goesOn ? 1 : (seen.typed.length - unplaced.length) / seen.typed.length;
  const verb = seen.does ? 1 : submit ? saysVerb(goal, submit.name) : 0;
  const vague = /^(?:use|try|do|fill|go|describ|call|giv|set)$/.test(goal.clause.verb);
  const shares = submit !== undefined && likeness(goal.clause.object, content(submit.name)).covered >= 0.5;
  const lost = goal.kind === 'do' && !goesOn && unplaced.some((part) => part.value.certain && part.role === 'typed') && !assigned.some((pair) => pair.part.value.certain) ? 0.4 : 1;
  const strange = goal.kind === 'do' && !lookedUp && !vague && !shares && submit !== undefined && verb === 0 && !isNeutralSubmit(submit.name) && content(submit.name).length > 0;
  if (strange && best < 0.8) return 0;
  if (goal.kind === 'do' && !lookedUp && submit !== undefined && onlyLooks(goal, submit.name)) return 0;
  const place = seen.group[0]?.context;
  const called = !makes(goal.clause) && assigned.some(({ value, field }) => value.hints.length > 0 && likeness(value.hints, content(labelOf(field))).focused >= 0.99);
  if (makesOther(goal, [submit?.name, place?.dialog ?? place?.heading]) || isOfSomebodyElse(goal, seen)) return 0;
  const foreign = goal.kind === 'do' && !seen.does && best < 0.68 && !called && isForeign(goal, [place?.dialog ?? place?.heading, submit?.name].filter(Boolean).join(' '));
  const heading = likeness(goal.wish, content([place?.heading, place?.dialog].filter(Boolean).join(' ').concat(' ', submit?.name ?? ''))).covered;
  return best * (0.4 + 0.6 * placed) * (0.75 + 0.15 * verb + 0.1 * heading) * (seen.missing.length > 0 ? 0.8 : 1) * (strange ? 0.7 : 1) * (foreign ? 0.5 : 1) * lost * (namesIt ? 0.5 : 1);
}

/** "Toolbar: Show the toolbar" in a table of settings: a box that says what it turns on is an answer, and selects no row. */
const isQuestion = (name: string): boolean => /^(?:enable|disable|show|hide|allow|use|send|notify|require)\b/i.test(name.trim());

/** A list beside rows that can be ticked is for those that are ticked: which they are is not the form's to say. */
function isForTicked(goal: Goal, group: readonly Candidate[], { assigned, picked }: { assigned: readonly Pair[]; picked: readonly Pick[] }): boolean {
  const rows = new Set(group.flatMap(({ role, name, context }) => (role === 'checkbox' && !isQuestion(name) ? (context.row ?? []) : [])));
  if (goal.kind !== 'do' || rows.size < 2) return false;
  const isList = ({ candidate }: Pick): boolean => candidate.options !== undefined && candidate.context.row === undefined;
  return (assigned.length === 0 && picked.every(isList)) || ((goal.clause.all || goal.parts.some(({ role }) => role === 'entity')) && picked.some(isList));
}

/** A list beside a search field, and nothing else, narrows what is shown: to change or make something is done elsewhere. */
const onlyNarrows = (goal: Goal, fields: readonly Candidate[], picked: readonly Pick[]): boolean => goal.kind === 'do' && !['search', 'filter', 'sort'].some((meaning) => goal.clause.meanings.has(meaning)) && fields.length > 0 && fields.every((field) => isSearchField(field)) && picked.every(({ candidate }) => candidate.context.row === undefined);

/** What a button narrows or looks for is not changed by it. */
const onlyLooks = (goal: Goal, name: string): boolean => ['create', 'update', 'assign', 'complete', 'enable', 'disable'].some((meaning) => goal.clause.meanings.has(meaning)) && content(name).some((word) => word !== 'go' && ['filter', 'search'].some((meaning) => verbsOf(word).has(meaning))) && saysVerb(goal, name) === 0;

/** "New tenant" makes no unit: what is made is said by the form, and is something else. */
function makesOther(goal: Goal, titles: readonly (string | undefined)[]): boolean {
  if (titles.some((title) => title !== undefined && makesThePlace(goal, title))) return true;
  if (!goal.clause.meanings.has('create') || goal.clause.object.length === 0) return false;
  return titles.some((title) => title !== undefined && content(title).some((word) => verbsOf(word).has('create')) && isForeign(goal, title));
}

/** Who is made anew is not written over somebody: where the name or the address of another stands already, or the form says that it updates, it is theirs. */
function isOfSomebodyElse(goal: Goal, { assigned, submit, group, observation }: Seen): boolean {
  if (!goal.clause.meanings.has('create') || goal.clause.meanings.has('update') || !goal.clause.object.some((word) => ['n:member', 'n:account', 'n:username', 'n:contact'].some((noun) => meaningsOf(word).has(noun)))) return false;
  const over = assigned.filter(({ field, value }) => isTextField(field) && !isSearchField(field) && (field.value ?? '') !== '' && !holds(field, value) && ['n:name', 'n:email', 'n:username', 'n:firstname', 'n:lastname'].some((noun) => says(content(labelOf(field)), noun)));
  const updates = [submit?.name, group[0]?.context.heading, group[0]?.context.group, observation.title].some((title) => title !== undefined && /\b(?:update|edit|change)\b|\b(?:my|your|own) (?:profile|account)\b/i.test(title));
  return over.length > 1 || (over.length > 0 && updates);
}

/** A form that says it is for something else than the sentence is about: "New project" is not for an automation. */
function isForeign(goal: Goal, title: string): boolean {
  if (goal.clause.object.length === 0) return false;
  const nouns = content(title).filter((word) => verbsOf(word).size === 0);
  const known = [...goal.wish, ...goal.parts.flatMap((part) => (part.value.kind === 'secret' ? [] : content(part.value.text)))];
  return nouns.length > 0 && likeness(known, nouns).focused < 0.3;
}

function aboutEntity(text: string, { group }: Seen, observation: Observation, past: Past): boolean {
  if (group.some((candidate) => candidate.value !== undefined && plain(candidate.value) === plain(text))) return true;
  const rows = rowsNaming(observation, text);
  if (group.some((candidate) => isTextField(candidate) && candidate.context.row !== undefined && rows.includes(candidate.context.row))) return true;
  return inFocus(observation, text, past);
}

