import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder with src/, demo/, intents/ and invariants/: the repository, or `dist` of the installed package. */
export const ownFolder = (): string => join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export function ownVersion(): string {
  const file = [join(ownFolder(), 'package.json'), join(ownFolder(), '..', 'package.json')].find((path) => existsSync(path));
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}

/** True when this runs as JavaScript from an installed package. */
export const isInstalled = (): boolean => import.meta.url.endsWith('.js');
