import type { Cell, Intent, Matrix, MatrixDepth } from '../core/intent.ts';

type Values = Cell['values'];

/** More cells than this are a mistake, or a night's work: they are refused. */
export const MOST_CELLS = 256;

/** The intent once for each cell of its matrix, each with an id of its own; an intent without a matrix is itself. */
export function cellsOf(intent: Intent): Intent[] {
  const { matrix, ...rest } = intent;
  if (!matrix) return [intent];
  return combinations(matrix).map((values) => ({
    ...rest,
    id: `${intent.id}[${told(values, '=', ',')}]`,
    title: `${intent.title} (${told(values, ' ', ', ')})`,
    cell: { of: intent.id, values },
  }));
}

const told = (values: Values, of: string, between: string): string =>
  Object.entries(values)
    .map(([factor, value]) => `${factor}${of}${String(value)}`)
    .join(between);

/** All combinations, or so many that every two values of different factors meet in one of them. */
export function combinations({ factors, cells }: Matrix): Values[] {
  const all = Object.entries(factors).reduce<Values[]>(
    (sofar, [factor, values]) => sofar.flatMap((row) => values.map((value) => ({ ...row, [factor]: value }))),
    [{}],
  );
  return cells === 'full' ? all : pairwise(all, Object.keys(factors));
}

/** Ids of the cells that a run of this depth leaves out; the same on every machine. */
export function cellsBeyond(depth: MatrixDepth, intents: readonly Intent[]): string[] {
  if (depth === 'all') return [];
  const matrices = Map.groupBy(
    intents.filter(({ cell }) => cell),
    ({ cell }) => cell!.of,
  );
  return [...matrices.values()].flatMap((cells) => {
    const rows = cells.map(({ cell }) => cell!.values);
    const factors = Object.keys(rows[0]!);
    const kept =
      depth === 'one'
        ? rows.slice(0, 1)
        : depth === 'pairwise'
          ? pairwise(rows, factors)
          : covering(rows, (row) => factors.map((factor) => JSON.stringify([factor, row[factor]])));
    return cells.filter(({ cell }) => !kept.includes(cell!.values)).map(({ id }) => id);
  });
}

function pairwise(rows: Values[], factors: string[]): Values[] {
  const pairs = factors.flatMap((first, at) => factors.slice(at + 1).map((second) => [first, second] as const));
  return pairs.length === 0
    ? rows
    : covering(rows, (row) => pairs.map(([first, second]) => JSON.stringify([first, row[first], second, row[second]])));
}

/** Takes, again and again, the row that brings most of what has not been met; the first of equals, so that it is the same everywhere. */
function covering(rows: Values[], met: (row: Values) => string[]): Values[] {
  const missing = new Set(rows.flatMap(met));
  const chosen: Values[] = [];
  while (missing.size > 0) {
    const gains = rows.map((row) => met(row).filter((pair) => missing.has(pair)).length);
    const best = rows[gains.indexOf(Math.max(...gains))]!;
    for (const pair of met(best)) missing.delete(pair);
    chosen.push(best);
  }
  return chosen;
}
