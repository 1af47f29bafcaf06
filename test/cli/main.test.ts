import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What Node 18 and 20 already export: a missing name is a SyntaxError before the first line runs. */
const OLD: Record<string, readonly string[]> = {
  'node:module': ['default', 'createRequire'],
  'node:v8': ['default', 'getHeapSpaceStatistics', 'setFlagsFromString'],
};

test('an old Node gets as far as the sentence that says which one is needed', async () => {
  const source = await readFile(join(import.meta.dirname, '../../src/cli/main.ts'), 'utf8');
  const imports = [...source.matchAll(/^import (?:(\w+)|\{([^}]*)\}) from '([^']+)';$/gm)].map(([, whole, names, from]) => ({
    from: from!,
    names: whole ? ['default'] : names!.split(',').map((name) => name.trim()),
  }));
  expect(imports.length).toBe(source.match(/^import /gm)?.length);
  for (const { from, names } of imports) expect(OLD[from] ?? [], from).toEqual(expect.arrayContaining(names));
  expect(source.indexOf('needs Node')).toBeLessThan(source.indexOf('await import('));
});
