// Every journey under every harmless redesign, from the lockfiles of the classic interface. Writes table.md beside itself and triage/redesigns.md, of the same runs.
//   node evals/redesigns/run.ts [name …]
import { writeFile } from 'node:fs/promises';
import { NAMES, runRedesigns } from './cells.ts';
import { matrixTable, triageTable } from './tables.ts';

const only = process.argv.slice(2);
const cells = await runRedesigns(NAMES.filter((name) => only.length === 0 || only.includes(name)));
const [matrix, triage] = [matrixTable(cells), triageTable(cells)];
console.log(matrix.text.split('\n').filter((line) => line.startsWith('- ')).join('\n'));
console.log(triage.text.split('\n').filter((line) => line.startsWith('- ')).join('\n'));
if (only.length === 0) {
  await writeFile(new URL('./table.md', import.meta.url), matrix.text);
  await writeFile(new URL('../triage/redesigns.md', import.meta.url), triage.text);
}
process.exitCode = matrix.right && triage.right ? 0 : 1;
