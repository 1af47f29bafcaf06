import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { explore } from './explore.ts';
import { extremeOf } from './extreme.ts';
import { inReadingOrder, decisive, pressTargets, type Ranked } from './rank.ts';
import { reachable } from './layout.ts';
import { act, click, lastFor, type Move, type Scene } from './move.ts';
import { isNeutralSubmit, isStepOn } from './submit.ts';

/** Uses the one control that the sentence names. */
export function pursuePress(scene: Scene): Move {
  const { goal, observation, turns } = scene;
  const pressed = lastFor(scene, 'press');
  if (pressed?.outcome.ok) {
    const inside = openedInside(scene, pressed.target?.name ?? '');
    return inside ?? { is: 'reached', why: `${pressed.target ? `“${pressed.target.name}”` : 'it'} was pressed` };
  }
  if (observation.nativeDialog) {
    const accept = !/cancel|dismiss|no\b/i.test(goal.clause.text);
    return act({ kind: 'dialog', accept }, 'press', `the dialog asks: ${observation.nativeDialog.message}`);
  }
  const field = focusTarget(scene);
  if (field) return click(field, 'press', `${describe(field)} is the one that is named`);
  if (goal.clause.extreme) {
    const found = extremeOf(goal, observation);
    if (found)
      return found.coveredBy === undefined
        ? click(found, 'press', `${describe(found)} is the ${goal.clause.extreme.most ? 'most' : 'least'} of its kind`)
        : uncover(scene, found);
  }
  const { ranked, wanted, beyond } = pressTargets(goal, observation, offsetOf(scene));
  const choice = decisive(ranked) ?? decisive(byFunction(scene));
  if (choice && 'between' in choice) return unclear(scene, choice.between, wanted);
  if (choice) {
    if (choice.candidate.coveredBy !== undefined) return uncover(scene, choice.candidate);
    const checkable = choice.candidate.role === 'checkbox' || choice.candidate.role === 'switch' || choice.candidate.role === 'radio';
    if (checkable && goal.clause.verb !== 'click' && choice.candidate.checked === true && goal.clause.verb !== 'toggl')
      return { is: 'reached', why: `${describe(choice.candidate)} is on already` };
    return click(choice.candidate, 'press', `${describe(choice.candidate)} is what “${wanted}” names`, choice.score);
  }
  if (beyond !== undefined) {
    const next = reachable(observation).find(
      (candidate) =>
        /^(?:next(?: page)?|>|›|»)$/i.test(candidate.name.trim()) &&
        !turns.some((turn) => turn.digest === observation.digest && turn.target?.name === candidate.name),
    );
    if (next) return click(next, 'look', `the list goes on after ${beyond}`, 0.6);
  }
  const more = opened(scene);
  if (more) return more;
  return explore(scene);
}

/** What was pressed only had the name among others, and now the very thing is there: it was folded in it. */
function openedInside(scene: Scene, pressed: string): Move | undefined {
  const { ranked } = pressTargets(scene.goal, scene.observation);
  const [best] = ranked;
  if (!best || best.score < 0.95 || plain(pressed) === plain(best.candidate.name)) return undefined;
  const before = scene.turns.filter((_, index) => scene.purposes[index] === 'press').length;
  return before > 3 ? undefined : click(best.candidate, 'press', `${describe(best.candidate)} has come into sight`, best.score);
}

/** "Focus into the 2nd textbox", "click the first checkbox": told by kind and place alone. */
function focusTarget({ goal, observation }: Scene): Candidate | undefined {
  if (goal.clause.verb !== 'focus' || goal.clause.ordinal !== undefined) return undefined;
  const fields = inReadingOrder(
    reachable(observation).filter((candidate) => candidate.role === 'textbox' || candidate.role === 'searchbox'),
  );
  return fields.length === 1 ? fields[0] : undefined;
}

/** "press login" where the button says OK: the one control that sends the form. */
function byFunction({ goal, observation, next }: Scene): Ranked[] {
  // What is quoted is a name, and no other control has it.
  if (goal.clause.values.some((value) => value.certain)) return [];
  const words = content(goal.clause.phrases.map((phrase) => phrase.raw).join(' '));
  const sends =
    words.length === 0 ||
    words.every((word) =>
      ['submit', 'signin', 'save', 'search', 'go', 'send', 'confirm', 'ok', 'next', 'continu', 'done', 'button'].includes(word),
    );
  if (!sends || (goal.clause.values.some((value) => value.certain) && next)) return [];
  const usable = reachable(observation).filter(
    (candidate) =>
      candidate.name !== '' &&
      (candidate.role === 'button' || candidate.role === 'generic') &&
      (isNeutralSubmit(candidate.name) || isStepOn(candidate.name) || /^search|^sign|^log/i.test(candidate.name)),
  );
  return usable.map((candidate) => ({ candidate, score: candidate.role === 'button' ? 0.7 : 0.65 }));
}

/** Opens what is folded on this page before it looks elsewhere. */
function opened(scene: Scene): Move | undefined {
  const folded = reachable(scene.observation).filter(
    (candidate) =>
      candidate.expanded === false &&
      !scene.turns.some(
        (turn) => turn.target?.name === candidate.name && turn.target.role === candidate.role && turn.target.row === candidate.context.row,
      ),
  );
  const first = inReadingOrder(folded)[0];
  return first && click(first, 'look', `what is wanted may be in ${describe(first)}`, 0.5);
}

/** Same name, same kind, same page: the first one is as good as the others only when they lead to the same place. */
function unclear(scene: Scene, between: Candidate[], wanted: string): Move {
  const marked = between.filter((candidate) => plain(candidate.name) === plain(wanted));
  const pool = marked.length > 0 ? marked : between;
  return {
    is: 'torn',
    why: `“${wanted}” could be any of ${pool.length}: ${pool
      .slice(0, 3)
      .map((candidate) => describe(candidate))
      .join(' or ')}${scene.goal.clause.ordinal ? '' : '; say which'}`,
    between: pool,
  };
}

/** How many of a list were on the pages before this one. */
const offsetOf = (scene: Scene): number =>
  scene.turns.filter((turn, index) => scene.purposes[index] === 'look' && /^(?:next(?: page)?|>|›|»)$/i.test(turn.target?.name ?? ''))
    .length * pageSize(scene);

const pageSize = (scene: Scene): number =>
  Math.max(0, pressTargets({ ...scene.goal, clause: { ...scene.goal.clause, ordinal: 10_000 } }, scene.observation).beyond ?? 0);
