import type { Action, ActionKind, ValueRef } from '../core/action.ts';
import type { StepTask, Turn } from '../core/decision.ts';
import type { LockedAction } from '../core/lock.ts';
import { rivalsOf } from '../agents/kinship.ts';
import type { Candidate, Fingerprint, Observation } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { shapeOf, shapeOfLine } from '../core/value-shape.ts';
import { anchored, asTemplate, namedValues, type NamedValues } from './anchor.ts';
import { commitsOf } from './effect-guard.ts';

/** What was done, as the lockfile keeps it. Looks that led nowhere (a failed action) are not kept. */
export function recordAction(turn: Turn, on: Observation, step: StepTask, names: NamedValues): LockedAction | undefined {
  // A wait is not a part of the way: whoever walks it looks at what is awaited.
  if (!turn.outcome.ok || (turn.action.kind === 'wait' && turn.action.text === undefined)) return undefined;
  const { action } = turn;
  const value = valueOf(action, on, step, names);
  const candidate = 'target' in action && action.target !== undefined ? on.candidates.find((item) => item.id === action.target) : undefined;
  const commits = [...new Set(commitsOf(turn.outcome.requests).map((request) => `${request.method} ${request.template}`))];
  return {
    kind: action.kind,
    ...(turn.target ? { target: anchored(turn.target, step, names) } : {}),
    ...value,
    ...(action.kind === 'drag' ? { to: dropTarget(action.to, on, step, names) } : {}),
    page: asTemplate(pathTemplate(on.path), names),
    commits,
    ...(candidate ? { print: keptPrint(candidate, on, names) } : {}),
  };
}

/** A recorded action with the digest of the page it was decided on. */
export interface Trodden {
  digest: string;
  action: LockedAction;
  /** It did more than the page shows: a request that changes something, a download, a dialog. */
  lasting: boolean;
}

/** Looking around: all that a detour can consist of. What was typed may not show (a password). */
const LOOKING: ReadonlySet<ActionKind> = new Set(['click', 'hover', 'scroll', 'back', 'reload', 'goto', 'tab']);

/**
 * The way without its detours: what lies between two looks at the very same page, and changed nothing, led nowhere.
 * `end` is the page the step ended on.
 */
export function withoutDetours(way: readonly Trodden[], end: string): LockedAction[] {
  const kept: Trodden[] = [];
  for (const next of [...way, undefined]) {
    const digest = next?.digest ?? end;
    const back = kept.findIndex((earlier) => earlier.digest === digest);
    if (back !== -1 && kept.length - back > 1 && kept.slice(back).every(({ action, lasting }) => !lasting && LOOKING.has(action.kind)))
      kept.length = back;
    if (next) kept.push(next);
  }
  return kept.map(({ action }) => action);
}

/** A fingerprint without what is another one in every run, and with what the control must not be mistaken for. */
export function keptPrint(candidate: Candidate, on: Observation, names: NamedValues): Fingerprint {
  const { print } = candidate;
  const rivals = rivalsOf(on, candidate).map((rival) => asTemplate(rival, names));
  const attrs = Object.fromEntries(
    Object.entries(print.attrs).map(([key, value]) => [
      key,
      key === 'href' ? pathTemplate(asTemplate(value, names)) : asTemplate(value, names),
    ]),
  );
  return { ...print, attrs, text: asTemplate(print.text, names), near: asTemplate(print.near, names), rivals };
}

function dropTarget(id: number, on: Observation, step: StepTask, names: NamedValues) {
  const candidate = on.candidates.find((item) => item.id === id);
  return candidate ? anchored({ role: candidate.role, name: candidate.name, ...candidate.context }, step, names) : undefined;
}

function valueOf(action: Action, on: Observation, step: StepTask, names: NamedValues): Pick<LockedAction, 'value' | 'from'> {
  switch (action.kind) {
    case 'fill':
    case 'slide':
      return refTemplate(action.value, step);
    case 'select':
      return refTemplate(action.option, step);
    case 'dialog':
      return action.text ? refTemplate(action.text, step) : { value: action.accept ? 'on' : 'off' };
    case 'check':
      return { value: action.on ? 'on' : 'off' };
    case 'press':
      return { value: action.key };
    case 'upload':
      return { value: action.file };
    case 'scroll':
      return { value: action.direction };
    case 'goto':
      return { value: asTemplate(action.path, names) };
    case 'tab':
      return { value: String(action.index) };
    case 'click':
      return action.double ? { value: 'double' } : action.button === 'right' ? { value: 'right' } : {};
    case 'wait':
      return action.text ? { value: asTemplate(action.text, names) } : {};
    case 'mail': {
      const mail = on.mail.find((item) => item.id === action.mail);
      const link = mail?.links.find((item) => item.id === action.link);
      // A link may be written out with its token, which is another one tomorrow and may be a secret.
      return { value: shapeOfLine(asTemplate(`${mail?.subject ?? ''} → ${link?.text ?? ''}`, names), step.text), from: 'page' };
    }
    case 'back':
    case 'reload':
    case 'hover':
    case 'drag':
    case 'read-mail':
      return {};
  }
}

function refTemplate(ref: ValueRef, step: StepTask): Pick<LockedAction, 'value' | 'from'> {
  if (ref.from === 'var') return { value: `\${${ref.name}}`, from: 'var' };
  if (ref.from === 'secret') return { value: `\${secret:${ref.name}}`, from: 'secret' };
  // A code or a key is another one tomorrow, and may be a secret: only its shape is kept.
  if (ref.from === 'page') return { value: shapeOf(ref.text), from: 'page' };
  if (step.template.includes(ref.text)) return { value: ref.text, from: 'step' };
  const said = namedValues(
    step.values.flatMap(({ name, secret, value }) => (name && !secret ? [[name, value] as const] : [])),
    1,
  );
  return { value: asTemplate(ref.text, said), from: 'step' };
}
