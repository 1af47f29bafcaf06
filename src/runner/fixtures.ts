import { execFile } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Clock } from '../core/clock.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Fixture, FixtureAction } from '../core/intent.ts';
import { lookUp, resolveDeep, UnresolvedReference, type Scope } from '../core/template.ts';

export interface FixtureContext {
  root: string;
  baseUrl: string;
  scope: Scope;
  env: Record<string, string | undefined>;
  headers: Record<string, string>;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Carries a fixture's actions out and returns its outputs.
 * @throws IntentwrightError FIXTURE_FAILED with the fixture, the action and the answer
 */
export async function setUpFixture(fixture: Fixture, params: Record<string, unknown>, context: FixtureContext): Promise<Record<string, unknown>> {
  const answer = await runActions(fixture, fixture.do, params, context);
  if (!fixture.capture) return isRecord(answer) ? answer : answer === undefined ? {} : { value: answer };
  return Object.fromEntries(Object.entries(fixture.capture).map(([name, from]) => [name, captured(fixture, name, from, answer, { ...context.scope, ...params })]));
}

/** Undoes a fixture, whatever became of it. */
export const undoFixture = (fixture: Fixture, params: Record<string, unknown>, context: FixtureContext): Promise<unknown> => runActions(fixture, fixture.undo, params, context);

async function runActions(fixture: Fixture, actions: FixtureAction[], params: Record<string, unknown>, context: FixtureContext): Promise<unknown> {
  let answer: unknown;
  for (const action of actions) {
    try {
      answer = await runAction(resolveDeep(action, { ...context.scope, ...params, answer }, context.env), context);
    } catch (error) {
      if (context.signal.aborted) throw context.signal.reason;
      const why = error instanceof UnresolvedReference ? `${error.reference.raw} is not defined` : messageOf(error);
      throw new IntentwrightError('FIXTURE_FAILED', `fixture ${fixture.name} failed: ${why}`, { at: `${fixture.where.file}:${fixture.where.line}:${fixture.where.col}`, cause: error });
    }
  }
  return answer;
}

async function runAction(action: FixtureAction, context: FixtureContext): Promise<unknown> {
  switch (action.kind) {
    case 'http': return callHttp(action, context);
    case 'command': return runCommand(action, context);
    case 'module': return callModule(action, context);
    case 'wait': return context.clock.sleep(action.ms, context.signal);
  }
}

async function callHttp(action: Extract<FixtureAction, { kind: 'http' }>, context: FixtureContext): Promise<unknown> {
  const url = new URL(action.url, `${context.baseUrl}/`).href;
  const body = action.json === undefined ? action.body : JSON.stringify(action.json);
  const answer = await fetch(url, {
    method: action.method,
    headers: { ...context.headers, ...(action.json === undefined ? {} : { 'content-type': 'application/json' }), ...action.headers },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.any([context.signal, AbortSignal.timeout(15_000)]),
  }).catch((error: unknown) => {
    throw new Error(`${action.method} ${withoutQuery(url)} did not answer (${messageOf(error instanceof Error && error.cause ? error.cause : error)})`);
  });
  const text = await answer.text();
  const good = action.expectStatus ? action.expectStatus.includes(answer.status) : answer.ok;
  if (!good) throw new Error(`${action.method} ${withoutQuery(url)} answered ${answer.status}: ${text.slice(0, 200)}`);
  return parsed(text);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/, '');

async function runCommand(action: Extract<FixtureAction, { kind: 'command' }>, context: FixtureContext): Promise<unknown> {
  const [program = '', ...args] = action.command;
  const { stdout } = await promisify(execFile)(program === 'node' ? process.execPath : program, args, {
    cwd: action.cwd ? resolvePath(context.root, action.cwd) : context.root,
    env: { ...context.env, ...action.env } as NodeJS.ProcessEnv,
    signal: context.signal,
    timeout: 60_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return parsed(stdout);
}

async function callModule(action: Extract<FixtureAction, { kind: 'module' }>, context: FixtureContext): Promise<unknown> {
  const loaded = (await import(pathToFileURL(resolvePath(context.root, action.file)).href)) as Record<string, unknown>;
  const call = loaded[action.export];
  if (typeof call !== 'function') throw new Error(`${action.file} exports no function ${action.export}`);
  return (call as (input: unknown) => unknown)({ with: action.with, scope: context.scope, baseUrl: context.baseUrl, signal: context.signal });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function captured(fixture: Fixture, name: string, from: string, answer: unknown, scope: Scope): unknown {
  if (from.includes('${')) return resolveDeep(from, { ...scope, answer: answer as object });
  const path = from.replace(/^\$?\.?/, '').replace(/\[(\d+)\]/g, '.$1');
  const value = path === '' ? answer : lookUp({ it: answer }, `it.${path}`);
  if (value === undefined) throw new IntentwrightError('FIXTURE_FAILED', `fixture ${fixture.name} has no ${from} in its answer (for output ${name})`, { at: `${fixture.where.file}:${fixture.where.line}:${fixture.where.col}` });
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
