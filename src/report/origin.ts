import type { AttemptStory, InvariantStory, StepStory } from './story.ts';
import { sameAnswer } from './value.ts';

/** What a backend's answer goes back to, as far as the times of actions and readings tell. */
export interface Origin {
  /** 0-based step whose action, or whose fact of the world, came last before the answer did. */
  step: number;
  /** From that action until the answer was seen; an upper bound, ms. */
  lagMs: number;
}

interface Deed {
  step: number;
  atMs: number;
}

/** A read that begins together with an action does not see what the action does, ms. */
const TOGETHER_MS = 15;

/**
 * The step that brought an invariant's last answer about. Only what can change a backend counts: an action that committed something,
 * an arrival from a mail or another site (such links carry tokens that are used up), a fact of the world. Undefined when no step did any of it before.
 */
export function originOf({ readings }: Pick<InvariantStory, 'readings'>, attempt: AttemptStory): Origin | undefined {
  const readable = readings.filter((reading) => reading.unreadable === undefined && !reading.denied).toSorted((a, b) => a.at - b.at);
  const last = readable.at(-1);
  if (!last || attempt.readingsFromMs === undefined) return undefined;
  const since = readable.findLastIndex((reading) => !sameAnswer(reading.value, last.value)) + 1;
  const first = since === 0 ? last : readable[since]!;
  const seenMs = attempt.readingsFromMs + first.at;
  const deed = deedsOf(attempt).findLast(({ atMs }) => atMs < seenMs - TOGETHER_MS);
  return deed && { step: deed.step, lagMs: Math.max(0, seenMs - deed.atMs) };
}

/** The step that could change the backend last before a moment of the run: what was waited for from then on goes back to it. */
export const lastDeedBefore = (attempt: AttemptStory, ms: number): number | undefined => deedsOf(attempt).findLast(({ atMs }) => atMs < ms)?.step;

/** Everything in an attempt that can have changed the backend, in order. */
function deedsOf(attempt: AttemptStory): Deed[] {
  return attempt.steps.flatMap((step) => [
    ...(step.actor === 'system' && step.status === 'done' && step.startedMs !== undefined ? [{ step: step.index, atMs: step.startedMs }] : []),
    ...actionDeeds(step),
    ...requestDeeds(step, attempt),
  ]).sort((a, b) => a.atMs - b.atMs);
}

/** What pages send by themselves. */
function requestDeeds(step: StepStory, attempt: AttemptStory): Deed[] {
  const caused = new Set(step.acts.flatMap(({ requests }) => requests));
  return step.requests.filter(({ request }) => request.own && request.changes && !caused.has(request.id)).map(({ at, request }) => ({ step: step.index, atMs: attempt.startedMs + at - (request.ms ?? 0) }));
}

function actionDeeds(step: StepStory): Deed[] {
  return step.acts.filter((act) => act.committed || arrivesFromOutside(step, act.seq)).flatMap(({ seq }) => {
    const choice = step.choices.findLast((one) => one.seq < seq && one.kind === 'act');
    return choice ? [{ step: step.index, atMs: choice.atMs }] : [];
  });
}

/** From a mail, or from a page of another site (whose path is told with its origin), onto a page of the application. */
function arrivesFromOutside(step: StepStory, seq: number): boolean {
  const act = step.acts.find((one) => one.seq === seq)!;
  const after = step.looks.find((look) => look.seq > seq);
  if (!after || isElsewhere(after.path)) return false;
  if (act.action === 'mail') return true;
  const before = step.looks.findLast((look) => look.seq < seq);
  return before !== undefined && isElsewhere(before.path);
}

const isElsewhere = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);
