import { randomUUID } from 'node:crypto';
import { messageOf, IntentwrightError } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/config.ts';
import type { DeclaredFact, Fact, Snapshot } from '../core/parity.ts';
import type { Project } from '../core/project.ts';
import { resolveDeep, type Scope } from '../core/template.ts';
import { match } from '../oracle/match.ts';
import type { ProbeReader } from '../oracle/port.ts';
import { openReader } from '../oracle/reader.ts';
import { readOutside } from '../parity/outside.ts';
import type { Seal } from '../parity/seal.ts';
import { fetchWithSession } from './actors.ts';
import type { Application } from './application.ts';
import { setUpFixture, undoFixture } from './fixtures.ts';
import { newTraceId } from './names.ts';
import type { ProductionGuard } from './production-guard.ts';
import type { Env } from './scope.ts';

export interface SideOptions {
  project: Project;
  target: string;
  application: Application;
  env: Env;
  clock: Clock;
  signal: AbortSignal;
  seal: Seal;
  /** What keeps fixtures of a round trip off production; without it there are no round trips. */
  guard?: Pick<ProductionGuard, 'checkFixture' | 'checkProgram' | 'checkUnwatched' | 'env'>;
}

const READ_MS = 10_000;
const PAUSE_MS = 200;

/** Everything that parity compares, read of one environment: what anybody sees, and what was declared, sealed before anybody else sees it. */
export async function readSide(options: SideOptions): Promise<Snapshot> {
  const {
    project: { config },
    target,
    application,
    clock,
    seal,
    signal,
  } = options;
  const [outside, declared] = await Promise.all([
    readOutside({ url: application.url, origins: application.origins }, config.parity.pages, signal),
    readDeclared(options),
  ]);
  const key = seal.name;
  return {
    parity: 1,
    target,
    takenAt: clock.wall().toISOString(),
    ...(key === undefined ? {} : { key }),
    dependencies: config.parity.dependencies,
    facts: {
      ...outside,
      ...Object.fromEntries(
        Object.entries(declared).map(([name, fact]) => [name, 'value' in fact ? { sealed: seal.seal(fact.value) } : fact]),
      ),
    },
  };
}

async function readDeclared({
  project,
  target,
  application,
  env,
  clock,
  signal,
  guard,
}: SideOptions): Promise<Record<string, Exclude<Fact, { sealed: unknown }>>> {
  const { config } = project;
  if (config.parity.facts.length === 0) return {};
  const workflow = `parity-${randomUUID().slice(0, 8)}`;
  const scope: Scope = { run: { id: workflow }, app: application.outputs, target: { url: application.url, name: target } };
  const fetchAs = (who: unknown, request: Parameters<typeof fetchWithSession>[1], at: AbortSignal) =>
    fetchWithSession(who, request, { baseUrl: application.url, policy: undefined }, at);
  const facts: Record<string, Exclude<Fact, { sealed: unknown }>> = {};
  let connections: Connection[];
  try {
    connections = Object.values(resolveDeep(config.connections, scope, env));
  } catch (error) {
    return Object.fromEntries(config.parity.facts.map(({ name }) => [name, { unreadable: messageOf(error) }]));
  }
  const reader = await openReader({
    connections,
    maxInFlight: 4,
    services: {
      clock,
      baseUrl: application.url,
      workflow,
      traceId: newTraceId(),
      fetchAs,
      requests: () => [],
      faults: () => [],
      dirs: { intent: config.root, downloads: config.root, root: config.root },
    },
  });
  try {
    await Promise.all(
      config.parity.facts.map(async (fact) => {
        const read = fact.after === undefined ? one(fact, reader, scope, env, signal) : roundTrip(fact);
        facts[fact.name] = await read.then(
          (value) => ({ value: value ?? null }),
          (error: unknown) => ({ unreadable: whyOf(error) }),
        );
      }),
    );
    signal.throwIfAborted();
    return facts;
  } finally {
    await reader.close();
  }

  /** Sets a fixture up and waits for what it must bring about. That nothing comes is an answer; that nothing can be asked is none. */
  async function roundTrip(fact: DeclaredFact): Promise<unknown> {
    const fixture = project.fixtures.get(fact.after!.name);
    if (!fixture) throw new IntentwrightError('SPEC_INVALID', `there is no fixture called ${fact.after!.name}`);
    const { production } = config.targets[target]!;
    if (production || !guard) throw new Error('a round trip writes, and this is production');
    const params = resolveDeep(fact.after!.params, scope, env);
    const context = {
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
      production,
      guard,
    };
    let answer: unknown;
    try {
      ({ answer } = await setUpFixture(fixture, params, context));
      const expect = resolveDeep(fact.expect, scope, env);
      const end = clock.now() + fact.withinMs;
      for (;;) {
        if (match(await one(fact, reader, scope, env, signal), expect).ok) return { answers: true };
        if (clock.now() >= end) return { answers: false };
        await clock.sleep(PAUSE_MS, signal);
      }
    } finally {
      if (fixture.undo.length > 0)
        await undoFixture(fixture, params, { ...context, signal: AbortSignal.timeout(READ_MS) }, answer).catch(() => undefined);
    }
  }
}

const one = async (fact: DeclaredFact, reader: ProbeReader, scope: Scope, env: Env, signal: AbortSignal): Promise<unknown> =>
  reader.read({ ...fact.query, args: resolveDeep(fact.query.args, scope, env) }, AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]));

/** A backend may quote in its refusal what it was asked with: the code and the lead of the message must do. */
const whyOf = (error: unknown): string =>
  IntentwrightError.is(error) ? `${error.code}: ${messageOf(error).slice(0, 120)}` : messageOf(error).slice(0, 120);
