import type { StepTask } from '../core/decision.ts';
import type { Observation } from '../core/observation.ts';
import { goalsOf } from './builtin/goal.ts';
import { isSo } from './builtin/wait.ts';
import { asWritten } from './words.ts';

/**
 * What a sentence waits for and the page does not say yet ("wait until the import is completed"), in words; undefined when there is nothing to wait for.
 * "Open it as soon as it is ready" waits for its control, and is over when that was used. A recording cannot know it: what was so at once yesterday may take a moment today.
 */
export function notYetSo(step: StepTask, observation: Observation): string | undefined {
  for (const goal of goalsOf(step)) {
    if (goal.kind !== 'wait') continue;
    const words = goal.clause.until ?? goal.clause.phrases.flatMap((phrase) => phrase.words);
    if (words.length > 0 && !isSo({ observation, goal }, words)) return asWritten(step.text, words).join(' ');
  }
  return undefined;
}

/** "… as soon as it is ready": it was so at once when it was recorded, and may take longer today. */
export const awaits = (step: StepTask): boolean => goalsOf(step).some((goal) => goal.clause.until !== undefined);
