import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { redesigns } from '../../demo/redesigns.ts';
import { type IntentResult, root, runSuite } from '../suite.ts';

/** One journey under one redesign. */
export interface Cell {
  ui: string;
  intent: IntentResult;
}

export const NAMES = redesigns.map(({ name }) => name);

/** What was run last under each redesign, and by which commit: one that was mended is run again alone. */
type Kept = Record<string, { commit: string; intents: IntentResult[] }>;

const FILE = join(root, '.intentwright', 'redesigns.json');
const readKept = async (): Promise<Kept> => JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as Kept;

/** Every journey under every redesign of `names`, from the lockfiles of the classic interface. The only runs: each table is a fold of them. */
export async function runRedesigns(names: readonly string[]): Promise<Cell[]> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  for (const ui of names) {
    const { result, output } = await runSuite({ ui });
    if (!result) throw new Error(`no result for ${ui}: ${output.slice(-800)}`);
    const red = result.intents.filter(({ status }) => status !== 'passed');
    console.log(
      `${ui}: ${result.intents.length - red.length} of ${result.intents.length} passed${red.map((intent) => `\n   ${intent.id} ${intent.status} (${intent.cause}): ${intent.sentence} [${intent.causeWhy ?? ''}]`).join('')}`,
    );
    await mkdir(dirname(FILE), { recursive: true });
    await writeFile(FILE, JSON.stringify({ ...(await readKept()), [ui]: { commit, intents: result.intents } }));
  }
  const kept = await readKept();
  return names.flatMap((ui) => kept[ui]!.intents.map((intent) => ({ ui, intent })));
}

/** The last run of every redesign; undefined while one was never run. `commits`: "abc1234 (23), def5678 (web-component)". */
export async function lastRuns(): Promise<{ cells: Cell[]; commits: string } | undefined> {
  const kept = await readKept();
  if (!NAMES.every((name) => kept[name])) return undefined;
  const by = Map.groupBy(NAMES, (name) => kept[name]!.commit);
  const commits = [...by]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([commit, names]) => `${commit}${by.size === 1 ? '' : ` (${names.length > 3 ? names.length : names.join(', ')})`}`)
    .join(', ');
  return { cells: NAMES.flatMap((ui) => kept[ui]!.intents.map((intent) => ({ ui, intent }))), commits };
}
