import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Fixture, FixtureAction } from '../core/intent.ts';
import { checkShape } from './check-shape.ts';
import { type FixtureActionText, fixturesShape, type FixtureText } from './fixture-shape.ts';
import { type QueryContext, readQuery } from './query.ts';
import { type Below, checkReferences, PREDEFINED } from './references.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';

/** Where a file's fixtures are used from: commands run in the project's folder, modules stand beside the file. */
export interface FixtureContext {
  env: Record<string, string | undefined>;
  root: string;
  /** What may be asked after an undo. */
  probes: QueryContext['probes'];
  connections: QueryContext['connections'];
}

/** All fixtures of a file; those with mistakes are left out. */
export function readFixtures(source: Source, problems: Problems, context: FixtureContext): Fixture[] {
  const value = source.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    checkShape(fixturesShape, value, source, problems);
    return [];
  }
  return Object.entries(value).flatMap(([name, raw]) => {
    const text = checkShape(fixturesShape, { [name]: raw }, source, problems)?.[name];
    return text ? [fixture(name, text, (raw ?? {}) as Record<string, unknown>, source, problems, context)] : [];
  });
}

function fixture(
  name: string,
  text: FixtureText,
  raw: Record<string, unknown>,
  source: Source,
  problems: Problems,
  context: FixtureContext,
): Fixture {
  const names = new Map<string, Below>([
    ...PREDEFINED,
    ...text.params.map((param) => [param, 'anything'] as const),
    ['answer', 'anything'],
  ]);
  for (const part of ['do', 'undo', 'capture', 'left_behind'])
    checkReferences(raw[part], [name, part], names, source, problems, { env: context.env, secrets: 'not here' });
  for (const placeholder of placeholdersOf(text.says ?? '')) {
    if (!text.params.includes(placeholder))
      problems.error(
        source.at([name, 'says']),
        `${name}.says: {${placeholder}} is not among the params`,
        `params: [${[...text.params, placeholder].join(', ')}]`,
      );
  }
  const actions = (part: 'do' | 'undo') =>
    (text[part] ?? []).map((action, index) =>
      toAction(action, Array.isArray(raw[part]) ? [name, part, index] : [name, part], source, problems),
    );
  const leftBehind =
    text.left_behind &&
    readQuery(text.left_behind, [name, 'left_behind'], {
      source,
      problems,
      probes: context.probes,
      ...(context.connections ? { connections: context.connections } : {}),
    });
  return {
    name,
    params: text.params,
    do: actions('do'),
    undo: actions('undo'),
    where: source.at([name], 'key'),
    ...(leftBehind ? { leftBehind } : {}),
    ...(text.says === undefined ? {} : { says: text.says }),
    ...(text.safe === undefined ? {} : { safe: text.safe }),
    ...(text.capture ? { capture: text.capture } : {}),
  };
}

/** `{name}`s of a says pattern. */
export const placeholdersOf = (says: string): string[] => [...says.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

function toAction(text: FixtureActionText, path: Path, source: Source, problems: Problems): FixtureAction {
  if (text.http) {
    const { method, url, path: own, headers, json, body, expect, as, sign } = text.http;
    return {
      kind: 'http',
      method,
      url: url ?? own!,
      headers,
      ...(json === undefined ? {} : { json }),
      ...(body === undefined ? {} : { body }),
      ...(expect ? { expectStatus: expect } : {}),
      ...(as === undefined ? {} : { as }),
      ...(sign ? { sign } : {}),
    };
  }
  if (text.sql)
    return { kind: 'sql', statements: text.sql.run, with: text.sql.with, ...(text.sql.on === undefined ? {} : { on: text.sql.on }) };
  if (text.follow_mail) return { kind: 'follow-mail', ...present(text.follow_mail) };
  if (text.deliver_mail) return { kind: 'deliver-mail', ...present(text.deliver_mail) };
  if (text.command) {
    const { run, env, cwd } = Array.isArray(text.command) ? { run: text.command, env: {}, cwd: undefined } : text.command;
    return { kind: 'command', command: run, env, ...(cwd === undefined ? {} : { cwd }) };
  }
  if (text.module) {
    const {
      file,
      export: name,
      with: params,
    } = typeof text.module === 'string' ? { file: text.module, export: 'default', with: {} } : text.module;
    const full = resolve(dirname(source.file), file);
    if (!existsSync(full)) problems.error(source.at([...path, 'module']), `${formatPath(path)}: there is no file ${file} beside this one`);
    return { kind: 'module', file: full, export: name, with: params };
  }
  return { kind: 'wait', ms: text.wait! };
}

/** Without the fields that were left out. */
const present = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
