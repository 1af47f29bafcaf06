import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Intent } from '../core/intent.ts';

/** Names of the files beside an intent: all that may be uploaded. */
export async function filesBeside(intent: Intent): Promise<string[]> {
  const entries = await readdir(dirname(intent.where.file), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && !/\.(ya?ml|ts)$/.test(entry.name)).map((entry) => entry.name);
}
