import { escapeRegExp } from '../core/escape-regexp.ts';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../core/errors.ts';
import { type Definition, isDefinition } from './define.ts';
import { readText } from './read-text.ts';
import { type Path, type Problems, shownPath, type Source } from './source.ts';

/** Reads `defineInvariant`s and `defineConfig`s of a TypeScript or JavaScript file, one source each. */
export async function readModule(file: string, kind: 'invariant' | 'config', problems: Problems): Promise<Source[]> {
  const text = await readText(file, problems);
  if (text === undefined) return [];
  const where = { file: shownPath(file), line: 1, col: 1 };
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    problems.error(where, `the file cannot be run: ${messageOf(error)}`);
    return [];
  }
  const definitions = Object.entries(exported).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) =>
      isDefinition(one, kind) ? [{ name: one.name ?? kebab(name), definition: one }] : [],
    ),
  );
  if (definitions.length === 0)
    problems.error(
      where,
      kind === 'config' ? 'the file has no default export made by defineConfig' : 'the file exports no invariant made by defineInvariant',
    );
  return definitions.map(({ name, definition }) =>
    sourceOf(file, text, kind === 'config' ? definition.text : { [name]: definition.text }, definition, kind === 'config' ? 0 : 1),
  );
}

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** Places in code: from where the definition begins, each key of the path where it is next written. */
function sourceOf(file: string, text: string, value: unknown, { line, col }: Definition, skip: number): Source {
  const shown = shownPath(file);
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, row) => sum + row.length + 1, 0) +
    col -
    1;
  const at = (path: Path) => {
    let offset = start;
    for (const part of path.slice(skip)) {
      if (typeof part === 'number') continue;
      const found = new RegExp(`(?<![\\w-])["']?${escapeRegExp(part)}["']?\\s*:`).exec(text.slice(offset));
      if (!found) break;
      offset += found.index;
    }
    const before = text.slice(0, offset).split('\n');
    return { file: shown, line: before.length, col: before.at(-1)!.length + 1 };
  };
  return { file, shown, value, at };
}
