import type { Turn } from '../../core/decision.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content, stem } from '../words.ts';
import { uncover } from './blocker.ts';
import { isTextField, labelOf } from './field.ts';
import { type FormPlan, isGiven } from './form.ts';
import type { Part } from './goal.ts';
import { formKey, isButton, reachable, shellOf } from './layout.ts';
import { makes } from './makes.ts';
import { modeOf, pickButton } from './mode.ts';
import { act, click, type Move, type Scene, usedHere, usedOn } from './move.ts';
import { isMet, preferenceIn, tellPreference } from './preference.ts';
import { codeFor } from './put.ts';
import { decisive, pressTargets } from './rank.ts';
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
  const usable = reachable(scene.observation);
  const took = [...form.takes, ...scene.goal.parts.filter((part) => isGiven(part, scene.observation))].map((part) => part.value.text);
  const submits = submitsFor(
    scene.goal,
    form.fields,
    usable.filter(
      (candidate) =>
        candidate.context.dialog === form.fields[0]?.context.dialog && candidate.context.frame === form.fields[0]?.context.frame,
    ),
    form.filled,
  );
  const submit =
    form.submit ?? submits.find(({ score }) => score >= 0.5)?.candidate ?? onlySaver(submits.map(({ candidate }) => candidate));
  const field = form.filled.findLast(
    (candidate) => isTextField(candidate) && candidate.readonly !== true && (candidate.value ?? '') !== '',
  );
  const saved = scene.turns.find((turn, index) => scene.purposes[index] === 'fill' && commits(turn));
  if (saved && (!submit || (submit.form === undefined && submit.context.dialog === undefined)))
    return { is: 'reached', why: reachedBy(saved, scene.observation) };
  if (submit && !usedHere(scene, submit)) {
    if (submit.coveredBy !== undefined) return uncover(scene, submit);
    return { ...click(submit, 'submit', `${describe(submit)} sends the form`, Math.min(0.95, form.fit)), took };
  }
  const saves =
    !submit &&
    [...scene.observation.notices, ...scene.observation.passages].some(({ text }) =>
      /\bsav(?:ed|es|ing) (?:automatically|as you type)|\bauto-?sav/i.test(text),
    );
  if (saves) {
    const waited = scene.purposes.filter((purpose) => purpose === 'wait').length;
    if (field && !scene.turns.some((turn) => turn.action.kind === 'press'))
      return {
        ...act({ kind: 'press', key: 'Tab', target: field.id }, 'submit', 'the page saves by itself once the field is left', field),
        took,
      };
    return waited < 2
      ? act({ kind: 'wait' }, 'wait', 'the page saves by itself')
      : { is: 'reached', why: 'the page says that it saves by itself' };
  }
  const applied = scene.turns.at(-1);
  if (
    !field &&
    !submit &&
    applied?.outcome.ok &&
    (applied.action.kind === 'select' || applied.action.kind === 'check') &&
    changed(scene, applied)
  )
    return { is: 'reached', why: `“${applied.target?.name ?? 'it'}” works by itself` };
  if (
    !submit &&
    applied?.outcome.ok &&
    applied.action.kind === 'click' &&
    applied.target?.role === 'option' &&
    scene.goal.clause.meanings.has('filter')
  )
    return { is: 'reached', why: `“${applied.target.name}” works by itself` };
  if (!field) return { is: 'stuck', why: 'the form has nothing that sends it' };
  const entered = scene.turns.some((turn) => turn.action.kind === 'press' && turn.digest === scene.observation.digest);
  if (!entered)
    return {
      ...act({ kind: 'press', key: 'Enter', target: field.id }, 'submit', `${describe(field)} is sent with Enter`, field, 0.6),
      took,
    };
  return { is: 'stuck', why: `the form does not react to ${submit ? describe(submit) : 'Enter'}` };
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

/** A dialog has come up or a link was followed, and what the sentence quotes has no place yet: whatever was sent meanwhile, it is not done, and no question whether to go on. */
export const stillToTell = (scene: Scene, tried: Turn, open: readonly Part[]): boolean =>
  scene.purposes[scene.turns.indexOf(tried)] === 'use' &&
  ((scene.observation.dialog !== undefined && tried.target?.dialog !== scene.observation.dialog) ||
    (tried.target?.role === 'link' && tried.outcome.navigated)) &&
  open.some(({ needed, role, value }) => needed && role === 'typed' && value.certain);

export function fillOrSend(scene: Scene, form: FormPlan): Move {
  const mode = modeOf(scene, form);
  if (mode) return click(mode, 'list', `${describe(mode)} is what the sentence names`, 0.8);
  const next = form.unfilled.find(
    (fill) =>
      !hasSaved(scene, fill) &&
      !failedTwice(scene, fill.candidate) &&
      !(fill.action.kind === 'click' && openedInVain(scene, fill.candidate)),
  );
  if (next) {
    const shell = shellOf(next.candidate, scene.observation);
    if (shell)
      return usedHere(scene, shell)
        ? { is: 'stuck', why: `${describe(shell)} was opened, and offers nothing for ${describe(next.candidate)}` }
        : click(shell, 'list', `${describe(shell)} opens what ${describe(next.candidate)} is chosen from`, 0.8);
    if (next.candidate.coveredBy !== undefined) return uncover(scene, next.candidate);
    return act(next.action, next.action.kind === 'click' ? 'list' : 'fill', next.why, next.candidate, Math.min(0.95, form.fit));
  }
  const untaken = form.unfilled.find((fill) => fill.action.kind === 'fill' && failedTwice(scene, fill.candidate));
  if (untaken) return { is: 'stuck', why: `${describe(untaken.candidate)} did not take what the sentence names` };
  const picked = pickButton(scene, form);
  if (picked) return picked;
  const [missing] = form.missing;
  const code =
    missing && likeness(scene.goal.wish, content(labelOf(missing))).focused >= 0.6
      ? codeFor(content(labelOf(missing)), scene.observation)
      : undefined;
  if (missing && code !== undefined)
    return act(
      { kind: 'fill', target: missing.id, value: { from: 'page', text: code } },
      'fill',
      `the page shows what belongs in ${describe(missing)}`,
      missing,
      0.7,
    );
  if (missing) return { is: 'stuck', why: `${describe(missing)} has to be filled in, and the sentence names nothing for it` };
  if (form.unplaced.length > 0 && form.submit && !isStepOn(form.submit.name) && form.unplaced.some((part) => part.value.certain)) {
    const elsewhere = reachable(scene.observation).find(
      (candidate) =>
        candidate.expanded === false &&
        !usedOn(scene, candidate) &&
        form.fields.some((field) => field.context.dialog === candidate.context.dialog) &&
        candidate.popup === undefined,
    );
    if (elsewhere)
      return click(elsewhere, 'look', `the form has no place for ${form.unplaced.map((part) => tell(part.value)).join(', ')} yet`, 0.5);
  }
  const lost = form.unplaced.find(
    (part) => part.value.certain && part.value.prep === '' && part.role === 'typed' && makes(scene.goal.clause),
  );
  if (lost && form.submit && !isStepOn(form.submit.name) && form.takes.length > 0 && !form.takes.some((part) => part.value.certain))
    return { is: 'stuck', why: `the form has no place for ${tell(lost.value)}` };
  // Who is added with a password of their own is not added with another.
  const secret = form.unplaced.find(({ value }) => value.kind === 'secret');
  if (secret && form.submit && makes(scene.goal.clause) && !isStepOn(form.submit.name))
    return { is: 'stuck', why: `the form has no place for ${tell(secret.value)}` };
  const preference = preferenceIn(scene.goal);
  if (preference && form.submit && !isStepOn(form.submit.name) && !isMet(preference, scene.observation))
    return { is: 'stuck', why: tellPreference(preference) };
  // "Change the name to X and the colour to Y": half of it is not sent.
  const homeless = makes(scene.goal.clause)
    ? undefined
    : form.unplaced.find(({ value, role }) => role === 'typed' && value.certain && value.prep === 'to' && value.hints.length > 0);
  if (homeless && form.submit && !isStepOn(form.submit.name) && form.takes.some(({ value }) => value.certain && value.prep === 'to'))
    return { is: 'stuck', why: `the form has no place for ${tell(homeless.value)}` };
  return send(scene, form);
}
