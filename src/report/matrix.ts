import type { Cell } from '../core/intent.ts';
import type { IntentStory, RunStory } from './story.ts';

/** An intent that was run over the cells of its matrix. */
export interface MatrixStory {
  /** Id of the intent as written. */
  of: string;
  factors: string[];
  cells: (IntentStory & { cell: Cell })[];
  red: (IntentStory & { cell: Cell })[];
  /** What the red cells have in common and the green ones have not: "only when new_invites is on". */
  common: string;
}

type Condition = [factor: string, value: Cell['values'][string]];

/** Every matrix of a run, in the order of its first cells. */
export function matricesOf(story: RunStory): MatrixStory[] {
  const groups = new Map<string, MatrixStory['cells']>();
  for (const intent of story.intents) {
    if (!intent.cell) continue;
    const cells = groups.get(intent.cell.of) ?? [];
    cells.push(intent as MatrixStory['cells'][number]);
    groups.set(intent.cell.of, cells);
  }
  return [...groups].map(([of, cells]) => {
    const judged = cells.filter(({ status }) => status !== 'skipped');
    const red = judged.filter(({ status }) => status !== 'passed' && status !== 'flaky');
    return {
      of,
      cells,
      red,
      factors: Object.keys(cells[0]!.cell.values),
      common: commonOf(
        red,
        judged.filter((cell) => !red.includes(cell)),
      ),
    };
  });
}

/** "2 of 8 cells are not green, only when new_invites is on". */
export function matrixLine({ cells, red, common }: MatrixStory): string {
  const run = cells.filter(({ status }) => status !== 'skipped').length;
  const of = run < cells.length ? ` that were run, of ${cells.length},` : '';
  return red.length === 0
    ? `all ${run} cells${of} are green`
    : `${red.length} of ${run} cells${of} ${red.length === 1 ? 'is' : 'are'} not green${common ? `, ${common}` : ''}`;
}

/** The shortest conditions that hold in every red cell and in no green one. */
function commonOf(red: MatrixStory['cells'], green: MatrixStory['cells']): string {
  if (red.length === 0) return '';
  if (green.length === 0) return 'whatever the settings are';
  const shared = Object.entries(red[0]!.cell.values).filter(([factor, value]) => red.every(({ cell }) => cell.values[factor] === value));
  for (let size = 1; size <= Math.min(3, shared.length); size++) {
    const found = subsets(shared, size).filter(
      (conditions) => !green.some(({ cell }) => conditions.every(([factor, value]) => cell.values[factor] === value)),
    );
    if (found.length > 0)
      return found
        .slice(0, 3)
        .map(
          (conditions, index) =>
            `${index === 0 ? 'only when' : 'or, as far as these cells tell, only when'} ${conditions.map(([factor, value]) => `${factor} is ${String(value)}`).join(' and ')}`,
        )
        .join('; ');
  }
  return 'with no settings that tell them from the green ones';
}

function subsets(from: Condition[], size: number): Condition[][] {
  if (size === 0) return [[]];
  return from.flatMap((one, at) => subsets(from.slice(at + 1), size - 1).map((rest) => [one, ...rest]));
}
