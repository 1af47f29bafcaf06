import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { content } from '../words.ts';
import { uncover } from './blocker.ts';
import { pickDay } from './calendar.ts';
import { choicesIn, choose } from './choice.ts';
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

/** Ticks, picks and selects what the sentence lists. */
export function pursueChoose(scene: Scene): Move {
  const { observation } = scene;
  const row = rowMeant(scene);
  if (row?.rows.length === 0) return explore(scene);
  const goal = { ...scene.goal, parts: scene.goal.parts.filter((part) => part !== row?.part && !isRowWord(part)) };
  if (goal.parts.length === 0 || (goal.parts.length === 1 && /^(?:nothing|none)$/i.test(goal.parts[0]!.value.text)))
    return ordinalChoice(scene) ?? { is: 'reached', why: 'nothing is to be chosen' };
  const day = pickDay(scene);
  if (day) return day;
  const ordinal = ordinalChoice(scene);
  if (ordinal) return ordinal;
  const extreme = extremeChoice(scene);
  if (extreme) return extreme;
  const open = goal.parts.filter(
    (part) =>
      !isChosen(scene, part) &&
      !(part.value.kind === 'date' && isConsumed(scene, part)) &&
      !observation.candidates.some((candidate) => candidate.value !== undefined && holds(candidate, part.value)),
  );
  if (open.length === 0) return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const usable = reachable(observation).filter(
    (candidate) => !row || (candidate.context.row !== undefined && row.rows.includes(candidate.context.row)),
  );
  const off = goal.clause.verb === 'uncheck';
  const inRow = open.flatMap((part) =>
    usable
      .filter(
        (candidate) =>
          candidate.role === 'checkbox' &&
          candidate.context.row !== undefined &&
          part.value.kind === 'text' &&
          rowsNaming(observation, part.value.text).includes(candidate.context.row),
      )
      .slice(0, 2)
      .map((candidate, _, all) => ({ candidate, part, only: all.length === 1 })),
  );
  const tick = inRow.find(({ candidate, only }) => only && candidate.checked !== !off);
  if (tick)
    return act(
      { kind: 'check', target: tick.candidate.id, on: !off },
      'fill',
      `${describe(tick.candidate)} is in the row of ${tell(tick.part.value)}`,
      tick.candidate,
      0.85,
    );
  if (open.length > 0 && open.every((part) => inRow.some((tick) => tick.part === part && tick.only)))
    return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const listed =
    scene.turns.at(-1)?.action.kind === 'click' &&
    usable.find(
      (candidate) =>
        candidate.role === 'option' && candidate.selected !== true && open.some((part) => optionFit(part.value, candidate.name) >= 0.95),
    );
  if (listed) return click(listed, 'fill', `${describe(listed)} is what the list offers for it`, 0.85);
  const picks = choose(goal, open, choicesIn(usable)).filter((pick) => pick.part !== undefined);
  for (const pick of picks) {
    if (!pick.action && !off) continue;
    if (off && pick.candidate.options) {
      if (pick.action) continue;
      return {
        is: 'stuck',
        why: `${pick.part ? tell(pick.part.value) : 'it'} is chosen in ${describe(pick.candidate)}, and an answer cannot be taken out of such a list`,
      };
    }
    if (pick.candidate.coveredBy !== undefined) return uncover(scene, pick.candidate);
    const action =
      off && pick.candidate.checked !== undefined ? ({ kind: 'check', target: pick.candidate.id, on: false } as const) : pick.action;
    if (!action || (off && pick.candidate.checked === false)) continue;
    return act(action, 'fill', pick.why, pick.candidate, 0.8);
  }
  if (picks.length === open.length) return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const rest = open.find((part) => !picks.some((pick) => pick.part === part))!;
  // What is ticked is a box: its name is not typed into a list.
  const ticks = /^(?:un)?(?:tick|check)$/.test(goal.clause.verb);
  const field = usable.find(
    (candidate) =>
      !ticks &&
      isTextField(candidate) &&
      candidate.role === 'combobox' &&
      (!/^(?:date|time)$/.test(rest.value.kind) || says(content(labelOf(candidate)), `n:${rest.value.kind}`)) &&
      (rest.value.place === undefined || isCalled(labelOf(candidate), rest.value.place)),
  );
  if (field)
    return act(
      { kind: 'select', target: field.id, option: rest.value.ref },
      'fill',
      `${tell(rest.value)} is chosen in ${describe(field)}`,
      field,
      0.6,
    );
  const named = usable
    .map((candidate) => ({ candidate, fit: mayBeChosen(goal, rest.value, candidate) ? optionFit(rest.value, candidate.name) : 0 }))
    .filter(({ fit }) => fit >= 0.7)
    .sort((a, b) => b.fit - a.fit);
  if (named[0] && named[0].fit > (named[1]?.fit ?? 0))
    return click(named[0].candidate, 'fill', `${describe(named[0].candidate)} is ${tell(rest.value)}`, named[0].fit);
  if (named[0])
    return {
      is: 'torn',
      why: `${tell(rest.value)} could be ${named
        .slice(0, 2)
        .map(({ candidate }) => describe(candidate))
        .join(' or ')}`,
      between: named.map(({ candidate }) => candidate).slice(0, 4),
    };
  const [form] = row ? [] : formsFor(goal, open, observation, scene.past);
  const unfilled = form?.unfilled[0];
  if (unfilled && !off && !((isTicking(goal) || goal.clause.object.includes('row')) && unfilled.action.kind === 'fill'))
    return act(unfilled.action, 'fill', unfilled.why, unfilled.candidate, 0.6);
  return explore(scene);
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
