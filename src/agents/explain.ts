import type { StepTask } from '../core/decision.ts';
import { type Goal, goalsOf, type Part } from './builtin/goal.ts';
import { tell } from './builtin/value.ts';
import { asWritten } from './words.ts';

/** How the embedded agent reads a sentence. */
export interface StepReading {
  /** One line for each thing it will do, in order. */
  does: string[];
  /** What it may not understand, each with what to write instead. */
  warnings: string[];
}

type Readable = Pick<StepTask, 'template' | 'values' | 'hasMailbox' | 'files'>;

/** Reads a sentence without acting: for `explain`, and for warnings before a run. */
export function explainStep(step: Readable): StepReading {
  const goals = goalsOf(step);
  return { does: goals.map((goal) => lineOf(goal, (stems) => asWritten(step.template, stems).join(' '))), warnings: warningsOf(step, goals) };
}

const VERBS: Partial<Record<Goal['kind'], string>> = {
  press: 'use the control', put: 'type', choose: 'choose', open: 'open', search: 'search for', mail: 'open the link of the mail', slide: 'move the slider to', drag: 'drag', hover: 'point at', upload: 'upload', back: 'go back', reload: 'load the page again', wait: 'wait until', scroll: 'scroll',
};

type Say = (stems: readonly string[]) => string;

function lineOf(goal: Goal, say: Say): string {
  const verb = VERBS[goal.kind] ?? `have it done: ${goal.clause.verb === '' ? goal.clause.text : [...goal.clause.meanings].slice(0, 3).join(' / ') || say([goal.clause.verb])}`;
  const about = goal.clause.phrases.filter((phrase) => phrase.raw !== '' && !goal.parts.some((part) => part.value.text === phrase.raw)).map((phrase) => [phrase.prep, phrase.raw].filter(Boolean).join(' '));
  const parts = goal.parts.map((part) => partOf(part, say));
  const until = goal.clause.until?.length ? [`once it is ${say(goal.clause.until)}`] : [];
  const not = goal.clause.negated.map((words) => `not: ${say(words)}`);
  return [verb, ...about, ...parts, ...until, ...not].join(' · ');
}

function partOf({ value, role }: Part, say: Say): string {
  const label = value.hints.length > 0 ? ` as ${say(value.hints)}` : '';
  if (role === 'entity') return `on what is called ${tell(value)}`;
  return `with ${tell(value)}${label}${role === 'either' ? ' (typed, or found on the page)' : ''}`;
}

function warningsOf(step: Readable, goals: readonly Goal[]): string[] {
  const warnings: string[] = [];
  if (goals.length === 0) warnings.push('nothing to do is named: begin with a verb, as in “Invite ${invitee} as an editor”');
  for (const goal of goals) {
    const { clause, kind } = goal;
    if (kind === 'do' && clause.verb !== '' && clause.meanings.size === 0) warnings.push(`“${asWritten(step.template, [clause.verb]).join(' ')}” is no verb that the embedded agent knows: a control has to carry that very word`);
    if (kind === 'do' && clause.verb === '') warnings.push(`“${clause.text}” has no verb: say what is to be done`);
    if (kind === 'press' && clause.phrases.length === 0) warnings.push(`“${clause.text}” does not say which control`);
    if (kind === 'put' && goal.parts.length === 0 && !/\b(?:value|text|code|key|number)\b/i.test(clause.text)) warnings.push(`“${clause.text}” names no value to type: put it in quotes`);
    if (kind === 'upload' && step.files.length > 0 && !step.files.some((file) => clause.text.includes(file))) warnings.push(`“${clause.text}” names no file beside the intent (${step.files.join(', ')})`);
  }
  if (!step.hasMailbox && /\b(?:mail|e-?mail) (?:and|that|with)\b|\bmailbox\b|\blink in the (?:e-?)?mail\b/i.test(step.template)) warnings.push('it speaks of mail, and the actor has no mailbox');
  return warnings;
}
