import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content, plain, stem } from '../words.ts';
import { uncover } from './blocker.ts';
import { bulk } from './bulk.ts';
import { pickDay } from './calendar.ts';
import { choicesIn, choose } from './choice.ts';
import { isConsumed } from './consumed.ts';
import { asksForMore, confirmation } from './confirm.ts';
import { inFocus } from './entity.ts';
import { explore } from './explore.ts';
import { isSearchField, isTextField, labelOf } from './field.ts';
import { type FormPlan, formsFor, isGiven } from './form.ts';
import { type Goal, goalsOf, type Part } from './goal.ts';
import { formKey, isButton, reachable, shellOf } from './layout.ts';
import { act, click, type Move, type Scene, usedHere, usedOn } from './move.ts';
import { tickNext } from './tick-next.ts';
import { fromOpenList } from './open-list.ts';
import { placeSaid } from './place-said.ts';
import { abandon, heldBack } from './forgone.ts';
import { anotherLine } from './lines.ts';
import { isMet, preferenceIn, tellPreference } from './preference.ts';
import { makes } from './parts.ts';
import { modeOf, pickButton } from './mode.ts';
import { codeFor } from './put.ts';
import { decisive, pressTargets } from './rank.ts';
import { refusalIn } from './refusal.ts';
import { listed } from './several.ts';
import { takeOut } from './take-out.ts';
import { takeSuggestion } from './suggestion.ts';
import { isNeutralSubmit, isStepOn, isWayOut, onlySaver, saysVerb, submitsFor } from './submit.ts';
import { fileMove } from './upload.ts';
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
  const tried = attempt(scene);
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
  const onlyOpened = tried !== undefined && scene.purposes[scene.turns.indexOf(tried)] === 'use' && (!commits(tried) || stillToTell(scene, tried, open) || filledSince(scene, tried));
  const form = bestForm(scene, tried && !onlyOpened ? open : goal.parts);
  if (form && (!tried || form.takes.some((part) => open.includes(part)) || (onlyOpened && (form.unfilled.length > 0 || filledSince(scene, tried))))) return fillOrSend(scene, form);
  if (tried) return afterAttempt(scene, tried, open, form);
  const several = listed(goal);
  if (several.length > 0) return together(scene, several);
  return furtherOn(scene, open, true) ?? placeSaid(scene) ?? useControl(scene) ?? furtherOn(scene, open) ?? savedAlready(scene) ?? explore(scene);
}

/** Nothing here does it to several things at once, and to do it to one of them alone is not what was asked: it is only looked further. */
function together(scene: Scene, things: readonly Part[]): Move {
  const { goal } = scene;
  const move = explore({ ...scene, goal: { ...goal, parts: goal.parts.filter((part) => !things.includes(part)) } });
  return move.is === 'stuck' ? { ...move, why: `${move.why}: nowhere were ${things.map(({ value }) => tell(value)).join(', ')} offered for it together` } : move;
}

/** A dialog has come up or a link was followed, and what the sentence quotes has no place yet: whatever was sent meanwhile, it is not done, and no question whether to go on. */
const stillToTell = (scene: Scene, tried: Turn, open: readonly Part[]): boolean => scene.purposes[scene.turns.indexOf(tried)] === 'use' && ((scene.observation.dialog !== undefined && tried.target?.dialog !== scene.observation.dialog) || (tried.target?.role === 'link' && tried.outcome.navigated)) && open.some(({ needed, role, value }) => needed && role === 'typed' && value.certain);

/** The control that was used opened fields, and they were filled in since: they are still to be sent. */
function filledSince(scene: Scene, tried: Turn): boolean {
  const since = scene.purposes.slice(scene.turns.indexOf(tried) + 1);
  return since.includes('fill') && !since.includes('submit');
}

/** "Save", where the page has no such control and says that all is saved. */
function savedAlready({ goal, observation }: Scene): Move | undefined {
  if (goal.parts.length > 0 || goal.clause.verb !== stem('save')) return undefined;
  const said = [...observation.notices, ...observation.passages].find(({ text }) => /\b(?:all changes (?:are |were )?saved|saved automatically)\b/i.test(text));
  return said && { is: 'reached', why: `the page says “${said.text}”` };
}

/** The form in sight is the first page of several, and what the sentence names comes later. */
function furtherOn(scene: Scene, open: readonly Part[], onlyBegun = false): Move | undefined {
  const { observation, goal } = scene;
  if (goal.parts.length > 0 && !open.some((part) => part.needed && part.role !== 'entity')) return undefined;
  const usable = reachable(observation);
  const on = usable.find((candidate) => isStepOn(candidate.name) && !/\b(?:page|day|week|month|year|image|slide|result)\b/i.test(candidate.name) && candidate.role === 'button' && !usedHere(scene, candidate));
  if (!on) return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(on));
  if (!group.some((candidate) => isTextField(candidate) && !isSearchField(candidate)) && choicesIn(group).length === 0) return undefined;
  const empty = group.some((candidate) => candidate.required && (candidate.value ?? '') === '' && candidate.checked === undefined && isTextField(candidate));
  const title = [on.context.dialog, on.context.heading].filter(Boolean).join(' ');
  const last = scene.earlier.at(-1);
  const begun = scene.turns.length === 0 && last?.outcome.ok === true && ['fill', 'select', 'check'].includes(last.action.kind) && last.path === observation.path && group.some((candidate) => candidate.role === last.target?.role && candidate.name === last.target.name);
  if (onlyBegun && !begun) return undefined;
  const about = begun || goal.parts.some((part) => part.role === 'entity' && inFocus(observation, part.value.text, scene.past)) || likeness(goal.wish, content(title)).covered > 0 || saysVerb(goal, title) > 0;
  return about && !empty ? click(on, 'look', `${describe(on)} leads to the rest of the form`, 0.6) : undefined;
}

/** The last turn that was meant to do it: a form sent, a control used, a question confirmed. */
function attempt({ turns, purposes, goal }: Scene): Turn | undefined {
  const index = turns.findLastIndex((turn, at) => turn.outcome.ok && (purposes[at] === 'submit' || purposes[at] === 'confirm' || (turn.action.kind === 'upload' && commits(turn)) || (purposes[at] === 'use' && (commits(turn) || goal.parts.every((part) => part.role === 'entity' || !part.needed)))));
  return turns[index];
}

function bestForm(scene: Scene, parts: readonly Part[]): FormPlan | undefined {
  return formsFor(scene.goal, parts, scene.observation, scene.past).find((form) => form.fit >= FORM_GATE && !isForeign(form));
}

/** It has no place for most of what can only be meant for a form: that is another form. */
const isForeign = (form: FormPlan): boolean => form.unplaced.filter(({ value, role }) => role === 'typed' && /^(?:date|time|email|money|card|expiry)$/.test(value.kind)).length > form.takes.length && !(form.submit && isStepOn(form.submit.name));

/** The form that a file was just put into. */
function fileForm({ goal, observation, turns }: Scene): FormPlan | undefined {
  if (!turns.some((turn) => turn.action.kind === 'upload' && turn.outcome.ok)) return undefined;
  const usable = reachable(observation);
  const field = usable.find((candidate) => candidate.inputType === 'file');
  if (!field) return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(field));
  const submit = submitsFor(goal, [field], group)[0]?.candidate;
  return { fields: [field], filled: [], unfilled: [], takes: goal.parts, unplaced: [], missing: [], fit: 0.8, ...(submit ? { submit } : {}) };
}

function fillOrSend(scene: Scene, form: FormPlan): Move {
  const mode = modeOf(scene, form);
  if (mode) return click(mode, 'list', `${describe(mode)} is what the sentence names`, 0.8);
  const next = form.unfilled.find((fill) => !hasSaved(scene, fill) && !failedTwice(scene, fill.candidate) && !(fill.action.kind === 'click' && openedInVain(scene, fill.candidate)));
  if (next) {
    const shell = shellOf(next.candidate, scene.observation);
    if (shell) return usedHere(scene, shell) ? { is: 'stuck', why: `${describe(shell)} was opened, and offers nothing for ${describe(next.candidate)}` } : click(shell, 'list', `${describe(shell)} opens what ${describe(next.candidate)} is chosen from`, 0.8);
    if (next.candidate.coveredBy !== undefined) return uncover(scene, next.candidate);
    return act(next.action, next.action.kind === 'click' ? 'list' : 'fill', next.why, next.candidate, Math.min(0.95, form.fit));
  }
  const untaken = form.unfilled.find((fill) => fill.action.kind === 'fill' && failedTwice(scene, fill.candidate));
  if (untaken) return { is: 'stuck', why: `${describe(untaken.candidate)} did not take what the sentence names` };
  const picked = pickButton(scene, form);
  if (picked) return picked;
  const [missing] = form.missing;
  const code = missing && likeness(scene.goal.wish, content(labelOf(missing))).focused >= 0.6 ? codeFor(content(labelOf(missing)), scene.observation) : undefined;
  if (missing && code !== undefined) return act({ kind: 'fill', target: missing.id, value: { from: 'page', text: code } }, 'fill', `the page shows what belongs in ${describe(missing)}`, missing, 0.7);
  if (missing) return { is: 'stuck', why: `${describe(missing)} has to be filled in, and the sentence names nothing for it` };
  if (form.unplaced.length > 0 && form.submit && !isStepOn(form.submit.name) && form.unplaced.some((part) => part.value.certain)) {
    const elsewhere = reachable(scene.observation).find((candidate) => candidate.expanded === false && !usedOn(scene, candidate) && form.fields.some((field) => field.context.dialog === candidate.context.dialog) && candidate.popup === undefined);
    if (elsewhere) return click(elsewhere, 'look', `the form has no place for ${form.unplaced.map((part) => tell(part.value)).join(', ')} yet`, 0.5);
  }
  const lost = form.unplaced.find((part) => part.value.certain && part.value.prep === '' && part.role === 'typed' && makes(scene.goal.clause));
  if (lost && form.submit && !isStepOn(form.submit.name) && form.takes.length > 0 && !form.takes.some((part) => part.value.certain)) return { is: 'stuck', why: `the form has no place for ${tell(lost.value)}` };
  // Who is added with a password of their own is not added with another.
  const secret = form.unplaced.find(({ value }) => value.kind === 'secret');
  if (secret && form.submit && makes(scene.goal.clause) && !isStepOn(form.submit.name)) return { is: 'stuck', why: `the form has no place for ${tell(secret.value)}` };
  const preference = preferenceIn(scene.goal);
  if (preference && form.submit && !isStepOn(form.submit.name) && !isMet(preference, scene.observation)) return { is: 'stuck', why: tellPreference(preference) };
  // "Change the name to X and the colour to Y": half of it is not sent.
  const homeless = makes(scene.goal.clause) ? undefined : form.unplaced.find(({ value, role }) => role === 'typed' && value.certain && value.prep === 'to' && value.hints.length > 0);
  if (homeless && form.submit && !isStepOn(form.submit.name) && form.takes.some(({ value }) => value.certain && value.prep === 'to')) return { is: 'stuck', why: `the form has no place for ${tell(homeless.value)}` };
  return send(scene, form);
}

function send(scene: Scene, form: FormPlan): Move {
  const tick = tickNext(scene, form);
  if (tick) return tick;
  if (sentLater(scene, form)) return { is: 'reached', why: 'it is filled in, and what sends it is said later' };
  if (mayStillOffer(scene, form)) return act({ kind: 'wait' }, 'wait', 'the field may still offer something to choose from');
  const usable = reachable(scene.observation);
  const took = [...form.takes, ...scene.goal.parts.filter((part) => isGiven(part, scene.observation))].map((part) => part.value.text);
  const submits = submitsFor(scene.goal, form.fields, usable.filter((candidate) => candidate.context.dialog === form.fields[0]?.context.dialog && candidate.context.frame === form.fields[0]?.context.frame), form.filled);
  const submit = form.submit ?? submits.find(({ score }) => score >= 0.5)?.candidate ?? onlySaver(submits.map(({ candidate }) => candidate));
  const field = form.filled.findLast((candidate) => isTextField(candidate) && candidate.readonly !== true && (candidate.value ?? '') !== '');
  const saved = scene.turns.find((turn, index) => scene.purposes[index] === 'fill' && commits(turn));
  if (saved && (!submit || (submit.form === undefined && submit.context.dialog === undefined))) return { is: 'reached', why: reachedBy(saved, scene.observation) };
  if (submit && !usedHere(scene, submit)) {
    if (submit.coveredBy !== undefined) return uncover(scene, submit);
    return { ...click(submit, 'submit', `${describe(submit)} sends the form`, Math.min(0.95, form.fit)), took };
  }
  const saves = !submit && [...scene.observation.notices, ...scene.observation.passages].some(({ text }) => /\bsav(?:ed|es|ing) (?:automatically|as you type)|\bauto-?sav/i.test(text));
  if (saves) {
    const waited = scene.purposes.filter((purpose) => purpose === 'wait').length;
    if (field && !scene.turns.some((turn) => turn.action.kind === 'press')) return { ...act({ kind: 'press', key: 'Tab', target: field.id }, 'submit', 'the page saves by itself once the field is left', field), took };
    return waited < 2 ? act({ kind: 'wait' }, 'wait', 'the page saves by itself') : { is: 'reached', why: 'the page says that it saves by itself' };
  }
  const applied = scene.turns.at(-1);
  if (!field && !submit && applied?.outcome.ok && (applied.action.kind === 'select' || applied.action.kind === 'check') && changed(scene, applied)) return { is: 'reached', why: `“${applied.target?.name ?? 'it'}” works by itself` };
  if (!submit && applied?.outcome.ok && applied.action.kind === 'click' && applied.target?.role === 'option' && scene.goal.clause.meanings.has('filter')) return { is: 'reached', why: `“${applied.target.name}” works by itself` };
  if (!field) return { is: 'stuck', why: 'the form has nothing that sends it' };
  const entered = scene.turns.some((turn) => turn.action.kind === 'press' && turn.digest === scene.observation.digest);
  if (!entered) return { ...act({ kind: 'press', key: 'Enter', target: field.id }, 'submit', `${describe(field)} is sent with Enter`, field, 0.6), took };
  return { is: 'stuck', why: `the form does not react to ${submit ? describe(submit) : 'Enter'}` };
}

/** "Set the reason to Damaged and press Adjust": what the person presses afterwards is not pressed before. */
function sentLater(scene: Scene, form: FormPlan): boolean {
  // "Record it and attach receipt.pdf": the file is sent with the form, where that asks for one.
  if (scene.next?.kind === 'upload' && form.unfilled.length === 0 && form.fields[0] && reachable(scene.observation).some((candidate) => candidate.inputType === 'file' && formKey(candidate) === formKey(form.fields[0]!))) return true;
  const first = scene.later.find((goal) => !['put', 'choose', 'slide', 'upload'].includes(goal.kind) && !(goal.kind === 'do' && ((goal.clause.meanings.has('update') && goal.parts.some((part) => part.role === 'typed')) || ['enable', 'disable'].some((meaning) => goal.clause.meanings.has(meaning)))));
  if (form.takes.length === 0 || !first || form.unfilled.length > 0) return false;
  if (first.kind === 'press') {
    const pressed = decisive(pressTargets(first, scene.observation, 0).ranked);
    if (!pressed || 'between' in pressed || !isButton(pressed.candidate)) return false;
    return form.submit ? pressed.candidate === form.submit : pressed.candidate.context.dialog === form.fields[0]?.context.dialog && pressed.candidate.context.row === undefined;
  }
  return first.kind === 'do' && first.parts.length === 0 && form.submit !== undefined && (first.deeds.some((deed) => content(form.submit!.name).includes(deed)) || (first.clause.verb === stem('save') && isNeutralSubmit(form.submit.name)));
}

/** A field of this form has offered entries before, and the one that was typed into last has not yet. */
function mayStillOffer(scene: Scene, form: FormPlan): boolean {
  const last = scene.turns.at(-1);
  if (last?.action.kind !== 'fill' || !form.fields.some((field) => field.name === last.target?.name)) return false;
  return scene.turns.some((turn, index) => turn.action.kind === 'fill' && scene.turns[index + 1]?.action.kind === 'click' && scene.purposes[index + 1] === 'fill' && turn.target?.name !== last.target?.name);
}

/** A list that was opened already, and did not offer what is wanted. */
const openedInVain = (scene: Scene, candidate: Candidate): boolean => {
  const opened = scene.turns.filter((turn, index) => scene.purposes[index] === 'list' && turn.target?.name === candidate.name && turn.target.role === candidate.role);
  return opened.length >= 2 || opened.some((turn) => turn.added.some((line) => /\boption\b/.test(line)));
};

/** It was chosen, and that alone was sent: whatever the page shows now, it is not chosen again. */
const hasSaved = (scene: Scene, { action, candidate }: FormPlan['unfilled'][number]): boolean => (action.kind === 'check' || action.kind === 'select') && scene.turns.some((turn) => turn.outcome.ok && commits(turn) && turn.action.kind === action.kind && turn.target?.name === candidate.name && turn.target.role === candidate.role && turn.target.row === candidate.context.row);

const failedTwice = (scene: Scene, candidate: Candidate): boolean => scene.turns.filter((turn) => !turn.outcome.ok && turn.target?.name === candidate.name && turn.target.role === candidate.role).length >= 2;

/** What is left once it was sent: a question, another page of the form, or nothing. */
function afterAttempt(scene: Scene, tried: Turn, open: readonly Part[], form: FormPlan | undefined): Move {
  const { observation, goal, turns } = scene;
  const usable = reachable(observation);
  const index = turns.indexOf(tried);
  const acted = turns.slice(index + 1).length === 0;
  const needed = open.filter((part) => part.needed && part.role !== 'entity');
  const opened = stillToTell(scene, tried, open);
  if (observation.dialog !== undefined && !opened) {
    const inside = usable.filter((candidate) => candidate.context.dialog !== undefined);
    const asks = inside.length > 0 && !(tried.target?.dialog === observation.dialog && commits(tried) && scene.purposes[index] !== 'use');
    const answer = asks ? confirmation(scene, inside) : undefined;
    if (answer) return answer;
  }
  const wizard = isStepOn(tried.target?.name ?? '');
  if (wizard && !onlyContinues(goal) && !nextGoesOn(scene)) {
    const on = nextStep(scene, usable, tried, form);
    if (on) return on;
  }
  if (tried.outcome.events.some((event) => /download/i.test(event))) return { is: 'reached', why: tried.outcome.events.join('; ') };
  if (needed.some((part) => part.value.certain)) {
    if (!commits(tried) || opened) {
      const control = useControl(scene);
      return control?.is === 'act' ? control : explore(scene);
    }
    return { is: 'stuck', why: `it was sent, but ${needed.map((part) => tell(part.value)).join(', ')} had no place in it` };
  }
  const entered = tried.action.kind === 'press' && tried.target?.role === 'textbox' && goal.parts.some(({ role, value }) => role === 'typed' && (value.certain || value.prep === 'to') && scene.taken.has(value.text));
  const lookedUp = scene.purposes[index] === 'submit' && !entered && !commits(tried) && tried.target !== undefined && saysVerb(goal, tried.target.name) === 0 && !isNeutralSubmit(tried.target.name);
  if (lookedUp || (goal.clause.extreme && scene.purposes[index] === 'submit')) {
    const control = useControl(scene);
    if (control?.is === 'act' && !sameControl(control, tried)) return control;
  }
  const onward = previewed(scene, usable, tried);
  if (onward) return onward;
  // What was sent is only asked about yet.
  const question = scene.purposes[index] === 'submit' && tried.outcome.navigated && observation.passages.some(({ text }) => /\bare you sure\b/i.test(text)) ? confirmationPage(scene, usable, tried) : undefined;
  if (question) return question;
  if (commits(tried) || scene.purposes[index] === 'confirm') return { is: 'reached', why: reachedBy(tried, observation) };
  const page = confirmationPage(scene, usable, tried);
  if (page) return page;
  const waits = scene.purposes.slice(index).filter((purpose) => purpose === 'wait').length;
  if (!shows(tried, observation) && waits < 2) return act({ kind: 'wait' }, 'wait', `“${tried.target?.name ?? 'it'}” was used, and nothing has come of it yet`);
  if ((scene.purposes[index] === 'submit' && !(entered && !changed(scene, tried))) || tried.outcome.navigated || tried.added.length > 0 || changed(scene, tried)) {
    if (tried.outcome.navigated || scene.purposes[index] === 'use') {
      const again = useControl(scene);
      if (again?.is === 'act' && !sameControl(again, tried) && cameOf(again, tried, goal)) return again;
    }
    const asks = stillAsks(scene, tried);
    if (asks) return { is: 'stuck', why: `${tried.target ? describeTarget(tried) : 'it'} only opened what is to be filled in, and the sentence names nothing for ${describe(asks)}` };
    return { is: 'reached', why: reachedBy(tried, observation) };
  }
  if (acted) return explore(scene);
  return { is: 'stuck', why: `${tried.target ? `“${tried.target.name}”` : 'it'} was used, and nothing came of it to ${goal.clause.text}` };
}

/** A control was used, and all that came of it is a form that nothing has been put into: nothing has been done yet. */
function stillAsks(scene: Scene, tried: Turn): Candidate | undefined {
  const { goal, purposes, turns, later, observation } = scene;
  if (purposes[turns.indexOf(tried)] !== 'use' || later.length > 0 || ['open', 'edit', 'start'].some((verb) => goal.clause.meanings.has(verb))) return undefined;
  const empty = (candidate: Candidate): boolean => (isTextField(candidate) && !isSearchField(candidate) && (candidate.value ?? '') === '') || (candidate.options !== undefined && (candidate.value ?? '') === '');
  const asked = opensForm(scene, tried);
  if (asked) return asked;
  return reachable(observation).find((candidate) => empty(candidate) && (candidate.required === true || (candidate.context.dialog !== undefined && tried.target?.dialog !== candidate.context.dialog && candidate.options !== undefined)));
}

/** To change or to assign something is to put something in: the page that was opened for it asks what, and has not been told. */
function opensForm({ goal, observation }: Scene, tried: Turn): Candidate | undefined {
  if (!tried.outcome.navigated || commits(tried) || !['update', 'assign', 'move'].some((meaning) => goal.clause.meanings.has(meaning))) return undefined;
  const usable = reachable(observation);
  const sends = usable.find((candidate) => candidate.role === 'button' && candidate.context.row === undefined && /^(?:save|apply|update|submit)\b/i.test(candidate.name));
  return sends && usable.find((candidate) => formKey(candidate) === formKey(sends) && (isTextField(candidate) || candidate.options !== undefined || candidate.role === 'radio') && !isSearchField(candidate));
}

const describeTarget = (turn: Turn): string => `“${turn.target!.name}”`;

/** What was sent brought a page that only shows it, with a control that says the sentence's own verb: "Upload", then "Import 3 people". */
function previewed(scene: Scene, usable: readonly Candidate[], tried: Turn): Move | undefined {
  const own = (name: string): boolean => scene.goal.clause.verb !== '' && content(name).includes(scene.goal.clause.verb);
  // "Add remark" adds no document; "Import 3 people" says how many.
  const isSame = (name: string): boolean => /\d/.test(name) || content(name).every((word) => word === scene.goal.clause.verb || scene.goal.wish.includes(word));
  if (scene.purposes[scene.turns.indexOf(tried)] !== 'submit' || !tried.outcome.navigated || own(tried.target?.name ?? '')) return undefined;
  const next = usable.filter((candidate) => candidate.role === 'button' && candidate.context.row === undefined && own(candidate.name) && isSame(candidate.name) && tried.added.some((line) => line.includes(candidate.name)));
  return next.length === 1 ? click(next[0]!, 'submit', `${describe(next[0]!)} is still to be used`, 0.8) : undefined;
}

/** Did anything appear besides the control itself looking different? A control that opens a dialog has to open one. */
function shows(tried: Turn, observation: Observation): boolean {
  if (tried.outcome.navigated || observation.dialog !== undefined) return true;
  const name = tried.target?.name ?? '';
  return !observation.candidates.some((candidate) => candidate.popup === 'dialog' && candidate.name === name && candidate.role === tried.target?.role) && tried.added.some((line) => name === '' || !line.includes(`"${name}"`));
}

const changed = (scene: Scene, tried: Turn): boolean => tried.digest !== scene.observation.digest;
/** Another control that deletes is another deletion, unless the one that was used has brought it. */
const cameOf = (move: Move, tried: Turn, goal: Scene['goal']): boolean => !goal.clause.meanings.has('delete') || tried.outcome.navigated || (move.is === 'act' && move.candidate !== undefined && (move.candidate.context.dialog !== undefined || tried.added.some((line) => line.includes(`"${move.candidate!.name}"`))));
/** The one in a part of the page that came of it asks once more what nothing was sent for yet. */
const sameControl = (move: Move, tried: Turn): boolean => move.is === 'act' && move.candidate !== undefined && plain(move.candidate.name) === plain(tried.target?.name ?? '') && move.candidate.role === tried.target?.role && move.candidate.context.row === tried.target?.row && (commits(tried) || !/^region /.test(move.candidate.context.landmark ?? '') || move.candidate.context.landmark === tried.target?.landmark);

function reachedBy(tried: Turn, observation: Observation): string {
  const notice = observation.notices.find((item) => item.kind === 'toast' || item.kind === 'status' || item.kind === 'alert');
  const sent = tried.outcome.requests.filter((request) => request.changes && request.own).map((request) => `${request.method} ${request.template}`);
  return [tried.target ? `“${tried.target.name}” was used` : 'it was sent', sent.length > 0 ? sent.join(', ') : '', notice ? `the page says “${notice.text}”` : ''].filter(Boolean).join('; ');
}

/** "… and continue": one page on, and not to the end of them all. */
const onlyContinues = ({ clause, parts }: Goal): boolean => clause.meanings.has('next') && parts.length === 0 && clause.object.length === 0;

/** What this page asks is answered by the person's next sentence. */
function nextGoesOn({ step, observation, past, goal }: Scene): boolean {
  const next = step.after[0];
  if (next === undefined || !next.startsWith(`${step.actor}: `)) return false;
  const [later] = goalsOf({ template: next.slice(step.actor.length + 2), values: [], hasMailbox: false });
  return later !== undefined && later.parts.length > 0 && formsFor(later, later.parts, observation, { ...past, focused: new Set() }).some((form) => form.takes.length > 0 && !form.takes.some((part) => goal.parts.some((own) => own.value.text === part.value.text)));
}

/** The next page of a form in several steps. */
function nextStep(scene: Scene, usable: readonly Candidate[], tried: Turn, form: FormPlan | undefined): Move | undefined {
  if (form) return fillOrSend(scene, form);
  const [submit] = submitsFor(scene.goal, [], usable.filter((candidate) => !/^(?:navigation|banner|contentinfo|search)/.test(candidate.context.landmark ?? '') && (candidate.context.row === undefined || /(?:^|\/)form\b/.test(candidate.print.path)) && (isNeutralSubmit(candidate.name) || isStepOn(candidate.name) || saysVerb(scene.goal, candidate.name) >= 0.75)));
  if (!submit || submit.score < 0.5 || usedHere(scene, submit.candidate) || isWayOut(submit.candidate.name)) return undefined;
  if (plain(submit.candidate.name) === plain(tried.target?.name ?? '') && !isStepOn(submit.candidate.name) && commits(tried)) return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(submit.candidate));
  const asked = choose(scene.goal, [], choicesIn(group)).find((pick) => pick.action !== undefined);
  if (asked) return act(asked.action!, 'fill', asked.why, asked.candidate);
  return click(submit.candidate, 'submit', `${describe(submit.candidate)} leads on`, 0.7);
}

/** A page (not a dialog) that only asks whether one is sure. */
function confirmationPage(scene: Scene, usable: readonly Candidate[], tried: Turn): Move | undefined {
  if (!tried.outcome.navigated && tried.added.length === 0 && !changed(scene, tried)) return undefined;
  const main = usable.filter((candidate) => !/^(?:navigation|banner|contentinfo|search)/.test(candidate.context.landmark ?? '') && candidate.context.row === undefined && !(isTextField(candidate) && isSearchField(candidate)));
  const strong = main.filter((candidate) => candidate.role === 'button' && (saysVerb(scene.goal, candidate.name) >= 0.75 || /^(?:yes|confirm|continue|ok)\b/i.test(candidate.name)) && plain(candidate.name) !== plain(tried.target?.name ?? '\u0000') && (tried.outcome.navigated || tried.added.some((line) => line.includes(candidate.name))));
  const same = main.filter((candidate) => candidate.role === 'button' && tried.outcome.navigated && plain(candidate.name) === plain(tried.target?.name ?? ''));
  const answer = strong.length > 0 || same.length > 0 ? confirmation(scene, main.filter((candidate) => strong.includes(candidate) || same.includes(candidate) || isTextField(candidate))) : undefined;
  // A page that wants to be told something asks more than whether one is sure.
  const asksMore = main.some((candidate) => isTextField(candidate) && (candidate.value ?? '') === '' && !candidate.disabled);
  return answer?.is === 'act' && answer.purpose === 'confirm' && asksMore ? undefined : answer;
}

function nativeAnswer(scene: Scene): Move {
  const { observation, goal } = scene;
  const dialog = observation.nativeDialog!;
  const more = asksForMore(scene, [dialog.message]);
  if (more !== undefined) return { is: 'stuck', why: `the dialog asks for more than the sentence says: ${more}` };
  if (dialog.type !== 'prompt') return act({ kind: 'dialog', accept: true }, 'confirm', `the dialog asks: ${dialog.message}`);
  const part = goal.parts.find((item) => item.value.kind !== 'secret' && !isConsumed(scene, item) && item.role !== 'entity') ?? goal.parts.find((item) => item.value.kind !== 'secret');
  return part ? act({ kind: 'dialog', accept: true, text: part.value.ref }, 'submit', `the dialog asks: ${dialog.message}`) : { is: 'stuck', why: `a dialog asks for a text that the sentence does not name: ${dialog.message}` };
}

