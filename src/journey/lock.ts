import type { Intent } from '../core/intent.ts';
import type { LockedAction, LockedStep, Lockfile } from '../core/lock.ts';

/** Actors as the lockfile keeps them: a change of what they have invalidates it. */
export const lockActors = (intent: Intent): string[] =>
  Object.values(intent.actors).map((actor) =>
    [actor.name, actor.session === undefined ? '' : 'session', actor.mailbox === undefined ? '' : 'mailbox'].filter(Boolean).join(' '),
  );

/**
 * What of a lockfile still fits the intent: the leading steps whose sentence and actor are unchanged.
 * Another actor list invalidates all of it.
 */
export function fittingLock(lock: Lockfile, intent: Intent): { lock?: Lockfile; why?: string } {
  if (lock.intent !== intent.id) return { why: `it belongs to ${lock.intent}` };
  if (JSON.stringify(lock.actors) !== JSON.stringify(lockActors(intent))) return { why: 'the actors have changed' };
  const changed = intent.journey.findIndex(
    (step, index) => lock.steps[index]?.text !== step.text || lock.steps[index]?.actor !== step.actor,
  );
  if (changed === -1) return { lock: { ...lock, steps: lock.steps.slice(0, intent.journey.length) } };
  if (changed === 0) return { why: 'the first sentence has changed' };
  return { lock: { ...lock, steps: lock.steps.slice(0, changed) }, why: `step ${changed + 1} has changed` };
}

/** The lockfile of a journey that has just proved itself. */
export function newLock(intent: Intent, steps: LockedStep[], converges: Record<string, number>, before?: Lockfile): Lockfile {
  const same =
    before && before.steps.length === steps.length ? before.steps.map((step, index) => keepUnchanged(step, steps[index]!)) : steps;
  return {
    version: 1,
    intent: intent.id,
    actors: lockActors(intent),
    steps: same,
    converges: keepSteady(converges, before?.converges ?? {}),
  };
}

/** The old lines of a step that was carried out the same way: fingerprints drift with every pixel and would fill the diff. */
const keepUnchanged = (old: LockedStep, now: LockedStep): LockedStep =>
  signature(old.actions) === signature(now.actions) ? { ...now, actions: old.actions } : now;

/** Whatever order its keys were put in: one side was read from a file, the other was just recorded. */
const signature = (actions: readonly LockedAction[]): string =>
  JSON.stringify(
    actions.map(({ print: _, ...rest }) => rest),
    (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );

/** Times within a factor of two of the recorded ones are the same for a diff's reader. */
function keepSteady(now: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now).map(([id, ms]) => {
      const old = before[id];
      return [id, old !== undefined && ms <= Math.max(old * 2, old + 250) && ms >= old / 2 - 250 ? old : Math.round(ms)];
    }),
  );
}
