import type { StepTask } from '../core/decision.ts';
import { type Goal, goalsOf, type Part } from './builtin/goal.ts';
import { reservationIn } from './builtin/reservation.ts';
import { tell as tellText, type Value } from './builtin/value.ts';
import { asWritten } from './words.ts';

/** How the embedded agent reads a sentence. */
export interface StepReading {
  /** One line for each thing it will do, in order. */
  does: string[];
  /** What it may not understand, each with what to write instead. */
  warnings: string[];
  /** What it understands well, and whoever wrote it may not mean. */
  advice: string[];
}

type Readable = Pick<StepTask, 'template' | 'values' | 'hasMailbox' | 'files'>;

/** Reads a sentence without acting: for `explain`, and for warnings before a run. */
export function explainStep(step: Readable): StepReading {
  const goals = goalsOf(step);
  const written = (stem: string): string => asWritten(step.template, [stem]).join(' ');
  return {
    does: goals.map((goal) => lineOf(goal, written)),
    warnings: warningsOf(step, goals, written),
    advice: goals.some(({ kind }) => kind === 'check') ? [LOOK_PROVES_NOTHING] : [],
  };
}

const LOOK_PROVES_NOTHING = 'it asks for a look at the page, which proves nothing: put what must be true under `then`, as an invariant';

const VERBS: Partial<Record<Goal['kind'], string>> = {
  press: 'use the control',
  put: 'type',
  choose: 'choose',
  open: 'open',
  search: 'search for',
  mail: 'open the link of the mail',
  slide: 'move the slider to',
  drag: 'drag',
  hover: 'point at',
  upload: 'upload',
  back: 'go back',
  reload: 'load the page again',
  wait: 'wait until',
  scroll: 'scroll',
};

function lineOf(goal: Goal, written: (stem: string) => string): string {
  const { clause, parts } = goal;
  if (goal.check) return `look whether it is so, and wait for it: ${goal.check.text}`;
  const verb = VERBS[goal.kind] ?? `have it done: ${clause.verb === '' ? clause.text : written(clause.verb)}`;
  const about = clause.phrases
    .filter(
      (phrase) => phrase.raw !== '' && !/^(?:it|its|them)$/i.test(phrase.raw) && !parts.some((part) => part.value.text === phrase.raw),
    )
    .map((phrase) => [phrase.prep, phrase.raw].filter(Boolean).join(' '));
  const until = clause.until?.length ? [`${goal.kind === 'wait' ? '' : 'once: '}${clause.until.map(written).join(' ')}`] : [];
  const not = clause.negated.map((words) => `not: ${words.map(written).join(' ')}`);
  return [verb, ...about, ...parts.map((part) => partOf(part, written)), ...until, ...not].join(' · ');
}

/** A variable by its name: its value is another one in every run. */
const tell = (value: Value): string => (value.ref.from === 'var' ? `\${${value.ref.name}}` : tellText(value));

function partOf({ value, role }: Part, written: (stem: string) => string): string {
  const label = value.hints.length > 0 ? ` as ${value.hints.map(written).join(' ')}` : '';
  if (role === 'entity') return `on what is called ${tell(value)}`;
  return `with ${tell(value)}${label}${role === 'either' ? ' (typed, or found on the page)' : ''}`;
}

function warningsOf(step: Readable, goals: readonly Goal[], written: (stem: string) => string): string[] {
  const warnings: string[] = [];
  const reserved = reservationIn(step);
  if (reserved !== undefined) warnings.push(reserved);
  if (goals.length === 0) warnings.push('nothing to do is named: begin with a verb, as in “Invite ${invitee} as an editor”');
  for (const goal of goals) {
    const { clause, kind } = goal;
    if (kind === 'do' && clause.verb !== '' && clause.meanings.size === 0)
      warnings.push(`“${written(clause.verb)}” is no verb that the embedded agent knows: a control has to carry that very word`);
    if (kind === 'do' && clause.verb === '') warnings.push(`“${clause.text}” has no verb: say what is to be done`);
    if (kind === 'press' && clause.phrases.length === 0) warnings.push(`“${clause.text}” does not say which control`);
    if (kind === 'put' && goal.parts.length === 0 && !/\b(?:value|text|code|key|number)\b/i.test(clause.text))
      warnings.push(`“${clause.text}” names no value to type: put it in quotes`);
    if (kind === 'upload' && step.files.length > 0 && !step.files.some((file) => clause.text.includes(file)))
      warnings.push(`“${clause.text}” names no file beside the intent (${step.files.join(', ')})`);
  }
  if (!step.hasMailbox && /\b(?:mail|e-?mail) (?:and|that|with)\b|\bmailbox\b|\blink in the (?:e-?)?mail\b/i.test(step.template))
    warnings.push('it speaks of mail, and the actor has no mailbox');
  return warnings;
}
