import type { StepTask } from '../core/decision.ts';
import type { Step } from '../core/intent.ts';
import { valuesNamedBy } from './values.ts';

/** A step as an agent may see it: sentences and values, secrets as handles, no invariants. */
export function taskOf(
  step: Pick<Step, 'actor' | 'text' | 'tries'>,
  index: number,
  around: {
    title: string;
    steps: readonly Pick<Step, 'actor' | 'text'>[];
    resolve: (template: string) => string;
    hasMailbox: boolean;
    files: string[];
  },
): StepTask {
  const say = (other: Pick<Step, 'actor' | 'text'>) => `${other.actor}: ${around.resolve(other.text)}`;
  return {
    index,
    actor: step.actor,
    template: step.text,
    text: around.resolve(step.text),
    tries: step.tries,
    values: valuesNamedBy(step.text, around.resolve),
    title: around.resolve(around.title),
    before: around.steps.slice(0, index).map(say),
    after: around.steps.slice(index + 1).map(say),
    hasMailbox: around.hasMailbox,
    files: around.files,
  };
}
