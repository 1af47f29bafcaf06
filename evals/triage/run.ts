// Is the report right about why, and about where it began? Each seeded defect and each environment fault against its journeys,
// after a green run that they are compared with; each harmless redesign from the classic lockfiles. Writes its tables beside itself.
//   node evals/triage/run.ts [defects|redesigns|environment …] [--only name,name]
import { writeFile } from 'node:fs/promises';
import { NAMES, runRedesigns } from '../redesigns/cells.ts';
import { matrixTable, triageTable } from '../redesigns/tables.ts';
import { defectsTable } from './defects.ts';
import { environmentTable } from './environment.ts';

type Table = { text: string; right: boolean };

const args = process.argv.slice(2);
const only = args.includes('--only') ? args.splice(args.indexOf('--only'), 2)[1]?.split(',') : undefined;
const parts = args.filter((arg) => !arg.startsWith('--'));
const keep = async (name: string, text: string): Promise<void> => { if (!only) await writeFile(new URL(name, import.meta.url), text); };
const tables: Record<string, () => Promise<Table>> = { defects: () => defectsTable(only, (text) => keep('defects.md', text)), redesigns, environment: () => environmentTable(only) };

for (const [name, make] of Object.entries(tables)) {
  if (parts.length > 0 && !parts.includes(name)) continue;
  const { text, right } = await make();
  await keep(`${name}.md`, text);
  if (!right) process.exitCode = 1;
}

/** The same runs tell which journeys pass; that table is written with this one. */
async function redesigns(): Promise<Table> {
  const cells = await runRedesigns(NAMES.filter((name) => !only || only.includes(name)));
  await keep('../redesigns/table.md', matrixTable(cells).text);
  return triageTable(cells);
}
