import type { ActorSession } from '../browser/port.ts';
import type { Agent } from '../core/decision.ts';
import type { Lockfile } from '../core/lock.ts';

/** Ways to carry a journey out wrongly on purpose: an intent that still passes proves nothing. */
export const SABOTAGES = ['idle', 'last-commit-left-out', 'wrong-value'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

export const SABOTAGE_WORDS: Record<Sabotage, string> = {
  idle: 'nobody did anything',
  'last-commit-left-out': 'the last action that changes something was left out',
  'wrong-value': 'a wrong value was typed',
};

/** Says that everything is done, and does nothing. */
export const idleAgent = (): Agent => ({ name: 'replay', decide: async () => ({ kind: 'step-done', why: 'left out on purpose' }) });

/** The recorded way without its last committing action; undefined when nothing was committed. */
export function withoutLastCommit(lock: Lockfile): Lockfile | undefined {
  const at = lock.steps.findLastIndex((step) => step.actions.some((action) => action.commits.length > 0));
  if (at === -1) return undefined;
  const steps = lock.steps.map((step, index) => {
    if (index < at) return step;
    if (index > at) return { ...step, actions: [] };
    const last = step.actions.findLastIndex((action) => action.commits.length > 0);
    return { ...step, actions: step.actions.slice(0, last) };
  });
  return { ...lock, steps };
}

/** Whether a recorded way can go wrong like this: one that types nothing cannot type it wrongly. */
export function canSpoil(sabotage: Sabotage, lock: Lockfile | undefined): boolean {
  if (sabotage === 'idle') return true;
  if (sabotage === 'last-commit-left-out') return lock !== undefined && withoutLastCommit(lock) !== undefined;
  return stepThatTypes(lock) !== undefined;
}

/** The last step that types something which is no secret. */
export function stepThatTypes(lock: Lockfile | undefined): number | undefined {
  const index = lock?.steps.findLastIndex((step) => step.actions.some((action) => action.kind === 'fill' && action.from !== 'secret')) ?? -1;
  return index === -1 ? undefined : index;
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
        real.act(action, on, action.kind === 'fill' && action.value.from !== 'secret' && isVictim() ? { ...options, valueOf: (ref, field) => spoiled(options.valueOf(ref, field), field.inputType) } : options);
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
