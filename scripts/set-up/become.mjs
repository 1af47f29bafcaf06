import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** PATH on which `node` and the project's tools are the project's own. */
export function environment(root, node) {
  const bin = fileURLToPath(new URL('node_modules/.bin', root));
  // Compiled sources are kept: the second start reads no TypeScript.
  const cache = process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL('node_modules/.cache/compile', root));
  return { ...process.env, NODE_COMPILE_CACHE: cache, PATH: [dirname(node), bin, process.env.PATH ?? ''].join(delimiter) };
}

/** Hands the process over: same terminal, same signals, same exit code. */
export function become(root, node, args) {
  const child = spawn(node, args, { cwd: fileURLToPath(root), stdio: 'inherit', env: environment(root, node) });
  // A terminal sends Ctrl-C to both; a plain kill reaches only this one, so it is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 3;
  });
  child.on('close', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
  });
}
