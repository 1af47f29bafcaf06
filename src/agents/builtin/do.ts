import type { Turn } from '../../core/decision.ts';
import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content, stem } from '../words.ts';
import { afterAttempt } from './after-attempt.ts';
import { bulk } from './bulk.ts';
import { pickDay } from './calendar.ts';
import { choicesIn } from './choice.ts';
import { asksForMore } from './confirm.ts';
import { isConsumed } from './consumed.ts';
import { dragInstead } from './drag.ts';
import { inFocus } from './entity.ts';
import { explore } from './explore.ts';
import { isSearchField, isTextField } from './field.ts';
import { abandon, heldBack } from './forgone.ts';
import { type FormPlan, formsFor } from './form.ts';
import type { Part } from './goal.ts';
import { formKey, reachable } from './layout.ts';
import { anotherLine } from './lines.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { fromOpenList } from './open-list.ts';
import { placeSaid } from './place-said.ts';
import { refusalIn } from './refusal.ts';
import { fillOrSend, send, stillToTell } from './send.ts';
import { listed } from './several.ts';
import { isStepOn, saysVerb, submitsFor } from './submit.ts';
import { takeSuggestion } from './suggestion.ts';
import { takeOut } from './take-out.ts';
import { awaitsFile, fileMove } from './upload.ts';
import { commits, useControl } from './use.ts';
import { tell } from './value.ts';

/** Below this a form or a control is not what the sentence means. */
const FORM_GATE = 0.42;

/** Has the application do something: fills the form, uses the control, answers what follows, looks for the way when there is none. */
export function pursueDo(scene: Scene): Move {
  return abandon(scene) ?? heldBack(scene, carriedOut(scene));
}

function carriedOut(scene: Scene): Move {
  const { observation, goal } = scene;
  if (observation.nativeDialog) return nativeAnswer(scene);
  const open = goal.parts.filter((part) => !isConsumed(scene, part));
  const tried = awaitsFile(scene) ? undefined : attempt(scene);
  const refused = tried && refusalIn(scene, tried);
  if (refused) return refused;
  const ticked = tried ? undefined : bulk(scene);
  if (ticked) return ticked;
  const out = takeOut(scene);
  if (out) return out;
  const list = fromOpenList(scene, open) ?? takeSuggestion(scene);
  if (list) return list;
  const day = pickDay(scene) ?? fileMove(scene);
  if (day) return day;
  if (!tried || filledSince(scene, tried)) {
    const file = fileForm(scene);
    if (file) return send(scene, file);
  }
  const line = tried ? undefined : anotherLine(scene, open);
  if (line) return line;
  const onlyOpened =
    tried !== undefined &&
    scene.purposes[scene.turns.indexOf(tried)] === 'use' &&
    (!commits(tried) || stillToTell(scene, tried, open) || filledSince(scene, tried));
  const form = bestForm(scene, tried && !onlyOpened ? open : goal.parts);
  if (
    form &&
    (!tried || form.takes.some((part) => open.includes(part)) || (onlyOpened && (form.unfilled.length > 0 || filledSince(scene, tried))))
  )
    return fillOrSend(scene, form);
  if (tried) return afterAttempt(scene, tried, open, form);
  const several = listed(goal);
  if (several.length > 0) return together(scene, several);
  return (
    furtherOn(scene, open, true) ??
    placeSaid(scene) ??
    useControl(scene) ??
    furtherOn(scene, open) ??
    savedAlready(scene) ??
    dragInstead(scene) ??
    explore(scene)
  );
}

/** Nothing here does it to several things at once, and to do it to one of them alone is not what was asked: it is only looked further. */
function together(scene: Scene, things: readonly Part[]): Move {
  const { goal } = scene;
  const move = explore({ ...scene, goal: { ...goal, parts: goal.parts.filter((part) => !things.includes(part)) } });
  return move.is === 'stuck'
    ? { ...move, why: `${move.why}: nowhere were ${things.map(({ value }) => tell(value)).join(', ')} offered for it together` }
    : move;
}

/** The control that was used opened fields, and they were filled in since: they are still to be sent. */
function filledSince(scene: Scene, tried: Turn): boolean {
  const since = scene.purposes.slice(scene.turns.indexOf(tried) + 1);
  return since.includes('fill') && !since.includes('submit');
}

/** "Save", where the page has no such control and says that all is saved. */
function savedAlready({ goal, observation }: Scene): Move | undefined {
  if (goal.parts.length > 0 || goal.clause.verb !== stem('save')) return undefined;
  const said = [...observation.notices, ...observation.passages].find(({ text }) =>
    /\b(?:all changes (?:are |were )?saved|saved automatically)\b/i.test(text),
  );
  return said && { is: 'reached', why: `the page says “${said.text}”` };
}

/** The form in sight is the first page of several, and what the sentence names comes later. */
function furtherOn(scene: Scene, open: readonly Part[], onlyBegun = false): Move | undefined {
  const { observation, goal } = scene;
  if (goal.parts.length > 0 && !open.some((part) => part.needed && part.role !== 'entity')) return undefined;
  const usable = reachable(observation);
  const on = usable.find(
    (candidate) =>
      isStepOn(candidate.name) &&
      !/\b(?:page|day|week|month|year|image|slide|result)\b/i.test(candidate.name) &&
      candidate.role === 'button' &&
      !usedHere(scene, candidate),
  );
  if (!on) return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(on));
  if (!group.some((candidate) => isTextField(candidate) && !isSearchField(candidate)) && choicesIn(group).length === 0) return undefined;
  const empty = group.some(
    (candidate) => candidate.required && (candidate.value ?? '') === '' && candidate.checked === undefined && isTextField(candidate),
  );
  const title = [on.context.dialog, on.context.heading].filter(Boolean).join(' ');
  const last = scene.earlier.at(-1);
  const begun =
    scene.turns.length === 0 &&
    last?.outcome.ok === true &&
    ['fill', 'select', 'check'].includes(last.action.kind) &&
    last.path === observation.path &&
    group.some((candidate) => candidate.role === last.target?.role && candidate.name === last.target.name);
  if (onlyBegun && !begun) return undefined;
  const about =
    begun ||
    goal.parts.some((part) => part.role === 'entity' && inFocus(observation, part.value.text, scene.past)) ||
    likeness(goal.wish, content(title)).covered > 0 ||
    saysVerb(goal, title) > 0;
  return about && !empty ? click(on, 'look', `${describe(on)} leads to the rest of the form`, 0.6) : undefined;
}

/** The last turn that was meant to do it: a form sent, a control used, a question confirmed. */
function attempt({ turns, purposes, goal }: Scene): Turn | undefined {
  const index = turns.findLastIndex(
    (turn, at) =>
      turn.outcome.ok &&
      (purposes[at] === 'submit' ||
        purposes[at] === 'confirm' ||
        (turn.action.kind === 'upload' && commits(turn)) ||
        (purposes[at] === 'use' && (commits(turn) || goal.parts.every((part) => part.role === 'entity' || !part.needed)))),
  );
  return turns[index];
}

function bestForm(scene: Scene, parts: readonly Part[]): FormPlan | undefined {
  return formsFor(scene.goal, parts, scene.observation, scene.past).find((form) => form.fit >= FORM_GATE && !isForeign(form));
}

/** It has no place for most of what can only be meant for a form: that is another form. */
const isForeign = (form: FormPlan): boolean =>
  form.unplaced.filter(({ value, role }) => role === 'typed' && /^(?:date|time|email|money|card|expiry)$/.test(value.kind)).length >
    form.takes.length && !(form.submit && isStepOn(form.submit.name));

/** The form that a file was just put into. */
function fileForm({ goal, observation, turns }: Scene): FormPlan | undefined {
  if (!turns.some((turn) => turn.action.kind === 'upload' && turn.outcome.ok)) return undefined;
  const usable = reachable(observation);
  const field = usable.find((candidate) => candidate.inputType === 'file');
  if (!field) return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(field));
  const submit = submitsFor(goal, [field], group)[0]?.candidate;
  return {
    fields: [field],
    filled: [],
    unfilled: [],
    takes: goal.parts,
    unplaced: [],
    missing: [],
    fit: 0.8,
    ...(submit ? { submit } : {}),
  };
}

function nativeAnswer(scene: Scene): Move {
  const { observation, goal } = scene;
  const dialog = observation.nativeDialog!;
  const more = asksForMore(scene, [dialog.message]);
  if (more !== undefined) return { is: 'stuck', why: `the dialog asks for more than the sentence says: ${more}` };
  if (dialog.type !== 'prompt') return act({ kind: 'dialog', accept: true }, 'confirm', `the dialog asks: ${dialog.message}`);
  const part =
    goal.parts.find((item) => item.value.kind !== 'secret' && !isConsumed(scene, item) && item.role !== 'entity') ??
    goal.parts.find((item) => item.value.kind !== 'secret');
  return part
    ? act({ kind: 'dialog', accept: true, text: part.value.ref }, 'submit', `the dialog asks: ${dialog.message}`)
    : { is: 'stuck', why: `a dialog asks for a text that the sentence does not name: ${dialog.message}` };
}
