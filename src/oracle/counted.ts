import { isRecord } from './expectation.ts';

/** The number in an answer: a number, the one number of one row (`select count(*)`), or how many items a list has. */
export type Counted = { of: 'number' | 'items'; n: number };

export function counted(value: unknown): Counted | undefined {
  if (typeof value === 'number') return { of: 'number', n: value };
  if (!Array.isArray(value)) return undefined;
  const [only] = value;
  const cells = value.length === 1 && isRecord(only) ? Object.values(only) : [];
  if (cells.length === 1 && typeof cells[0] === 'number') return { of: 'number', n: cells[0] };
  return { of: 'items', n: value.length };
}
