import { redesigns } from '../../demo/redesigns.ts';
import { type IntentResult, runSuite } from '../suite.ts';

/** One journey under one redesign. */
export interface Cell {
  ui: string;
  intent: IntentResult;
}

export const NAMES = redesigns.map(({ name }) => name);

/** Every journey under every redesign of `names`, from the lockfiles of the classic interface. The only runs: each table is a fold of them. */
export async function runRedesigns(names: readonly string[]): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const ui of names) {
    const { result, output } = await runSuite({ ui });
    if (!result) throw new Error(`no result for ${ui}: ${output.slice(-800)}`);
    cells.push(...result.intents.map((intent) => ({ ui, intent })));
    const red = result.intents.filter(({ status }) => status !== 'passed');
    console.log(`${ui}: ${result.intents.length - red.length} of ${result.intents.length} passed${red.map((intent) => `\n   ${intent.id} ${intent.status} (${intent.cause}): ${intent.sentence} [${intent.causeWhy ?? ''}]`).join('')}`);
  }
  return cells;
}
