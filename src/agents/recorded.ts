import type { Action, Target, ValueRef } from '../core/action.ts';
import type { StepTask, Turn } from '../core/decision.ts';
import type { LockedAction, Lockfile } from '../core/lock.ts';
import type { Fingerprint, MailItem, Observation } from '../core/observation.ts';
import { referencesOf } from '../core/template.ts';
import { isOfShape, shapeOf, shownInShape } from '../core/value-shape.ts';
import { plain } from './words.ts';

/** Resolves a lockfile's template in the attempt's scope; secret handles stay handles. Throws for what is not defined. */
export type Resolve = (template: string) => string;

/** The recorded actions of this step, or why there are none. */
export function recordedStep(lock: Lockfile | undefined, task: StepTask): { actions: LockedAction[] } | { none: string } {
  if (!lock) return { none: 'there is no lockfile' };
  const step = lock.steps[task.index];
  if (!step) return { none: 'the lockfile does not have this step' };
  if (step.text !== task.template || step.actor !== task.actor) return { none: 'the sentence is not the one that was recorded' };
  // Waiting is not replayed: what is waited for is looked at anew.
  return { actions: step.actions.filter((action) => action.kind !== 'wait' || action.value !== undefined) };
}

/**
 * Which recorded actions are not done yet, in order. Whoever acted counts: a value typed by another agent is typed,
 * and a request that another agent committed settles everything recorded up to it.
 */
export function openRecorded(actions: readonly LockedAction[], turns: readonly Turn[], resolve: Resolve): number[] {
  const done = actions.map(() => false);
  for (const turn of turns) {
    if (!turn.outcome.ok) continue;
    const own = actions.findIndex((action, index) => !done[index] && isThis(action, turn, resolve));
    if (turn.agent === 'replay' || turn.agent === 'relocate') {
      if (own >= 0) done[own] = true;
      continue;
    }
    const committed = commitsOf(turn);
    const settled = actions.findIndex((action, index) => !done[index] && action.commits.some((commit) => committed.includes(commit)));
    if (settled >= 0) done.fill(true, 0, settled + 1);
    else if (own >= 0 && actions[own]!.commits.length === 0) done[own] = true;
  }
  return done.flatMap((isDone, index) => (isDone ? [] : [index]));
}

/** Recorded commits that nobody's action has caused yet. */
export function missingCommits(actions: readonly LockedAction[], turns: readonly Turn[]): string[] {
  const seen = turns.flatMap(commitsOf);
  return actions
    .filter((action) => action.commits.length > 0 && !action.commits.some((commit) => seen.some((sent) => commitsAgree(commit, sent))))
    .map((action) => action.commits[0]!);
}

const commitsOf = (turn: Turn): string[] =>
  turn.outcome.requests.filter((request) => request.changes && request.own).map((request) => `${request.method} ${request.template}`);

/** The same method on the same page: an identifier may look like a word today. */
function commitsAgree(recorded: string, sent: string): boolean {
  const [method = '', path = ''] = recorded.split(' ');
  const [sentMethod = '', sentPath = ''] = sent.split(' ');
  return method === sentMethod && pagesAgree(path, sentPath);
}

function isThis(recorded: LockedAction, turn: Turn, resolve: Resolve): boolean {
  if (recorded.kind !== turn.action.kind) return false;
  const typed = valueOfAction(turn.action);
  const fits =
    typed === undefined ||
    (recorded.from === 'page' && shapeOf(typed) === recorded.value) ||
    plain(tryResolve(resolve, recorded.value ?? '') ?? '') === plain(tryResolve(resolve, typed) ?? typed);
  if (turn.agent === 'relocate' || typed !== undefined) return fits;
  return recorded.target === undefined || sameName(recorded.target, turn.target, resolve);
}

function sameName(recorded: Target, target: Target | undefined, resolve: Resolve): boolean {
  return target !== undefined && recorded.role === target.role && plain(tryResolve(resolve, recorded.name) ?? '') === plain(target.name);
}

/** What an action typed or chose, as a template. */
function valueOfAction(action: Action): string | undefined {
  switch (action.kind) {
    case 'fill':
    case 'slide':
      return templateOf(action.value);
    case 'select':
      return templateOf(action.option);
    case 'press':
      return action.key;
    case 'upload':
      return action.file;
    default:
      return undefined;
  }
}

const templateOf = (ref: ValueRef): string =>
  ref.from === 'secret' ? `\${secret:${ref.name}}` : ref.from === 'var' ? `\${${ref.name}}` : ref.text;

/** Do two page templates mean the same page? An id in one of them may be a plain word in the other. */
export function pagesAgree(recorded: string, now: string): boolean {
  const left = recorded.split('/').filter(Boolean);
  const right = now.split('/').filter(Boolean);
  return left.length === right.length && left.every((part, index) => part === right[index] || part === ':id' || right[index] === ':id');
}

export function tryResolve(resolve: Resolve, template: string): string | undefined {
  try {
    return resolve(template);
  } catch {
    return undefined;
  }
}

/** A recorded target with its variables filled in. */
export function resolveTarget(target: Target, resolve: Resolve): Target | undefined {
  const entries = Object.entries(target).map(([key, value]) => [key, tryResolve(resolve, value as string)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as unknown as Target;
}

/** What a recorded value is typed from today; undefined when it has to be read from the page again and is not there. */
export function valueRef(recorded: LockedAction, observation: Observation, resolve: Resolve): ValueRef | undefined {
  const template = recorded.value ?? '';
  const [reference, ...more] = referencesOf(template);
  if (reference && more.length === 0 && reference.raw === template && reference.kind !== 'env') {
    return reference.kind === 'secret' ? { from: 'secret', name: reference.name } : { from: 'var', name: reference.name };
  }
  const text = tryResolve(resolve, template);
  if (text === undefined) return undefined;
  if (recorded.from !== 'page') return { from: 'step', text };
  if (text.includes('*')) {
    const [shown, ...others] = shownInShape(text, observation);
    return shown !== undefined && others.length === 0 ? { from: 'page', text: shown } : undefined;
  }
  const offered =
    recorded.kind === 'select' &&
    observation.candidates.some((candidate) => candidate.options?.some((option) => plain(option) === plain(text)));
  return offered || observation.passages.some((passage) => plain(passage.text) === plain(text)) ? { from: 'page', text } : undefined;
}

/** The mail and link that were recorded as "subject → link text": newest first. Nobody guesses between two links of a mail. */
export function recordedMail(
  recorded: LockedAction,
  mails: readonly MailItem[],
  resolve: Resolve,
): { mail: MailItem; link: number } | undefined {
  const [subject = '', text = ''] = (tryResolve(resolve, recorded.value ?? '') ?? '').split(' → ');
  for (const mail of mails) {
    if (plain(mail.subject) !== plain(subject) && !isOfShape(mail.subject, subject)) continue;
    const exact = mail.links.find((item) => plain(item.text) === plain(text));
    const alike = mail.links.filter((item) => isOfShape(item.text, text));
    const link = exact ?? (new Set(alike.map((item) => item.url)).size === 1 ? alike[0] : undefined);
    if (link) return { mail, link: link.id };
  }
  return undefined;
}

/** The fingerprint with the values of this attempt. */
export function resolvedPrint(action: LockedAction, resolve: Resolve): Fingerprint | undefined {
  if (!action.print) return undefined;
  const filled = (text: string): string => tryResolve(resolve, text) ?? text;
  const attrs = Object.fromEntries(Object.entries(action.print.attrs).map(([key, value]) => [key, filled(value)]));
  const { text, near, rivals } = action.print;
  return { ...action.print, attrs, text: filled(text), near: filled(near), ...(rivals ? { rivals: rivals.map(filled) } : {}) };
}
