import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem, Project } from '../core/project.ts';
import { ownVersion } from './own-package.ts';
import type { Shell } from './shell.ts';

/** A project that was read, with what was said of it then. */
export interface ReadProject {
  project: Project;
  problems: readonly Problem[];
  /** All files that were read. */
  files: readonly string[];
  /** Folders below the root in which files are looked for. */
  folders: readonly string[];
}

/** What stands in `.intentwright/project.json`: what reading the files would give again. */
interface Kept {
  /** Of everything that reading depends on. */
  digest: string;
  files: string[];
  folders: string[];
  /** Words in the files that may name a variable of the environment. */
  names: string[];
  problems: Problem[];
  project: string;
}

const placeOf = (root: string): string => join(root, '.intentwright', 'project.json');

/**
 * Keeps what was read, so that the next run of the same files need not parse and check them. Files of code are not kept: what they
 * import may change unseen; nor is a project that does not come back from its text exactly as it was.
 */
export function keepProject({ project, problems, files, folders }: ReadProject, shell: Pick<Shell, 'cwd' | 'env'>): void {
  const { root, artifacts } = project.config;
  const place = placeOf(root);
  if (artifacts.dir !== dirname(place) || files.some((file) => !/\.ya?ml$/.test(file)) || folders.includes('.')) return;
  try {
    const text = toText(project);
    if (!isDeepStrictEqual(fromText(text), project)) return;
    const names = [...new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/\b[A-Z][A-Z0-9_]{2,}\b/g) ?? []))].toSorted();
    const told = files.map((file) => relative(root, file));
    const places = [...new Set(folders)].toSorted();
    const kept: Kept = {
      digest: digestOf({ root, files: told, folders: places, names, problems, project: text }, shell),
      files: told,
      folders: places,
      names,
      problems: [...problems],
      project: text,
    };
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(`${place}.${process.pid}`, JSON.stringify(kept));
    renameSync(`${place}.${process.pid}`, place);
  } catch {
    // Where it cannot be kept, the next start is a little slower.
  }
}

/** The project around a config file as it was read before, if that would give the same again: same files, same folders, same environment, same version. */
export function keptProject(configFile: string, shell: Pick<Shell, 'cwd' | 'env'>): ReadProject | undefined {
  const root = dirname(configFile);
  try {
    const { digest, files, folders, names, problems, project } = JSON.parse(readFileSync(placeOf(root), 'utf8')) as Kept;
    if (files[0] !== relative(root, configFile) || digest !== digestOf({ root, files, folders, names, problems, project }, shell))
      return undefined;
    return { project: fromText(project), problems, files, folders };
  } catch {
    return undefined;
  }
}

/** Over what was kept, too: a damaged file is as none. */
function digestOf(
  { root, files, folders, names, problems, project }: Omit<Kept, 'digest' | 'problems'> & { root: string; problems: readonly Problem[] },
  { cwd, env }: Pick<Shell, 'cwd' | 'env'>,
): string {
  const hash = createHash('sha256').update(
    JSON.stringify([ownVersion(), cwd, root, files, names.map((name) => [name, Boolean(env[name])]), problems, project]),
  );
  for (const file of files) hash.update(readFileSync(join(root, file)));
  // A file that is new shows in the folder that it is in, a second config in the root.
  hash.update(
    JSON.stringify(
      readdirSync(root)
        .filter((name) => name.startsWith('intentwright.config.'))
        .toSorted(),
    ),
  );
  for (const folder of folders) hash.update(JSON.stringify([folder, namesIn(join(root, folder))]));
  return hash.digest('hex');
}

function namesIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ya?ml|[mc]?[jt]s)$/.test(name))
        .toSorted()
    : [];
}

const toText = (project: Project): string =>
  JSON.stringify({ ...project, invariants: [...project.invariants], fixtures: [...project.fixtures] });

function fromText(text: string): Project {
  const { config, intents, invariants, fixtures } = JSON.parse(text) as Pick<Project, 'config' | 'intents'> & {
    invariants: [];
    fixtures: [];
  };
  return { config, intents, invariants: new Map(invariants), fixtures: new Map(fixtures) };
}
