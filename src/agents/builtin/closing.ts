import { describe } from '../identity.ts';
import { formKey, reachable } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';
import { isNeutralSubmit } from './submit.ts';

/** What a person would still do once all is said: send a form that the last sentence of the journey only filled in, come back from another site. */
export function closingMove(scene: Scene): Move | undefined {
  return unsent(scene) ?? wayHome(scene);
}

function unsent({ goal, step, turns, purposes, observation }: Scene): Move | undefined {
  if (
    !['put', 'choose', 'slide'].includes(goal.kind) ||
    step.after.length > 0 ||
    !purposes.includes('fill') ||
    purposes.at(-1) === 'submit'
  )
    return undefined;
  const submits = reachable(observation).filter((candidate) => candidate.role === 'button' && isNeutralSubmit(candidate.name));
  const last = turns[purposes.lastIndexOf('fill')];
  const filled = reachable(observation).find(
    (candidate) =>
      candidate.role === last?.target?.role && candidate.name === last.target.name && candidate.context.row === last.target.row,
  );
  // What saved itself, or stands apart from every form, is not sent by the button of another one.
  if (last?.outcome.requests.some((request) => request.changes && request.own)) return undefined;
  const [only, more] = filled ? submits.filter((candidate) => formKey(candidate) === formKey(filled)) : submits;
  if (!only || more || turns.some((turn) => turn.target?.name === only.name)) return undefined;
  return click(only, 'submit', `${describe(only)} sends what was filled in`, 0.6);
}

/** Paid or signed in elsewhere: the one link that leads back to the application. */
function wayHome({ observation, turns, purposes, home, step }: Scene): Move | undefined {
  if (
    /\b(?:return|back)\b/i.test(step.after[0] ?? '') ||
    observation.url.startsWith(home) ||
    !purposes.some((purpose) => purpose === 'submit' || purpose === 'confirm')
  )
    return undefined;
  const back = reachable(observation).filter((candidate) => /^(?:return|back|continue|go back|go) to\b/i.test(candidate.name));
  const [only, more] = back;
  if (!only || more || turns.some((turn) => turn.target?.name === only.name)) return undefined;
  return click(only, 'look', `${describe(only)} leads back to the application`, 0.7);
}
