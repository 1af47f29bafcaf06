import type { Intent } from '../core/intent.ts';
import { resolveDeep, type Scope } from '../core/template.ts';
import type { Say } from '../journey/say.ts';
import { bindInvariants } from '../oracle/bind.ts';
import type { ProbeReader, ProbeServices } from '../oracle/port.ts';
import { openReader } from '../oracle/reader.ts';
import { type Actors, downloadsOf, fetchWithSession } from './actors.ts';
import type { AttemptFacts } from './attempt-facts.ts';
import { lookAround } from './look-around.ts';
import { mailBefore } from './mail-before.ts';
import { readMail } from './mail.ts';
import { newTraceId } from './names.ts';
import type { RunShared } from './open-run.ts';
import { checkPrograms } from './program-guard.ts';
import type { Recordings } from './recordings.ts';
import { StartingState } from './starting-state.ts';

/** What an attempt is called, tells, keeps, and takes down when it is over. */
export interface Life {
  say: Say;
  workflow: string;
  undo: (() => Promise<unknown>)[];
  /** Monotonic milliseconds. */
  started: number;
  recordings: Recordings;
  attempt: number;
  facts: AttemptFacts;
}

/** What one attempt has of the application before anybody acts: what can be read of it, and what is set up in it. */
export interface World {
  base: Scope;
  traceId: string;
  reader: ProbeReader;
  state: StartingState;
  /** Ids of the mail that was there before, by address. */
  before: ReadonlyMap<string, ReadonlySet<string>>;
  /** What invariants have that say nothing of time, ms. */
  limits: Pick<Intent, 'withinMs' | 'settleMs' | 'blindMs'>;
  /** Reads what the environment's own invariants say, to tell why something else failed. */
  around(): Promise<void>;
  /** From now on it is their sessions that probes ask with. */
  admit(people: Actors): void;
}

/** @throws IntentwrightError for connections that cannot be opened or may not be */
export async function openWorld(intent: Intent, shared: RunShared, { say, workflow, undo, attempt }: Life): Promise<World> {
  const { project, application, clock, signal, env, guard } = shared;
  const { config } = project;
  const traceId = newTraceId();
  const base: Scope = {
    run: { id: workflow },
    app: application.outputs,
    target: { url: application.url, name: shared.target },
    intent: { id: intent.id, title: intent.title },
    ...(intent.cell ? { matrix: intent.cell.values } : {}),
  };
  const connections = Object.values(resolveDeep(config.connections, base, env));
  checkPrograms(connections, guard);
  // Before the starting state: what the application sends because of it must find somebody who takes it.
  let people: Actors | undefined;
  const fetchAs: ProbeServices['fetchAs'] = (who, request, at) =>
    people ? people.fetchAs(who, request, at) : fetchWithSession(who, request, { baseUrl: application.url, policy: guard.policy }, at);
  const reader = await openReader({
    connections,
    services: {
      clock,
      env: guard.env,
      baseUrl: application.url,
      workflow,
      traceId,
      fetchAs,
      requests: () => people?.requests ?? [],
      faults: () => people?.faults ?? [],
      dirs: {
        intent: intent.where.file.replace(/[^/\\]+$/, ''),
        downloads: downloadsOf(shared.dir, intent.id, attempt),
        root: config.root,
      },
    },
    maxInFlight: 4,
    mask: (value) => shared.redactor.deep(value),
  });
  undo.push(() => reader.close());
  const before = await mailBefore(intent, base, env, (address, at) => readMail(reader, address, at), signal);
  const { production } = config.targets[shared.target]!;
  const state = new StartingState({
    project,
    clock,
    env,
    say,
    undo,
    contextOf: (scope) => ({
      root: config.root,
      baseUrl: application.url,
      scope,
      env,
      headers: { 'x-workflow-id': workflow },
      clock,
      signal,
      connections,
      reader,
      fetchAs,
      isOlderMail: (to, id) => before.get(to)?.has(id) === true,
      production,
      guard,
    }),
  });
  const limits = { withinMs: intent.withinMs, settleMs: intent.settleMs, blindMs: intent.blindMs };
  return {
    base,
    traceId,
    reader,
    state,
    before,
    limits,
    around: () =>
      lookAround({ bound: bindInvariants(config.environment, project.invariants, base, env, limits), reader, clock, signal }, say),
    admit: (actors) => void (people = actors),
  };
}
