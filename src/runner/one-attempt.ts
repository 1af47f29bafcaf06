import type { Status } from '../core/decide.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import { runAttempt } from './attempt.ts';
import { releaseMemory } from './memory.ts';
import type { RunShared } from './open-run.ts';

/** One attempt that always ends with a status: what goes wrong in the harness concerns this intent only. */
export async function oneAttempt(intent: Intent, attempt: number, shared: RunShared): Promise<Status> {
  const started = shared.clock.now();
  try {
    return await runAttempt(intent, attempt, shared);
  } catch (error) {
    const conduct = { kind: 'errored' as const, by: 'harness' as const, why: messageOf(error) };
    shared.emit({
      type: 'note-made',
      intent: intent.id,
      attempt,
      level: 'error',
      code: IntentwrightError.is(error) ? error.code : 'INTERNAL',
      message: messageOf(error),
    });
    shared.emit({
      type: 'intent-end',
      intent: intent.id,
      attempt,
      status: 'errored',
      reason: 'fault',
      cause: 'environment',
      causeWhy: conduct.why,
      conduct,
      durationMs: shared.clock.now() - started,
    });
    return 'errored';
  } finally {
    releaseMemory();
  }
}
