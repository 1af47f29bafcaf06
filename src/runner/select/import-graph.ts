import { posix } from 'node:path';
import { withoutComments } from './significant.ts';

/** Who imports whom among the sources, backwards: what a change may reach. */
export interface ImportGraph {
  /** Every file that needs this one, directly or through others, with how strongly (1 is the file itself) and over which file. */
  dependents(path: string): Map<string, { strength: number; over: string }>;
}

/** Sources whose imports are understood. */
export const HAS_IMPORTS = /\.(?:[cm]?[jt]sx?|vue|svelte|py)$/;

/** What a step from a file to one that imports it is worth. */
const STEP = 0.8;
/** Below this a dependent is no longer told. */
export const WEAKEST = 0.15;

const IMPORT =
  /\b(?:import|export)\b\s*(type\b(?!\s+from))?\s*([\w$*\s{},]*?)\s*\bfrom\s*(['"])([^'"\n]+)\3|\bimport\s*(['"])([^'"\n]+)\5|\b(?:import|require)\(\s*(['"`])([^'"`$\n]+)\7/g;
const SIBLING = /(['"`])(\.\.?\/[^'"`$\s]+\.\w+)\1/g;
const PYTHON = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+([\w*, \t(]+)|import[ \t]+([\w., \t]+))/gm;

/** A source's imports as written; types alone are gone when it runs and do not count. */
function importsOf(path: string, text: string): string[] {
  if (path.endsWith('.py')) {
    return [...text.matchAll(PYTHON)]
      .flatMap(([, from, names, plain]) =>
        from === undefined
          ? (plain ?? '').split(',').map((name) => name.trim().split(/\s/)[0]!)
          : [from, ...(names ?? '').split(/[,(]/).map((name) => joined(from, name.trim().split(/\s/)[0]!))],
      )
      .filter(Boolean);
  }
  const code = withoutComments(text, /x$|vue$|svelte$/.test(path) ? 'own-lines' : 'anywhere') ?? text;
  const found = [...code.matchAll(IMPORT)].flatMap(([, type, names = '', , from, , bare, , call]) => {
    if (type !== undefined || /^\{\s*(?:type\s+[\w$]+(?:\s+as\s+[\w$]+)?\s*,?\s*)+\}$/.test(names.trim())) return [];
    return [from ?? bare ?? call ?? ''];
  });
  return [...new Set([...found, ...[...code.replace(IMPORT, ' ').matchAll(SIBLING)].map((match) => match[2]!)])].filter(Boolean);
}

const joined = (from: string, name: string): string => (from.endsWith('.') ? `${from}${name}` : `${from}.${name}`);

/** Builds the graph over sources given as path → text. `packages` are the folders of a workspace by their package's name. */
export function importGraph(sources: ReadonlyMap<string, string>, packages: ReadonlyMap<string, string> = new Map()): ImportGraph {
  const importers = new Map<string, Map<string, number>>();
  for (const [path, text] of sources) {
    const imported = new Set(importsOf(path, text).flatMap((specifier) => resolveImport(path, specifier, sources, packages) ?? []));
    imported.delete(path);
    const step = isRegister(text, imported.size) ? STEP / imported.size : STEP;
    for (const target of imported) {
      const known = importers.get(target) ?? new Map<string, number>();
      known.set(path, step);
      importers.set(target, known);
    }
  }
  return {
    dependents(path) {
      const reached = new Map<string, { strength: number; over: string }>();
      const open: { at: string; strength: number }[] = [{ at: path, strength: 1 }];
      for (let next = open.shift(); next; next = open.shift()) {
        for (const [importer, step] of importers.get(next.at) ?? []) {
          const strength = next.strength * step;
          if (importer === path || strength < WEAKEST || strength <= (reached.get(importer)?.strength ?? 0)) continue;
          reached.set(importer, { strength, over: next.at });
          open.push({ at: importer, strength });
        }
      }
      return reached;
    },
  };
}

/** A file that is mostly a list of what it imports (all routes, all jobs): that it knows everybody makes nobody depend on each. */
function isRegister(text: string, imports: number): boolean {
  if (imports < 7) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/?\*)/.test(line));
  const exporting = lines.filter((line) => /^\s*export\b.*\bfrom\b/.test(line)).length;
  return exporting === 0 && lines.filter((line) => /^\s*import\b/.test(line)).length > lines.length * 0.3;
}

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.json',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
];

function resolveImport(
  path: string,
  specifier: string,
  sources: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
): string | undefined {
  if (path.endsWith('.py')) return resolvePython(path, specifier, sources);
  const [bare = ''] = specifier.split('?');
  const roots = bare.startsWith('.')
    ? [posix.join(posix.dirname(path), bare)]
    : /^[@~#]?\//.test(bare)
      ? ancestors(path).flatMap((folder) => [
          posix.join(folder, 'src', bare.replace(/^[@~#]?\//, '')),
          posix.join(folder, bare.replace(/^[@~#]?\//, '')),
        ])
      : inPackages(bare, packages);
  for (const root of roots) {
    const asSource = root.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    const found = [root, asSource].flatMap((one) => ENDINGS.map((ending) => one + ending)).find((one) => sources.has(one));
    if (found) return found;
  }
  return undefined;
}

function inPackages(specifier: string, packages: ReadonlyMap<string, string>): string[] {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const folder = packages.get(name);
  if (folder === undefined) return [];
  const rest = specifier.slice(name.length + 1);
  return rest
    ? [posix.join(folder, rest), posix.join(folder, 'src', rest)]
    : [posix.join(folder, 'src'), folder, posix.join(folder, 'src/main'), posix.join(folder, 'lib')];
}

function resolvePython(path: string, specifier: string, sources: ReadonlyMap<string, string>): string | undefined {
  const dots = /^\.*/.exec(specifier)![0].length;
  const rest = specifier.slice(dots).replaceAll('.', '/');
  const bases = dots > 0 ? [posix.join(posix.dirname(path), '../'.repeat(dots - 1))] : ancestors(path);
  return bases.flatMap((base) => [posix.join(base, `${rest}.py`), posix.join(base, rest, '__init__.py')]).find((one) => sources.has(one));
}

/** The folder of a file and those above it, "" at last. */
function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}
