import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run, say, SetUpError } from './process.mjs';

/** True when everything that the lockfile asks of this platform is installed, in that version. */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    return found
      ? found.version === wanted.version && found.integrity === wanted.integrity
      : wanted.optional === true || wanted.devOptional === true;
  });
}

/** `npm ci`, when node_modules is not what the lockfile says. Returns whether it had to. */
export async function installPackages(root) {
  const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  // npm writes this record last: an installation that was cut short has none.
  const record = 'node_modules/.package-lock.json';
  if (existsSync(new URL(record, root)) && isInstalled(read('package-lock.json'), read(record))) return false;
  say('installing packages (npm ci) …');
  const result = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: fileURLToPath(root),
    show: process.stderr.isTTY,
    env: { npm_config_engine_strict: 'false' },
  });
  if (!result.ok) throw new SetUpError(`The packages could not be installed:\n${withoutUsage(result.output)}\n\nTry: npm ci`);
  return true;
}

/** npm prints its whole manual after some errors. */
const withoutUsage = (output) =>
  output
    .split(/\n.*Clean install a project/)[0]
    .replace(/^npm error ?/gm, '')
    .trim();
