import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStagehand3 } from './stagehand-3.ts';
import { openStagehand4 } from './stagehand-4.ts';
import type { Choose, Stagehand } from './stagehand.ts';

/** Begins the version that is installed. 4 is an extension, which needs a whole Chromium; 3 speaks with any. */
export async function openStagehand(folder: string, executablePath: string, choose: Choose): Promise<Stagehand> {
  const home = join(folder, 'node_modules/@browserbasehq/stagehand');
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const open = version.startsWith('3.') ? openStagehand3 : openStagehand4;
  return { version, ...(await open(home, executablePath, choose)) };
}
