import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { Row } from './import-table.ts';

/** A source file, told relative to src/ with forward slashes. */
export interface Source {
  path: string;
  text: string;
}

export interface Import {
  specifier: string;
  /** `await import()`, as against a static import. Types inside `import('…').T` count as static. */
  lazy: boolean;
  typeOnly: boolean;
}

export function sourcesOf(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mts|tsx)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

const STATEMENT = /(?:^|[;}\n])\s*(import|export)\s+(type\s+)?(?:[\w$*\s{},]*?\s*from\s*)?(['"])([^'"\n]+)\3/g;
const CALL = /(await\s+)?\bimport\(\s*(['"`])([^'"`$\n]+)\2\s*[,)]/g;
const COMPUTED = /\bimport\(\s*(?!['"])(?!`[^`$]*`)/;

/** Every import of a text, type imports included. Comments do not count. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(STATEMENT)].map((match) => ({
    specifier: match[4]!,
    lazy: false,
    typeOnly: match[2] !== undefined,
  }));
  const calls = [...code.matchAll(CALL)].map((match) => {
    const isType =
      match[1] === undefined &&
      /^\s*\./.test(code.slice(match.index + match[0].length)) &&
      !/^\s*\.then\b/.test(code.slice(match.index + match[0].length));
    return { specifier: match[3]!, lazy: !isType, typeOnly: isType };
  });
  return [...statements, ...calls];
}

/** True when a text imports what it only knows when it runs: no table can see that. */
export const importsComputed = (text: string): boolean => COMPUTED.test(withoutComments(text));

/** Comments cut, strings kept: a URL in a string is no comment. */
export function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*/g,
    (_, string?: string) => string ?? ' ',
  );
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** What a relative import points at, told like Source.path. */
export const resolveFrom = (path: string, specifier: string): string => posix.normalize(posix.join(dirname(path), specifier));

/** The rule: everything that a file reaches for and may not, in words. */
export function violationsOf(source: Source, table: Record<string, Row>, face: Row): string[] {
  const folder = folderOf(source.path);
  const row = folder === '' ? face : table[folder];
  if (!row) return [`${source.path}: the folder "${folder}" has no row in the import table`];
  return importsOf(source.text).flatMap(({ specifier, lazy, typeOnly }) => {
    const no = (why: string): string[] => [`${source.path} imports ${specifier}: ${why}`];
    if (specifier.startsWith('.')) {
      if (!/\.(ts|json|css|txt|js)$/.test(specifier)) return no('relative imports end in .ts');
      const target = resolveFrom(source.path, specifier);
      if (target.startsWith('../')) return folder === 'cli' ? [] : no('it leaves src/');
      const reached = folderOf(target);
      return reached === folder || row.folders.includes(reached) || row.folders.includes(target) || (folder === '' && reached === '')
        ? []
        : no(`${folder || 'the face'} may not reach ${reached || 'the face'}`);
    }
    if (specifier.startsWith('node:')) return row.pure ? no('the core does no I/O') : [];
    const name = packageOf(specifier);
    if (!row.packages.includes(name)) return no(`the package lives elsewhere`);
    return row.lazily?.includes(name) && !lazy && !typeOnly ? no('only by await import()') : [];
  });
}

/** Every file that can be reached from these, by any kind of import. */
export function reachOf(roots: readonly string[], sources: readonly Source[]): Map<string, string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const via = new Map<string, string>(roots.map((root) => [root, '']));
  for (const path of via.keys()) {
    const source = byPath.get(path);
    for (const { specifier } of source ? importsOf(source.text) : []) {
      const target = specifier.startsWith('.') ? resolveFrom(path, specifier) : specifier;
      if (!via.has(target)) via.set(target, path);
    }
  }
  return via;
}

/** Files that need each other before either is loaded, each circle once and in order. Types and lazy imports make none. */
export function circlesOf(sources: readonly Source[]): string[][] {
  const needs = new Map(
    sources.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter(({ specifier, lazy, typeOnly }) => specifier.startsWith('.') && !lazy && !typeOnly)
        .map(({ specifier }) => resolveFrom(path, specifier)),
    ]),
  );
  const reach = (from: string): Set<string> => {
    const seen = new Set(needs.get(from));
    for (const path of seen) for (const next of needs.get(path) ?? []) seen.add(next);
    return seen;
  };
  const reached = new Map([...needs.keys()].map((path) => [path, reach(path)]));
  const circles = [...reached]
    .filter(([path, seen]) => seen.has(path))
    .map(([path, seen]) => [...seen].filter((other) => reached.get(other)?.has(path)).toSorted());
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
}
