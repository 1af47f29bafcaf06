import { spawn } from 'node:child_process';
import type { Shell } from './shell.ts';

/** Shows a file with the system's own program, and says where it is when there is none. */
export async function openFile(file: string, shell: Shell): Promise<void> {
  const [program, ...args] =
    process.platform === 'darwin' ? ['open', file] : process.platform === 'win32' ? ['explorer.exe', file] : ['xdg-open', file];
  const opened = await new Promise<boolean>((resolve) => {
    const child = spawn(program!, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
  if (!opened) shell.err(`No program to show it with; open this file in a browser: ${file}\n`);
}
