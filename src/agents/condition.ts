import type { StepTask } from '../core/decision.ts';
import type { Observation } from '../core/observation.ts';
import { goalsOf } from './builtin/goal.ts';
import { unseenOf } from './builtin/look.ts';
import { isSo } from './builtin/wait.ts';
import { asWritten } from './words.ts';

/**
 * What a sentence waits for and the page does not say yet ("wait until the import is completed"), in words; undefined when there is nothing to wait for.
 * A check (“check that the page says …”) is looked at again as well; `passing` are lines that appeared lately. "Open it as soon as it is ready" waits for its control, and is over when that was used. A recording cannot know it: what was so at once yesterday may take a moment today.
 */
export function notYetSo(step: StepTask, observation: Observation, passing: readonly string[] = []): string | undefined {
  for (const goal of goalsOf(step)) {
    if (goal.check) {
      const missing = unseenOf(goal.check, observation, passing);
      if (missing !== undefined) return missing;
    }
    if (goal.kind !== 'wait') continue;
    const words = goal.clause.until ?? goal.clause.phrases.flatMap((phrase) => phrase.words);
    if (words.length > 0 && !isSo({ observation, goal }, words)) return asWritten(step.text, words).join(' ');
  }
  return undefined;
}

/** "… as soon as it is ready": it was so at once when it was recorded, and may take longer today. */
export const awaits = (step: StepTask): boolean => goalsOf(step).some((goal) => goal.kind !== 'wait' && goal.clause.until !== undefined);
