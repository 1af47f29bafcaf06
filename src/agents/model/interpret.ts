import { ACTION_EFFECT, type Action } from '../../core/action.ts';
import type { StepTask } from '../../core/decision.ts';
import { mailLinks } from '../../core/describe-observation.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { sight, targetOf } from '../identity.ts';
import type { ModelAnswer, Wish } from './answer.ts';
import { looksInjected } from './injection.ts';
import { optionFrom, wordsFrom } from './words.ts';

/** Keys that move or confirm; none that types. */
const KEYS = new Set([
  'Enter',
  'Escape',
  'Tab',
  'Space',
  'Backspace',
  'Delete',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Shift+Tab',
]);

/** More than this in one answer is a plan, not a form. */
const LONGEST = 12;

/** `whole`: false when something that was wished for comes after an action that the page must be seen after. */
export type Reading = { actions: Action[]; whole: boolean } | { complaint: string };

/**
 * The model's wishes as actions on candidates that are really there, or the first thing that is wrong with them.
 * Reading actions run up to the first one that may change something; what comes after it is decided on the page that follows,
 * unless it is the same once more: a calendar is turned month by month.
 */
export function actionsOf(answer: ModelAnswer, step: StepTask, observation: Observation): Reading {
  const actions: Action[] = [];
  const wishes = answer.do.filter((wish) => wish.act !== 'look');
  for (const [index, wish] of wishes.slice(0, LONGEST).entries()) {
    const action = actionOf(wish, step, observation);
    if ('complaint' in action) return action;
    actions.push(action);
    if (
      (ACTION_EFFECT[action.kind] === 'write' || turnsThePage(action)) &&
      !(isRepeatable(action, observation) && isSame(wish, wishes[index + 1]))
    )
      break;
  }
  return { actions, whole: actions.length === wishes.length };
}

/** Nothing but its name says that a control is still the same one after the page has changed: one that has a twin is not pressed twice. */
function isRepeatable(action: Action, observation: Observation): boolean {
  if (action.kind !== 'click' && action.kind !== 'press') return false;
  const on = observation.candidates.find(({ id }) => id === action.target);
  return on === undefined || 'found' in sight(observation, targetOf(on));
}

const isSame = (wish: Wish, next: Wish | undefined): boolean =>
  next !== undefined && next.act === wish.act && next.on === wish.on && next.value === wish.value;

const turnsThePage = (action: Action): boolean =>
  ['back', 'reload', 'goto', 'tab', 'read-mail', 'wait', 'scroll', 'hover'].includes(action.kind);

function actionOf(wish: Wish, step: StepTask, observation: Observation): Action | { complaint: string } {
  const { act, value } = wish;
  switch (act) {
    case 'click':
    case 'double-click':
    case 'right-click':
    case 'hover':
    case 'check':
    case 'uncheck':
    case 'fill':
    case 'select':
    case 'slide':
    case 'upload':
    case 'drag': {
      const candidate = candidateAt(wish.on, observation);
      return 'complaint' in candidate ? candidate : onCandidate(wish, candidate, step, observation);
    }
    case 'press': {
      if (!KEYS.has(value)) return { complaint: `"${value}" is not a key that can be pressed: ${[...KEYS].join(', ')}` };
      if (wish.on === 0) return { kind: 'press', key: value };
      const candidate = candidateAt(wish.on, observation);
      return 'complaint' in candidate ? candidate : { kind: 'press', key: value, target: candidate.id };
    }
    case 'scroll': {
      const inside = observation.candidates.find((candidate) => candidate.id === wish.on);
      return { kind: 'scroll', direction: value === 'up' ? 'up' : 'down', ...(inside && wish.on !== 0 ? { target: inside.id } : {}) };
    }
    case 'tab': {
      const index = Number(value === '' ? wish.on : value);
      return observation.tabs.some((tab) => tab.index === index) ? { kind: 'tab', index } : { complaint: `there is no tab ${value}` };
    }
    case 'goto':
      return pathOf(value, step, observation);
    case 'accept':
    case 'dismiss':
      return dialogOf(wish, step, observation);
    case 'read-mail':
      return step.hasMailbox ? { kind: 'read-mail' } : { complaint: 'you have no mailbox' };
    case 'mail': {
      const link = mailLinks(observation.mail).find((entry) => entry.number === wish.on);
      return link ? { kind: 'mail', mail: link.mail, link: link.link } : { complaint: `there is no mail link L${wish.on}` };
    }
    case 'wait': {
      if (value === '') return { kind: 'wait' };
      const words = wordsFrom(value, step, observation);
      return 'complaint' in words ? { kind: 'wait' } : { kind: 'wait', text: words.text };
    }
    case 'back':
    case 'reload':
      return { kind: act };
    case 'look':
      return { complaint: 'look stands alone' };
  }
}

function onCandidate(wish: Wish, candidate: Candidate, step: StepTask, observation: Observation): Action | { complaint: string } {
  const target = candidate.id;
  switch (wish.act) {
    case 'double-click':
      return { kind: 'click', target, double: true };
    case 'right-click':
      return { kind: 'click', target, button: 'right' };
    case 'hover':
      return { kind: 'hover', target };
    case 'check':
    case 'uncheck':
      return { kind: 'check', target, on: wish.act === 'check' };
    case 'fill':
    case 'slide': {
      const words = wordsFrom(wish.value, step, observation);
      if ('complaint' in words) return words;
      return { kind: wish.act, target, value: words.ref };
    }
    case 'select': {
      const words = optionFrom(wish.value, candidate, step, observation);
      return 'complaint' in words ? words : { kind: 'select', target, option: words.ref };
    }
    case 'upload': {
      const file = step.files.find((name) => name === wish.value.replace(/^(?:step|page):/, ''));
      return file
        ? { kind: 'upload', target, file }
        : { complaint: `there is no file "${wish.value}": ${step.files.join(', ') || 'none can be uploaded'}` };
    }
    case 'drag': {
      const to = candidateAt(Number(wish.value), observation);
      return 'complaint' in to ? to : { kind: 'drag', target, to: to.id };
    }
    // Ticking is part of filling in: the page need not be seen anew after it.
    default:
      return candidate.checked !== undefined && (candidate.role === 'checkbox' || candidate.role === 'radio')
        ? { kind: 'check', target, on: candidate.role === 'radio' || candidate.checked !== true }
        : { kind: 'click', target };
  }
}

/** Never the nearest match: a number that is not in the list is nobody. */
function candidateAt(number: number, observation: Observation): Candidate | { complaint: string } {
  const candidate = observation.candidates.find(({ id }) => id === number);
  if (!candidate) return { complaint: `there is no number ${number} in PAGE` };
  if (candidate.disabled) return { complaint: `${number} ${candidate.role} "${candidate.name}" is disabled` };
  if (looksInjected(candidate.name)) return { complaint: `the name of ${number} gives instructions: it is not touched` };
  return candidate;
}

function pathOf(value: string, step: StepTask, observation: Observation): Action | { complaint: string } {
  const bare = value.replace(/^page:/, '').trim();
  if (bare.startsWith('/') && !bare.startsWith('//') && observation.candidates.some((candidate) => candidate.href === bare))
    return { kind: 'goto', path: bare };
  const words = wordsFrom(value, step, observation);
  if ('complaint' in words) return words;
  const path = words.ref.from === 'secret' ? '' : words.text;
  return /^\/(?!\/)/.test(path) ? { kind: 'goto', path } : { complaint: `"${value}" is not a path of this application` };
}

function dialogOf(wish: Wish, step: StepTask, observation: Observation): Action | { complaint: string } {
  if (!observation.nativeDialog) return { complaint: 'no native dialog is open: click its button instead' };
  const accept = wish.act === 'accept';
  if (wish.value === '') return { kind: 'dialog', accept };
  const words = wordsFrom(wish.value, step, observation);
  return 'complaint' in words ? words : { kind: 'dialog', accept, text: words.ref };
}
