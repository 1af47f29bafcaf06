import { createChain } from '../agents/chain.ts';
import type { ActorSession } from '../browser/port.ts';
import { DEFAULT_BUDGET } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Intent, SessionSource } from '../core/intent.ts';
import { resolveText, type Scope } from '../core/template.ts';
import { namedValues } from '../journey/anchor.ts';
import { Album } from '../journey/album.ts';
import { carryOut } from '../journey/carry-out.ts';
import { fittingLock } from '../journey/lock.ts';
import type { Mailbox } from '../journey/mailbox.ts';
import type { Say } from '../journey/say.ts';
import { SecretVault } from '../journey/secret-vault.ts';
import { readLock } from './lock-store.ts';
import type { RunShared } from './open-run.ts';
import { namedStrings, withVars } from './scope.ts';
import { WAITS } from './waits.ts';

export interface LogInOptions {
  actor: string;
  source: Extract<SessionSource, { login: string }>;
  /** Of the intent that needs the session: values of `with` and of the login's own variables. */
  scope: Scope;
  session: ActorSession;
  mailbox: Mailbox | undefined;
  say: Say;
}

/**
 * Signs an actor in by carrying out another intent's journey in their browser, before anything is read or judged.
 * It proves nothing and is told as part of the starting state.
 * @throws IntentwrightError FIXTURE_FAILED
 */
export async function logIn({ actor, source, scope, session, mailbox, say }: LogInOptions, shared: RunShared): Promise<void> {
  const { project, clock, env } = shared;
  const login = project.intents.find(({ id }) => id === source.login);
  if (!login) throw new IntentwrightError('SPEC_INVALID', `there is no intent called ${source.login} to sign ${actor} in by`);
  const given = { ...scope, ...source.with };
  const vars = Object.fromEntries(Object.entries(login.vars).filter(([name]) => !Object.hasOwn(source.with ?? {}, name)));
  const whole = withVars(vars, given, env);
  const began = clock.now();
  const why = await carriedOut(login, { whole, session, mailbox, shared });
  say({
    type: 'fixture-end',
    fixture: login.id,
    alias: actor,
    phase: 'set-up',
    ok: why === undefined,
    durationMs: clock.now() - began,
    outputs: [],
    ...(why === undefined ? {} : { error: why }),
  });
  if (why !== undefined)
    throw new IntentwrightError('FIXTURE_FAILED', `${actor} could not be signed in by ${login.id}: ${why}`, {
      hint: `run it alone: intentwright run ${login.id}`,
    });
}

interface Parts {
  whole: Scope;
  session: ActorSession;
  mailbox: Mailbox | undefined;
  shared: RunShared;
}

/** Why not; undefined when it was. */
async function carriedOut(login: Intent, { whole, session, mailbox, shared }: Parts): Promise<string | undefined> {
  const { project, env, clock, signal } = shared;
  const resolve = (template: string) => String(resolveText(template, whole, env));
  const { lock } = await readLock(login);
  const { conduct } = await carryOut({
    title: login.title,
    steps: login.journey,
    agents: createChain({
      names: shared.agents.filter((name) => name !== 'model'),
      lock: lock && fittingLock(lock, login).lock,
      scope: resolve,
    }),
    sessionOf: async () => session,
    mailboxOf: () => mailbox,
    system: noWorld,
    resolve,
    names: namedValues(namedStrings(whole)).filter(([, value]) => !login.journey.some((step) => step.text.includes(value))),
    files: [],
    vault: new SecretVault(shared.vault),
    budget: { ...DEFAULT_BUDGET, ...project.config.budget, ...login.budget },
    waits: WAITS,
    clock,
    signal,
    say: () => undefined,
    album: new Album(undefined),
  });
  return conduct.kind === 'carried-out' ? undefined : conduct.why;
}

/** A login is one person's: the world has no part in it. */
const noWorld = async (sentence: string): Promise<void> => {
  throw new IntentwrightError('FIXTURE_FAILED', `a login has no system steps: "${sentence}"`);
};
