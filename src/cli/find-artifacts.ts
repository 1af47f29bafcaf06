import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findConfig } from './find-config.ts';
import { loadProjectHere } from './load.ts';
import type { Shell } from './shell.ts';

/** Folder that holds the runs: what the config says, or `.intentwright` here. Works where intents are broken, or are none. */
export async function findArtifacts(shell: Shell, config?: string): Promise<string> {
  const here = resolve(shell.cwd, '.intentwright');
  if (config === undefined && existsSync(resolve(here, 'runs'))) return here;
  try {
    const file = findConfig(shell.cwd, config);
    const quiet: Shell = { ...shell, err: () => undefined };
    const project = await loadProjectHere(quiet, { config: file });
    return resolve(dirname(file), project?.config.artifacts.dir ?? '.intentwright');
  } catch {
    return here;
  }
}
