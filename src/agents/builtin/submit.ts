import type { Box, Candidate } from '../../core/observation.ts';
import { meaningsOf, verbsOf, wordLikeness } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { isTextField } from './field.ts';
import type { Goal } from './goal.ts';
import { gap, isClickable } from './layout.ts';
import { makes } from './makes.ts';

const NEUTRAL =
  /^(?:ok(?:ay)?|submit|save(?: changes)?|send|post|publish|done|go!?|apply|confirm|yes\b.*|continue|next(?: step)?|finish|proceed|update|create|add|get started|(?:i )?agree|enter|let'?s go!?|→|»)$/i;
const SENDS = /^(?:save|submit|update|set|apply|confirm|continue|finish)\b/i;
const STEP = /^(?:next\b.*|continue\b.*|proceed\b.*|forward|weiter|→|»)$/i;
const AWAY =
  /^(?:cancel|close|back\b.*|previous|reset(?: form)?|clear(?: all)?|dismiss|no\b.*|not now|skip.*|later|discard.*|x|×|✕|go back|never mind|keep .*|return\b.*)$/i;
const ASIDE =
  /^(?:show|hide|toggle|browse|choose file|upload|add another|remove|more|less|help|preview|copy|generate|expand|collapse|forgot|learn more|select all|clear)\b/i;

/** Sends, and begins something that nobody asked for: "Save and add another". */
const MORE = /\b(?:and|&) (?:add|create|new|continue|edit|start|make|open|go|view|book|send|another)\b/i;
const goesOn = (goal: Goal, name: string): boolean =>
  /\b(?:another|continue|new)\b/i.test(name) &&
  plain(goal.clause.text).includes(/\b(?:another|continue|new)\b/i.exec(name)![0].toLowerCase()) &&
  !/\ba new\b/i.test(goal.clause.text);

const OWN = /^(?:post|publish|send|create|add|enter)$/i;

/** Opens what can be edited; outside of forms it sends nothing. */
const EDITS = /^(?:edit|rename|change)\b/i;

export const isNeutralSubmit = (name: string): boolean => NEUTRAL.test(name.trim()) || SENDS.test(name.trim());
/** Leads to the next page of the same form, not to the end. */
export const isStepOn = (name: string): boolean => STEP.test(name.trim());
export const isWayOut = (name: string): boolean => AWAY.test(name.trim());

/** How well a name says the goal's verb, 0 to 1. */
export function saysVerb(goal: Goal, name: string): number {
  const words = content(name);
  if (words.length === 0) return 0;
  let best = 0;
  for (const word of words) {
    if (goal.deeds.includes(word)) best = Math.max(best, 1);
    else if (isSpecial(word, goal)) continue;
    else if ([...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning))) best = Math.max(best, 0.85);
    else if (goal.clause.verb.length >= 4)
      best = Math.max(best, wordLikeness(goal.clause.verb, word) === 0.75 && isFormOf(goal.clause.verb, word) ? 0.75 : 0);
  }
  return Math.max(best, compound(goal, words), becomes(goal, words));
}

/** "approv" and "approval", and no "mark" and "market". */
function isFormOf(verb: string, word: string): boolean {
  const [short, long] = verb.length < word.length ? [verb, word] : [word, verb];
  return !long.startsWith(short) || /^(?:e?s|e?d|e?r|or|ing|al|e?ment|a?tion|ion|age|ance|able|ure)?$/.test(long.slice(short.length));
}

/** Verbs that change one thing only: who says "edit" or "set" means them where the thing is of that kind. */
const SPECIAL: readonly (readonly [verbs: RegExp, kinds: readonly string[], nouns: readonly string[]])[] = [
  [/^(?:reschedul|postpon|extend|push)$/, ['date', 'time', 'duration', 'expiry'], ['n:date', 'n:time', 'n:duration', 'n:expiry']],
  [/^(?:increas|reduc|lower|adjust)$/, ['number', 'money', 'duration', 'time'], ['n:quantity', 'n:price', 'n:number']],
  [/^describ$/, [], ['n:description']],
];

function isSpecial(word: string, { clause, parts }: Goal): boolean {
  const special = SPECIAL.find(([verbs]) => verbs.test(word));
  if (!special || special[0].test(clause.verb)) return false;
  const [, kinds, nouns] = special;
  return (
    !parts.some(({ value }) => kinds.includes(value.kind)) &&
    ![...clause.object, ...parts.flatMap(({ value }) => value.hints)].some((noun) => nouns.some((meaning) => meaningsOf(noun).has(meaning)))
  );
}

/** "set both to paid", "make it urgent": a control that says what becomes of it, "Mark paid". */
function becomes(goal: Goal, words: readonly string[]): number {
  const states =
    goal.kind === 'do'
      ? goal.parts
          .filter(
            (part) =>
              part.role === 'typed' &&
              /^(?:to|as)$/.test(part.value.prep) &&
              part.value.kind === 'text' &&
              /^\p{L}+$/u.test(part.value.text),
          )
          .map((part) => content(part.value.text))
      : [];
  return states.some(
    (state) =>
      state.length > 0 &&
      state.every((word) => words.includes(word)) &&
      words.length > state.length &&
      words.every(
        (word) =>
          state.includes(word) ||
          SETS.has(word) ||
          (words.length === state.length + 1 && words.at(-1) === state.at(-1) && verbsOf(word).size === 0),
      ),
  )
    ? 1
    : 0;
}

const SETS = new Set(['mark', 'set', 'make', 'mak', 'chang', 'move', 'mov', 'status', 'select']);

/** What is one verb here is a verb and a noun there: to invite is to add a member. */
const COMPOUNDS: readonly (readonly [verb: string, as: string, noun: string])[] = [
  ['invite', 'create', 'n:member'],
  ['signup', 'create', 'n:account'],
  ['reset', 'send', 'n:password'],
];

function compound(goal: Goal, words: readonly string[]): number {
  const does = (verb: string): boolean => words.some((word) => verbsOf(word).has(verb));
  // "New appointment": whatever the verb is that brings one about.
  if (makes(goal.clause) && does('create') && words.some((word) => verbsOf(word).size === 0 && goal.clause.object.includes(word)))
    return 0.85;
  for (const [verb, as, noun] of COMPOUNDS) {
    if (goal.clause.meanings.has(verb) && does(as) && words.some((word) => meaningsOf(word).has(noun))) return 0.85;
    if (goal.clause.meanings.has(as) && does(verb) && goal.clause.object.some((word) => meaningsOf(word).has(noun))) return 0.85;
  }
  return 0;
}

/** The control that sends these fields off, best first. */
export function submitsFor(
  goal: Goal,
  fields: readonly Candidate[],
  around: readonly Candidate[],
  filled: readonly Candidate[] = [],
): { candidate: Candidate; score: number }[] {
  const last = Math.max(0, ...fields.map((field) => field.print.box.y + field.print.box.h / 2));
  const possible = around.filter(
    (candidate) =>
      isClickable(candidate) &&
      !fields.includes(candidate) &&
      candidate.popup === undefined &&
      candidate.name !== '' &&
      candidate.role !== 'tab',
  );
  const only =
    possible.filter((candidate) => candidate.role === 'button' && !isWayOut(candidate.name) && !ASIDE.test(candidate.name)).length === 1;
  return possible
    .filter((candidate) => belongsTo(candidate, filled, around))
    .map((candidate) => ({ candidate, score: submitScore(goal, candidate, last, only) }))
    .filter(({ score }) => score > 0.3)
    .sort((a, b) => b.score - a.score);
}

/** Where there is no form element, a button beside another field is that field's. */
function belongsTo(candidate: Candidate, fields: readonly Candidate[], around: readonly Candidate[]): boolean {
  if (
    candidate.form !== undefined ||
    candidate.context.dialog !== undefined ||
    fields.length === 0 ||
    /(?:^|\/)form\b/.test(candidate.print.path)
  )
    return true;
  // What a row does, it does to its own thing.
  if (candidate.context.row !== undefined && !fields.some((field) => field.context.row === candidate.context.row)) return false;
  if (savesAll(candidate, around)) return true;
  const others = around.filter((other) => isTextField(other) && !fields.includes(other));
  const middle = ({ print: { box } }: Candidate): number => box.y + box.h / 2;
  if (fields.some((field) => Math.abs(middle(field) - middle(candidate)) <= 12)) return true;
  const own = Math.min(...fields.map((field) => gap(field, candidate)));
  return others.every((other) => gap(other, candidate) >= own);
}

/** The one control of the page that says it saves, though it stands above the fields. */
export function onlySaver(candidates: readonly Candidate[]): Candidate | undefined {
  const [only, more] = candidates.filter(
    ({ role, name, form, context }) =>
      role === 'button' && form === undefined && context.row === undefined && /^(?:save|update|apply)(?: changes)?$/i.test(name.trim()),
  );
  return more ? undefined : only;
}

/** The one control that saves, under all of the fields or above them in the head of the page, saves them all. */
function savesAll(candidate: Candidate, around: readonly Candidate[]): boolean {
  const saves = ({ role, name, context }: Candidate): boolean =>
    role === 'button' && context.row === undefined && /^(?:save|apply|update)\b/i.test(name.trim());
  const own = candidate.print.box;
  return (
    saves(candidate) &&
    around.filter(saves).length === 1 &&
    [(at: Box) => at.y <= own.y, (at: Box) => at.y >= own.y + own.h].some((stands) =>
      around.every((other) => !isTextField(other) || other.context.row !== undefined || stands(other.print.box)),
    )
  );
}

/** "Increase quantity", "+": what makes one more of a number sends no form. */
const STEPPER =
  /^(?:(?:increase|decrease|increment|decrement|raise|lower|plus|minus|step (?:up|down)|one (?:more|less|fewer))\b|[+\-−–]\s*\d*$)/i;

function submitScore(goal: Goal, candidate: Candidate, lastFieldY: number, only: boolean): number {
  const name = plain(candidate.name);
  const verb = saysVerb(goal, name);
  if (isWayOut(name) && verb < 0.8) return 0;
  if ((ASIDE.test(name) && verb < 0.8) || STEPPER.test(name)) return 0;
  if (MORE.test(name) && !goesOn(goal, name)) return 0.31;
  // What a page does to its thing sends no field that stands beside it.
  if (
    verb === 0 &&
    OWN.test(name) &&
    candidate.form === undefined &&
    candidate.context.dialog === undefined &&
    !/(?:^|\/)form\b/.test(candidate.print.path) &&
    ['update', 'move', 'assign', 'delete'].some((meaning) => goal.clause.meanings.has(meaning))
  )
    return 0;
  // "Add block" beside a title adds to what is there, and saves no other title.
  if (
    verb === 0 &&
    candidate.form === undefined &&
    candidate.context.dialog === undefined &&
    !isNeutralSubmit(name) &&
    !makes(goal.clause) &&
    content(name).length > 1 &&
    verbsOf(content(name)[0]!).has('create')
  )
    return 0;
  if (
    EDITS.test(name) &&
    candidate.form === undefined &&
    candidate.print.attrs.type !== 'submit' &&
    candidate.context.dialog === undefined &&
    !/(?:^|\/)form\b/.test(candidate.print.path)
  )
    return 0;
  const leadsAway = candidate.role === 'link' && candidate.href !== undefined && candidate.href !== '' && !candidate.href.startsWith('#');
  const wanted = likeness(goal.wish, content(name)).score;
  const typed = candidate.print.attrs.type === 'submit' || candidate.inputType === 'submit' ? 0.25 : 0;
  const base = Math.max(
    0.7 * verb,
    isNeutralSubmit(name) ? 0.55 : 0,
    candidate.role === 'button' &&
      !leadsAway &&
      (typed > 0 || only || candidate.context.dialog !== undefined || /(?:^|\/)form\b/.test(candidate.print.path))
      ? 0.25
      : 0,
  );
  if (base === 0) return 0;
  const below = candidate.print.box.y + candidate.print.box.h / 2 >= lastFieldY - 8 ? 0.1 : -0.1;
  return base + typed + 0.25 * wanted + below - (leadsAway ? 0.35 : 0) - (candidate.role === 'generic' ? 0.05 : 0);
}
