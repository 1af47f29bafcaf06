import type { Turn } from '../../core/decision.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { choicesIn, choose } from './choice.ts';
import { confirmation } from './confirm.ts';
import { explore } from './explore.ts';
import { isSearchField, isTextField } from './field.ts';
import { type FormPlan, formsFor } from './form.ts';
import { type Goal, goalsOf, type Part } from './goal.ts';
import { formKey, reachable } from './layout.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { fillOrSend, stillToTell } from './send.ts';
import { isNeutralSubmit, isStepOn, isWayOut, saysVerb, submitsFor } from './submit.ts';
import { commits, useControl } from './use.ts';
import { tell } from './value.ts';
import { cameOf, changed, describeTarget, previewed, reachedBy, sameControl, shows } from './what-changed.ts';

/** What was sent, and what the page makes of it. */
interface Sent {
  scene: Scene;
  tried: Turn;
  /** Why it was tried. */
  purpose: string | undefined;
  form: FormPlan | undefined;
  usable: readonly Candidate[];
  /** What has to be told and has no place yet. */
  needed: readonly Part[];
  /** It only opened what the rest is told in. */
  opened: boolean;
  /** It was text that was sent with Enter. */
  entered: boolean;
}

/** What is left once it was sent: a question, another page of the form, or nothing. */
export function afterAttempt(scene: Scene, tried: Turn, open: readonly Part[], form: FormPlan | undefined): Move {
  const { goal, turns, purposes, observation } = scene;
  const index = turns.indexOf(tried);
  const sent: Sent = {
    scene,
    tried,
    purpose: purposes[index],
    form,
    usable: reachable(observation),
    needed: open.filter((part) => part.needed && part.role !== 'entity'),
    opened: stillToTell(scene, tried, open),
    entered:
      tried.action.kind === 'press' &&
      tried.target?.role === 'textbox' &&
      goal.parts.some(({ role, value }) => role === 'typed' && (value.certain || value.prep === 'to') && scene.taken.has(value.text)),
  };
  return (
    answer(sent) ??
    onward(sent) ??
    downloaded(sent) ??
    tellRest(sent) ??
    afterLookUp(sent) ??
    previewed(scene, sent.usable, tried) ??
    committed(sent) ??
    confirmationPage(scene, sent.usable, tried) ??
    whatCame(sent, index)
  );
}

/** A dialog has come up that asks. */
function answer({ scene, tried, purpose, usable, opened }: Sent): Move | undefined {
  const { dialog } = scene.observation;
  if (dialog === undefined || opened) return undefined;
  const inside = usable.filter((candidate) => candidate.context.dialog !== undefined);
  const isOld = tried.target?.dialog === dialog && commits(tried) && purpose !== 'use';
  return inside.length > 0 && !isOld ? confirmation(scene, inside) : undefined;
}

const onward = ({ scene, tried, usable, form }: Sent): Move | undefined =>
  isStepOn(tried.target?.name ?? '') && !onlyContinues(scene.goal) && !nextGoesOn(scene) ? nextStep(scene, usable, tried, form) : undefined;

function downloaded({ tried: { outcome } }: Sent): Move | undefined {
  return outcome.events.some((event) => /download/i.test(event)) ? { is: 'reached', why: outcome.events.join('; ') } : undefined;
}

function tellRest({ scene, tried, needed, opened }: Sent): Move | undefined {
  if (!needed.some((part) => part.value.certain)) return undefined;
  if (commits(tried) && !opened)
    return { is: 'stuck', why: `it was sent, but ${needed.map((part) => tell(part.value)).join(', ')} had no place in it` };
  const control = useControl(scene);
  return control?.is === 'act' ? control : explore(scene);
}

/** What was sent only looked something up: the deed is still to be done. */
function afterLookUp({ scene, tried, purpose, entered }: Sent): Move | undefined {
  const { goal } = scene;
  if (purpose !== 'submit') return undefined;
  const name = tried.target?.name;
  const isLookUp = !entered && !commits(tried) && name !== undefined && saysVerb(goal, name) === 0 && !isNeutralSubmit(name);
  if (!isLookUp && !goal.clause.extreme) return undefined;
  const control = useControl(scene);
  return control?.is === 'act' && !sameControl(control, tried) ? control : undefined;
}

/** It is done, unless it is only asked about yet. */
function committed({ scene, tried, purpose, usable }: Sent): Move | undefined {
  const { observation } = scene;
  const isAsked =
    purpose === 'submit' && tried.outcome.navigated && observation.passages.some(({ text }) => /\bare you sure\b/i.test(text));
  const question = isAsked ? confirmationPage(scene, usable, tried) : undefined;
  if (question) return question;
  return commits(tried) || purpose === 'confirm' ? { is: 'reached', why: reachedBy(tried, observation) } : undefined;
}

/** It says nothing of having done anything: what the page shows of it decides. */
function whatCame(sent: Sent, index: number): Move {
  const { scene, tried, purpose, entered } = sent;
  const name = tried.target ? describeTarget(tried) : 'it';
  const waits = scene.purposes.slice(index).filter((each) => each === 'wait').length;
  if (!shows(tried, scene.observation) && waits < 2)
    return act({ kind: 'wait' }, 'wait', `“${tried.target?.name ?? 'it'}” was used, and nothing has come of it yet`);
  const isSent = purpose === 'submit' && !(entered && !changed(scene, tried));
  if (isSent || tried.outcome.navigated || tried.added.length > 0 || changed(scene, tried)) return somethingCame(sent);
  if (index === scene.turns.length - 1) return explore(scene);
  return { is: 'stuck', why: `${name} was used, and nothing came of it to ${scene.goal.clause.text}` };
}

function somethingCame({ scene, tried, purpose }: Sent): Move {
  if (tried.outcome.navigated || purpose === 'use') {
    const again = useControl(scene);
    if (again?.is === 'act' && !sameControl(again, tried) && cameOf(again, tried, scene.goal)) return again;
  }
  const asks = stillAsks(scene, tried);
  if (!asks) return { is: 'reached', why: reachedBy(tried, scene.observation) };
  const name = tried.target ? describeTarget(tried) : 'it';
  return {
    is: 'stuck',
    why: `${name} only opened what is to be filled in, and the sentence names nothing for ${describe(asks)}`,
  };
}

/** A control was used, and all that came of it is a form that nothing has been put into: nothing has been done yet. */
function stillAsks(scene: Scene, tried: Turn): Candidate | undefined {
  const { goal, purposes, turns, later, observation } = scene;
  if (
    purposes[turns.indexOf(tried)] !== 'use' ||
    later.length > 0 ||
    ['open', 'edit', 'start'].some((verb) => goal.clause.meanings.has(verb))
  )
    return undefined;
  const empty = (candidate: Candidate): boolean =>
    (isTextField(candidate) && !isSearchField(candidate) && (candidate.value ?? '') === '') ||
    (candidate.options !== undefined && (candidate.value ?? '') === '');
  const asked = opensForm(scene, tried);
  if (asked) return asked;
  return reachable(observation).find(
    (candidate) =>
      empty(candidate) &&
      (candidate.required === true ||
        (candidate.context.dialog !== undefined && tried.target?.dialog !== candidate.context.dialog && candidate.options !== undefined)),
  );
}

/** To change or to assign something is to put something in: the page that was opened for it asks what, and has not been told. */
function opensForm({ goal, observation }: Scene, tried: Turn): Candidate | undefined {
  if (!tried.outcome.navigated || commits(tried) || !['update', 'assign', 'move'].some((meaning) => goal.clause.meanings.has(meaning)))
    return undefined;
  const usable = reachable(observation);
  const sends = usable.find(
    (candidate) =>
      candidate.role === 'button' && candidate.context.row === undefined && /^(?:save|apply|update|submit)\b/i.test(candidate.name),
  );
  return (
    sends &&
    usable.find(
      (candidate) =>
        formKey(candidate) === formKey(sends) &&
        (isTextField(candidate) || candidate.options !== undefined || candidate.role === 'radio') &&
        !isSearchField(candidate),
    )
  );
}

/** "… and continue": one page on, and not to the end of them all. */
const onlyContinues = ({ clause, parts }: Goal): boolean => clause.meanings.has('next') && parts.length === 0 && clause.object.length === 0;

/** What this page asks is answered by the person's next sentence. */
function nextGoesOn({ step, observation, past, goal }: Scene): boolean {
  const next = step.after[0];
  if (next === undefined || !next.startsWith(`${step.actor}: `)) return false;
  const [later] = goalsOf({ template: next.slice(step.actor.length + 2), values: [], hasMailbox: false });
  return (
    later !== undefined &&
    later.parts.length > 0 &&
    formsFor(later, later.parts, observation, { ...past, focused: new Set() }).some(
      (form) => form.takes.length > 0 && !form.takes.some((part) => goal.parts.some((own) => own.value.text === part.value.text)),
    )
  );
}

/** The next page of a form in several steps. */
function nextStep(scene: Scene, usable: readonly Candidate[], tried: Turn, form: FormPlan | undefined): Move | undefined {
  if (form) return fillOrSend(scene, form);
  const [submit] = submitsFor(
    scene.goal,
    [],
    usable.filter(
      (candidate) =>
        !/^(?:navigation|banner|contentinfo|search)/.test(candidate.context.landmark ?? '') &&
        (candidate.context.row === undefined || /(?:^|\/)form\b/.test(candidate.print.path)) &&
        (isNeutralSubmit(candidate.name) || isStepOn(candidate.name) || saysVerb(scene.goal, candidate.name) >= 0.75),
    ),
  );
  if (!submit || submit.score < 0.5 || usedHere(scene, submit.candidate) || isWayOut(submit.candidate.name)) return undefined;
  if (plain(submit.candidate.name) === plain(tried.target?.name ?? '') && !isStepOn(submit.candidate.name) && commits(tried))
    return undefined;
  const group = usable.filter((candidate) => formKey(candidate) === formKey(submit.candidate));
  const asked = choose(scene.goal, [], choicesIn(group)).find((pick) => pick.action !== undefined);
  if (asked) return act(asked.action!, 'fill', asked.why, asked.candidate);
  return click(submit.candidate, 'submit', `${describe(submit.candidate)} leads on`, 0.7);
}

/** A page (not a dialog) that only asks whether one is sure. */
function confirmationPage(scene: Scene, usable: readonly Candidate[], tried: Turn): Move | undefined {
  if (!tried.outcome.navigated && tried.added.length === 0 && !changed(scene, tried)) return undefined;
  const main = usable.filter(
    (candidate) =>
      !/^(?:navigation|banner|contentinfo|search)/.test(candidate.context.landmark ?? '') &&
      candidate.context.row === undefined &&
      !(isTextField(candidate) && isSearchField(candidate)),
  );
  const strong = main.filter(
    (candidate) =>
      candidate.role === 'button' &&
      (saysVerb(scene.goal, candidate.name) >= 0.75 || /^(?:yes|confirm|continue|ok)\b/i.test(candidate.name)) &&
      plain(candidate.name) !== plain(tried.target?.name ?? '\u0000') &&
      (tried.outcome.navigated || tried.added.some((line) => line.includes(candidate.name))),
  );
  const same = main.filter(
    (candidate) => candidate.role === 'button' && tried.outcome.navigated && plain(candidate.name) === plain(tried.target?.name ?? ''),
  );
  const answer =
    strong.length > 0 || same.length > 0
      ? confirmation(
          scene,
          main.filter((candidate) => strong.includes(candidate) || same.includes(candidate) || isTextField(candidate)),
        )
      : undefined;
  if (answer?.is !== 'act' || answer.purpose !== 'confirm') return answer;
  // A page that wants to be told something asks more than whether one is sure, and what a form holds is there to be changed.
  const sends = answer.candidate && formKey(answer.candidate);
  const asksMore = main.some(
    (candidate) =>
      isTextField(candidate) &&
      !candidate.disabled &&
      ((candidate.value ?? '') === '' || (formKey(candidate) === sends && candidate.readonly !== true)),
  );
  return asksMore ? undefined : answer;
}
