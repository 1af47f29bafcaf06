import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { readFile } from 'node:fs/promises';
import { pathMatcher } from '../../core/glob.ts';
import type { Project } from '../../core/project.ts';
import type { Change, ChangeSet } from './change.ts';
import type { Signal } from './evidence.ts';
import { factsOf, type IntentFacts, type SelectionPast } from './facts.ts';
import { gitChanges } from './git-changes.ts';
import { HAS_IMPORTS, importGraph } from './import-graph.ts';
import { type SelectionMade, selectIntents, type SelectOptions } from './select.ts';
import { readSources } from './sources.ts';

export interface SelectHereOptions {
  project: Project;
  past: SelectionPast;
  env: Record<string, string | undefined>;
  base?: string;
  /** Changed files, named instead of asked of git; relative to the config's folder. */
  files?: readonly string[];
  limit?: number;
  signals?: readonly Signal[];
  /** Milliseconds of the epoch. */
  now: number;
}

/**
 * Reads what changed and who imports whom, and selects.
 * @throws IntentwrightError USAGE when what changed cannot be told
 */
export async function selectHere(options: SelectHereOptions): Promise<SelectionMade> {
  const { facts, given } = await readSelection(options);
  return selectIntents(facts, given);
}

/**
 * Everything that a selection rests on, read once.
 * @throws IntentwrightError USAGE
 */
export async function readSelection(options: SelectHereOptions): Promise<{ facts: IntentFacts[]; given: SelectOptions }> {
  const { project, past, env, now } = options;
  const { config } = project;
  const base = options.base ?? config.selection.base;
  const changes = options.files
    ? await namedFiles(config.root, options.files)
    : await gitChanges(config.root, { env, ...(base === undefined ? {} : { base }) });
  const tree = await readSources(config.root);
  const sources = new Map(tree.sources);
  // Who needed a file that is gone still names it.
  for (const { path, was, before } of changes.files)
    for (const gone of [path, was]) if (gone !== undefined && !sources.has(gone) && HAS_IMPORTS.test(gone)) sources.set(gone, before ?? '');
  const patterns = [...config.intents, ...config.invariants, ...config.fixtures, 'intents/**/*.lock.yaml'].map((glob) => pathMatcher(glob));
  const configFile = relative(config.root, isAbsolute(config.file) ? config.file : resolve(config.file))
    .split(sep)
    .join('/');
  const given: SelectOptions = {
    changes,
    now,
    tree: { ...tree, sources },
    graph: importGraph(sources, tree.packages),
    config: [configFile],
    ignored: config.selection.ignore,
    isProjectFile: (path) => patterns.some((fits) => fits(path)),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.signals ? { signals: options.signals } : {}),
  };
  return { facts: factsOf(project, past), given };
}

/** Without git nobody knows what a file said before: every one of them counts as changed throughout. */
async function namedFiles(root: string, files: readonly string[]): Promise<ChangeSet> {
  const changes = files.map(async (name): Promise<Change> => {
    const path = relative(root, resolve(root, name)).split(sep).join('/');
    const there = await stat(resolve(root, name)).then(
      (found) => found.isFile(),
      () => false,
    );
    const after = there ? await readFile(resolve(root, name), 'utf8') : undefined;
    return { path, kind: there ? 'modified' : 'deleted', lines: after?.split('\n').length ?? 1, ...(after === undefined ? {} : { after }) };
  });
  return { base: 'files', files: await Promise.all(changes) };
}
