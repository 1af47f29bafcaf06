import { verbsOf } from '../lexicon.ts';
import { stem } from '../words.ts';
import { describe } from '../identity.ts';
import type { Goal } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { isWayOut } from './submit.ts';

/** "Start deleting X but cancel", "begin to delete X but do not confirm it": it is begun, and what would carry it out is left alone. */
function stopsShort(goal: Goal, next: Goal | undefined): boolean {
  if (
    goal.clause.negated.some(
      ([word]) => word !== undefined && (verbsOf(word).has('confirm') || word === stem('save') || word === stem('submit')),
    )
  )
    return true;
  if (!next || goal.clause.meanings.has('cancel')) return false;
  if (next.kind === 'press')
    return [...next.clause.values.map((value) => value.text), ...next.clause.phrases.map((phrase) => phrase.raw)].some((name) =>
      /^(?:cancel|no\b|abort|keep\b|never mind)/i.test(name),
    );
  return abandons(next) && (!/\b(?:it|them|this|that)\b/i.test(next.clause.text) || begins(goal));
}

/** "… but cancel", "… and cancel the dialog": away with what is being asked, and nothing else is named. */
const abandons = ({ kind, clause, parts }: Goal): boolean =>
  kind === 'do' && /^(?:cancel|abort|dismiss)$/.test(clause.verb) && parts.length === 0 && clause.object.every((word) => ASKED.has(word));

const ASKED = new Set(
  [
    'confirmation',
    'dialog',
    'prompt',
    'question',
    'warning',
    'popup',
    'message',
    'delete',
    'deletion',
    'operation',
    'action',
    'form',
    'change',
    'edit',
  ].map(stem),
);
const begins = ({ clause }: Goal): boolean => /^(?:start|begin|try|attempt)\b/i.test(clause.text);

/** Keeps a move that would carry out what the sentence says to leave alone. */
export function heldBack(scene: Scene, move: Move): Move {
  const { goal, next, turns } = scene;
  if (!stopsShort(goal, next)) return move;
  if (turns.some((turn) => turn.action.kind === 'dialog' && !turn.action.accept))
    return { is: 'reached', why: 'it was asked, and was answered with no' };
  if (move.is !== 'act') return move;
  if (move.action.kind === 'dialog')
    return act({ kind: 'dialog', accept: false }, 'dismiss', 'the sentence says not to go through with it');
  return move.purpose === 'confirm' || move.purpose === 'submit'
    ? { is: 'reached', why: 'it is begun, and the sentence says not to go through with it' }
    : move;
}

/** The way out of what is asked now; reached when nothing is asked any more. */
export function abandon(scene: Scene): Move | undefined {
  const { goal, observation, turns, step } = scene;
  if (!abandons(goal)) return undefined;
  if (turns.length > 0 && turns.at(-1)!.outcome.ok)
    return { is: 'reached', why: `“${turns.at(-1)!.target?.name ?? 'the question'}” led out of it` };
  const usable = reachable(observation).filter(
    (candidate) => isClickable(candidate) && (observation.dialog === undefined || candidate.context.dialog !== undefined),
  );
  const outs = usable.filter(
    (candidate) =>
      candidate.context.row === undefined &&
      /^(?:cancel|no\b|abort|keep\b|never mind|go back|back\b|close)/i.test(candidate.name) &&
      isWayOut(candidate.name),
  );
  const out = outs.find((candidate) => /^cancel\b/i.test(candidate.name)) ?? outs[0];
  if (out) return click(out, 'dismiss', `${describe(out)} leads out of it`, 0.85);
  // Behind an order of the same sentence: what was asked has been answered with no.
  return observation.dialog === undefined && !/^\W*(?:cancel|abort|dismiss)\b/i.test(step.text)
    ? { is: 'reached', why: 'nothing is asked any more' }
    : undefined;
}
