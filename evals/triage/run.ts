// Is the report right about why, and about where it began? Each seeded defect and each environment fault against its journeys,
// after a green run that they are compared with. Writes its tables beside itself.
//   node evals/triage/run.ts [defects|redesigns|environment …] [--only name,name]
import { writeFile } from 'node:fs/promises';
import { defectsTable } from './defects.ts';
import { environmentTable } from './environment.ts';

const parts = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : undefined;
const tables = { defects: defectsTable, environment: environmentTable };

for (const [name, make] of Object.entries(tables)) {
  if (parts.length > 0 && !parts.includes(name)) continue;
  const keep = async (text: string): Promise<void> => { if (!only) await writeFile(new URL(`./${name}.md`, import.meta.url), text); };
  const { text, right } = await make(only, keep);
  await keep(text);
  if (!right) process.exitCode = 1;
}
