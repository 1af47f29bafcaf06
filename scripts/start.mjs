// `npm start`: everything a fresh clone needs, then the demo, by its lockfiles or, with --fresh, by the embedded agent.
import { become } from './set-up/become.mjs';
import { setUpOrExit } from './set-up.mjs';

const root = new URL('..', import.meta.url);
const node = await setUpOrExit(root);
become(root, node, ['src/cli/main.ts', 'demo', ...process.argv.slice(2)]);
