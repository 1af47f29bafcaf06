import type { Turn } from '../../core/decision.ts';
import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { labelOf } from './field.ts';
import type { FormPlan } from './form.ts';
import type { Goal } from './goal.ts';
import { act, type Move, type Scene } from './move.ts';

/** "Log in with … and tick "Remember me"": what is ticked in the same form is ticked before that is sent. */
export function tickNext({ next }: Scene, form: FormPlan): Move | undefined {
  if (next?.kind !== 'choose' || next.clause.verb === 'uncheck') return undefined;
  const box = form.fields.find(
    (field) =>
      (field.role === 'checkbox' || field.role === 'switch') &&
      field.checked === false &&
      next.parts.some((part) => plain(part.value.text) === plain(labelOf(field))),
  );
  return box && act({ kind: 'check', target: box.id, on: true }, 'fill', `${describe(box)} is in the form that is sent`, box, 0.85);
}

/** It was ticked with the form of the order before. */
export const tickedBefore = (goal: Goal, turns: readonly Turn[]): boolean =>
  goal.kind === 'choose' &&
  goal.clause.verb !== 'uncheck' &&
  goal.parts.length > 0 &&
  goal.parts.every((part) =>
    turns.some(
      (turn) =>
        turn.action.kind === 'check' && turn.action.on && turn.outcome.ok && plain(turn.target?.name ?? '') === plain(part.value.text),
    ),
  );
