import { ACTION_EFFECT, type Action, type RequestSeen } from '../core/action.ts';
import type { Turn } from '../core/decision.ts';
import type { Observation } from '../core/observation.ts';

/** What a guard says of an action before it is done. */
export type GuardAnswer = { allow: true } | { allow: false; why: string; ambiguous: boolean };

interface Commit {
  control: string;
  requests: RequestSeen[];
}

/** Requests of the application itself that may have changed its state. */
export const commitsOf = (requests: readonly RequestSeen[]): RequestSeen[] => requests.filter((request) => request.changes && request.own);

/**
 * Keeps a step from being committed twice, whoever carries it out. After a commit everything may go on, but the same control
 * with the same values on the same form is not used again, unless the application visibly refused it.
 */
export class EffectGuard {
  #commits: Commit[] = [];

  check(action: Action, on: Observation, turns: readonly Turn[]): GuardAnswer {
    if (ACTION_EFFECT[action.kind] === 'read') return { allow: true };
    const control = controlKey(action, on, turns);
    const before = this.#commits.filter((commit) => commit.control === control);
    if (before.length === 0) return { allow: true };
    const last = before.at(-1)!;
    const unanswered = last.requests.find((request) => request.status === undefined || request.status >= 500);
    if (unanswered) {
      const found =
        unanswered.status === undefined ? `no answer (${unanswered.failed ?? 'connection lost'})` : `status ${unanswered.status}`;
      return {
        allow: false,
        ambiguous: true,
        why: `${unanswered.method} ${unanswered.template} was sent and got ${found}: it may have happened, so it is not sent again`,
      };
    }
    const refused =
      last.requests.some((request) => (request.status ?? 0) >= 400) ||
      on.notices.some((notice) => notice.kind === 'validation' || notice.kind === 'alert');
    if (refused && before.length < 3) return { allow: true };
    const sent = last.requests.map((request) => `${request.method} ${request.template}`).join(', ');
    return { allow: false, ambiguous: false, why: `this step already sent ${sent} from the same control with the same values` };
  }

  record(action: Action, on: Observation, turns: readonly Turn[], requests: readonly RequestSeen[]): boolean {
    const commits = commitsOf(requests);
    if (commits.length === 0) return false;
    this.#commits.push({ control: controlKey(action, on, turns), requests: [...commits] });
    return true;
  }

  get committed(): boolean {
    return this.#commits.length > 0;
  }
}

/**
 * The control, the form it belongs to and what was put into that form: the same again would be the same commit.
 * Not the page's path: a refused or a finished form often comes back under another one.
 */
function controlKey(action: Action, on: Observation, turns: readonly Turn[]): string {
  const target =
    'target' in action && action.target !== undefined ? on.candidates.find((candidate) => candidate.id === action.target) : undefined;
  const fields = on.candidates
    .filter((candidate) => FIELD_ROLES.has(candidate.role) && candidate.context.dialog === target?.context.dialog)
    .map((field) => [field.role, field.name]);
  const typed = turns
    .filter((turn) => turn.outcome.ok && FILLING.has(turn.action.kind))
    .map((turn) => JSON.stringify({ ...turn.action, target: turn.target }));
  return JSON.stringify([
    action.kind,
    target?.role ?? '',
    target?.name ?? '',
    target?.context.row ?? '',
    target?.context.dialog ?? '',
    action.kind === 'mail' ? [action.mail, action.link] : [],
    action.kind === 'dialog' ? on.nativeDialog?.message : '',
    // Buttons that stand in no form are told apart by what stands above them.
    fields.length > 0 ? fields : (target?.context.heading ?? on.path),
    typed,
  ]);
}

const FIELD_ROLES = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'listbox',
  'spinbutton',
  'slider',
  'checkbox',
  'switch',
  'radio',
  'radiogroup',
]);
const FILLING = new Set(['fill', 'select', 'check', 'upload', 'slide']);
