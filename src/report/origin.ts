import { stepAbout } from './narrative/deed.ts';
import type { AttemptStory, InvariantStory, ReadingFact, StepStory } from './story.ts';
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
export function originOf({ readings, verdict }: Watched, attempt: AttemptStory): Origin | undefined {
  const readable = readableOf(readings);
  const last = readable.at(-1);
  if (!last) return undefined;
  const since = readable.findLastIndex((reading) => !sameAnswer(reading.value, last.value)) + 1;
  return since === 0 ? deedBehind(last, undefined, verdict, attempt) : deedBehind(readable[since]!, readable[since - 1], verdict, attempt);
}

/** What should have stayed as it was: the step after which it first was not. What came on top of it later is no matter. */
export function brokenFrom({ readings, verdict }: Watched, attempt: AttemptStory): Origin | undefined {
  const readable = readableOf(readings);
  const first = readable.findIndex((reading) => !sameAnswer(reading.value, readable[0]!.value));
  return first === -1 ? undefined : deedBehind(readable[first]!, readable[first - 1], verdict, attempt);
}

type Watched = Pick<InvariantStory, 'readings' | 'verdict'>;

const readableOf = (readings: readonly ReadingFact[]): ReadingFact[] =>
  readings.filter((reading) => reading.unreadable === undefined && !reading.denied).toSorted((a, b) => a.at - b.at);

/** The last deed before an answer was seen. What is asked only at the end, as a refusal is, tells nothing by its time: then the step that speaks of it. */
function deedBehind(
  reading: ReadingFact,
  before: ReadingFact | undefined,
  verdict: Watched['verdict'],
  attempt: AttemptStory,
): Origin | undefined {
  const fromMs = attempt.readingsFromMs;
  if (fromMs === undefined) return undefined;
  const seenMs = fromMs + reading.at;
  const deeds = deedsOf(attempt).filter(({ atMs }) => atMs < seenMs - TOGETHER_MS);
  const between = before && reading.phase === 'final' ? deeds.filter(({ atMs }) => atMs >= fromMs + before.at) : [];
  const steps = new Set(between.map(({ step }) => step));
  const about =
    steps.size > 1 && verdict
      ? stepAbout(verdict.says, { ...attempt, steps: attempt.steps.filter(({ index }) => steps.has(index)) })?.index
      : undefined;
  const deed = deeds.findLast(({ step }) => about === undefined || step === about);
  return deed && { step: deed.step, lagMs: Math.max(0, seenMs - deed.atMs) };
}

/** The step that could change the backend last before a moment of the run: what was waited for from then on goes back to it. */
export const lastDeedBefore = (attempt: AttemptStory, ms: number): number | undefined =>
  deedsOf(attempt).findLast(({ atMs }) => atMs < ms)?.step;

/** Steps in which something was done that can have changed the backend. */
export const stepsWithDeeds = (attempt: AttemptStory): ReadonlySet<number> => new Set(deedsOf(attempt).map(({ step }) => step));

/** Everything in an attempt that can have changed the backend, in order. */
function deedsOf(attempt: AttemptStory): Deed[] {
  return attempt.steps
    .flatMap((step) => [
      ...(step.actor === 'system' && step.status === 'done' && step.startedMs !== undefined
        ? [{ step: step.index, atMs: step.startedMs }]
        : []),
      ...actionDeeds(step),
      ...requestDeeds(step, attempt),
    ])
    .sort((a, b) => a.atMs - b.atMs);
}

/** What pages send by themselves. */
function requestDeeds(step: StepStory, attempt: AttemptStory): Deed[] {
  const caused = new Set(step.acts.flatMap(({ requests }) => requests));
  return step.requests
    .filter(({ request }) => request.own && request.changes && !caused.has(request.id))
    .map(({ at, request }) => ({ step: step.index, atMs: attempt.startedMs + at - (request.ms ?? 0) }));
}

function actionDeeds(step: StepStory): Deed[] {
  return step.acts
    .filter((act) => act.committed || arrivesFromOutside(step, act.seq))
    .flatMap(({ seq }) => {
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
