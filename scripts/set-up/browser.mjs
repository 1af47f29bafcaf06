import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run, say, SetUpError } from './process.mjs';

const remembered = 'node_modules/.cache/intentwright/browser';

/** A Chromium to drive: Playwright's, a system one, one from the package manager. Returns whether one had to be installed. */
export async function ensureBrowser(root, node, byApt = isRootOnDebian()) {
  const memo = new URL(remembered, root);
  if (existsSync(memo) && existsSync(readFileSync(memo, 'utf8'))) return false;
  const had = await find(root, node);
  const path = had ?? (await install(root, node, byApt));
  if (!path) throw new SetUpError(`No Chromium was found, and none could be installed.\n\nTry: ${advice(byApt)}`);
  mkdirSync(new URL('.', memo), { recursive: true });
  writeFileSync(memo, path);
  return had === undefined;
}

/** Asks the product itself, so that set-up and runs never disagree about what counts as a browser. */
async function find(root, node) {
  const result = await run(node, [fileURLToPath(new URL('scripts/set-up/find-browser.mjs', root))], {
    cwd: fileURLToPath(root),
    exact: true,
  });
  if (result.ok) return result.output.split('\n').at(-1);
  if (result.code === 1 && result.output === '') return undefined;
  throw new SetUpError(`Looking for a browser failed:\n${result.output}`);
}

async function install(root, node, byApt) {
  for (const attempt of byApt ? [byPackageManager, byPlaywright] : [byPlaywright]) {
    if (!(await attempt(root, node))) continue;
    const path = await find(root, node);
    if (path) return path;
  }
  return undefined;
}

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

async function byPackageManager() {
  say('installing Chromium (apt-get) …');
  const apt = (...args) =>
    run('apt-get', ['-qq', ...args], { exact: true, timeoutMs: 300_000, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const get = async (name) => (await apt('install', '-y', '--no-install-recommends', name)).ok;
  if (await get('chromium-headless-shell')) return true;
  await apt('update');
  return (await get('chromium-headless-shell')) || (await get('chromium'));
}

async function byPlaywright(root, node) {
  say('installing Chromium (playwright install) …');
  const cli = fileURLToPath(new URL('node_modules/playwright/cli.js', root));
  const result = await run(node, [cli, 'install', '--only-shell', 'chromium'], {
    cwd: fileURLToPath(root),
    exact: true,
    timeoutMs: 300_000,
  });
  return result.ok;
}

function advice(byApt) {
  if (byApt) return 'apt-get update && apt-get install -y chromium';
  return existsSync('/usr/bin/apt-get') ? 'sudo apt-get install -y chromium' : 'npx playwright install --with-deps chromium';
}
