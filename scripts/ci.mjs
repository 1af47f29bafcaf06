// The steps of `.ci/run`. Every step is tried; one that fails does not hide the next.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environment } from './set-up/become.mjs';
import { runTests } from './set-up/tests.mjs';
import { setUpOrExit } from './set-up.mjs';

const root = new URL('..', import.meta.url);
const cwd = fileURLToPath(root);
const node = await setUpOrExit(root);
const total = { passed: 0, failed: 0 };

await step('types', () => succeeds(['node_modules/typescript/bin/tsc']));
await step('lint', () => succeeds(['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.']));
await step('tests', () => runTests(root, node, []));
await step('demo', () => succeeds(['scripts/start.mjs']));

process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function step(name, work) {
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const { passed, failed } = await work();
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(`== ${name}: ${failed === 0 ? 'ok' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s\n`);
}

/** A command of the project as one check. */
function succeeds(args) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd, env: environment(root, node), stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve({ passed: 0, failed: 1 }));
    child.on('close', (code) => resolve(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }));
  });
}
