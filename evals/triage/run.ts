// Is the report right about why, and about where it began? Each seeded defect and each environment fault against its journeys,
// after a green run that they are compared with; each harmless redesign from the classic lockfiles. Writes its tables beside itself.
//   node evals/triage/run.ts [defects|redesigns|environment …] [--only name,name]
import { writeFile } from 'node:fs/promises';
import { NAMES, runRedesigns } from '../redesigns/cells.ts';
import { writeTables } from '../redesigns/tables.ts';
import { defectsTable } from './defects.ts';
import { environmentTable } from './environment.ts';

type Table = { text: string; right: boolean };

const args = process.argv.slice(2);
const only = args.includes('--only') ? args.splice(args.indexOf('--only'), 2)[1]?.split(',') : undefined;
const parts = args.filter((arg) => !arg.startsWith('--'));
const keep = async (name: string, text: string): Promise<void> => {
  if (!only) await writeFile(new URL(name, import.meta.url), text);
};
const tables: Record<string, () => Promise<boolean>> = {
  defects: async () => kept('defects', await defectsTable(only, (text) => keep('defects.md', text))),
  async redesigns() {
    await runRedesigns(NAMES.filter((name) => !only || only.includes(name)));
    return writeTables();
  },
  environment: async () => kept('environment', await environmentTable(only)),
};

for (const [name, make] of Object.entries(tables)) {
  if (parts.length > 0 && !parts.includes(name)) continue;
  if (!(await make())) process.exitCode = 1;
}

async function kept(name: string, { text, right }: Table): Promise<boolean> {
  await keep(`${name}.md`, text);
  return right;
}
