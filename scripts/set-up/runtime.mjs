import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run, say, SetUpError } from './process.mjs';

const binary = process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node';

/** The Node that the project is developed on, from the npm package `node`; this one when it is new enough and that is not there. */
export async function ensureRuntime(root) {
  const path = fileURLToPath(new URL(binary, root));
  if (await works(path)) return path;
  // npm may have been told not to run install scripts: this package's script is what brings the binary.
  const installer = fileURLToPath(new URL('node_modules/node/', root));
  if (existsSync(installer)) {
    say('bringing Node 24 …');
    const result = await run(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: installer,
      exact: true,
      env: { npm_config_ignore_scripts: 'false' },
    });
    if (result.ok && (await works(path))) return path;
  }
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new SetUpError(
    `Intentwright needs Node 22.18 or newer; this is ${process.version}, and the npm package "node" could not bring it.\n\nTry: npm rebuild node`,
  );
}

async function works(path) {
  return existsSync(path) && (await run(path, ['--version'], { exact: true })).ok;
}

/** Node strips types by itself from 22.18 on. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}
