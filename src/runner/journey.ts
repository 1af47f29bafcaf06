import { createChain } from '../agents/chain.ts';
import type { ActorSession } from '../browser/port.ts';
import { DEFAULT_BUDGET } from '../core/config.ts';
import type { Conduct } from '../core/decide.ts';
import type { Agent } from '../core/decision.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import type { Lockfile } from '../core/lock.ts';
import { resolveText, type Scope } from '../core/template.ts';
import type { Album } from '../journey/album.ts';
import { namedValues } from '../journey/anchor.ts';
import { type CarriedOut, carryOut } from '../journey/carry-out.ts';
import type { fittingLock } from '../journey/lock.ts';
import type { Say } from '../journey/say.ts';
import { SecretVault } from '../journey/secret-vault.ts';
import { systemDeedOf } from '../spec/system-step.ts';
import type { Actors } from './actors.ts';
import { modelOptions } from './model-options.ts';
import type { RunShared } from './open-run.ts';
import { idleAgent, type Sabotage, stepThatTypes, typingWrongly, withoutLastCommit } from './sabotage.ts';
import { namedStrings } from './scope.ts';
import { noteOf, type StartingState } from './starting-state.ts';
import { WAITS } from './waits.ts';

/** The other actors' browsers, while the journey goes on: made any earlier, they would keep its first action waiting. */
function readyOthers(actors: Actors, intent: Intent): void {
  for (const name of peopleOf(intent).slice(1)) actors.prepare(name).catch(() => undefined);
}

interface JourneyParts {
  say: Say;
  scope: Scope;
  actors: Actors;
  album: Album;
  fitting: ReturnType<typeof fittingLock>;
  state: StartingState;
  /** Called before each action and after each step. */
  look(): void;
}

export async function journey(
  intent: Intent,
  shared: RunShared,
  { say, scope, actors, album, fitting, state, look }: JourneyParts,
): Promise<CarriedOut> {
  const { clock, signal, env, project } = shared;
  const resolve = (template: string) => String(resolveText(template, scope, env));
  const budget = { ...DEFAULT_BUDGET, ...project.config.budget, ...intent.budget };
  const spoiled = spoil(shared.sabotage, fitting.lock, intent, actors);
  const words = namedValues(namedStrings(scope));
  const model = shared.modelFor ? shared.modelFor(shared.model, Object.fromEntries(words)) : shared.model;
  const agents =
    spoiled.agents ??
    createChain({
      names: shared.frozen ? ['replay'] : shared.agents,
      lock: spoiled.lock,
      model,
      modelOptions: modelOptions(shared, say, actors, budget),
      scope: resolve,
    });
  const tellStep: Say = (body) => {
    if (body.type === 'step-start') Object.assign(actors, { step: body.step, current: body.actor });
    say(body);
    if (body.type === 'action-end' && body.step === 0) readyOthers(actors, intent);
    if (body.type === 'step-end' || (body.type === 'decision-made' && body.kind === 'act')) look();
  };
  return carryOut({
    title: intent.title,
    steps: intent.journey,
    agents,
    sessionOf: async (name) => spoiled.session(await actors.session(name)),
    mailboxOf: (name) => actors.mailbox(name),
    system: async (sentence, at) => {
      const deed = systemDeedOf(resolve(sentence), project.fixtures.values());
      if (!deed) throw new IntentwrightError('FIXTURE_FAILED', `no fixture says "${sentence}"`);
      if (deed.kind === 'wait') return clock.sleep(deed.ms, at);
      await state.happen(deed.fixture, deed.with, scope, at);
    },
    resolve,
    names: words.filter(([, value]) => !intent.journey.some((step) => step.text.includes(value))),
    files: await shared.filesOf(intent),
    vault: new SecretVault(shared.vault),
    budget,
    waits: WAITS,
    clock,
    signal,
    say: tellStep,
    album,
  });
}

/** For `prove`: who carries the journey out, by which recording and with which hands, when it is to go wrong. */
function spoil(
  sabotage: Sabotage | undefined,
  lock: Lockfile | undefined,
  intent: Intent,
  actors: Actors,
): { agents?: Agent[]; lock: Lockfile | undefined; session(session: ActorSession): ActorSession } {
  const honest = { lock, session: (session: ActorSession) => session };
  switch (sabotage) {
    case undefined:
      return honest;
    case 'idle':
      return { ...honest, agents: [idleAgent()] };
    case 'last-commit-left-out':
      return { ...honest, lock: lock && withoutLastCommit(lock, intent) };
    case 'wrong-value': {
      const victim = stepThatTypes(lock, intent);
      return { ...honest, session: (session) => typingWrongly(session, () => actors.step === victim) };
    }
  }
}

export function conductOf(error: unknown): Conduct {
  const by = IntentwrightError.is(error, 'FIXTURE_FAILED')
    ? 'fixture'
    : IntentwrightError.is(error, 'BROWSER_CRASHED') ||
        IntentwrightError.is(error, 'BROWSER_MISSING') ||
        IntentwrightError.is(error, 'PAGE_HUNG')
      ? 'browser'
      : IntentwrightError.is(error, 'PROBE_CONFIG') ||
          IntentwrightError.is(error, 'PROBE_DENIED') ||
          IntentwrightError.is(error, 'PROBE_UNREADABLE')
        ? 'probe'
        : IntentwrightError.is(error, 'TARGET_UNREACHABLE')
          ? 'environment'
          : IntentwrightError.is(error, 'SPEC_INVALID') || IntentwrightError.is(error, 'ENV_MISSING')
            ? 'spec'
            : 'harness';
  return { kind: 'errored', by, why: noteOf(error) };
}

export const peopleOf = (intent: Intent): string[] =>
  [...new Set(intent.journey.map((step) => step.actor))].filter((name) => name !== 'system');
