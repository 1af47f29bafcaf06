import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf, wordLikeness } from '../lexicon.ts';
import { content, literally, plain } from '../words.ts';
import { affordances } from './affordances.ts';
import { rowsNaming } from './entity.ts';
import { labelOf } from './field.ts';
import { type Goal, goalsOf, type Part } from './goal.ts';
import { formKey, gap, isClickable, reachable } from './layout.ts';
import { makes } from './makes.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { listed } from './several.ts';
import { commits } from './use.ts';
import { tell } from './value.ts';

/** A list whose rows are ticked, and what is done to all that is ticked. */
interface Selection {
  /** One box for each row. */
  boxes: Candidate[];
  controls: Control[];
  /** The boxes say themselves that they select. */
  selects: boolean;
}

/** A button, or an answer of a list beside the button that applies it. */
interface Control {
  candidate: Candidate;
  option?: string;
}

/** Rows are ticked and a control beside the list acts on those: all that the sentence names is ticked, and nothing else, before it is pressed. */
export function bulk(scene: Scene): Move | undefined {
  const { goal, purposes } = scene;
  if (goal.kind !== 'do' || makes(goal.clause) || purposes.includes('submit') || purposes.includes('confirm')) return undefined;
  const list = selectionIn(scene);
  const meant = list && rowsMeant(scene, list);
  if (!list || !meant || (list.controls.length === 0 && !list.selects)) return undefined;
  // One thing has a page of its own, or a menu: it is ticked only for a control that is there to see.
  if (list.controls.length === 0 && meant.boxes.length === 1 && meant.missing.length === 0 && meant.boxes[0]!.checked !== true)
    return undefined;
  if (meant.missing.length > 0)
    return {
      is: 'stuck',
      why: `${meant.missing.map(({ value }) => tell(value)).join(', ')} cannot be found in the list, and nothing is done to the rest of what the sentence names`,
    };
  const changed = scene.turns.find((turn) => turn.action.kind === 'check' && commits(turn));
  if (changed)
    return {
      is: 'stuck',
      why: `ticking “${changed.target?.row ?? changed.target?.name}” changed something by itself: what is ticked here is not only selected`,
    };
  const wrong = list.boxes.find((box) => (box.checked === true) !== meant.boxes.includes(box));
  if (wrong) {
    const on = wrong.checked !== true;
    if (
      scene.turns.some(
        (turn) => turn.action.kind === 'check' && turn.outcome.ok && turn.action.on === on && turn.target?.row === wrong.context.row,
      )
    )
      return { is: 'stuck', why: `${describe(wrong)} does not stay ${on ? 'ticked' : 'unticked'}` };
    return act(
      { kind: 'check', target: wrong.id, on },
      'fill',
      on ? `${describe(wrong)} is in a row that the sentence names` : `${describe(wrong)} is in a row that the sentence does not name`,
      wrong,
      0.85,
    );
  }
  return applied(
    scene,
    list.controls.filter(({ candidate }) => candidate.disabled !== true),
  );
}

function applied(scene: Scene, controls: readonly Control[]): Move {
  const { goal } = scene;
  const [first] = controls;
  if (!first)
    return {
      is: 'stuck',
      why: `all that the sentence names is ticked, and nothing was found that does it to what is ticked: ${goal.clause.text}`,
    };
  const names = new Set(controls.map(({ candidate, option }) => plain(option ?? candidate.name)));
  if (names.size > 1)
    return {
      is: 'torn',
      why: `to what is ticked it could be done with ${controls.map(({ candidate }) => describe(candidate)).join(' or ')}`,
      between: controls.map(({ candidate }) => candidate),
    };
  const took = goal.parts.map((part) => part.value.text);
  const { candidate, option } = first;
  if (option === undefined) return { ...click(candidate, 'submit', `${describe(candidate)} does it to all that is ticked`, 0.85), took };
  if (plain(candidate.value ?? '') !== plain(option))
    return act(
      { kind: 'select', target: candidate.id, option: { from: 'page', text: option } },
      'fill',
      `“${option}” is to be done to what is ticked`,
      candidate,
      0.85,
    );
  const buttons = reachable(scene.observation)
    .filter(
      (other) =>
        other.role === 'button' &&
        formKey(other) === formKey(candidate) &&
        other.context.row === undefined &&
        (APPLIES.test(other.name.trim()) || saysDeed(scene.goal, other.name)),
    )
    .sort((a, b) => gap(a, candidate) - gap(b, candidate));
  const [button] = buttons;
  if (!button)
    return scene.turns.at(-1)?.action.kind === 'select' && commits(scene.turns.at(-1)!)
      ? { is: 'reached', why: `“${option}” works by itself` }
      : { is: 'stuck', why: `nothing was found that applies “${option}” to what is ticked` };
  if (usedHere(scene, button)) return { is: 'stuck', why: `${describe(button)} was used, and nothing came of it` };
  return { ...click(button, 'submit', `${describe(button)} does it to all that is ticked`, 0.85), took };
}

const APPLIES = /^(?:go|apply|run|ok|submit|execute|do it|perform|update)\b/i;

/** Boxes that stand in rows, one in each, and what the page offers to do to the rows that are ticked. */
function selectionIn(scene: Scene): Selection | undefined {
  const usable = reachable(scene.observation);
  const inRows = usable.filter((candidate) => candidate.role === 'checkbox' && candidate.context.row !== undefined);
  const boxes = inRows.filter((box) => inRows.every((other) => other === box || other.context.row !== box.context.row));
  if (boxes.length === 0) return undefined;
  const all = usable.some(
    (candidate) =>
      candidate.role === 'checkbox' &&
      candidate.context.row === undefined &&
      /^(?:select|check|tick|toggle) all\b/i.test(labelOf(candidate)),
  );
  const selects = all || boxes.every((box) => /^select\b/i.test(labelOf(box)));
  const controls = scene.observation.candidates.flatMap((candidate): Control[] => {
    const { row, dialog } = candidate.context;
    // "Delete selected" in the last row of the table has no box beside it.
    if (
      (row !== undefined && (boxes.some((box) => box.context.row === row) || !/\b(?:selected|checked|ticked)\b/i.test(candidate.name))) ||
      dialog !== boxes[0]!.context.dialog ||
      candidate.href !== undefined
    )
      return [];
    if (candidate.options) {
      const options = candidate.options.filter((option) => doesTo(scene.goal, option));
      return options.length === 1 && isForTicked(scene, candidate, boxes) ? [{ candidate, option: options[0]! }] : [];
    }
    return isClickable(candidate) &&
      candidate.popup === undefined &&
      doesTo(scene.goal, candidate.name) &&
      isForTicked(scene, candidate, boxes)
      ? [{ candidate }]
      : [];
  });
  return { boxes, controls, selects };
}

/** What tells that a control is for the rows that are ticked, and not for the page as a whole. */
function isForTicked(scene: Scene, candidate: Candidate, boxes: readonly Candidate[]): boolean {
  const { group, landmark } = candidate.context;
  if (
    [candidate.name, group, landmark].some(
      (text) => text !== undefined && /\b(?:bulk|batch|selected|selection|checked|ticked)\b/i.test(text),
    )
  )
    return true;
  if (candidate.form !== undefined && boxes.every((box) => box.form === candidate.form)) return true;
  if (candidate.disabled === true) return boxes.every((box) => box.checked !== true);
  const ticked = scene.turns
    .filter((turn) => turn.action.kind === 'check')
    .flatMap((turn) => turn.added)
    .concat(scene.lately);
  return ticked.some((line) => line.includes(`"${candidate.name}"`));
}

/** Words that say of what it is done, and nothing else. */
const THESE = /^(?:select|selection|check|tick|item|row|entr|entri|record|mark|set|make|mak|move|mov|chang|thing|status|it|them)$/;

const isDeed = (goal: Goal, word: string): boolean =>
  goal.deeds.includes(word) || [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning));

/** "Move", where the list beside it says where to. */
const saysDeed = (goal: Goal, name: string): boolean =>
  content(name).some((word) => isDeed(goal, word)) && content(name).every((word) => isDeed(goal, word) || THESE.test(word));

/** Does this say what the sentence asks for, and no more: "Archive selected tasks", "Mark as read"? */
function doesTo(goal: Goal, name: string): boolean {
  if (literally(name).some((word) => /^(?:all|every|everyth|not|no|never|except)$/.test(word))) return false;
  const words = content(name).filter((word) => !/^\d+$/.test(word));
  const states = goal.parts
    .filter(({ role, value }) => role === 'typed' && /^(?:to|as|into|in)$/.test(value.prep) && value.kind === 'text')
    .map(({ value }) => content(value.text));
  const isState = (word: string): boolean => states.some((state) => state.includes(word));
  const about = [...goal.clause.object, ...goal.parts.flatMap(({ value }) => value.hints)];
  if (words.length === 0 || !states.every((state) => state.every((word) => words.includes(word)))) return false;
  if (states.length === 0 && !words.some((word) => isDeed(goal, word))) return false;
  return words.every(
    (word) => isState(word) || isDeed(goal, word) || THESE.test(word) || about.some((noun) => wordLikeness(noun, word) >= 0.8),
  );
}

interface Meant {
  boxes: Candidate[];
  missing: Part[];
}

/** The boxes of the rows that the sentence is about; undefined when it is about something else, or when that cannot be told. */
function rowsMeant(scene: Scene, { boxes }: Selection): Meant | undefined {
  const { goal, observation } = scene;
  const several = listed(goal);
  const entities = goal.parts.filter(({ role, value }) => role === 'entity' && value.kind === 'text');
  const things = several.length > 0 ? several : entities.length === 1 && entities[0]!.value.prep === '' && !goal.clause.all ? entities : [];
  if (things.length === 0) return tickedBefore(scene, boxes) ?? allMeant(goal, observation, boxes);
  const found = things.map((thing) => {
    const rows = rowsNaming(observation, thing.value.text);
    return { thing, own: boxes.filter((box) => rows.includes(box.context.row!)) };
  });
  if (found.every(({ own }) => own.length === 0) || found.some(({ own }) => own.length > 1)) return undefined;
  if (entities.some((other) => !things.includes(other))) return undefined;
  // What a row can do itself, it does for one thing.
  if (
    things.length === 1 &&
    affordances(goal, observation, scene.past).some(({ candidate }) => candidate.context.row === found[0]!.own[0]!.context.row)
  )
    return undefined;
  return { boxes: found.flatMap(({ own }) => own), missing: found.filter(({ own }) => own.length === 0).map(({ thing }) => thing) };
}

/** "Tick A and B and set their status to …": those that an earlier order of the sentence names, and that are ticked. */
function tickedBefore({ goal, observation, step }: Scene, boxes: readonly Candidate[]): Meant | undefined {
  const ticked = boxes.filter((box) => box.checked === true);
  if (ticked.length === 0 || !/\b(?:them|their|these|both)\b/i.test(goal.clause.text) || goal.parts.some(({ role }) => role === 'entity'))
    return undefined;
  const rows = goalsOf(step)
    .filter(({ kind }) => kind === 'choose')
    .flatMap(({ parts }) => parts)
    .map(({ value }) => rowsNaming(observation, value.text));
  const named = boxes.filter((box) => rows.some((own) => own.includes(box.context.row!)));
  return named.length === rows.length && named.every((box) => ticked.includes(box)) ? { boxes: named, missing: [] } : undefined;
}

/** "All unread messages": every row of the list that is called so, where all of it is in sight. */
function allMeant(goal: Goal, observation: Observation, boxes: readonly Candidate[]): Meant | undefined {
  if (!goal.clause.all || goal.clause.object.length === 0 || goal.parts.some(({ role }) => role === 'entity')) return undefined;
  const titles = [observation.title, boxes[0]!.context.heading ?? ''].flatMap((title) => content(title));
  const kind = goal.clause.object.at(-1)!;
  if (!titles.some((word) => wordLikeness(kind, word) >= 0.8)) return undefined;
  const goesOn =
    observation.repeats.some((repeat) => repeat.shown < repeat.count) ||
    observation.cut.length > 0 ||
    observation.candidates.some(
      (candidate) =>
        /^(?:next|older|more|load more|show more|›|»|>|→|(?:page )?[2-9])(?: page)?$/i.test(candidate.name.trim()) && !candidate.disabled,
    );
  if (goesOn || goal.clause.negated.length > 0) return undefined;
  const which = goal.clause.object.slice(0, -1);
  const own = boxes.filter((box) => which.every((word) => content(box.context.row!).includes(word)));
  return own.length > 0 ? { boxes: own, missing: [] } : undefined;
}
