// `npm test`: everything a fresh clone needs, then every test. The last line is `N passed, N failed`.
import { runTests } from './set-up/tests.mjs';
import { setUpOrExit } from './set-up.mjs';

const root = new URL('..', import.meta.url);
const node = await setUpOrExit(root);
const { passed, failed } = await runTests(root, node, process.argv.slice(2));
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
