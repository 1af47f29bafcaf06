import type { Action } from '../core/action.ts';
import type { Agent, DecideInput, Decision, StepTask, Turn } from '../core/decision.ts';
import type { LockedAction, Lockfile } from '../core/lock.ts';
import type { Candidate, Observation } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { looksBusy } from './busy.ts';
import { isUnderWay } from './builtin/wait.ts';
import { awaits, notYetSo } from './condition.ts';
import { describe, sight, targetOf } from './identity.ts';
import { wasRival } from './kinship.ts';
import {
  missingCommits,
  openRecorded,
  pagesAgree,
  recordedMail,
  recordedStep,
  type Resolve,
  resolvedPrint,
  resolveTarget,
  valueRef,
  tryResolve,
} from './recorded.ts';
import { plain } from './words.ts';

/** Follows the lockfile, action by action, as long as each target is still the same element on the same page. Never guesses. */
export function createReplay(lock: Lockfile | undefined, resolve: Resolve): Agent {
  return {
    name: 'replay',
    decide: async (input) => replay(lock, resolve, input),
    beginsInMail: (step) => {
      const recorded = recordedStep(lock, step);
      return 'none' in recorded ? undefined : recorded.actions[0]?.kind === 'read-mail';
    },
  };
}

function replay(lock: Lockfile | undefined, resolve: Resolve, input: DecideInput): Decision {
  const recorded = recordedStep(lock, input.step);
  if ('none' in recorded) return { kind: 'unsure', why: recorded.none, because: 'sentence' };
  const last = input.turns.at(-1);
  if (last?.agent === 'replay' && !last.outcome.ok && !wasDrawnAgain(last, input.turns.at(-2))) {
    return { kind: 'unsure', why: `the recorded action did not work: ${last.outcome.error ?? last.outcome.miss ?? 'no reason given'}` };
  }
  const open = openRecorded(recorded.actions, input.turns, resolve);
  const next = open[0];
  if (next === undefined) return closing(recorded.actions, input);
  const decision = follow(recorded.actions[next]!, input.observation, resolve, `${next + 1} of ${recorded.actions.length}`);
  return decision.kind === 'act'
    ? { ...decision, next: recorded.actions[open[1] ?? Infinity]?.kind ?? firstOfNext(lock, input.step) }
    : decision;
}

/** What the same person did first in the next sentence. */
function firstOfNext(lock: Lockfile | undefined, { index, actor }: StepTask): Action['kind'] | undefined {
  const next = lock?.steps[index + 1];
  return next?.actor === actor ? next.actions[0]?.kind : undefined;
}

/** The page was drawn again between the look and the deed, and nothing was done: the element is looked for once more, and taken only if it is there as it was recorded. */
const wasDrawnAgain = (last: Turn, before: Turn | undefined): boolean =>
  last.outcome.miss === 'gone' && last.outcome.requests.length === 0 && !(before?.agent === 'replay' && !before.outcome.ok);

/** Looks at a page that does not yet say what the step waits for; each is bounded by the session. */
const LOOKS = 6;

/** All recorded actions are done; the step is, if what they changed last time was changed again. */
function closing(actions: readonly LockedAction[], { step, turns, earlier, observation }: DecideInput): Decision {
  const missing = missingCommits(actions, turns);
  if (missing.length > 0) return { kind: 'unsure', why: `all recorded actions are done, but ${missing.join(', ')} was not sent` };
  if (observation.nativeDialog) return { kind: 'unsure', why: `a dialog that was not recorded asks: ${observation.nativeDialog.message}` };
  const awaited = notYetSo(
    step,
    observation,
    [...earlier.slice(-1), ...turns].flatMap((turn) => turn.added),
  );
  if (awaited !== undefined) {
    const looks = turns.filter((turn) => turn.agent === 'replay' && turn.action.kind === 'wait').length;
    return looks < LOOKS
      ? { kind: 'act', action: { kind: 'wait' }, why: `not yet: ${awaited}`, confidence: 1 }
      : { kind: 'unsure', why: `it did not come to be so: ${awaited}` };
  }
  if (actions.length === 0 && awaits(step) && (turns.length > 0 || isUnderWay(observation)))
    return { kind: 'unsure', why: 'nothing was recorded for this step, which waits for something that the page is still busy with' };
  if (actions.length === 0) return { kind: 'step-done', why: 'nothing was recorded for this step: it was carried out by the step before' };
  return { kind: 'step-done', why: `all ${actions.length} recorded actions are done` };
}

function follow(action: LockedAction, observation: Observation, resolve: Resolve, which: string): Decision {
  const unsure = (why: string, between?: string[]): Decision => ({
    kind: 'unsure',
    why: `recorded action ${which}: ${why}`,
    ...(between ? { between } : {}),
  });
  if (observation.nativeDialog && action.kind !== 'dialog')
    return unsure(`a dialog that was not recorded asks: ${observation.nativeDialog.message}`);
  if (!action.target) {
    const plainAction = withoutTarget(action, observation, resolve);
    return 'why' in plainAction ? unsure(plainAction.why) : act(plainAction.action, which);
  }
  const here = pathTemplate(observation.path);
  const page = tryResolve(resolve, action.page) ?? action.page;
  if (!pagesAgree(page, here)) return unsure(`it was done on ${page}, this is ${here}`);
  const target = resolveTarget(action.target, resolve);
  if (!target) return unsure('it names a variable that is not defined');
  const seen = sight(observation, target);
  if ('missing' in seen) {
    if (seen.missing === 'gone' && looksBusy(observation)) return unsure(`${seen.why}, but the page is still loading`);
    return unsure(`${seen.missing}: ${seen.why}`, seen.between);
  }
  // Two that only their headings told apart: what is left is the other one.
  if (plain(seen.found.context.heading ?? '') !== plain(target.heading ?? '') && wasRival(seen.found, resolvedPrint(action, resolve)))
    return unsure(`gone: ${describe(target)} is not on the page; the one that is left stood there beside it`);
  const blocked = unusable(seen.found);
  if (blocked) return unsure(blocked);
  const built = onTarget(action, seen.found, observation, resolve);
  return 'why' in built ? unsure(built.why) : act(built.action, which, seen.found);
}

const act = (action: Action, which: string, found?: Candidate): Decision => ({
  kind: 'act',
  action,
  why: `recorded action ${which}`,
  confidence: 1,
  ...(found ? { target: targetOf(found) } : {}),
});

function unusable(candidate: Candidate): string | undefined {
  if (candidate.disabled) return `${describe(candidate)} is disabled`;
  if (candidate.coveredBy !== undefined) return `${describe(candidate)} is covered by ${candidate.coveredBy || 'something'}`;
  return undefined;
}

type Built = { action: Action } | { why: string };

/** The action that a recorded one comes to on this element. */
export function onTarget(recorded: LockedAction, candidate: Candidate, observation: Observation, resolve: Resolve): Built {
  const target = candidate.id;
  switch (recorded.kind) {
    case 'click':
      return {
        action: {
          kind: 'click',
          target,
          ...(recorded.value === 'double' ? { double: true } : recorded.value === 'right' ? { button: 'right' as const } : {}),
        },
      };
    case 'hover':
      return { action: { kind: 'hover', target } };
    case 'check':
      return { action: { kind: 'check', target, on: recorded.value !== 'off' } };
    case 'press':
      return { action: { kind: 'press', key: recorded.value ?? 'Enter', target } };
    case 'upload':
      return { action: { kind: 'upload', target, file: recorded.value ?? '' } };
    case 'scroll':
      return { action: { kind: 'scroll', direction: recorded.value === 'up' ? 'up' : 'down', target } };
    case 'fill':
    case 'select':
    case 'slide':
      return typed(recorded, target, observation, resolve);
    case 'drag':
      return dragged(recorded, target, observation, resolve);
    default:
      return { why: `a recorded ${recorded.kind} has no target` };
  }
}

function typed(recorded: LockedAction, target: number, observation: Observation, resolve: Resolve): Built {
  const value = valueRef(recorded, observation, resolve);
  if (!value)
    return {
      why:
        recorded.from === 'page'
          ? 'its value was read from the page, where it is no more'
          : 'its value names a variable that is not defined',
    };
  if (recorded.kind === 'select') return { action: { kind: 'select', target, option: value } };
  return { action: { kind: recorded.kind as 'fill' | 'slide', target, value } };
}

function dragged(recorded: LockedAction, target: number, observation: Observation, resolve: Resolve): Built {
  const to = recorded.to && resolveTarget(recorded.to, resolve);
  const seen = to && sight(observation, to);
  if (!seen || 'missing' in seen) return { why: seen ? seen.why : 'it does not say where it was dropped' };
  return { action: { kind: 'drag', target, to: seen.found.id } };
}

function withoutTarget(recorded: LockedAction, observation: Observation, resolve: Resolve): Built {
  const text = (): string | undefined => {
    const value = valueRef(recorded, observation, resolve);
    return value?.from === 'step' ? value.text : value && resolve(recorded.value!);
  };
  switch (recorded.kind) {
    case 'back':
      return { action: { kind: 'back' } };
    case 'reload':
      return { action: { kind: 'reload' } };
    case 'read-mail':
      return { action: { kind: 'read-mail' } };
    case 'press':
      return { action: { kind: 'press', key: recorded.value ?? 'Enter' } };
    case 'scroll':
      return { action: { kind: 'scroll', direction: recorded.value === 'up' ? 'up' : 'down' } };
    case 'wait':
      return { action: { kind: 'wait', ...(recorded.value ? { text: resolve(recorded.value) } : {}) } };
    case 'tab':
      return { action: { kind: 'tab', index: Number(recorded.value) } };
    case 'goto': {
      const path = text();
      return path === undefined ? { why: 'its path names a variable that is not defined' } : { action: { kind: 'goto', path } };
    }
    case 'dialog':
      return dialogAnswer(recorded, observation, resolve);
    case 'mail': {
      const found = recordedMail(recorded, observation.mail, resolve);
      return found
        ? { action: { kind: 'mail', mail: found.mail.id, link: found.link } }
        : { why: `no mail “${recorded.value}” is in the mailbox` };
    }
    default:
      return { why: `the recorded ${recorded.kind} has no target` };
  }
}

function dialogAnswer(recorded: LockedAction, observation: Observation, resolve: Resolve): Built {
  if (!observation.nativeDialog) return { why: 'no dialog asks anything' };
  if (recorded.value === 'on' || recorded.value === 'off' || recorded.value === undefined)
    return { action: { kind: 'dialog', accept: recorded.value !== 'off' } };
  const value = valueRef(recorded, observation, resolve);
  return value ? { action: { kind: 'dialog', accept: true, text: value } } : { why: 'its value names a variable that is not defined' };
}
