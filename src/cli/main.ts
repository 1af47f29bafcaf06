#!/usr/bin/env node
// As a whole: an old Node has no such export, and would fail before it can be told so.
import nodeModule from 'node:module';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `intentwright needs Node 22.18 or newer; this is ${process.version}.\nInstall a newer one, or bring it along in this project: npm install --save-dev node@24 (npx takes it from there)\n`,
  );
  process.exit(3);
}
nodeModule.enableCompileCache();
growYoungSpace();
// Left alone, V8 does not look for garbage before its heap has doubled: the story of a thousand journeys needs a quarter of that.
setFlagsFromString('--heap-growing-percent=30');
silenceSqliteWarning();

// Imported late: an old Node must get the sentence above, not a syntax error from a file below.
const { runProgram } = await import('./program.ts');
const { openShell } = await import('./shell.ts');
const shell = openShell(process);
const code = await runProgram(process.argv.slice(2), shell);
await shell.close(code);

/**
 * The space for young objects, 4 MB of it: at the 1 MB it begins with, a run spends an eighth of its time emptying it; left alone it grows
 * to 64 MB on a large machine, and stays. Its size cannot be set once a process runs, but how much it grows when it overflows can.
 */
function growYoungSpace(): void {
  const full = (): boolean => getHeapSpaceStatistics().some((space) => space.space_name === 'new_space' && space.space_size >= 4 * 2 ** 20);
  setFlagsFromString('--semi-space-growth-factor=2');
  const survivors: object[] = [];
  for (let batch = 0; batch < 40 && !full(); batch++) for (let one = 0; one < 2000; one++) survivors.push({ one });
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Node 22 calls its own SQLite experimental on every start; what is printed here is read by people. */
function silenceSqliteWarning(): void {
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emit(warning, ...rest);
  };
}
