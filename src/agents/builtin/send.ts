import type { Turn } from '../../core/decision.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { meaningsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, stem } from '../words.ts';
import { uncover } from './blocker.ts';
import { isConsumed } from './consumed.ts';
import { isTextField, labelOf } from './field.ts';
import { type Fill, type FormPlan, isGiven } from './form.ts';
import type { Part } from './goal.ts';
import { formKey, isButton, reachable, shellOf } from './layout.ts';
import { makes } from './makes.ts';
import { modeOf, pickButton } from './mode.ts';
import { act, click, type Move, type Scene, usedHere, usedOn } from './move.ts';
import { isMet, preferenceIn, tellPreference } from './preference.ts';
import { codeFor } from './put.ts';
import { decisive, pressTargets } from './rank.ts';
import { rate } from './stars.ts';
import { isNeutralSubmit, isStepOn, onlySaver, submitsFor } from './submit.ts';
import { tickNext } from './tick-next.ts';
import { commits } from './use.ts';
import { tell } from './value.ts';
import { changed, reachedBy } from './what-changed.ts';

/** Sends a form that is filled in, by the control that does what the sentence asks for. */
export function send(scene: Scene, form: FormPlan): Move {
  const tick = tickNext(scene, form);
  if (tick) return tick;
  if (sentLater(scene, form)) return { is: 'reached', why: 'it is filled in, and what sends it is said later' };
  if (mayStillOffer(scene, form)) return act({ kind: 'wait' }, 'wait', 'the field may still offer something to choose from');
  const submit = form.submit ?? submitOf(scene, form);
  const saved = scene.turns.find((turn, index) => scene.purposes[index] === 'fill' && commits(turn));
  if (saved && (!submit || (submit.form === undefined && submit.context.dialog === undefined)))
    return { is: 'reached', why: reachedBy(saved, scene.observation) };
  const took = [...form.takes, ...scene.goal.parts.filter((part) => isGiven(part, scene.observation))].map((part) => part.value.text);
  if (submit && !usedHere(scene, submit)) {
    if (submit.coveredBy !== undefined) return uncover(scene, submit);
    return { ...click(submit, 'submit', `${describe(submit)} sends the form`, Math.min(0.95, form.fit)), took };
  }
  const field = form.filled.findLast(
    (candidate) => isTextField(candidate) && candidate.readonly !== true && (candidate.value ?? '') !== '',
  );
  const byItself = submit ? undefined : (savesItself(scene, field, took) ?? appliedItself(scene, field));
  if (byItself) return byItself;
  if (!field) return { is: 'stuck', why: 'the form has nothing that sends it' };
  if (scene.turns.some((turn) => turn.action.kind === 'press' && turn.digest === scene.observation.digest))
    return { is: 'stuck', why: `the form does not react to ${submit ? describe(submit) : 'Enter'}` };
  const enter = act({ kind: 'press', key: 'Enter', target: field.id }, 'submit', `${describe(field)} is sent with Enter`, field, 0.6);
  return { ...enter, took };
}

function submitOf({ goal, observation }: Scene, { fields, filled }: FormPlan): Candidate | undefined {
  const place = fields[0]?.context;
  const beside = reachable(observation).filter(({ context }) => context.dialog === place?.dialog && context.frame === place?.frame);
  const submits = submitsFor(goal, fields, beside, filled);
  return submits.find(({ score }) => score >= 0.5)?.candidate ?? onlySaver(submits.map(({ candidate }) => candidate));
}

/** The page says that it saves by itself: a field is left, and then it is waited for. */
function savesItself({ observation, turns, purposes }: Scene, field: Candidate | undefined, took: string[]): Move | undefined {
  const saysSo = [...observation.notices, ...observation.passages].some(({ text }) =>
    /\bsav(?:ed|es|ing) (?:automatically|as you type)|\bauto-?sav/i.test(text),
  );
  if (!saysSo) return undefined;
  if (field && !turns.some((turn) => turn.action.kind === 'press')) {
    const leave = act({ kind: 'press', key: 'Tab', target: field.id }, 'submit', 'the page saves by itself once the field is left', field);
    return { ...leave, took };
  }
  return purposes.filter((purpose) => purpose === 'wait').length < 2
    ? act({ kind: 'wait' }, 'wait', 'the page saves by itself')
    : { is: 'reached', why: 'the page says that it saves by itself' };
}

/** What was chosen last works without being sent: the page changed, or a list was filtered. */
function appliedItself(scene: Scene, field: Candidate | undefined): Move | undefined {
  const applied = scene.turns.at(-1);
  if (!applied?.outcome.ok) return undefined;
  const { action, target } = applied;
  const isChange = !field && (action.kind === 'select' || action.kind === 'check') && changed(scene, applied);
  const isFilter = action.kind === 'click' && target?.role === 'option' && scene.goal.clause.meanings.has('filter');
  return isChange || isFilter ? { is: 'reached', why: `“${target?.name ?? 'it'}” works by itself` } : undefined;
}

/** "Set the reason to Damaged and press Adjust": what the person presses afterwards is not pressed before. */
function sentLater(scene: Scene, form: FormPlan): boolean {
  // "Record it and attach receipt.pdf": the file is sent with the form, where that asks for one.
  if (
    scene.next?.kind === 'upload' &&
    form.unfilled.length === 0 &&
    form.fields[0] &&
    reachable(scene.observation).some((candidate) => candidate.inputType === 'file' && formKey(candidate) === formKey(form.fields[0]!))
  )
    return true;
  const first = scene.later.find(
    (goal) =>
      !['put', 'choose', 'slide', 'upload'].includes(goal.kind) &&
      !(
        goal.kind === 'do' &&
        ((goal.clause.meanings.has('update') && goal.parts.some((part) => part.role === 'typed')) ||
          ['enable', 'disable'].some((meaning) => goal.clause.meanings.has(meaning)))
      ),
  );
  if (form.takes.length === 0 || !first || form.unfilled.length > 0) return false;
  if (first.kind === 'press') {
    const pressed = decisive(pressTargets(first, scene.observation, 0).ranked);
    if (!pressed || 'between' in pressed || !isButton(pressed.candidate)) return false;
    return form.submit
      ? pressed.candidate === form.submit
      : pressed.candidate.context.dialog === form.fields[0]?.context.dialog && pressed.candidate.context.row === undefined;
  }
  return (
    first.kind === 'do' &&
    first.parts.length === 0 &&
    form.submit !== undefined &&
    (first.deeds.some((deed) => content(form.submit!.name).includes(deed)) ||
      (first.clause.verb === stem('save') && isNeutralSubmit(form.submit.name)))
  );
}

/** A field of this form has offered entries before, and the one that was typed into last has not yet. */
function mayStillOffer(scene: Scene, form: FormPlan): boolean {
  const last = scene.turns.at(-1);
  if (last?.action.kind !== 'fill' || !form.fields.some((field) => field.name === last.target?.name)) return false;
  return scene.turns.some(
    (turn, index) =>
      turn.action.kind === 'fill' &&
      scene.turns[index + 1]?.action.kind === 'click' &&
      scene.purposes[index + 1] === 'fill' &&
      turn.target?.name !== last.target?.name,
  );
}

/** A list that was opened already, and did not offer what is wanted. */
const openedInVain = (scene: Scene, candidate: Candidate): boolean => {
  const opened = scene.turns.filter(
    (turn, index) => scene.purposes[index] === 'list' && turn.target?.name === candidate.name && turn.target.role === candidate.role,
  );
  return opened.length >= 2 || opened.some((turn) => turn.added.some((line) => /\boption\b/.test(line)));
};

/** It was chosen, and that alone was sent: whatever the page shows now, it is not chosen again. */
const hasSaved = (scene: Scene, { action, candidate }: FormPlan['unfilled'][number]): boolean =>
  (action.kind === 'check' || action.kind === 'select') &&
  scene.turns.some(
    (turn) =>
      turn.outcome.ok &&
      commits(turn) &&
      turn.action.kind === action.kind &&
      turn.target?.name === candidate.name &&
      turn.target.role === candidate.role &&
      turn.target.row === candidate.context.row,
  );

const failedTwice = (scene: Scene, candidate: Candidate): boolean =>
  scene.turns.filter((turn) => !turn.outcome.ok && turn.target?.name === candidate.name && turn.target.role === candidate.role).length >= 2;

/** A dialog has come up, a link was followed or what is to be edited was opened, and what the sentence quotes has no place yet: whatever was sent meanwhile, it is not done, and no question whether to go on. */
export const stillToTell = (scene: Scene, tried: Turn, open: readonly Part[]): boolean =>
  scene.purposes[scene.turns.indexOf(tried)] === 'use' &&
  ((scene.observation.dialog !== undefined && tried.target?.dialog !== scene.observation.dialog) ||
    (tried.outcome.navigated && (tried.target?.role === 'link' || /^(?:edit|change|modify|rename)\b/i.test(tried.target?.name ?? '')))) &&
  open.some(({ needed, role, value }) => needed && role === 'typed' && value.certain);

/** The next thing that a form asks for before it is sent; then it is sent. */
export function fillOrSend(scene: Scene, form: FormPlan): Move {
  const mode = modeOf(scene, form);
  if (mode) return click(mode, 'list', `${describe(mode)} is what the sentence names`, 0.8);
  return (
    fillNext(scene, form) ??
    pickButton(scene, form) ??
    rate(scene, form) ??
    fillMissing(scene, form) ??
    unfold(scene, form) ??
    refuseHalf(scene, form) ??
    send(scene, form)
  );
}

function fillNext(scene: Scene, { unfilled, fit }: FormPlan): Move | undefined {
  const mayTake = ({ action, candidate }: Fill): boolean =>
    !failedTwice(scene, candidate) && !(action.kind === 'click' && openedInVain(scene, candidate));
  const next = unfilled.find((fill) => !hasSaved(scene, fill) && mayTake(fill));
  if (!next) {
    const untaken = unfilled.find(({ action, candidate }) => action.kind === 'fill' && failedTwice(scene, candidate));
    return untaken && { is: 'stuck', why: `${describe(untaken.candidate)} did not take what the sentence names` };
  }
  const { candidate, action, why } = next;
  const shell = shellOf(candidate, scene.observation);
  if (shell)
    return usedHere(scene, shell)
      ? { is: 'stuck', why: `${describe(shell)} was opened, and offers nothing for ${describe(candidate)}` }
      : click(shell, 'list', `${describe(shell)} opens what ${describe(candidate)} is chosen from`, 0.8);
  if (candidate.coveredBy !== undefined) return uncover(scene, candidate);
  return act(action, action.kind === 'click' ? 'list' : 'fill', why, candidate, Math.min(0.95, fit));
}

/** What has to be filled in and the sentence does not tell: a code that the page itself shows, or nothing. */
function fillMissing({ goal, observation }: Scene, { missing: [field] }: FormPlan): Move | undefined {
  if (!field) return undefined;
  const label = content(labelOf(field));
  const code = likeness(goal.wish, label).focused >= 0.6 ? codeFor(label, observation) : undefined;
  if (code === undefined) return { is: 'stuck', why: `${describe(field)} has to be filled in, and the sentence names nothing for it` };
  const fill = { kind: 'fill', target: field.id, value: { from: 'page', text: code } } as const;
  return act(fill, 'fill', `the page shows what belongs in ${describe(field)}`, field, 0.7);
}

const isLastPage = ({ submit }: FormPlan): boolean => submit !== undefined && !isStepOn(submit.name);

/** Part of the form is folded away, and the sentence quotes something that has no place in the rest. */
function unfold(scene: Scene, form: FormPlan): Move | undefined {
  if (!isLastPage(form) || !form.unplaced.some((part) => part.value.certain)) return undefined;
  const folded = reachable(scene.observation).find(
    (candidate) =>
      candidate.expanded === false &&
      !usedOn(scene, candidate) &&
      form.fields.some((field) => field.context.dialog === candidate.context.dialog) &&
      candidate.popup === undefined,
  );
  const what = form.unplaced.map((part) => tell(part.value)).join(', ');
  return folded && click(folded, 'look', `the form has no place for ${what} yet`, 0.5);
}

/** A form that would do only half of what the sentence says is not sent. */
function refuseHalf(scene: Scene, form: FormPlan): Move | undefined {
  const { goal, observation } = scene;
  if (!isLastPage(form)) return undefined;
  const isMaking = makes(goal.clause);
  const { unplaced, takes } = form;
  const lost = isMaking && unplaced.find(({ value, role }) => value.certain && value.prep === '' && role === 'typed');
  if (lost && takes.length > 0 && !takes.some((part) => part.value.certain)) return noPlaceFor(lost);
  // A form with room for less than half of what is said makes something else.
  const isSaid = ({ role, value }: Part): boolean => role === 'typed' && value.certain;
  const left = unplaced.filter(isSaid);
  if (isMaking && left.length > 1 && left.length > takes.filter(isSaid).length) return noPlaceFor(left[0]!);
  // "Create the page X with the content Y" makes no page without what is in it.
  const text = isMaking && unplaced.find(({ value, role }) => value.certain && role === 'typed' && hasRoomOnly(value));
  if (text) return noPlaceFor(text);
  // Who is added with a password of their own is not added with another.
  const secret = isMaking && unplaced.find(({ value }) => value.kind === 'secret');
  if (secret) return noPlaceFor(secret);
  // A review is not sent without its stars.
  const isRating = goal.clause.meanings.has('star') || /^(?:giv|rat)$/.test(goal.clause.verb);
  const isNumber = ({ value, role }: Part): boolean => value.kind === 'number' && value.prep === '' && role === 'typed';
  const stars = isRating && goal.parts.find((part) => isNumber(part) && !takes.includes(part) && !isConsumed(scene, part));
  if (stars) return noPlaceFor(stars);
  const preference = preferenceIn(goal);
  if (preference && !isMet(preference, observation)) return { is: 'stuck', why: tellPreference(preference) };
  // "Change the name to X and the colour to Y".
  const isChange = ({ value }: Part): boolean => value.certain && value.prep === 'to';
  const homeless = !isMaking && unplaced.find((part) => part.role === 'typed' && isChange(part) && part.value.hints.length > 0);
  return homeless && takes.some(isChange) ? noPlaceFor(homeless) : undefined;
}

/** What is written at length: where it has no place in a form, it has none on the next page either. */
const hasRoomOnly = ({ kind, hints }: Part['value']): boolean =>
  kind === 'text' && hints.some((hint) => meaningsOf(hint).has('n:message') || /^(?:content|text|bodi|body)$/.test(hint));

const noPlaceFor = ({ value }: Part): Move => ({ is: 'stuck', why: `the form has no place for ${tell(value)}` });
