import type { Candidate, Observation } from '../../core/observation.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { content, plain } from '../words.ts';
import { isBar } from './bar.ts';
import type { Goal } from './goal.ts';
import { reachable } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';

/** "Delete Masking tape", in no quotes and on no row of this page: it may be further on in the list. */
export function leafOn({ goal, observation, turns }: Scene): Move | undefined {
  if (goal.clause.meanings.has('create') && !goal.parts.some(({ value }) => value.kind === 'number')) return undefined;
  const rows = new Set(observation.candidates.map(({ context }) => context.row).filter((row) => row !== undefined));
  if ((goal.kind !== 'do' && goal.kind !== 'open') || strangeIn(goal).length === 0 || rows.size < 3) return undefined;
  const pager = reachable(observation).find(
    (candidate) =>
      candidate.context.row === undefined &&
      /^(?:next(?: page)?|older|load more|show more|›|»|>|→)$/i.test(plain(candidate.name)) &&
      (candidate.role === 'link' || candidate.role === 'button'),
  );
  if (!pager || turns.some((turn) => turn.digest === observation.digest && turn.target?.name === pager.name)) return undefined;
  return click(pager, 'look', 'what is named may be further on in the list', 0.5);
}

/** What the sentence is about is no word of ordinary interfaces, and this row does not have it: it is the row of something else. */
export function isOfAnotherThing(goal: Goal, { name, context: { row, heading } }: Candidate, observation: Observation): boolean {
  const strange =
    row === undefined || isBar(observation, row) || goal.clause.ordinal !== undefined || goal.clause.extreme || goal.clause.all
      ? []
      : strangeIn(goal);
  const shown = content([name, row, heading].filter(Boolean).join(' '));
  return strange.length > 0 && !goal.clause.object.some((word) => shown.includes(word));
}

/** Words of the direct object that may be a name, where nothing else of the goal is one. */
function strangeIn(goal: Goal): string[] {
  if (
    goal.parts.some(
      (part) => (part.role === 'entity' && !/^\p{Ll}/u.test(part.value.text)) || (part.role !== 'typed' && part.value.certain),
    )
  )
    return [];
  return goal.clause.object.filter((word) => /^\p{L}{3,}$/u.test(word) && verbsOf(word).size === 0 && meaningsOf(word).size === 0);
}
