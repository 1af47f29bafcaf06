import { ACTION_EFFECT, type Action, type RequestSeen, type Target } from '../../core/action.ts';
import type { StepTask, Turn } from '../../core/decision.ts';
import type { Notice, Observation } from '../../core/observation.ts';
import { sight, targetOf } from '../identity.ts';

interface Pending {
  action: Action;
  target: Known | undefined;
  to: Known | undefined;
  /** The one before it once more. */
  again: boolean;
}

/** An element as it was when the answer was given. */
interface Known {
  target: Target;
  /** Its place in the list of candidates. */
  place: number;
}

/** What was answered at once and is handed out one by one, as long as the page stays what the answer was about. */
export interface Queue {
  step: number;
  why: string;
  /** The model says that the sentence is carried out after the last of them. */
  completes: boolean;
  pending: Pending[];
  /** Turns of the step when the next action was handed out. */
  turns: number;
  path: string;
  dialog: string | undefined;
  notices: Set<string>;
  digest: string;
  layout: string;
  /** A dialog that opens is what the last action is for: the control says so, or the sentence asks for no more than using it. */
  mayOpen: boolean;
}

export function openQueue(
  actions: readonly Action[],
  step: StepTask,
  observation: Observation,
  more: Pick<Queue, 'turns' | 'why' | 'completes' | 'mayOpen'>,
): Queue {
  const last = actions.at(-1);
  const opener = last && 'target' in last ? observation.candidates.find(({ id }) => id === last.target)?.popup : undefined;
  const told = (id: number | undefined): Known | undefined => {
    const place = observation.candidates.findIndex((known) => known.id === id);
    const candidate = observation.candidates[place];
    return candidate && { target: targetOf(candidate), place };
  };
  return {
    ...more,
    step: step.index,
    mayOpen: more.mayOpen || opener !== undefined,
    path: observation.path,
    dialog: observation.dialog,
    digest: observation.digest,
    layout: layoutOf(observation),
    pending: actions.map((action, index) => ({
      action,
      again: ACTION_EFFECT[action.kind] === 'write' && JSON.stringify(action) === JSON.stringify(actions[index - 1]),
      target: told('target' in action ? action.target : undefined),
      to: told('to' in action ? action.to : undefined),
    })),
    notices: new Set(observation.notices.map(keyOf)),
  };
}

/** Its own last action was carried out, on this step, and nobody acted in between. */
export function undisturbed(queue: Queue, step: StepTask, turns: readonly Turn[]): boolean {
  const last = turns.at(-1);
  return queue.step === step.index && turns.length === queue.turns + 1 && last?.agent === 'model' && last.outcome.ok;
}

/** The next action on the same element of today's page; undefined when the page is no longer what the answer was about. */
export function nextOf(queue: Queue, observation: Observation, last: Turn): { action: Action; target: Target | undefined } | undefined {
  const next = queue.pending[0];
  if (
    !next ||
    observation.path !== queue.path ||
    observation.dialog !== queue.dialog ||
    observation.nativeDialog ||
    complains(observation, queue)
  )
    return undefined;
  // Once more only what did something here and sent nothing: whether what was sent is to be sent again is asked first.
  if (next.again && (observation.digest === queue.digest || sentBy(last).length > 0)) return undefined;
  const still = layoutOf(observation) === queue.layout;
  const found = (known: Known | undefined): number | undefined => {
    if (!known) return undefined;
    const sighting = sight(observation, known.target);
    // Elements that nothing tells apart (unnamed fields) are told by their place, as long as nothing on the page has moved.
    const candidate = 'found' in sighting ? sighting.found : still && !next.again ? observation.candidates[known.place] : undefined;
    return candidate && !candidate.disabled ? candidate.id : undefined;
  };
  const target = found(next.target);
  const to = found(next.to);
  if ((next.target && target === undefined) || (next.to && to === undefined)) return undefined;
  queue.pending.shift();
  const action = { ...next.action, ...(target === undefined ? {} : { target }), ...(to === undefined ? {} : { to }) } as Action;
  return { action, target: next.target?.target };
}

/**
 * The model said that its last action completes the sentence, and what came of it does not speak against it.
 * An effect is no proof that it worked: that is for the invariants.
 */
export function completed(queue: Queue, observation: Observation, last: Turn): boolean {
  if (!queue.completes || queue.pending.length > 0 || observation.nativeDialog || (observation.status ?? 0) >= 400) return false;
  const sent = sentBy(last);
  const accepted = sent.length > 0 && sent.every((request) => request.status !== undefined && request.status < 400);
  if (observation.dialog !== undefined && observation.dialog !== queue.dialog && !queue.mayOpen) return false;
  if (complains(observation, queue, accepted ? ['validation', 'error-page'] : undefined)) return false;
  const showed = observation.digest !== queue.digest || last.outcome.navigated || sent.length > 0 || last.outcome.events.length > 0;
  return showed || last.action.kind !== 'click';
}

const sentBy = ({ outcome }: Turn): RequestSeen[] => outcome.requests.filter((request) => request.changes && request.own);

const layoutOf = (observation: Observation): string =>
  observation.candidates
    .map(({ role, name, context }) => [role, name, context.dialog, context.group, context.row].join('\u0001'))
    .join('\u0002');

const keyOf = (notice: Notice): string => `${notice.kind} ${notice.text}`;

function complains(
  observation: Observation,
  queue: Queue,
  kinds: readonly Notice['kind'][] = ['alert', 'validation', 'error-page'],
): boolean {
  return observation.notices.some((notice) => kinds.includes(notice.kind) && !queue.notices.has(keyOf(notice)));
}
