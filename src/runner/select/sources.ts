import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { HAS_IMPORTS } from './import-graph.ts';
import { outsideApplication } from './inert.ts';

/** What is read of a repository to know who imports whom. Paths are relative to its folder, with forward slashes. */
export interface SourceTree {
  sources: Map<string, string>;
  /** Folder of each package of a workspace, by its name. */
  packages: Map<string, string>;
  /** The text of CODEOWNERS. */
  owners?: string;
}

const MOST_FILES = 20_000;
const MOST_BYTES = 400_000;
const AT_ONCE = 64;

/** Reads the sources that git knows below a folder; without git there are none. */
export async function readSources(root: string): Promise<SourceTree> {
  const listed = await promisify(execFile)(
    'git',
    ['-c', 'core.quotepath=false', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, maxBuffer: 256 * 1024 * 1024 },
  ).then(
    ({ stdout }) => stdout.split('\0').filter(Boolean),
    () => [],
  );
  const wanted = [...new Set(listed)]
    .filter(
      (path) =>
        HAS_IMPORTS.test(path) &&
        !/(?:^|\/)(?:node_modules|vendor|dist|build)\/|\.min\.js$|\.d\.ts$/.test(path) &&
        outsideApplication(path, []) === undefined,
    )
    .slice(0, MOST_FILES);
  const sources = new Map((await readAll(root, wanted)).filter(([, text]) => text !== ''));
  const manifests = await readAll(
    root,
    listed.filter((path) => posix.basename(path) === 'package.json' && !path.includes('node_modules/')).slice(0, 500),
  );
  const packages = new Map(
    manifests.flatMap(([path, text]) => {
      const name = /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1];
      return name === undefined ? [] : [[name, posix.dirname(path) === '.' ? '' : posix.dirname(path)] as const];
    }),
  );
  const [owners] = (await readAll(root, ['CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS'])).filter(
    ([, text]) => text !== '',
  );
  return { sources, packages, ...(owners ? { owners: owners[1] } : {}) };
}

async function readAll(root: string, paths: readonly string[]): Promise<[path: string, text: string][]> {
  const read: [string, string][] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    read.push(
      ...(await Promise.all(
        paths.slice(at, at + AT_ONCE).map(async (path): Promise<[string, string]> => {
          const size = await stat(join(root, path)).then(
            (found) => (found.isFile() ? found.size : Infinity),
            () => Infinity,
          );
          return [path, size > MOST_BYTES ? '' : await readFile(join(root, path), 'utf8').catch(() => '')];
        }),
      )),
    );
  }
  return read;
}
