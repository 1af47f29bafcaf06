import type { Candidate, Observation } from '../../core/observation.ts';
import { meaningsOf, verbsOf, wordLikeness } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import type { Pair } from './assign.ts';
import type { Pick } from './choice.ts';
import { inFocus, type Past, rowsNaming } from './entity.ts';
import { holds, isSearchField, isTextField, labelOf, says } from './field.ts';
import type { Goal, Part } from './goal.ts';
import { madeBy, makes } from './makes.ts';
import { makesThePlace } from './scope.ts';
import { isNeutralSubmit, isStepOn, saysVerb } from './submit.ts';

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

/** How well a form on the page is the one the sentence is about; 0 when it is surely another. */
export function fitOf(goal: Goal, seen: Seen): number {
  const { assigned, picked, unplaced, submit, typed } = seen;
  if ((assigned.length === 0 && picked === 0) || isOfAnotherThing(goal, seen)) return 0;
  const isDo = goal.kind === 'do';
  const best = Math.max(picked > 0 ? 0.75 : 0.5, ...assigned.map((pair) => pair.score));
  const lookedUp = assigned.some((pair) => pair.part.role === 'entity');
  const isStrange = isDo && !lookedUp && sendsSomethingElse(goal, seen);
  if (isStrange && best < 0.8) return 0;
  if (isDo && !lookedUp && submit !== undefined && onlyLooks(goal, submit.name)) return 0;
  const place = seen.group[0]?.context;
  const title = place?.dialog ?? place?.heading;
  if (makesOther(goal, [submit?.name, title]) || savesAnotherKind(goal, seen, [title]) || isOfSomebodyElse(goal, seen)) return 0;
  const isStep = submit !== undefined && isStepOn(submit.name);
  const placed = typed.length === 0 || lookedUp || isStep ? 1 : (typed.length - unplaced.length) / typed.length;
  const verb = seen.does ? 1 : submit ? saysVerb(goal, submit.name) : 0;
  const about = likeness(goal.wish, content([place?.heading, place?.dialog, submit?.name].filter(Boolean).join(' '))).covered;
  const isForeignHere =
    isDo && !seen.does && best < 0.68 && !isCalledSo(goal, assigned) && isForeign(goal, [title, submit?.name].filter(Boolean).join(' '));
  return (
    best *
    (0.4 + 0.6 * placed) *
    (0.75 + 0.15 * verb + 0.1 * about) *
    (seen.missing.length > 0 ? 0.8 : 1) *
    (isStrange ? 0.7 : 1) *
    (isForeignHere ? 0.5 : 1) *
    (isDo && !isStep ? lossOf(seen) : 1)
  );
}

/** The sentence names things, and neither the form nor its place is about any of them. */
function isOfAnotherThing(goal: Goal, seen: Seen): boolean {
  const entities = goal.parts.filter((part) => part.role === 'entity');
  const isKnown = (part: Part): boolean =>
    seen.assigned.some((pair) => pair.part === part) || aboutEntity(part.value.text, seen, seen.observation, seen.past);
  return goal.kind === 'do' && entities.length > 0 && !entities.some(isKnown);
}

/** What sends it says another deed. */
function sendsSomethingElse(goal: Goal, { submit, does }: Seen): boolean {
  if (!submit || content(submit.name).length === 0 || isNeutralSubmit(submit.name)) return false;
  const isVague = /^(?:use|try|do|fill|go|describ|call|giv|set)$/.test(goal.clause.verb);
  const shares = likeness(goal.clause.object, content(submit.name)).covered >= 0.5;
  return !does && !isVague && !shares && saysVerb(goal, submit.name) === 0;
}

/** A field is called just as the sentence calls the value. */
const isCalledSo = (goal: Goal, assigned: readonly Pair[]): boolean =>
  !makes(goal.clause) &&
  assigned.some(({ value, field }) => value.hints.length > 0 && likeness(value.hints, content(labelOf(field))).focused >= 0.99);

/** What the sentence quotes and the form has no place for counts against it. */
function lossOf({ unplaced, assigned }: Seen): number {
  const isLost = unplaced.some((part) => part.value.certain && part.role === 'typed') && !assigned.some(({ part }) => part.value.certain);
  const isBarren = assigned.length === 0 && unplaced.some((part) => part.value.certain);
  return (isLost ? 0.4 : 1) * (isBarren ? 0.5 : 1);
}

/** "Toolbar: Show the toolbar" in a table of settings: a box that says what it turns on is an answer, and selects no row. */
const isQuestion = (name: string): boolean => /^(?:enable|disable|show|hide|allow|use|send|notify|require)\b/i.test(name.trim());

/** A list beside rows that can be ticked is for those that are ticked: which they are is not the form's to say. */
export function isForTicked(
  goal: Goal,
  group: readonly Candidate[],
  { assigned, picked }: { assigned: readonly Pair[]; picked: readonly Pick[] },
): boolean {
  const rows = new Set(group.flatMap(({ role, name, context }) => (role === 'checkbox' && !isQuestion(name) ? (context.row ?? []) : [])));
  if (goal.kind !== 'do' || rows.size < 2) return false;
  const isList = ({ candidate }: Pick): boolean => candidate.options !== undefined && candidate.context.row === undefined;
  return (
    (assigned.length === 0 && picked.every(isList)) ||
    ((goal.clause.all || goal.parts.some(({ role }) => role === 'entity')) && picked.some(isList))
  );
}

/** A list beside a search field, and nothing else, narrows what is shown: to change or make something is done elsewhere. */
export const onlyNarrows = (goal: Goal, fields: readonly Candidate[], picked: readonly Pick[]): boolean =>
  goal.kind === 'do' &&
  !['search', 'filter', 'sort'].some((meaning) => goal.clause.meanings.has(meaning)) &&
  fields.length > 0 &&
  fields.every((field) => isSearchField(field)) &&
  picked.every(({ candidate }) => candidate.context.row === undefined);

/** What a button narrows or looks for is not changed by it. */
const onlyLooks = (goal: Goal, name: string): boolean =>
  ['create', 'update', 'assign', 'complete', 'enable', 'disable'].some((meaning) => goal.clause.meanings.has(meaning)) &&
  content(name).some((word) => word !== 'go' && ['filter', 'search'].some((meaning) => verbsOf(word).has(meaning))) &&
  saysVerb(goal, name) === 0;

/** "New tenant" makes no unit: what is made is said by the form, and is something else. */
function makesOther(goal: Goal, titles: readonly (string | undefined)[]): boolean {
  if (titles.some((title) => title !== undefined && makesThePlace(goal, title))) return true;
  if (!goal.clause.meanings.has('create') || goal.clause.object.length === 0) return false;
  return titles.some(
    (title) =>
      title !== undefined &&
      content(title).some((word) => verbsOf(word).has('create')) &&
      (isForeign(goal, title) || makesParticular(goal, title)),
  );
}

/** "New category" makes no product, though the product is to be in one. */
function makesParticular({ clause, parts }: Goal, title: string): boolean {
  const called = new Set(parts.filter(({ role }) => role !== 'entity').flatMap(({ value }) => value.hints));
  const nouns = content(title).filter((word) => verbsOf(word).size === 0);
  const isSaid = nouns.some((noun) => clause.object.some((word) => wordLikeness(word, noun) >= 0.75));
  return nouns.length > 0 && !isSaid && nouns.every((noun) => called.has(noun));
}

/** "Save draft" keeps no tag: what is sent is called something else than what is made, and nothing over it is called so either. */
function savesAnotherKind({ clause }: Goal, { submit, observation }: Seen, titles: readonly (string | undefined)[]): boolean {
  if (!clause.meanings.has('create') || !/^(?:save|post|publish)\b/i.test(submit?.name ?? '')) return false;
  const isKind = (word: string): boolean => ['n:article', 'n:tag', 'n:category', 'n:member'].some((kind) => meaningsOf(word).has(kind));
  const isIt = (word: string): boolean => clause.object.some((noun) => wordLikeness(noun, word) >= 0.75);
  const saved = content(submit!.name).filter(isKind);
  const headings = observation.passages.filter(({ role, context }) => role === 'heading' && context.row === undefined);
  const over = [...titles, observation.title, ...headings.map(({ text }) => text)].flatMap((text) => content(text ?? ''));
  return clause.object.some(isKind) && saved.length > 0 && ![...saved, ...over].some(isIt);
}

/** What is made anew is not written over another: where a form that says it updates holds a name already, or one holds all of somebody, it is theirs. */
function isOfSomebodyElse(goal: Goal, { assigned, submit, group, observation }: Seen): boolean {
  if (!goal.clause.meanings.has('create') || goal.clause.meanings.has('update')) return false;
  const isPerson = goal.clause.object.some((word) =>
    ['n:member', 'n:account', 'n:username', 'n:contact'].some((noun) => meaningsOf(word).has(noun)),
  );
  const over = assigned.filter(
    ({ field, value }) =>
      isTextField(field) &&
      !isSearchField(field) &&
      (field.value ?? '') !== '' &&
      !holds(field, value) &&
      ['n:name', 'n:email', 'n:username', 'n:firstname', 'n:lastname'].some((noun) => says(content(labelOf(field)), noun)),
  );
  const updates = [submit?.name, group[0]?.context.heading, group[0]?.context.group, observation.title].some(
    (title) => title !== undefined && /\b(?:update|edit|editing|change)\b|\b(?:my|your|own) (?:profile|account)\b/i.test(title),
  );
  return (isPerson && over.length > 1) || (over.length > 0 && updates);
}

/** A form that says it is for something else than the sentence is about: "New project" is not for an automation. */
function isForeign(goal: Goal, title: string): boolean {
  if (goal.clause.object.length === 0) return false;
  const made = madeBy(title).filter((word, index) => index === 0 || verbsOf(word).size === 0);
  const nouns = made.length > 0 ? made : content(title).filter((word) => verbsOf(word).size === 0);
  // "Issue" is what is made here, and no other word for making it.
  const wish = made.length > 0 ? goal.wish.filter((word) => word !== goal.clause.verb) : goal.wish;
  const known = [...wish, ...goal.parts.flatMap((part) => (part.value.kind === 'secret' ? [] : content(part.value.text)))];
  return nouns.length > 0 && likeness(known, nouns).focused < 0.3;
}

function aboutEntity(text: string, { group }: Seen, observation: Observation, past: Past): boolean {
  if (group.some((candidate) => candidate.value !== undefined && plain(candidate.value) === plain(text))) return true;
  const rows = rowsNaming(observation, text);
  if (group.some((candidate) => isTextField(candidate) && candidate.context.row !== undefined && rows.includes(candidate.context.row)))
    return true;
  return (
    group.some((candidate) => isTextField(candidate) && plain(candidate.context.heading ?? '') === plain(text)) ||
    inFocus(observation, text, past) ||
    (rows.length === 0 && standsAlone(text, group, observation))
  );
}

/** The page shows the thing once, in no list, and has no other form: "Milk", and how many of it. */
function standsAlone(text: string, group: readonly Candidate[], { passages, candidates }: Observation): boolean {
  const isForm = (candidate: Candidate): boolean => isTextField(candidate) && !isSearchField(candidate) && !candidate.disabled;
  return (
    passages.filter((passage) => plain(passage.text) === plain(text)).length === 1 &&
    candidates.filter(isForm).every((candidate) => group.includes(candidate))
  );
}

/** "Save draft" and "Submit" stand below every form, and say nothing of whom it is about. */
export const savesAnything = (goal: Goal, name: string): boolean =>
  isNeutralSubmit(name) && !content(name).some((word) => goal.deeds.includes(word));
