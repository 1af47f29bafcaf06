import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { IntentwrightError } from '../core/errors.ts';

export const CONFIG_NAMES = ['yaml', 'yml', 'ts', 'mts', 'js', 'mjs'].map((ending) => `intentwright.config.${ending}`);

/**
 * The config file that was named, or the nearest one here or above.
 * @throws IntentwrightError CONFIG_MISSING
 */
export function findConfig(cwd: string, named?: string): string {
  if (named !== undefined) {
    const file = resolve(cwd, named);
    if (existsSync(file)) return file;
    throw new IntentwrightError('CONFIG_MISSING', `there is no config file ${named}`, { hint: 'check the path given to --config' });
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const name = CONFIG_NAMES.find((candidate) => existsSync(join(folder, candidate)));
    if (name) return join(folder, name);
    if (dirname(folder) === folder) break;
  }
  throw new IntentwrightError('CONFIG_MISSING', `no ${CONFIG_NAMES[0]} was found in ${cwd} or above it`, {
    hint: 'make one with: intentwright init',
  });
}
