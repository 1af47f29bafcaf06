import type { Agent, DecideInput, Decision, StepTask, Turn } from '../../core/decision.ts';
import type { Observation } from '../../core/observation.ts';
import { targetOf } from '../identity.ts';
import { content } from '../words.ts';
import { answeredAsShown } from './answering.ts';
import { interruption } from './blocker.ts';
import { bulk } from './bulk.ts';
import { closingMove } from './closing.ts';
import { pursueDo } from './do.ts';
import { pursueDrag } from './drag.ts';
import { inFocus } from './entity.ts';
import { explore, finishLookUp } from './explore.ts';
import { type Goal, goalsOf } from './goal.ts';
import { housekeepingIn, withoutHousekeeping } from './housekeeping.ts';
import { legible } from './legible.ts';
import { pursueCheck } from './look.ts';
import { pursueMail } from './mail.ts';
import { act, decisionOf, type Move, type Note, type Purpose, type Scene } from './move.ts';
import { FOUND, foundAs, namedAsShown } from './naming.ts';
import { pursueOpen } from './open.ts';
import { pursueChoose } from './pick.ts';
import { isMet, preferenceIn, tellPreference } from './preference.ts';
import { pursuePress } from './press.ts';
import { pursuePut, pursueSlide } from './put.ts';
import { reservationIn } from './reservation.ts';
import { pursueSearch } from './search.ts';
import { oneByOne } from './several.ts';
import { saysVerb } from './submit.ts';
import { takeOut } from './take-out.ts';
import { tickedBefore } from './tick-next.ts';
import { metOn, tellUnplaced, unplacedIn } from './unplaced.ts';
import { holdOn, pursueWait } from './wait.ts';

interface Memory {
  step: number;
  goals: Goal[];
  /** What each turn was for, by its index among the step's turns; turns of other agents have none. */
  notes: Map<number, Note>;
  /** Where the step began, and where its actor did; '' until a page is open. */
  home: string;
  base: string;
  /** Things that a page was about, with how many turns had been taken then. */
  focus: Map<string, number>;
  /** Texts of the sentence that a page was about, or that a field held, at any look. */
  met: Set<string>;
}

/** The embedded agent: reads the sentence, looks at the page, and needs no key, no network and no weights. */
export function createBuiltin(): Agent {
  let memory: Memory | undefined;
  const bases = new Map<string, string>();
  return {
    name: 'builtin',
    beginsInMail: (step) => goalsOf(step)[0]?.kind === 'mail',
    decide: async (input) => {
      if (memory?.step !== input.step.index)
        memory = {
          step: input.step.index,
          goals: goalsOf(input.step),
          notes: new Map(),
          home: '',
          base: '',
          focus: new Map(),
          met: new Set(),
        };
      memory.home ||= originOf(input.observation.url);
      memory.base ||= baseOf(bases, input);
      const known = housekeepingIn([...input.earlier, ...input.turns]);
      const decision = decide(
        {
          ...input,
          observation: legible(input.observation),
          turns: [...withoutHousekeeping(input.turns, known)],
          earlier: [...withoutHousekeeping(input.earlier, known)],
        },
        memory,
      );
      return decision.kind === 'act' ? asSeen(decision, input.observation) : decision;
    },
  };
}

function decide(input: DecideInput, memory: Memory): Decision {
  const { step, turns } = input;
  const { goals, notes } = memory;
  const reserved = reservationIn(step);
  if (reserved !== undefined) return { kind: 'give-up', why: reserved, because: 'sentence' };
  if (goals.length === 0) return { kind: 'give-up', why: 'the sentence names nothing to do', because: 'sentence' };
  remember(input, memory);
  const done: string[] = [];
  let current = Math.max(0, ...[...notes].filter(([index]) => index < turns.length).map(([, note]) => note.goal));
  for (; current < goals.length; current++) {
    goals[current] = answeredAsShown(knownFrom(namedAsShown(goals[current]!, input.observation), goals, current), input.observation);
    const whole = sceneOf(input, memory, current);
    const scene = apart(memory, current, whole) ?? whole;
    if (scene.turns.length === 0 && current > 0 && (isSaidBy(scene.goal, turns.at(-1)) || tickedBefore(scene.goal, turns))) continue;
    const move = interruption(scene) ?? finishLookUp(scene) ?? patient(scene, pursue(scene));
    if (move.is === 'reached') {
      done.push(move.why);
      continue;
    }
    if (move.is === 'stuck' && scene.goal.soft) continue;
    return settle(move, step, current, notes, turns);
  }
  const closing = closingMove(sceneOf(input, memory, goals.length - 1));
  if (closing && closing.is !== 'reached') return settle(closing, step, goals.length - 1, notes, turns);
  const short = step.tries
    ? []
    : unplacedIn(goals, {
        turns,
        purposes: turns.map((_, index) => notes.get(index)?.purpose),
        taken: new Set([...notes.values()].flatMap((note) => note.took ?? [])),
        met: memory.met,
      });
  if (short.length > 0) return { kind: 'give-up', why: tellUnplaced(short) };
  const wanted = step.tries
    ? undefined
    : goals.map((goal) => preferenceIn(goal)).find((preference) => preference && !preference.not && !memory.met.has(preference.said));
  if (wanted) return { kind: 'give-up', why: tellPreference(wanted) };
  return { kind: 'step-done', why: done.at(-1) ?? 'everything that the sentence asks for is done' };
}

/** What an order of the sentence turned out to be about goes for those after it. */
function knownFrom(goal: Goal, goals: Goal[], current: number): Goal {
  const before = goals[current]!;
  before.parts.forEach(({ value }, index) => {
    const found = goal.parts[index]?.value.text;
    if (value.hints.includes(FOUND) && found !== undefined && found !== value.text)
      for (let later = current + 1; later < goals.length; later++) goals[later] = foundAs(goals[later]!, value.text, found);
  });
  return goal;
}

/** An order about several things becomes one for each, where each has a control of its own for it and they cannot be ticked together. */
function apart(memory: Memory, current: number, scene: Scene): Scene | undefined {
  if ([...memory.notes.values()].some((note) => note.goal === current && note.purpose !== 'look') || bulk(scene) || takeOut(scene))
    return undefined;
  const each = oneByOne(scene.goal, scene.observation, scene.past);
  if (!each) return undefined;
  memory.goals.splice(current, 1, ...each);
  return { ...scene, goal: each[0]!, next: each[1], later: [...each.slice(1), ...scene.later] };
}

function settle(
  move: Exclude<Move, { is: 'reached' }>,
  step: StepTask,
  goal: number,
  notes: Map<number, Note>,
  turns: readonly Turn[],
): Decision {
  if (move.is === 'act')
    notes.set(turns.length, {
      goal,
      purpose: move.purpose,
      ...(move.took ? { took: move.took } : {}),
      ...(move.action.kind === 'click' && move.candidate?.href ? { href: move.candidate.href } : {}),
    });
  if (step.tries && move.is === 'refused') return { kind: 'step-done', why: `it was refused: ${move.why}` };
  if (step.tries && move.is === 'stuck') return { kind: 'step-done', why: `it is not offered: ${move.why}` };
  return decisionOf(move);
}

/** Notes which of the sentence's things the page is about now. */
function remember({ observation, turns }: DecideInput, { goals, focus, met }: Memory): void {
  for (const text of metOn(observation, goals, turns)) met.add(text);
  for (const preference of goals.flatMap((goal) => preferenceIn(goal) ?? [])) if (isMet(preference, observation)) met.add(preference.said);
  for (const { value, role } of goals.flatMap((goal) => goal.parts)) {
    if (role === 'entity' && inFocus(observation, value.text, { turns, focused: new Set() })) focus.set(value.text, turns.length);
  }
}

/** "Sign out and continue": one control was called both. */
function isSaidBy(goal: Goal, last: Turn | undefined): boolean {
  return (
    goal.clause.values.length === 0 &&
    last?.outcome.ok === true &&
    last.action.kind === 'click' &&
    goal.clause.verb !== '' &&
    content(last.target?.name ?? '').length > 1 &&
    [goal.clause.verb, ...goal.clause.object].every((word) => content(last.target!.name).includes(word))
  );
}

/** Before the condition is met that the sentence names, nothing is looked for elsewhere. */
const patient = (scene: Scene, move: Move): Move =>
  move.is === 'stuck' || (move.is === 'act' && move.purpose === 'look') ? (holdOn(scene) ?? move) : move;

/** The target is told as the page has it, so that it can be recognised there again. */
function asSeen(decision: Extract<Decision, { kind: 'act' }>, observation: Observation): Decision {
  const { action } = decision;
  const candidate = 'target' in action ? observation.candidates.find((item) => item.id === action.target) : undefined;
  return candidate ? { ...decision, target: targetOf(candidate) } : decision;
}

function sceneOf({ observation, step, turns, earlier }: DecideInput, { goals, notes, home, base, focus }: Memory, current: number): Scene {
  const goal = goals[current]!;
  const noted = [...notes].filter(([index]) => index < turns.length);
  const begun = noted.filter(([, note]) => note.goal >= current).map(([index]) => index);
  const start = begun.length > 0 ? Math.min(...begun) : current === 0 ? 0 : Math.max(-1, ...noted.map(([index]) => index)) + 1;
  const own = turns.slice(start);
  const purposeOf = (turn: Turn, index: number): Purpose =>
    notes.get(start + index)?.purpose ?? (isForAnother(turn, goals, current) ? 'look' : guessed(turn, own[index - 1], goal));
  return {
    observation,
    step,
    goal,
    next: goals[current + 1],
    later: [...goals.slice(current + 1), ...saidNext(step)],
    turns: own,
    purposes: own.map(purposeOf),
    taken: takenBy(own, start, notes, goal),
    followed: new Set(own.flatMap((_, index) => notes.get(start + index)?.href ?? [])),
    before: turns.slice(0, start),
    earlier,
    lately: since([...earlier, ...turns], earlier.length + start - 1).flatMap((turn) => turn.added),
    home,
    base,
    past: { turns: own, focused: stillAbout(focus, turns, notes) },
  };
}

/** Turns from one on; ticks that follow each other are one choice. */
function since(turns: readonly Turn[], index: number): readonly Turn[] {
  let at = Math.max(0, index);
  while (at > 0 && turns[at]?.action.kind === 'check' && turns[at - 1]!.action.kind === 'check') at--;
  return turns.slice(at);
}

/** What the same person's next sentences ask for. */
function saidNext({ after, actor }: StepTask): Goal[] {
  const end = after.findIndex((sentence) => !sentence.startsWith(`${actor}: `));
  return after
    .slice(0, end < 0 ? 4 : Math.min(end, 4))
    .flatMap((sentence) => goalsOf({ template: sentence.slice(actor.length + 2), values: [], hasMailbox: false }));
}

/** What a control of the goal opens on the page of a thing is about that thing, though it may not say so. */
function stillAbout(focus: ReadonlyMap<string, number>, turns: readonly Turn[], notes: ReadonlyMap<number, Note>): Set<string> {
  const away = turns.findLastIndex(
    (turn, index) =>
      turn.outcome.ok &&
      ['look', 'press', 'mail', undefined].includes(notes.get(index)?.purpose) &&
      (turn.action.kind === 'click' || turn.action.kind === 'back' || turn.action.kind === 'mail' || turn.action.kind === 'goto'),
  );
  return new Set([...focus].filter(([, at]) => at > away).map(([text]) => text));
}

/** What a form took when it was sent; what others sent they sent complete. */
function takenBy(own: readonly Turn[], start: number, notes: ReadonlyMap<number, Note>, goal: Goal): Set<string> {
  const foreign = own.some((turn, index) => !notes.has(start + index) && guessed(turn, own[index - 1], goal) === 'submit');
  return new Set([
    ...own.flatMap((turn, index) => (turn.outcome.ok ? (notes.get(start + index)?.took ?? []) : [])),
    ...(foreign ? goal.parts.map((part) => part.value.text) : []),
  ]);
}

/** What another agent pressed for an earlier order of the sentence, and for that alone, is no attempt at this one. */
const isForAnother = ({ action, target, outcome }: Turn, goals: readonly Goal[], current: number): boolean =>
  action.kind === 'click' &&
  target !== undefined &&
  !outcome.requests.some((request) => request.changes && request.own) &&
  saysVerb(goals[current]!, target.name) === 0 &&
  goals.slice(0, current).some((goal) => saysVerb(goal, target.name) >= 0.85);

/** What a turn of another agent was most likely for. */
function guessed(turn: Turn, before: Turn | undefined, goal: Goal): Purpose {
  const isButton = turn.action.kind === 'click' && turn.target?.role === 'button';
  if (
    isButton &&
    before &&
    before.agent === turn.agent &&
    (['fill', 'select', 'check', 'upload'].includes(before.action.kind) || before.target?.role === 'option')
  )
    return 'submit';
  if (
    isButton &&
    goal.kind === 'do' &&
    turn.target?.dialog !== undefined &&
    turn.target.name.trim().toLowerCase() !== 'cancel' &&
    saysVerb(goal, turn.target.name) >= 0.75
  )
    return 'submit';
  switch (turn.action.kind) {
    case 'fill':
    case 'select':
    case 'check':
    case 'slide':
    case 'upload':
      return 'fill';
    case 'mail':
    case 'read-mail':
      return 'mail';
    case 'wait':
      return 'wait';
    case 'dialog':
      return 'confirm';
    case 'click':
    case 'press':
      return turn.outcome.requests.some((request) => request.changes && request.own)
        ? 'submit'
        : goal.kind === 'do' && turn.target?.role === 'button' && saysVerb(goal, turn.target.name) >= 0.75
          ? 'use'
          : 'look';
    default:
      return 'look';
  }
}

function pursue(scene: Scene): Move {
  const { goal } = scene;
  switch (goal.kind) {
    case 'press':
      return pursuePress(scene);
    case 'put':
      return pursuePut(scene);
    case 'choose':
      return pursueChoose(scene);
    case 'open':
      return pursueOpen(scene);
    case 'search':
      return pursueSearch(scene);
    case 'mail':
      return pursueMail(scene);
    case 'slide':
      return pursueSlide(scene);
    case 'upload':
    case 'do':
      return pursueDo(scene);
    case 'wait':
      return pursueWait(scene);
    case 'check':
      return pursueCheck(scene);
    case 'back':
    case 'reload':
      return once(scene, { kind: goal.kind });
    case 'scroll':
      return once(scene, { kind: 'scroll', direction: /\bup\b/i.test(goal.clause.text) ? 'up' : 'down' });
    case 'drag':
      return pursueDrag(scene);
    case 'hover':
      return hoverOver(scene);
  }
}

function hoverOver(scene: Scene): Move {
  const { goal, observation, turns } = scene;
  if (turns.some((turn) => turn.action.kind === 'hover' && turn.outcome.ok)) return { is: 'reached', why: `${goal.clause.text} is done` };
  const isNamed = (name: string): boolean =>
    name !== '' && goal.clause.phrases.some((phrase) => phrase.raw.toLowerCase() === name.toLowerCase());
  const named =
    observation.candidates.find((candidate) => goal.parts.some((part) => candidate.name === part.value.text)) ??
    observation.candidates.find(({ name }) => isNamed(name));
  return named ? act({ kind: 'hover', target: named.id }, 'press', goal.clause.text, named) : explore(scene);
}

const once = (scene: Scene, action: Parameters<typeof act>[0]): Move =>
  scene.turns.some((turn) => turn.action.kind === action.kind)
    ? { is: 'reached', why: `${scene.goal.clause.text} is done` }
    : act(action, 'press', `the sentence says so: ${scene.goal.clause.text}`);

/** Where an actor began is the application. */
function baseOf(bases: Map<string, string>, { step, observation }: DecideInput): string {
  const base = bases.get(step.actor) || originOf(observation.url);
  bases.set(step.actor, base);
  return base;
}

const originOf = (url: string): string => /^https?:\/\/[^/]+/i.exec(url)?.[0] ?? '';
