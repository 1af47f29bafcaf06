import { isRecord } from './expectation.ts';

/** The number in an answer: a number, the one number of one row (`select count(*)`), or how many items a list has. An id is no amount: a row that has nothing else is an item. */
export type Counted = { of: 'number' | 'items'; n: number };

const ID = /^(?:u?u?id|.*(?:_id|[a-z]Id))$/;

export function counted(value: unknown): Counted | undefined {
  if (typeof value === 'number') return { of: 'number', n: value };
  if (!Array.isArray(value)) return undefined;
  const [only] = value;
  const cells = value.length === 1 && isRecord(only) ? Object.entries(only) : [];
  const [name, cell] = cells[0] ?? [];
  if (cells.length === 1 && typeof cell === 'number' && !ID.test(name!)) return { of: 'number', n: cell };
  return { of: 'items', n: value.length };
}
