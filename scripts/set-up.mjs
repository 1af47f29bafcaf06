// Makes a fresh clone ready: packages, runtime, browser. Plain JavaScript that an old Node can run.
import { pathToFileURL } from 'node:url';
import { installPackages } from './set-up/packages.mjs';
import { ensureRuntime } from './set-up/runtime.mjs';
import { ensureBrowser } from './set-up/browser.mjs';
import { SetUpError, say } from './set-up/process.mjs';

/** Ready when it returns; does nothing that is already done. Returns the Node binary that runs the project. */
export async function setUp(root, options = {}) {
  const started = Date.now();
  const did = [];
  if (await installPackages(root)) did.push('packages');
  const node = await ensureRuntime(root);
  if (options.browser !== false && (await ensureBrowser(root, node))) did.push('browser');
  if (did.length > 0) say(`set up in ${Math.round((Date.now() - started) / 1000)} s: ${did.join(', ')}`);
  return node;
}

/** Says what is missing and the one command that mends it, instead of a stack. */
export async function setUpOrExit(root, options) {
  try {
    return await setUp(root, options);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exit(3);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUpOrExit(new URL('..', import.meta.url));
}
