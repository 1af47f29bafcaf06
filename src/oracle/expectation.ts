import { OPERATORS, type Operator } from '../core/invariant.ts';

const OPERATOR_NAMES: ReadonlySet<string> = new Set(OPERATORS);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The source of `{ cel: "…" }`, the escape hatch. */
export const celOf = (expect: unknown): string | undefined =>
  isRecord(expect) && Object.keys(expect).length === 1 && typeof expect.cel === 'string' ? expect.cel : undefined;

/** An object of operators tests a value; any other object is compared field by field. */
export const isTest = (expect: unknown): expect is Partial<Record<Operator, unknown>> =>
  isRecord(expect) && Object.keys(expect).length > 0 && Object.keys(expect).every((key) => OPERATOR_NAMES.has(key));
