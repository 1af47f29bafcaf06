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

/** What is left once it was sent: a question, another page of the form, or nothing. */
export function afterAttempt(scene: Scene, tried: Turn, open: readonly Part[], form: FormPlan | undefined): Move {
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
  const entered =
    tried.action.kind === 'press' &&
    tried.target?.role === 'textbox' &&
    goal.parts.some(({ role, value }) => role === 'typed' && (value.certain || value.prep === 'to') && scene.taken.has(value.text));
  const lookedUp =
    scene.purposes[index] === 'submit' &&
    !entered &&
    !commits(tried) &&
    tried.target !== undefined &&
    saysVerb(goal, tried.target.name) === 0 &&
    !isNeutralSubmit(tried.target.name);
  if (lookedUp || (goal.clause.extreme && scene.purposes[index] === 'submit')) {
    const control = useControl(scene);
    if (control?.is === 'act' && !sameControl(control, tried)) return control;
  }
  const onward = previewed(scene, usable, tried);
  if (onward) return onward;
  // What was sent is only asked about yet.
  const question =
    scene.purposes[index] === 'submit' && tried.outcome.navigated && observation.passages.some(({ text }) => /\bare you sure\b/i.test(text))
      ? confirmationPage(scene, usable, tried)
      : undefined;
  if (question) return question;
  if (commits(tried) || scene.purposes[index] === 'confirm') return { is: 'reached', why: reachedBy(tried, observation) };
  const page = confirmationPage(scene, usable, tried);
  if (page) return page;
  const waits = scene.purposes.slice(index).filter((purpose) => purpose === 'wait').length;
  if (!shows(tried, observation) && waits < 2)
    return act({ kind: 'wait' }, 'wait', `“${tried.target?.name ?? 'it'}” was used, and nothing has come of it yet`);
  if (
    (scene.purposes[index] === 'submit' && !(entered && !changed(scene, tried))) ||
    tried.outcome.navigated ||
    tried.added.length > 0 ||
    changed(scene, tried)
  ) {
    if (tried.outcome.navigated || scene.purposes[index] === 'use') {
      const again = useControl(scene);
      if (again?.is === 'act' && !sameControl(again, tried) && cameOf(again, tried, goal)) return again;
    }
    const asks = stillAsks(scene, tried);
    if (asks)
      return {
        is: 'stuck',
        why: `${tried.target ? describeTarget(tried) : 'it'} only opened what is to be filled in, and the sentence names nothing for ${describe(asks)}`,
      };
    return { is: 'reached', why: reachedBy(tried, observation) };
  }
  if (acted) return explore(scene);
  return { is: 'stuck', why: `${tried.target ? `“${tried.target.name}”` : 'it'} was used, and nothing came of it to ${goal.clause.text}` };
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
  // A page that wants to be told something asks more than whether one is sure.
  const asksMore = main.some((candidate) => isTextField(candidate) && (candidate.value ?? '') === '' && !candidate.disabled);
  return answer?.is === 'act' && answer.purpose === 'confirm' && asksMore ? undefined : answer;
}
