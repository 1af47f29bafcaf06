import type { Cause } from '../core/decide.ts';
import { clip } from './escape/visible.ts';
import { jobsOf } from './narrative/evidence.ts';
import { plain } from './narrative/line.ts';
import { negate } from './narrative/negate.ts';
import { firstSentence, leadVerdict } from './narrative/sentence.ts';
import { type AttemptStory, type IntentStory, type RunStory, verdictsOf } from './story.ts';

/** Intents that are red for the same reason, as far as the evidence tells. */
export interface CauseGroup {
  cause: Cause | undefined;
  /** What they share, in a few words. */
  evidence: string;
  intents: IntentStory[];
}

/** Everything that is not green and was run, grouped by common cause; the largest group first. */
export function groupByCause(story: RunStory): CauseGroup[] {
  const groups = new Map<string, CauseGroup>();
  for (const intent of story.intents) {
    const bad = intent.attempts.findLast(({ status }) => status !== 'passed');
    if (!bad || intent.status === 'passed' || intent.status === 'skipped' || intent.status === 'flaky') continue;
    const evidence = evidenceOf(bad) ?? clip(intent.causeWhy ?? plain(firstSentence(intent).spans), 160);
    const key = `${intent.cause ?? ''} ${evidence}`;
    const group = groups.get(key);
    if (group) group.intents.push(intent);
    else groups.set(key, { cause: intent.cause, evidence, intents: [intent] });
  }
  return [...groups.values()].sort((a, b) => b.intents.length - a.intents.length);
}

/** The most telling single fact, told without what is particular to one intent. */
function evidenceOf(attempt: AttemptStory): string | undefined {
  if (!attempt.status) return undefined;
  const unfit = attempt.environment.find(({ ok }) => !ok);
  if (unfit) return negate(clip(unfit.says, 120));
  const fixture = attempt.fixtures.find(({ ok, phase }) => !ok && phase !== 'undo');
  if (fixture) return `starting state ${fixture.fixture}: ${clip(fixture.error ?? 'could not be made', 120)}`;
  const job = jobsOf(attempt).find(({ state }) => state !== 'running');
  if (job)
    return job.state === 'failed'
      ? `job ${job.kind} failed${job.error ? `: ${clip(job.error, 100)}` : ''}`
      : `job ${job.kind} is never taken${job.queue ? ` from queue ${job.queue}` : ''}`;
  const fault = attempt.steps.flatMap(({ requests }) => requests).find(({ request }) => request.own && (request.status ?? 0) >= 500);
  if (fault) return `${fault.request.method} ${fault.request.template} answered ${fault.request.status}`;
  const undecided = leadVerdict(verdictsOf(attempt), 'undecided');
  if (attempt.status === 'errored' && undecided) return `could not be read: ${clip(undecided.found, 120)}`;
  const violated = leadVerdict(verdictsOf(attempt), 'violated');
  if (attempt.status === 'failed' && violated) return `invariant ${violated.name} is violated`;
  return undefined;
}
