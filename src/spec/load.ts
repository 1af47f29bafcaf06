import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Config } from '../core/config.ts';
import type { Fixture, Intent, Where } from '../core/intent.ts';
import type { Invariant } from '../core/invariant.ts';
import { formatWhere } from '../core/intent.ts';
import type { ProbeFace } from '../core/probe.ts';
import type { Problem, Project } from '../core/project.ts';
import { crossCheck, crossCheckEnvironment, type Known } from './cross-check.ts';
import type { ExpressionChecks } from './expectation.ts';
import { cellsOf } from './matrix.ts';
import { DEFAULT_TIMES, readConfig } from './read-config.ts';
import { readFixtures } from './read-fixtures.ts';
import { INTENT_ENDING, readIntent } from './read-intent.ts';
import { InvariantReader } from './read-invariants.ts';
import { readModule } from './read-module.ts';
import { readText } from './read-text.ts';
import { Problems, shownPath, type Source } from './source.ts';
import { hintFor } from './suggest.ts';
import { parseYaml } from './yaml.ts';

export interface LoadOptions {
  /** Folder of the config file. */
  root: string;
  probes: readonly ProbeFace[];
  env: Record<string, string | undefined>;
  /** Another file than `intentwright.config.yaml` or `.ts` in the root. */
  configFile?: string;
  /** Expressions are checked by those who evaluate them, when they are there. */
  checks?: ExpressionChecks;
}

/** Where intents, fixtures and invariants are, unless the config says otherwise. */
const PLACES = ['intents/**/*.intent.yaml', 'intents/fixtures/**/*.yaml', 'invariants/**/*.{yaml,ts}'] as const;

/** Of a pattern, all that stands before its first wildcard. */
const folderOf = (pattern: string): string => pattern.replace(/[^/]*[*?[{(!].*$/, '').replace(/[^/]*$/, '') || '.';

const CONFIG_NAMES = [
  'intentwright.config.yaml',
  'intentwright.config.yml',
  'intentwright.config.ts',
  'intentwright.config.mts',
  'intentwright.config.js',
  'intentwright.config.mjs',
];

/**
 * Reads and checks everything a team wrote. Every mistake of every file is told in one go, in the order of files and lines;
 * there is a project only when none of them is an error. Beside it, all files that were read, the config first, and the folders in which files are looked for.
 */
export async function loadProject(
  options: LoadOptions,
): Promise<{ project?: Project; problems: Problem[]; files: string[]; folders: string[] }> {
  const problems = new Problems();
  const { config, configSource } = await loadConfig(options, problems);
  const { probes, env, checks = {} } = options;
  const root = config?.root ?? resolve(options.root);
  const files = (patterns: string[] | undefined, fallback: string) => matching(patterns ?? [fallback], root, config);
  const intentFiles = await files(config?.intents, PLACES[0]);
  const fixtureFiles = await files(config?.fixtures, PLACES[1]);
  const invariantFiles = await files(config?.invariants, PLACES[2]);

  const faces = new Map(probes.map((probe) => [probe.name, probe]));
  const connections = config && new Map(Object.values(config.connections).map((connection) => [connection.name, connection.probe]));
  const all = [...(configSource ? [configSource.file] : []), ...intentFiles, ...fixtureFiles, ...invariantFiles];
  const folders = [...(config?.intents ?? []), ...(config?.fixtures ?? []), ...(config?.invariants ?? []), ...PLACES].map(folderOf);

  const fixtures = new Named<Fixture>('fixture', (fixture) => fixture.name);
  for (const file of fixtureFiles) {
    const { sources, keys } = await readSources(file, 'yaml-only', problems);
    fixtures.claim(keys);
    for (const source of sources) fixtures.add(readFixtures(source, problems, { env, root, probes: faces, connections }), source, problems);
  }

  const reader = new InvariantReader({ probes: faces, connections, env }, checks);
  const invariants = new Named<Invariant>('invariant', (invariant) => invariant.name);
  for (const file of invariantFiles) {
    const { sources, keys } = await readSources(file, 'invariant', problems);
    invariants.claim(keys);
    for (const source of sources) invariants.add(reader.file(source, problems), source, problems);
  }

  const intents = new Named<Intent>('intent', (intent) => intent.id);
  const read: { intent: Intent; source: Source }[] = [];
  for (const file of intentFiles) {
    for (const source of (await readSources(file, 'yaml-only', problems)).sources) {
      const intent = readIntent(source, problems, config?.defaults ?? DEFAULT_TIMES);
      if (!intent) continue;
      intents.add([intent], source, problems);
      read.push({ intent, source });
    }
  }
  const known: Known = {
    intents: intents.map,
    invariants: invariants.map,
    invariantNames: invariants.names,
    fixtures: fixtures.map,
    fixtureNames: fixtures.names,
    env,
    secrets: new Set(config ? Object.keys(config.secrets) : secretNames(configSource)),
    unset: new Map(
      Object.values(config?.secrets ?? {}).flatMap(({ name, env: variable, generate }) =>
        variable && !generate && !env[variable] ? [[name, variable] as const] : [],
      ),
    ),
  };
  for (const { intent, source } of read) crossCheck(intent, source, problems, known);
  if (config && configSource) crossCheckEnvironment(config.environment, configSource, problems, known);
  // Broken files have names, too: one mistake is said once.
  const ids = intentFiles.map((file) => basename(file).replace(INTENT_ENDING, ''));
  for (const id of Object.keys(config?.quarantine ?? {})) {
    if (!ids.includes(id) && configSource)
      problems.error(configSource.at(['quarantine', id], 'key'), `quarantine.${id}: unknown intent`, hintFor(id, ids));
  }
  await tellUnread(root, [...intentFiles, ...fixtureFiles, ...invariantFiles], config, problems);

  const list = problems.list.toSorted(byPlace);
  if (!config || list.some((problem) => problem.severity === 'error')) return { problems: list, files: all, folders };
  return {
    project: { config, intents: read.flatMap(({ intent }) => cellsOf(intent)), invariants: invariants.map, fixtures: fixtures.map },
    problems: list,
    files: all,
    folders,
  };
}

async function loadConfig(
  { root, configFile, probes, env }: LoadOptions,
  problems: Problems,
): Promise<{ config?: Config; configSource?: Source }> {
  const found = configFile
    ? [resolve(root, configFile)]
    : CONFIG_NAMES.map((name) => join(resolve(root), name)).filter((file) => existsSync(file));
  const [file, second] = found;
  if (!file) {
    problems.error(
      { file: shownPath(join(resolve(root), CONFIG_NAMES[0]!)), line: 1, col: 1 },
      'there is no such file',
      'make one with: intentwright init',
    );
    return {};
  }
  if (second)
    problems.error({ file: shownPath(second), line: 1, col: 1 }, `there is a second config beside ${basename(file)}`, 'keep one of them');
  const [source] = (await readSources(file, 'config', problems)).sources;
  return source ? { config: readConfig(source, problems, probes, env), configSource: source } : {};
}

async function readSources(
  file: string,
  kind: 'yaml-only' | 'invariant' | 'config',
  problems: Problems,
): Promise<{ sources: Source[]; keys: string[] }> {
  if (kind !== 'yaml-only' && /\.m?[jt]s$/.test(file)) {
    const sources = await readModule(file, kind, problems);
    return { sources, keys: [] };
  }
  const text = await readText(file, problems);
  if (text === undefined) return { sources: [], keys: [] };
  const { source, keys } = parseYaml(text, file, problems);
  return { sources: source ? [source] : [], keys };
}

const secretNames = (source: Source | undefined): string[] =>
  Object.keys((source?.value as { secrets?: object } | undefined)?.secrets ?? {});

async function matching(patterns: string[], root: string, config: Config | undefined): Promise<string[]> {
  const files = new Set<string>();
  const artifacts = config ? relative(root, config.artifacts.dir) : '.intentwright';
  for (const pattern of patterns) {
    for await (const file of glob(pattern, { cwd: root, exclude: (name) => basename(name) === 'node_modules' || name === artifacts }))
      files.add(resolve(root, file));
  }
  return [...files].toSorted();
}

/** Files that look like intents and are read by nobody: a test that silently does not run is the worst of all. */
async function tellUnread(root: string, read: string[], config: Config | undefined, problems: Problems): Promise<void> {
  for (const file of await matching(['intents/**/*.{yaml,yml}'], root, config)) {
    if (read.includes(file) || /\.lock\.yaml$/.test(file)) continue;
    const hint = INTENT_ENDING.test(file)
      ? 'the config’s `intents` does not match it'
      : 'an intent is called <id>.intent.yaml, fixtures are in intents/fixtures/';
    problems.warning({ file: shownPath(file), line: 1, col: 1 }, 'this file is not read', hint);
  }
}

/** Things found by name over several files: a name twice is an error that names both places. */
class Named<T extends { where: Where }> {
  readonly map = new Map<string, T>();
  readonly names = new Set<string>();
  readonly #folded = new Map<string, Where>();
  readonly #kind: string;
  readonly #nameOf: (thing: T) => string;

  constructor(kind: string, nameOf: (thing: T) => string) {
    this.#kind = kind;
    this.#nameOf = nameOf;
  }

  /** Names that are there, whether or not what they name could be read. */
  claim(names: Iterable<string>): void {
    for (const name of names) this.names.add(name);
  }

  add(things: T[], source: Source, problems: Problems): void {
    if (typeof source.value === 'object' && source.value !== null) this.claim(Object.keys(source.value));
    for (const thing of things) {
      const name = this.#nameOf(thing);
      const folded = name.normalize('NFC').toLowerCase();
      const first = this.#folded.get(folded);
      if (first) problems.error(thing.where, `the ${this.#kind} "${name}" is there twice`, `the other is at ${formatWhere(first)}`);
      else {
        this.#folded.set(folded, thing.where);
        this.map.set(name, thing);
      }
    }
  }
}

const byPlace = (a: Problem, b: Problem): number =>
  a.where.file < b.where.file ? -1 : a.where.file > b.where.file ? 1 : a.where.line - b.where.line || a.where.col - b.where.col;
