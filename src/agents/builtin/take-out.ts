import type { Turn } from '../../core/decision.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { content, plain, stem } from '../words.ts';
import { inFocus } from './entity.ts';
import { labelOf } from './field.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { withoutQuotations } from './quotes.ts';
import { listed } from './several.ts';
import { tell } from './value.ts';
import { commits } from './use.ts';

/** "Remove the tag "urgent"", "take it off the list": each of what is named goes by the control on it, and what they are part of is saved where it does not save itself. */
export function takeOut(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  const things = taken(goal);
  if (things.length === 0 || scene.purposes.some((purpose) => purpose === 'submit' || purpose === 'confirm')) return undefined;
  const gone = scene.turns.filter(
    (turn) =>
      turn.outcome.ok &&
      turn.action.kind === 'click' &&
      things.some((thing) => takesOut(turn.target?.name ?? '', turn.target?.row, thing, goal)),
  );
  const last = gone.at(-1);
  // What is asked now, in whatever way, is answered first.
  if (
    last &&
    (last.outcome.navigated || last.added.some((line) => /\bbutton\b.*"(?:(?:yes|confirm|ok|continue)\b|(?:delete|remove)")/i.test(line)))
  )
    return undefined;
  if (observation.nativeDialog || (last && observation.dialog !== undefined && observation.dialog !== last.target?.dialog))
    return undefined;
  const more = next(scene, things, gone);
  if (more || !last || commits(last)) return more;
  const left = reachable(observation).some(
    ({ role, name, context }) =>
      role === last.target?.role &&
      name === last.target.name &&
      context.row === last.target.row &&
      context.group === last.target.group &&
      context.heading === last.target.heading,
  );
  if (left)
    return scene.purposes.at(-1) === 'wait'
      ? { is: 'stuck', why: `“${last.target?.name}” was used, and it is still there` }
      : act({ kind: 'wait' }, 'wait', 'it has been taken out, and is still there');
  return saved(scene, last);
}

function next(scene: Scene, things: readonly Part[], gone: readonly Turn[]): Move | undefined {
  const { goal, observation } = scene;
  const owners = goal.parts.filter((part) => part.role === 'entity' && part.value.certain && !things.includes(part));
  if (owners.some(({ value }) => !inFocus(observation, value.text, scene.past))) return undefined;
  const open = things.filter((thing) => !gone.some(({ target }) => takesOut(target?.name ?? '', target?.row, thing, goal)));
  if (open.length === 0) return undefined;
  const found = open.map((thing) => {
    const all = reachable(observation).filter(
      (candidate) => isClickable(candidate) && candidate.href === undefined && takesOut(candidate.name, candidate.context.row, thing, goal),
    );
    const called = all.filter(({ name, context }) =>
      content([name, context.group, context.heading].filter(Boolean).join(' ')).some((word) => goal.clause.object.includes(word)),
    );
    return called.length === 1 ? called : all;
  });
  const none = open.filter((_, index) => found[index]!.length === 0);
  const chosen = open.flatMap((thing) =>
    reachable(observation)
      .filter(
        (list) =>
          list.role === 'listbox' && list.options?.some((option) => plain(option) === plain(thing.value.text)) && isPlace(goal, list),
      )
      .map((list) => ({ thing, list })),
  )[0];
  if (none.length > 0 && chosen)
    return {
      is: 'stuck',
      why: `${tell(chosen.thing.value)} is an answer of ${describe(chosen.list)}, and an answer cannot be taken out of such a list`,
    };
  if (none.length > 0 && (gone.length > 0 || none.length < open.length))
    return { is: 'stuck', why: `${none.map(({ value }) => tell(value)).join(', ')} cannot be found beside the rest of what is to go` };
  const [first] = found;
  return none.length === 0 && first?.length === 1 ? click(first[0]!, 'use', `${describe(first[0]!)} takes it out`, 0.85) : undefined;
}

/** What the sentence wants gone from somewhere. */
function taken(goal: Goal): Part[] {
  const { clause, parts, kind } = goal;
  const said = withoutQuotations(clause.text);
  if (kind !== 'do' || !(clause.meanings.has('delete') || (clause.verb === stem('take') && /\b(?:out of|off)\b/i.test(said)))) return [];
  const several = listed(goal);
  const direct = parts.filter(({ role, value }) => role === 'entity' && value.prep === '' && value.kind === 'text');
  return several.length > 0 ? several : direct.length === 1 ? direct : [];
}

const SIGN = /^[×✕✖✗⨯x]$/i;

/** A sign on the thing itself, or a control that says to remove it by its name and nothing more: "×" on "urgent", "Remove urgent", "Remove tag urgent". */
function takesOut(name: string, row: string | undefined, { value }: Part, goal: Goal): boolean {
  if (SIGN.test(name.trim())) return row !== undefined && plain(row.replace(/\s*[×✕✖✗⨯]$/, '')) === plain(value.text);
  const rest = plain(name).split(plain(value.text));
  if (rest.length !== 2) return false;
  const words = rest.flatMap((piece) => piece.split(/[^\p{L}\p{N}×✕✖✗⨯]+/u)).filter(Boolean);
  return (
    words.some((word) => verbsOf(stem(word)).has('delete') || SIGN.test(word)) &&
    words.every(
      (word) =>
        verbsOf(stem(word)).has('delete') || SIGN.test(word) || /^(?:the|from|item)$/.test(word) || goal.clause.object.includes(stem(word)),
    )
  );
}

/** The list is called what the sentence takes it out of, or what kind of thing it is. */
const isPlace = (goal: Goal, list: Candidate): boolean => {
  const words = [...goal.clause.object, ...goal.clause.phrases.flatMap((phrase) => phrase.words)];
  return content(labelOf(list)).some((word) => words.includes(word));
};

/** It is gone from the form and not from what is stored, until the form is saved; who goes on with the same form saves it then. */
function saved(scene: Scene, last: Turn): Move {
  const [later] = scene.later;
  const goesOn =
    later !== undefined &&
    (/^(?:press|put|choose|slide|upload)$/.test(later.kind) ||
      (later.kind === 'do' && ['delete', 'update', 'create', 'save'].some((meaning) => later.clause.meanings.has(meaning))));
  const gone: Move = { is: 'reached', why: `“${last.target?.name}” took it out` };
  if (goesOn) return gone;
  const saves = reachable(scene.observation).filter(
    (candidate) =>
      candidate.role === 'button' &&
      candidate.context.row === undefined &&
      candidate.context.dialog === last.target?.dialog &&
      /^(?:save|update|apply)\b/i.test(candidate.name.trim()),
  );
  const [only, more] = saves;
  return only && !more
    ? {
        ...click(only, 'submit', `${describe(only)} keeps what was taken out`, 0.75),
        took: scene.goal.parts.map(({ value }) => value.text),
      }
    : gone;
}
