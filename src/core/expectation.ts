import { OPERATORS, type Operator } from './invariant.ts';

/** What is wrong in an expectation, and where inside it: "[0].role". */
export interface ExpectationProblem {
  path: string;
  message: string;
  hint?: string;
}

const OPERATOR_NAMES: ReadonlySet<string> = new Set(OPERATORS);

export const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The source of `{ cel: "…" }`, the escape hatch; only at the top of an expectation. */
export const celOf = (expect: unknown): string | undefined =>
  isRecord(expect) && Object.keys(expect).length === 1 && typeof expect.cel === 'string' ? expect.cel : undefined;

/** An object of operators tests a value; any other object is compared field by field. */
export const isTest = (expect: unknown): expect is Partial<Record<Operator, unknown>> =>
  isRecord(expect) && Object.keys(expect).length > 0 && Object.keys(expect).every((key) => OPERATOR_NAMES.has(key));

/** Everything that is wrong in an expectation by its shape alone; templates inside are still text. */
export function expectationProblems(expect: unknown): ExpectationProblem[] {
  if (expect === undefined) return [{ path: '', message: 'there is no expectation', hint: 'write expect: none for an empty answer' }];
  if (celOf(expect) !== undefined) return [];
  return [...problemsAt(expect, '')];
}

function* problemsAt(expect: unknown, path: string): Generator<ExpectationProblem> {
  if (Array.isArray(expect)) {
    for (const [index, item] of expect.entries()) yield* problemsAt(item, `${path}[${index}]`);
  } else if (isTest(expect)) {
    for (const [name, operand] of Object.entries(expect)) yield* operandProblems(name as Operator, operand, path);
  } else if (isRecord(expect)) {
    const mixed = Object.keys(expect).filter((key) => OPERATOR_NAMES.has(key));
    if (mixed.length > 0) {
      const other = Object.keys(expect).find((key) => !OPERATOR_NAMES.has(key))!;
      const near = nearestOperator(other);
      yield {
        path,
        message: `operator ${mixed[0]} stands beside ${other}, which is no operator`,
        hint: near ? `did you mean ${near}?` : `a field that is called like an operator is compared with { eq: { … } }`,
      };
    }
    for (const [key, value] of Object.entries(expect)) {
      if (key === 'cel') yield { path, message: 'cel stands alone at the top of expect', hint: 'write expect: { cel: "…" }' };
      if (isRecord(value) && Object.keys(value).length === 1) yield* misspeltOperator(Object.keys(value)[0]!, joined(path, key));
      yield* problemsAt(value, joined(path, key));
    }
  }
}

function* misspeltOperator(key: string, path: string): Generator<ExpectationProblem> {
  const near = OPERATOR_NAMES.has(key) || key.length < 4 ? undefined : nearestOperator(key);
  if (near && near.length >= 4 && near !== 'none') yield { path, message: `unknown operator ${key}`, hint: `did you mean ${near}?` };
}

function* operandProblems(name: Operator, operand: unknown, path: string): Generator<ExpectationProblem> {
  const wrong = (should: string): ExpectationProblem => ({ path, message: `${name} takes ${should}` });
  const template = typeof operand === 'string' && /^\$\{[^}]+\}$/.test(operand);
  if (template) return;
  switch (name) {
    case 'gt': case 'gte': case 'lt': case 'lte':
      if (typeof operand !== 'number' && typeof operand !== 'string') yield wrong('a number or a text');
      break;
    case 'in':
      if (!Array.isArray(operand) || operand.length === 0) yield wrong('a list of values');
      break;
    case 'matches':
      if (typeof operand !== 'string') yield wrong('a regular expression');
      break;
    case 'exists': case 'absent':
      if (typeof operand !== 'boolean') yield wrong('true or false');
      break;
    case 'count':
      if (isTest(operand)) yield* problemsAt(operand, path);
      else if (!Number.isInteger(operand) || (operand as number) < 0) yield wrong('a whole number, or { gte: 2 }');
      break;
    case 'between':
      if (!Array.isArray(operand) || operand.length !== 2) yield wrong('[lowest, highest]');
      break;
    case 'each': case 'any': case 'none': case 'contains':
      yield* problemsAt(operand, path);
      break;
    case 'eq': case 'ne':
      break;
  }
}

const joined = (path: string, key: string): string => (path ? `${path}.${key}` : key);

function nearestOperator(key: string): Operator | undefined {
  const word = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  return OPERATORS.find((operator) => operator === word) ?? OPERATORS.find((operator) => operator.length > 3 && oneEditApart(operator, word));
}

/** One letter more, less, other, or two letters swapped. */
function oneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const rest = (text: string, skip: number) => text.slice(at + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)
    || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2));
}
