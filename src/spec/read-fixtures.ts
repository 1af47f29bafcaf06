import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Fixture, FixtureAction } from '../core/intent.ts';
import { checkShape } from './check-shape.ts';
import { type FixtureActionText, fixturesShape, type FixtureText } from './fixture-shape.ts';
import { type Below, checkReferences, PREDEFINED } from './references.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';

/** Where a file's fixtures are used from: commands run in the project's folder, modules stand beside the file. */
export interface FixtureContext {
  env: Record<string, string | undefined>;
  root: string;
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

function fixture(name: string, text: FixtureText, raw: Record<string, unknown>, source: Source, problems: Problems, context: FixtureContext): Fixture {
  const names = new Map<string, Below>([...PREDEFINED, ...text.params.map((param) => [param, 'anything'] as const), ['answer', 'anything']]);
  for (const part of ['do', 'undo', 'capture']) checkReferences(raw[part], [name, part], names, source, problems, { env: context.env, secrets: 'not here' });
  for (const placeholder of placeholdersOf(text.says ?? '')) {
    if (!text.params.includes(placeholder)) problems.error(source.at([name, 'says']), `${name}.says: {${placeholder}} is not among the params`, `params: [${[...text.params, placeholder].join(', ')}]`);
  }
  const actions = (part: 'do' | 'undo') => (text[part] ?? []).map((action, index) => toAction(action, Array.isArray(raw[part]) ? [name, part, index] : [name, part], source, problems));
  return {
    name, params: text.params, do: actions('do'), undo: actions('undo'), where: source.at([name], 'key'),
    ...(text.says === undefined ? {} : { says: text.says }), ...(text.capture ? { capture: text.capture } : {}),
  };
}

/** `{name}`s of a says pattern. */
export const placeholdersOf = (says: string): string[] => [...says.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

function toAction(text: FixtureActionText, path: Path, source: Source, problems: Problems): FixtureAction {
  if (text.http) {
    const { method, url, path: own, headers, json, body, expect, as } = text.http;
    return {
      kind: 'http', method, url: url ?? own!, headers,
      ...(json === undefined ? {} : { json }), ...(body === undefined ? {} : { body }), ...(expect ? { expectStatus: expect } : {}), ...(as === undefined ? {} : { as }),
    };
  }
  if (text.command) {
    const { run, env, cwd } = Array.isArray(text.command) ? { run: text.command, env: {}, cwd: undefined } : text.command;
    return { kind: 'command', command: run, env, ...(cwd === undefined ? {} : { cwd }) };
  }
  if (text.module) {
    const { file, export: name, with: params } = typeof text.module === 'string' ? { file: text.module, export: 'default', with: {} } : text.module;
    const full = resolve(dirname(source.file), file);
    if (!existsSync(full)) problems.error(source.at([...path, 'module']), `${formatPath(path)}: there is no file ${file} beside this one`);
    return { kind: 'module', file: full, export: name, with: params };
  }
  return { kind: 'wait', ms: text.wait! };
}
