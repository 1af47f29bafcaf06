import { explainStep } from '../agents/explain.ts';
import { formatDuration } from '../core/duration.ts';
import type { Intent, Step } from '../core/intent.ts';
import type { Problem, Project } from '../core/project.ts';
import { lookUp, referencesOf } from '../core/template.ts';
import { taskOf } from '../journey/task.ts';
import { filesBeside } from '../runner/files-beside.ts';
import { systemDeedOf } from '../spec/system-step.ts';

/** One sentence, and how whoever carries it out reads it. */
export interface ReadSentence {
  step: Step;
  /** One line for each thing that will be done, in order. */
  does: string[];
  /** What may not be understood, each with what to write instead. */
  warnings: string[];
  /** What is understood, and whoever wrote it may not mean. */
  advice: string[];
}

/** Reads the sentences of an intent without acting: the embedded agent's those of people, the fixtures' those of the world. */
export async function readSentences(intent: Intent, fixtures: Project['fixtures']): Promise<ReadSentence[]> {
  const resolve = (template: string): string => resolveRoughly(template, intent.vars);
  const files = await filesBeside(intent);
  return intent.journey.map((step, index) => {
    if (step.actor === 'system') return { step, does: [deedOf(step.text, fixtures)], warnings: [], advice: [] };
    const hasMailbox = intent.actors[step.actor]?.mailbox !== undefined;
    return { step, ...explainStep(taskOf(step, index, { title: intent.title, steps: intent.journey, resolve, hasMailbox, files })) };
  });
}

/** Sentences that the embedded agent may not be able to read, as warnings with their place. */
export async function sentenceProblems({ intents, fixtures, config }: Project): Promise<Problem[]> {
  if (!config.agents.chain.includes('builtin')) return [];
  const read = await Promise.all(intents.map((intent) => readSentences(intent, fixtures)));
  return read
    .flat()
    .flatMap(({ step, warnings, advice }) =>
      [...warnings.map((warning) => `the embedded agent may not read this: ${warning}`), ...advice].map(
        (message): Problem => ({ where: step.where, severity: 'warning', message }),
      ),
    );
}

/** Before a run a variable is known by its look only: enough to tell an address from a name. */
function resolveRoughly(template: string, vars: Intent['vars'], depth = 0): string {
  return referencesOf(template).reduce((text, { raw, kind, name, fallback }) => {
    if (kind === 'secret') return text;
    const known = kind === 'env' ? fallback : lookUp(vars, name);
    const value =
      typeof known === 'string' && depth < 8
        ? resolveRoughly(known, vars, depth + 1)
        : /e-?mail/i.test(name)
          ? 'somebody@example.test'
          : name;
    return text.replace(raw, () => value);
  }, template);
}

function deedOf(sentence: string, fixtures: Project['fixtures']): string {
  const deed = systemDeedOf(sentence, fixtures.values());
  if (!deed) return 'nothing: no fixture says this';
  if (deed.kind === 'wait') return `let ${formatDuration(deed.ms)} pass`;
  const given = Object.entries(deed.with).map(([name, value]) => `${name} = ${value}`);
  return [`the fixture ${deed.fixture.name}`, ...given].join(' · ');
}
