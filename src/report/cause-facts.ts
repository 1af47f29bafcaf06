import { type CauseFacts, ledByItself } from '../core/cause.ts';
import { type AttemptStory, baselineOf, type StepStory } from './story.ts';

/** The facts of an attempt that its cause is read from: so that an old run can be triaged again by newer rules. */
export function causeFactsOf(attempt: AttemptStory): CauseFacts | undefined {
  if (attempt.status === undefined || attempt.conduct === undefined) return undefined;
  return {
    status: attempt.status,
    conduct: attempt.conduct,
    verdicts: attempt.invariants.flatMap(({ verdict }) => verdict ?? []),
    fixtures: attempt.fixtures,
    preconditions: attempt.preconditions,
    environment: attempt.environment,
    steps: attempt.steps.map((step) => ({
      actor: step.actor,
      text: step.text,
      status: step.status ?? 'not-reached',
      why: step.why,
      requests: step.requests.map(({ request }) => request),
      notices: step.looks.flatMap(({ notices }) => notices),
      foundAt: foundAt(step, attempt),
      misses: step.acts.flatMap(({ miss }) => miss ?? []),
      handedOver: step.choices.filter(({ kind }) => kind === 'unsure').map(({ agent, why }) => ({ agent, why })),
    })),
    baselines: Object.fromEntries(attempt.invariants.map(({ id, readings }) => [id, baselineOf(readings)])),
    ...(attempt.reason === 'unlike-production' && attempt.unlike ? { unlike: attempt.unlike } : {}),
    ...(attempt.doubts ? { doubts: attempt.doubts } : {}),
    hadLockfile: attempt.steps.some(({ choices }) => choices.some(({ agent, kind }) => agent === 'replay' && kind === 'act')),
  };
}

/** Where an actor is when nobody has acted for them yet is the application's front door, whatever it is called. */
function foundAt({ index: at, actor, looks, acts }: StepStory, { steps }: AttemptStory): string[] {
  const came = steps.some((step) => step.index < at && step.actor === actor);
  return looks
    .filter(({ seq }, index) => (index === 0 ? came : ledByItself(acts.findLast((act) => act.seq < seq)?.line)))
    .map(({ path }) => path);
}
