import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as face from '../src/index.ts';

const src = join(import.meta.dirname, '../src');

/** Every module that is loaded when the package's root is imported, in a process of its own. */
async function loadedBy(entry: string): Promise<string[]> {
  const script = `
    const { registerHooks } = await import('node:module');
    const loaded = [];
    registerHooks({ resolve(specifier, context, next) { const found = next(specifier, context); loaded.push(specifier.startsWith('.') || specifier.startsWith('file:') ? found.url : specifier); return found; } });
    await import(${JSON.stringify(pathToFileURL(entry).href)});
    process.stdout.write(JSON.stringify(loaded));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout) as string[];
}

describe('the public face', () => {
  test('loads zod, the core, the ports, and nothing that costs', async () => {
    const loaded = await loadedBy(join(src, 'index.ts'));
    const own = loaded
      .filter((specifier) => specifier.startsWith('file:'))
      .map((url) => url.slice(url.indexOf('/src/') + 5))
      .filter((path) => !path.includes('node_modules'));
    expect(own).toContain('core/errors.ts');
    expect(own.filter((path) => !/^(index\.ts|core\/[\w-]+\.ts|oracle\/port\.ts|spec\/define\.ts)$/.test(path))).toEqual([]);
    const packages = loaded.filter(
      (specifier) => !specifier.startsWith('file:') && !specifier.startsWith('node:') && !specifier.startsWith('.'),
    );
    expect([...new Set(packages)].filter((name) => name !== 'zod')).toEqual([]);
  });

  test('the measure is real: it sees a package that is loaded', async () => {
    expect(await loadedBy(join(src, 'core/events.ts'))).toContain('zod');
  });

  test('offers what a team’s own files are written with', () => {
    expect(Object.keys(face).toSorted()).toEqual(['ERROR_CODES', 'IntentwrightError', 'defineConfig', 'defineInvariant', 'defineProbe']);
  });
});
