import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './become.mjs';

/** Runs vitest and counts. A crash of the runner, or an error outside of any test, counts as a failure: never 0. */
export async function runTests(root, node, args) {
  const folder = mkdtempSync(join(tmpdir(), 'intentwright-tests-'));
  const tally = join(folder, 'tally.json');
  try {
    const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', root));
    const ok = await end(
      spawn(node, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${tally}`, ...args], {
        cwd: fileURLToPath(root),
        env: environment(root, node),
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );
    return count(tally, ok);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count(tally, ok) {
  try {
    const { numPassedTests: passed, numFailedTests: tests, testResults } = JSON.parse(readFileSync(tally, 'utf8'));
    // A file that could not be loaded has no tests to count.
    const files = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((result) => result.status !== 'failed'),
    ).length;
    return { passed, failed: Math.max(tests + files, ok ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const end = (child) =>
  new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
