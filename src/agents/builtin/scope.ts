import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain, stem } from '../words.ts';
import type { Past } from './entity.ts';
import type { Goal } from './goal.ts';
import { isFieldNoun } from './part-role.ts';

/** Words of controls that do away with a thing altogether; to remove it from somewhere leaves it in the world. */
const ENDS = new Set(['delete', 'erase', 'destroy', 'trash', 'purge', 'discard'].map(stem));

/** Would it do away with more than the sentence names, or with something of another kind? */
export function endsMore(goal: Goal, candidate: Candidate, observation: Observation, past: Past): boolean {
  if (!goal.clause.meanings.has('delete')) return false;
  return (takesOut(goal) && !standsIn(goal, candidate, observation)) || ofAnotherKind(goal, candidate, observation, past);
}

/** "In the running order of "Tides", move the interview up": what is done to "Tides" itself moves no interview. */
export function isOfThePlace(goal: Goal, candidate: Candidate, { turns }: Past): boolean {
  const leading = /^(?:in|on|at|under)\b[^,]*,/i.exec(goal.clause.text)?.[0];
  const row = candidate.context.row ?? (candidate.role === 'menuitem' ? turns.at(-1)?.target?.row : undefined);
  const named = goal.parts.filter((part) => part.role !== 'typed');
  if (
    leading === undefined ||
    row === undefined ||
    goal.clause.object.length === 0 ||
    named.length === 0 ||
    !named.every(({ value }) => leading.includes(value.text))
  )
    return false;
  return (
    named.some(({ value }) => holdsPhrase(row, value.text)) &&
    likeness(goal.clause.object, content(`${candidate.name} ${row}`)).covered === 0
  );
}

/** "Take X off the schedule", "remove the balcony from its amenities": out of something that is not what is named to go. */
const outOf = (goal: Goal): string[] =>
  goal.clause.meanings.has('delete') && !/\b(?:delet|eras|destroy|trash|purg|discard)/i.test(goal.clause.text)
    ? goal.clause.phrases
        .filter((phrase) => /^(?:from|of)$/.test(phrase.prep) && phrase.values.length === 0)
        .flatMap((phrase) => (phrase.prep === 'from' || /\b(?:off|out of)\b/i.test(goal.clause.text) ? phrase.words : []))
    : [];

const takesOut = (goal: Goal): boolean => outOf(goal).length > 0;

/** The list that it is taken out of is what the control stands in, or the control says that it only takes it out. */
function standsIn(goal: Goal, candidate: Candidate, observation: Observation): boolean {
  const words = content(candidate.name);
  if (!words.some((word) => ENDS.has(word))) return true;
  const places = [
    ...headings(observation),
    candidate.context.heading,
    candidate.context.group,
    candidate.context.dialog,
    candidate.context.landmark,
    observation.path.replace(/[/_-]+/g, ' '),
  ];
  return places.some((place) => place !== undefined && likeness(outOf(goal), content(place)).covered >= 0.5);
}

const headings = ({ title, passages }: Observation): string[] => [
  title,
  ...passages.filter(({ role, context }) => role === 'heading' && context.row === undefined).map(({ text }) => text),
];

/** "Remove the speaker Tom Reyes" among talks that he gives: a row that only mentions him is something else, and the speakers have a page of their own. */
function ofAnotherKind(goal: Goal, candidate: Candidate, observation: Observation, { turns }: Past): boolean {
  // What a row's menu offers stands elsewhere, and is the row's.
  const row = candidate.context.row ?? (candidate.role === 'menuitem' ? turns.at(-1)?.target?.row : undefined);
  const named = goal.parts.filter((part) => part.role === 'entity' && part.value.prep === '');
  const [part] = named;
  if (
    named.length !== 1 ||
    !part ||
    (row !== undefined && plain(row).startsWith(plain(part.value.text))) ||
    (row === undefined &&
      [observation.dialog, candidate.name, ...headings(observation)].some(
        (text) => text !== undefined && holdsPhrase(text, part.value.text),
      )) ||
    !content(candidate.name).some((word) => ENDS.has(word) || verbsOf(word).has('delete'))
  )
    return false;
  const own = new Set(content(part.value.text));
  const kinds = goal.clause.object.filter((word) => !own.has(word) && !isFieldNoun(word) && verbsOf(word).size === 0);
  if (kinds.length === 0) return false;
  const says = (text: string | undefined): boolean => text !== undefined && likeness(kinds, content(text)).covered >= 0.9;
  return (
    !headings(observation).some(says) &&
    observation.candidates.some(
      (other) => (other.role === 'link' || other.role === 'tab') && other.context.row === undefined && says(other.name),
    )
  );
}

/** "Add Bruno to the episode "Tides"": an episode is there already, and "New episode" makes another. */
export function makesThePlace(goal: Goal, name: string): boolean {
  if (!goal.clause.meanings.has('create')) return false;
  const words = content(name);
  const places = goal.parts
    .filter(({ role, value }) => role !== 'typed' && /^(?:to|into|in|on|for)$/.test(value.prep))
    .flatMap(({ value }) => value.hints);
  return (
    words.some((word) => verbsOf(word).has('create')) &&
    words.some((word) => places.includes(word)) &&
    !words.some((word) => goal.clause.object.includes(word))
  );
}
