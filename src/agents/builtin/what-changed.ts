import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { content, plain } from '../words.ts';
import { click, type Move, type Scene } from './move.ts';
import { commits } from './use.ts';

export const describeTarget = (turn: Turn): string => `“${turn.target!.name}”`;

/** What was sent brought a page that only shows it, with a control that says the sentence's own verb: "Upload", then "Import 3 people". */
export function previewed(scene: Scene, usable: readonly Candidate[], tried: Turn): Move | undefined {
  const own = (name: string): boolean => scene.goal.clause.verb !== '' && content(name).includes(scene.goal.clause.verb);
  // "Add remark" adds no document; "Import 3 people" says how many.
  const isSame = (name: string): boolean =>
    /\d/.test(name) || content(name).every((word) => word === scene.goal.clause.verb || scene.goal.wish.includes(word));
  if (scene.purposes[scene.turns.indexOf(tried)] !== 'submit' || !tried.outcome.navigated || own(tried.target?.name ?? ''))
    return undefined;
  const next = usable.filter(
    (candidate) =>
      candidate.role === 'button' &&
      candidate.context.row === undefined &&
      own(candidate.name) &&
      isSame(candidate.name) &&
      tried.added.some((line) => line.includes(candidate.name)),
  );
  return next.length === 1 ? click(next[0]!, 'submit', `${describe(next[0]!)} is still to be used`, 0.8) : undefined;
}

/** Did anything appear besides the control itself looking different? A control that opens a dialog has to open one. */
export function shows(tried: Turn, observation: Observation): boolean {
  if (tried.outcome.navigated || observation.dialog !== undefined) return true;
  const name = tried.target?.name ?? '';
  return (
    !observation.candidates.some(
      (candidate) => candidate.popup === 'dialog' && candidate.name === name && candidate.role === tried.target?.role,
    ) && tried.added.some((line) => name === '' || !line.includes(`"${name}"`))
  );
}

export const changed = (scene: Scene, tried: Turn): boolean => tried.digest !== scene.observation.digest;

/** Another control that deletes is another deletion, unless the one that was used has brought it. */
export const cameOf = (move: Move, tried: Turn, goal: Scene['goal']): boolean =>
  !goal.clause.meanings.has('delete') ||
  tried.outcome.navigated ||
  (move.is === 'act' &&
    move.candidate !== undefined &&
    (move.candidate.context.dialog !== undefined || tried.added.some((line) => line.includes(`"${move.candidate!.name}"`))));

/** The one in a part of the page that came of it asks once more what nothing was sent for yet. */
export const sameControl = (move: Move, tried: Turn): boolean =>
  move.is === 'act' &&
  move.candidate !== undefined &&
  plain(move.candidate.name) === plain(tried.target?.name ?? '') &&
  move.candidate.role === tried.target?.role &&
  move.candidate.context.row === tried.target?.row &&
  (commits(tried) || !/^region /.test(move.candidate.context.landmark ?? '') || move.candidate.context.landmark === tried.target?.landmark);

export function reachedBy(tried: Turn, observation: Observation): string {
  const notice = observation.notices.find((item) => item.kind === 'toast' || item.kind === 'status' || item.kind === 'alert');
  const sent = tried.outcome.requests
    .filter((request) => request.changes && request.own)
    .map((request) => `${request.method} ${request.template}`);
  return [
    tried.target ? `“${tried.target.name}” was used` : 'it was sent',
    sent.length > 0 ? sent.join(', ') : '',
    notice ? `the page says “${notice.text}”` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
