import type { Actor, Intent } from '../core/intent.ts';
import { resolveDeep, resolveText, type Scope } from '../core/template.ts';

export type Env = Record<string, string | undefined>;

/** Adds an intent's variables, which may use fixtures and each other in any order. */
export function withVars(vars: Record<string, string>, scope: Scope, env: Env): Scope {
  const whole: Scope = { ...scope };
  let left = Object.entries(vars);
  for (let round = left.length; left.length > 0; round--) {
    const later: typeof left = [];
    for (const [name, template] of left) {
      try {
        whole[name] = resolveText(template, whole, env);
      } catch (error) {
        if (round <= 0) throw error;
        later.push([name, template]);
      }
    }
    left = later;
  }
  return whole;
}

/** The actors with their templates resolved; a journey without any has one, "user". */
export const bindActors = (intent: Intent, scope: Scope, env: Env): Record<string, Actor> => {
  const declared = Object.keys(intent.actors).length > 0 ? intent.actors : { user: { name: 'user' } };
  return resolveDeep(declared, scope, env);
};

/** Every string of a scope with its dotted name: what the lockfile writes back as templates. */
export function* namedStrings(scope: Scope, prefix = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(scope)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string' || typeof value === 'number') yield [name, String(value)];
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) yield* namedStrings(value as Scope, name);
  }
}
