import type { Intent } from '../core/intent.ts';
import type { MailItem } from '../core/observation.ts';
import { resolveText, type Scope } from '../core/template.ts';
import type { Env } from './scope.ts';

/** A mailbox that does not answer is told of when its mail is needed, ms. */
const LIMIT_MS = 3000;

/** Ids of the mail that is there before an attempt begins, by address. An address that only a fixture knows is not asked for yet, nor is there mail to what is new in every run. */
export async function mailBefore(
  intent: Pick<Intent, 'actors' | 'vars'>,
  base: Scope,
  env: Env,
  read: (address: string, signal: AbortSignal) => Promise<MailItem[]>,
  signal: AbortSignal,
): Promise<Map<string, ReadonlySet<string>>> {
  const scope = knownVars(intent.vars, base, env);
  const addresses = new Set(
    Object.values(intent.actors).flatMap(({ mailbox }) => (mailbox === undefined ? [] : (resolved(mailbox, scope, env) ?? []))),
  );
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const told = await Promise.all(
    [...addresses].map(
      async (address) =>
        [
          address,
          new Set(
            await read(address, limit).then(
              (mail) => mail.map(({ id }) => id),
              () => [],
            ),
          ),
        ] as const,
    ),
  );
  return new Map(told);
}

/** The variables that need no fixture. */
function knownVars(vars: Record<string, string>, base: Scope, env: Env): Scope {
  const scope: Scope = { ...base };
  for (const _ of Object.keys(vars)) {
    for (const [name, template] of Object.entries(vars)) scope[name] ??= resolved(template, scope, env);
  }
  return scope;
}

function resolved(template: string, scope: Scope, env: Env): string | undefined {
  try {
    return String(resolveText(template, scope, env));
  } catch {
    return undefined;
  }
}
