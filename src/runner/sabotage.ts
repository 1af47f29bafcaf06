import type { ActorSession } from '../browser/port.ts';
import type { Agent } from '../core/decision.ts';
import type { Intent } from '../core/intent.ts';
import type { Lockfile } from '../core/lock.ts';

/** Ways to carry a journey out wrongly on purpose: an intent that still passes proves nothing. */
export const SABOTAGES = ['idle', 'last-commit-left-out', 'wrong-value'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

export const SABOTAGE_WORDS: Record<Sabotage, string> = {
  idle: 'nobody did anything',
  'last-commit-left-out': 'the last action that changes something was left out',
  'wrong-value': 'a wrong value was typed and sent',
};

/** Says that everything is done, and does nothing. */
export const idleAgent = (): Agent => ({ name: 'replay', decide: async () => ({ kind: 'step-done', why: 'left out on purpose' }) });

/** The step of the last action that was meant to change something: what is only tried must change nothing anyway. */
const lastCommit = (lock: Lockfile, intent: Intent): number =>
  lock.steps.findLastIndex((step, index) => !intent.journey[index]?.tries && step.actions.some((action) => action.commits.length > 0));

/** The recorded way without its last committing action; undefined when nothing was committed. */
export function withoutLastCommit(lock: Lockfile, intent: Intent): Lockfile | undefined {
  const at = lastCommit(lock, intent);
  if (at === -1) return undefined;
  const steps = lock.steps.map((step, index) => {
    if (index < at) return step;
    if (index > at) return intent.journey[index]?.tries ? step : { ...step, actions: [] };
    const last = step.actions.findLastIndex((action) => action.commits.length > 0);
    return { ...step, actions: step.actions.slice(0, last) };
  });
  return { ...lock, steps };
}

/** Whether a recorded way can go wrong like this: one that types nothing cannot type it wrongly. */
export function canSpoil(sabotage: Sabotage, lock: Lockfile | undefined, intent: Intent): boolean {
  if (sabotage === 'idle') return true;
  if (sabotage === 'last-commit-left-out') return lock !== undefined && withoutLastCommit(lock, intent) !== undefined;
  return stepThatTypes(lock, intent) !== undefined;
}

/** The last step that types something which is no secret, and which is sent: what is typed into a search after the last change is nobody's state. */
export function stepThatTypes(lock: Lockfile | undefined, intent: Intent): number | undefined {
  if (!lock) return undefined;
  const sent = lastCommit(lock, intent);
  const index = lock.steps.findLastIndex((step, at) => {
    const commit = at === sent ? step.actions.findLastIndex((action) => action.commits.length > 0) : at < sent ? step.actions.length : -1;
    return (
      !intent.journey[at]?.tries &&
      step.actions.slice(0, Math.max(0, commit)).some((action) => action.kind === 'fill' && action.from !== 'secret')
    );
  });
  return index === -1 ? undefined : index;
}

/** Which invariant would notice it: what to tell those whose intent did not. */
export function missingInvariant(sabotage: Sabotage, lock: Lockfile, intent: Intent): string {
  switch (sabotage) {
    case 'idle':
      return 'an eventually, changes or increases_by about what the journey itself makes';
    case 'last-commit-left-out': {
      const at = lastCommit(lock, intent);
      return `one about what ${lock.steps[at]!.actions.findLast((action) => action.commits.length > 0)!.commits.at(-1)} changes (step ${at + 1}, “${intent.journey[at]!.text}”)`;
    }
    case 'wrong-value': {
      const at = stepThatTypes(lock, intent)!;
      const fields = lock.steps[at]!.actions.filter((action) => action.kind === 'fill' && action.from !== 'secret').map(
        ({ target }) => `“${target?.name ?? 'a field'}”`,
      );
      return `one that expects what is typed into ${fields.join(' and ')} (step ${at + 1}, “${intent.journey[at]!.text}”)`;
    }
  }
}

/** A session that types something else into every field of the step that `isVictim` says, secrets aside. */
export function typingWrongly(session: ActorSession, isVictim: () => boolean): ActorSession {
  return new Proxy(session, {
    get(real, key) {
      if (key !== 'act') {
        const value: unknown = Reflect.get(real, key, real);
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(real) : value;
      }
      const act: ActorSession['act'] = (action, on, options) =>
        real.act(
          action,
          on,
          action.kind === 'fill' && action.value.from !== 'secret' && isVictim()
            ? { ...options, valueOf: (ref, field) => spoiled(options.valueOf(ref, field), field.inputType) }
            : options,
        );
      return act;
    },
  });
}

/** Another value of the same kind: a field must accept it, or nothing is proven. */
function spoiled(value: string, inputType?: string): string {
  if (inputType === 'email' || value.includes('@')) return value.replace('@', '.wrong@');
  if (/^\d+$/.test(value)) return value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
  if (inputType === 'date') return value.replace(/-(\d\d)$/, (_, day: string) => `-${day === '01' ? '02' : '01'}`);
  return `${value} wrong`;
}
