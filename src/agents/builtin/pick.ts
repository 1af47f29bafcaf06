import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { content } from '../words.ts';
import { uncover } from './blocker.ts';
import { pickDay } from './calendar.ts';
import { choicesIn, choose, type Pick } from './choice.ts';
import { isConsumed } from './consumed.ts';
import { rowsNaming } from './entity.ts';
import { explore } from './explore.ts';
import { extremeOf } from './extreme.ts';
import { holds, isCalled, isTextField, labelOf, says } from './field.ts';
import { formsFor } from './form.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { optionFit } from './option.ts';
import { inReadingOrder, saysLiterally } from './rank.ts';
import { tell, type Value } from './value.ts';

/** What is still to be chosen, and where. */
interface Choosing {
  scene: Scene;
  /** The goal without the words that only say in which row. */
  goal: Goal;
  open: readonly Part[];
  /** Controls of the row that the sentence names, or of the page. */
  usable: readonly Candidate[];
  /** It is unticked. */
  off: boolean;
}

const CHOSEN: Move = { is: 'reached', why: 'all that the sentence lists is chosen' };

/** Ticks, picks and selects what the sentence lists. */
export function pursueChoose(scene: Scene): Move {
  const { observation } = scene;
  const row = rowMeant(scene);
  if (row?.rows.length === 0) return explore(scene);
  const goal = { ...scene.goal, parts: scene.goal.parts.filter((part) => part !== row?.part && !isRowWord(part)) };
  if (goal.parts.length === 0 || (goal.parts.length === 1 && /^(?:nothing|none)$/i.test(goal.parts[0]!.value.text)))
    return ordinalChoice(scene) ?? { is: 'reached', why: 'nothing is to be chosen' };
  const special = pickDay(scene) ?? ordinalChoice(scene) ?? extremeChoice(scene);
  if (special) return special;
  const open = goal.parts.filter((part) => isOpen(scene, part));
  if (open.length === 0) return CHOSEN;
  const isInRow = ({ context }: Candidate): boolean => !row || (context.row !== undefined && row.rows.includes(context.row));
  const choosing: Choosing = { scene, goal, open, usable: reachable(observation).filter(isInRow), off: goal.clause.verb === 'uncheck' };
  return tickRows(choosing) ?? listed(choosing) ?? pickAnswers(choosing) ?? chooseRest(choosing, row !== undefined);
}

const isOpen = (scene: Scene, part: Part): boolean =>
  !isChosen(scene, part) &&
  !(part.value.kind === 'date' && isConsumed(scene, part)) &&
  !scene.observation.candidates.some((candidate) => candidate.value !== undefined && holds(candidate, part.value));

/** The box in the row of what the sentence names. */
function tickRows({ scene: { observation }, open, usable, off }: Choosing): Move | undefined {
  const boxes = open.flatMap((part) => {
    const rows = part.value.kind === 'text' ? rowsNaming(observation, part.value.text) : [];
    const its = usable.filter(({ role, context }) => role === 'checkbox' && context.row !== undefined && rows.includes(context.row));
    return its.length === 1 ? [{ candidate: its[0]!, part }] : [];
  });
  const tick = boxes.find(({ candidate }) => candidate.checked !== !off);
  if (!tick) return open.every((part) => boxes.some((box) => box.part === part)) ? CHOSEN : undefined;
  const { candidate, part } = tick;
  const why = `${describe(candidate)} is in the row of ${tell(part.value)}`;
  return act({ kind: 'check', target: candidate.id, on: !off }, 'fill', why, candidate, 0.85);
}

/** A list that was just opened offers it. */
function listed({ scene, open, usable }: Choosing): Move | undefined {
  if (scene.turns.at(-1)?.action.kind !== 'click') return undefined;
  const option = usable.find(
    ({ role, selected, name }) => role === 'option' && selected !== true && open.some((part) => optionFit(part.value, name) >= 0.95),
  );
  return option && click(option, 'fill', `${describe(option)} is what the list offers for it`, 0.85);
}

function pickAnswers(choosing: Choosing): Move | undefined {
  const { scene, open, off } = choosing;
  const picks = answers(choosing);
  for (const { candidate, part, action, why } of picks) {
    if (off && candidate.options) {
      if (action) continue;
      const what = part ? tell(part.value) : 'it';
      return { is: 'stuck', why: `${what} is chosen in ${describe(candidate)}, and an answer cannot be taken out of such a list` };
    }
    if (!action && !off) continue;
    if (candidate.coveredBy !== undefined) return uncover(scene, candidate);
    const turn = off && candidate.checked !== undefined ? ({ kind: 'check', target: candidate.id, on: false } as const) : action;
    if (turn && !(off && candidate.checked === false)) return act(turn, 'fill', why, candidate, 0.8);
  }
  return picks.length === open.length ? CHOSEN : undefined;
}

const answers = ({ goal, open, usable }: Choosing): Pick[] =>
  choose(goal, open, choicesIn(usable)).filter((pick) => pick.part !== undefined);

/** What no answer on the page is called: typed into a list that takes text, pressed by its name, or looked for elsewhere. */
function chooseRest(choosing: Choosing, isRowSaid: boolean): Move {
  const { scene, goal, open, usable, off } = choosing;
  const picks = answers(choosing);
  const { value } = open.find((part) => !picks.some((pick) => pick.part === part))!;
  const field = usable.find((candidate) => takesTyped(goal, value, candidate));
  if (field) {
    const why = `${tell(value)} is chosen in ${describe(field)}`;
    return act({ kind: 'select', target: field.id, option: value.ref }, 'fill', why, field, 0.6);
  }
  const named = pressNamed(goal, value, usable);
  if (named) return named;
  const [form] = isRowSaid ? [] : formsFor(goal, open, scene.observation, scene.past);
  const unfilled = form?.unfilled[0];
  const isTyped = unfilled?.action.kind === 'fill' && (isTicking(goal) || goal.clause.object.includes('row'));
  return unfilled && !off && !isTyped ? act(unfilled.action, 'fill', unfilled.why, unfilled.candidate, 0.6) : explore(scene);
}

/** A list that takes text. What is ticked is a box: its name is not typed into one. */
const takesTyped = ({ clause }: Goal, { kind, place }: Value, candidate: Candidate): boolean =>
  !/^(?:un)?(?:tick|check)$/.test(clause.verb) &&
  isTextField(candidate) &&
  candidate.role === 'combobox' &&
  (!/^(?:date|time)$/.test(kind) || says(content(labelOf(candidate)), `n:${kind}`)) &&
  (place === undefined || isCalled(labelOf(candidate), place));

function pressNamed(goal: Goal, value: Value, usable: readonly Candidate[]): Move | undefined {
  const named = usable
    .filter((candidate) => mayBeChosen(goal, value, candidate))
    .map((candidate) => ({ candidate, fit: optionFit(value, candidate.name) }))
    .filter(({ fit }) => fit >= 0.7)
    .sort((a, b) => b.fit - a.fit);
  const [best, next] = named;
  if (!best) return undefined;
  if (best.fit > (next?.fit ?? 0)) return click(best.candidate, 'fill', `${describe(best.candidate)} is ${tell(value)}`, best.fit);
  const between = named.map(({ candidate }) => candidate);
  const both = between.slice(0, 2).map(describe).join(' or ');
  return { is: 'torn', why: `${tell(value)} could be ${both}`, between: between.slice(0, 4) };
}

const isTicking = (goal: Goal): boolean => /^(?:tick|check|uncheck)$/.test(goal.clause.verb);

const TICKED = new Set(['checkbox', 'switch', 'radio', 'option', 'menuitemcheckbox', 'menuitemradio']);

/** What is ticked tells whether it is on, and no button that does something is; what is quoted is called so, and not merely alike. */
function mayBeChosen(goal: Goal, value: Value, candidate: Candidate): boolean {
  const turned = candidate.checked ?? candidate.pressed ?? candidate.selected;
  if (!isClickable(candidate) || (isTicking(goal) && !TICKED.has(candidate.role) && turned === undefined)) return false;
  if (goal.clause.verb === 'uncheck' && turned !== true) return false;
  return !value.certain || saysLiterally(value.text, candidate.name) || (!isTicking(goal) && optionFit(value, candidate.name) >= 0.95);
}

/** "Select the rows of …": what kind of thing they are, and no name. */
const isRowWord = ({ value }: Part): boolean => !value.certain && /^(?:rows?|lines?|entries|items)$/i.test(value.text);

/** "… in the row of "Dana"": the part that says which row, and the rows of that name. */
export function rowMeant({ goal, observation }: Scene): { part: Part; rows: string[] } | undefined {
  const lead = goal.clause.phrases.find((phrase) => phrase.lead === 'row' && phrase.values.length > 0);
  const part = lead && goal.parts.find((item) => item.value.certain && lead.values.some((value) => value.at === item.value.at));
  // "Select the rows of A and B": they are what is ticked.
  if (lead && goal.parts.every((item) => !item.value.certain || lead.values.some((value) => value.at === item.value.at))) return undefined;
  return part && goal.parts.length > 1 ? { part, rows: rowsNaming(observation, part.value.text) } : undefined;
}

/** Already clicked for this part, where nothing on the page tells that it is chosen. */
function isChosen(scene: Scene, part: Part): boolean {
  return scene.turns.some(
    (turn, index) =>
      scene.purposes[index] === 'fill' &&
      turn.outcome.ok &&
      turn.target !== undefined &&
      (turn.action.kind === 'click' || turn.action.kind === 'select') &&
      optionFit(
        part.value,
        turn.action.kind === 'select' && turn.action.option.from !== 'secret' && turn.action.option.from !== 'var'
          ? turn.action.option.text
          : turn.target.name,
      ) >= 0.7,
  );
}

/** "The cheapest plan": the answer with the least of it, and no button that only speaks of plans. */
function extremeChoice({ goal, observation }: Scene): Move | undefined {
  const answers = reachable(observation).filter((candidate) => ['checkbox', 'radio', 'option'].includes(candidate.role));
  if (!goal.clause.extreme || answers.length === 0 || goal.parts.some(({ value }) => value.certain)) return undefined;
  const best = extremeOf(goal, observation, answers);
  if (!best) return { is: 'stuck', why: `what the answers say does not tell which one is meant: ${goal.clause.text}` };
  return (best.checked ?? best.selected) === true
    ? { is: 'reached', why: `${describe(best)} is chosen` }
    : best.role === 'option'
      ? click(best, 'fill', `${describe(best)} is that`, 0.8)
      : act({ kind: 'check', target: best.id, on: true }, 'fill', `${describe(best)} is that`, best, 0.8);
}

function ordinalChoice(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  if (goal.clause.ordinal === undefined) return undefined;
  const roles = goal.clause.phrases.flatMap((phrase) => phrase.words);
  const role = roles.includes('radio') ? 'radio' : roles.includes('checkbox') ? 'checkbox' : undefined;
  const listed = inReadingOrder(
    reachable(observation).filter((candidate) =>
      role ? candidate.role === role : ['checkbox', 'radio', 'option'].includes(candidate.role),
    ),
  );
  const candidate = goal.clause.ordinal < 0 ? listed.at(-1) : listed[goal.clause.ordinal - 1];
  if (!candidate) return undefined;
  const on = goal.clause.verb !== 'uncheck';
  return candidate.checked === on
    ? { is: 'reached', why: `${describe(candidate)} is ${on ? 'on' : 'off'}` }
    : act({ kind: 'check', target: candidate.id, on }, 'fill', `it is number ${goal.clause.ordinal}`, candidate);
}
