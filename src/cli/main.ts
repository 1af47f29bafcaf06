#!/usr/bin/env node
// As a whole: an old Node has no such export, and would fail before it can be told so.
import nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`intentwright needs Node 22.18 or newer; this is ${process.version}.\nInstall a newer one, or bring it along in this project: npm install --save-dev node@24 (npx takes it from there)\n`);
  process.exit(3);
}
nodeModule.enableCompileCache();
// Left alone, the space for young objects grows to 64 MB and more on a large machine, and stays.
setFlagsFromString('--semi-space-growth-factor=1');
// Nor does it look for garbage before its heap has doubled: the story of a thousand journeys needs a quarter of that.
setFlagsFromString('--heap-growing-percent=30');
silenceSqliteWarning();

// Imported late: an old Node must get the sentence above, not a syntax error from a file below.
const { runProgram } = await import('./program.ts');
const { openShell } = await import('./shell.ts');
const shell = openShell(process);
const code = await runProgram(process.argv.slice(2), shell);
await shell.close(code);

/** Node 22 calls its own SQLite experimental on every start; what is printed here is read by people. */
function silenceSqliteWarning(): void {
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emit(warning, ...rest);
  };
}
