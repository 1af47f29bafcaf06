// Every journey under every harmless redesign, from the lockfiles of the classic interface. Writes table.md beside itself and triage/redesigns.md, of the same runs.
//   node evals/redesigns/run.ts [name …]     with names: only those are run again; the tables are of the last run of each
import { NAMES, runRedesigns } from './cells.ts';
import { writeTables } from './tables.ts';

const only = process.argv.slice(2);
await runRedesigns(NAMES.filter((name) => only.length === 0 || only.includes(name)));
const right = await writeTables();
process.exitCode = right ? 0 : 1;
