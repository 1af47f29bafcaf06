import { resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Fixture, FixtureAction } from '../core/intent.ts';
import { lookUp, resolveDeep, UnresolvedReference, type Scope } from '../core/template.ts';
import type { ProbeReader, ProbeServices } from '../oracle/port.ts';
import { runCommand } from './deeds/command.ts';
import { callHttp } from './deeds/http.ts';
import { deliverMail, followMail } from './deeds/mail.ts';
import { writeSql } from './deeds/write-sql.ts';
import { leftBehind } from './left-behind.ts';
import { watchingPrograms } from './program-guard.ts';
import type { ProductionGuard } from './production-guard.ts';

export interface FixtureContext {
  root: string;
  baseUrl: string;
  scope: Scope;
  env: Record<string, string | undefined>;
  headers: Record<string, string>;
  clock: Clock;
  signal: AbortSignal;
  /** Settings with every template resolved. */
  connections: readonly Pick<Connection, 'name' | 'probe' | 'settings'>[];
  reader: ProbeReader;
  fetchAs: ProbeServices['fetchAs'];
  /** A mail that was there before this attempt began. */
  isOlderMail?(to: string, id: string): boolean;
  /** The target is production: no database is written into. */
  production: boolean;
  guard: Pick<ProductionGuard, 'checkFixture' | 'checkProgram' | 'checkUnwatched' | 'env'>;
}

/**
 * Carries a fixture's actions out and returns its outputs, and the last answer for the undo.
 * @throws IntentwrightError FIXTURE_FAILED with the fixture, the action and the answer
 */
export async function setUpFixture(
  fixture: Fixture,
  params: Record<string, unknown>,
  context: FixtureContext,
): Promise<{ outputs: Record<string, unknown>; answer: unknown }> {
  const answer = await runActions(fixture, fixture.do, params, context);
  if (!fixture.capture) return { answer, outputs: isRecord(answer) ? answer : answer === undefined ? {} : { value: answer } };
  return {
    answer,
    outputs: Object.fromEntries(
      Object.entries(fixture.capture).map(([name, from]) => [name, captured(fixture, name, from, answer, { ...context.scope, ...params })]),
    ),
  };
}

/**
 * Undoes a fixture, whatever became of it, and looks whether anything is left.
 * @param answer what its last action answered: `${answer.…}`
 * @throws IntentwrightError FIXTURE_FAILED, "left behind: 2 rows" among them
 */
export async function undoFixture(
  fixture: Fixture,
  params: Record<string, unknown>,
  context: FixtureContext,
  answer: unknown,
): Promise<void> {
  await runActions(fixture, fixture.undo, params, context, answer);
  const left = await leftBehind(fixture, params, context);
  if (left) throw new IntentwrightError('FIXTURE_FAILED', left, { at: `${fixture.where.file}:${fixture.where.line}:${fixture.where.col}` });
}

async function runActions(
  fixture: Fixture,
  actions: FixtureAction[],
  params: Record<string, unknown>,
  context: FixtureContext,
  before?: unknown,
): Promise<unknown> {
  context.guard.checkFixture(fixture);
  for (const action of actions)
    if (action.kind === 'command') context.guard.checkUnwatched(`fixture ${fixture.name}`, action.command[0] ?? '', fixture.safe);
  let answer = before;
  for (const action of actions) {
    try {
      answer = await runAction(resolveDeep(action, { ...context.scope, ...params, answer }, context.env), fixture, context);
    } catch (error) {
      if (context.signal.aborted) throw context.signal.reason;
      const why = error instanceof UnresolvedReference ? `${error.reference.raw} is not defined` : messageOf(error);
      throw new IntentwrightError('FIXTURE_FAILED', `fixture ${fixture.name} failed: ${why}`, {
        hint: IntentwrightError.is(error) ? error.hint : undefined,
        at: `${fixture.where.file}:${fixture.where.line}:${fixture.where.col}`,
        cause: error,
      });
    }
  }
  return answer;
}

async function runAction(action: FixtureAction, fixture: Fixture, context: FixtureContext): Promise<unknown> {
  switch (action.kind) {
    case 'http':
      return callHttp(action, context);
    case 'command':
      return runCommand(action, context);
    case 'module':
      return callModule(action, fixture, context);
    case 'sql':
      return writeSql(action, context);
    case 'follow-mail':
      return followMail(action, context);
    case 'deliver-mail':
      return deliverMail(action, context);
    case 'wait':
      return context.clock.sleep(action.ms, context.signal);
  }
}

async function callModule(action: Extract<FixtureAction, { kind: 'module' }>, fixture: Fixture, context: FixtureContext): Promise<unknown> {
  const unwatched = (program: string): void => context.guard.checkUnwatched(`fixture ${fixture.name}`, program, fixture.safe);
  return watchingPrograms(unwatched, () => loadAndCall(action, context));
}

async function loadAndCall(action: Extract<FixtureAction, { kind: 'module' }>, context: FixtureContext): Promise<unknown> {
  const loaded = (await import(pathToFileURL(resolvePath(context.root, action.file)).href)) as Record<string, unknown>;
  const call = loaded[action.export];
  if (typeof call !== 'function') throw new Error(`${action.file} exports no function ${action.export}`);
  return (call as (input: unknown) => unknown)({
    with: action.with,
    scope: context.scope,
    baseUrl: context.baseUrl,
    signal: context.signal,
  });
}

function captured(fixture: Fixture, name: string, from: string, answer: unknown, scope: Scope): unknown {
  if (from.includes('${')) return resolveDeep(from, { ...scope, answer: answer as object });
  const path = from.replace(/^\$?\.?/, '').replace(/\[(\d+)\]/g, '.$1');
  const value = path === '' ? answer : lookUp({ it: answer }, `it.${path}`);
  if (value === undefined)
    throw new IntentwrightError('FIXTURE_FAILED', `fixture ${fixture.name} has no ${from} in its answer (for output ${name})`, {
      at: `${fixture.where.file}:${fixture.where.line}:${fixture.where.col}`,
    });
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
