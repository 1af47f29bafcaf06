import { spawn } from 'node:child_process';

/** Something a person must do; the message ends with the command. */
export class SetUpError extends Error {}

export const say = (line) => process.stderr.write(`intentwright: ${line}\n`);

/** Runs a command to its end. Its output goes to stderr, so that stdout stays the product's. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    let tail = '';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && !options.exact,
      timeout: options.timeoutMs,
    });
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-8000);
      if (options.show) process.stderr.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ ok: false, code: undefined, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, code, output: tail.trim() }));
  });
}
