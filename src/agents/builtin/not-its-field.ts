import type { Candidate } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { holds, isSearchField, labelOf, says } from './field.ts';
import type { Goal, Part } from './goal.ts';

/** It has another value of the sentence already. */
export const holdsAnother = ({ parts }: Goal, field: Candidate, part: Part): boolean =>
  parts.some((other) => {
    const { certain, kind, text } = other.value;
    return other !== part && other.role === 'typed' && certain && kind === 'text' && plain(field.value ?? '') === plain(text);
  });

/** What is made anew is not written over what a field holds of something else. */
export function isTaken(goal: Goal, field: Candidate, { value }: Part): boolean {
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
    !isForNew(goal, field) &&
    likeness(value.hints, content(labelOf(field))).score < 0.5
  );
}

/** The currency "GBP" becomes no 39.99. */
export const holdsWord = ({ value: now = '', name }: Candidate, { value }: Part): boolean =>
  likeness(value.hints, content(name)).score < 0.99 &&
  /^(?:number|money|card)$/.test(value.kind) &&
  /\p{L}/u.test(now) &&
  !/\d/.test(now) &&
  !now.includes('•');

/** Under "Create a new wish list" a name that stands there already is only proposed. */
const isForNew = ({ clause }: Goal, { context: { heading, dialog, group } }: Candidate): boolean =>
  [heading, dialog, group].some((title) => {
    const words = content(title ?? '');
    const makes = words[0] !== undefined && (verbsOf(words[0]).has('create') || /^new\b/i.test(title ?? ''));
    return makes && words.some((word) => clause.object.includes(word));
  });

/** A number, and beside it what it is the number of: the thing is chosen already. */
export const standsFor = ({ value: now = '', beside, description, print }: Candidate, { role, value }: Part): boolean =>
  role === 'either' &&
  value.kind === 'text' &&
  /^#?\d+$/.test(now) &&
  [beside, description, print.near].some((text) => text !== undefined && holdsPhrase(text, value.text));

/** "Change the title to …": what has none yet is something new, and not what is to be changed. */
export const hasNoneYet = (goal: Goal, field: Candidate, { value }: Part): boolean =>
  goal.kind === 'do' &&
  /^(?:chang|renam|correct|replac)$/.test(goal.clause.verb) &&
  value.prep === 'to' &&
  (field.value ?? '') === '' &&
  field.inputType !== 'password' &&
  ['n:name', 'n:subject'].some((noun) => says(value.hints, noun) && says(content(labelOf(field)), noun)) &&
  !['n:username', 'n:firstname', 'n:lastname'].some((noun) => says(value.hints, noun)) &&
  !goal.parts.some((part) => part.role === 'entity' && plain(field.name).includes(plain(part.value.text)));

/** What the profile of the one who is signed in asks for is theirs: the title of something else is not their name. */
export function isOwn(goal: Goal, { context: { group, heading, dialog }, ...field }: Candidate, { value }: Part): boolean {
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

/** "Extend the lease to 30 June": its end moves, and not its beginning. */
export const isBeginning = (goal: Goal, field: Candidate, { value }: Part): boolean =>
  value.kind === 'date' &&
  (/^(?:extend|prolong|renew|shorten)$/.test(goal.clause.verb) || value.prep === 'until') &&
  content(labelOf(field)).some((word) => /^(?:start|begin|from|sinc)$/.test(word));

/** What a field of another name holds is not written over: a status is no title, nor is the room that somebody is put into. */
export function isOthers(goal: Goal, field: Candidate, { value }: Part): boolean {
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

/** "do not send it to the customer": not into what is written to the customer. */
export const isForbidden = (goal: Goal, field: Candidate): boolean =>
  content(labelOf(field)).some(
    (word) => goal.clause.negated.some((words) => words.includes(word)) && !goal.wish.includes(word) && verbsOf(word).size === 0,
  );
