import { type Operator, OPERATORS } from '../core/invariant.ts';
import { describe } from './check-shape.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { distance } from './suggest.ts';

/** Checks that only a driver of the oracle can make, handed in from outside: a message when the text is wrong. */
export interface ExpressionChecks {
  cel?(expression: string): string | undefined;
  regex?(pattern: string): string | undefined;
}

const isOperator = (key: string): key is Operator => (OPERATORS as readonly string[]).includes(key);
const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTemplate = (value: unknown): boolean => typeof value === 'string' && value.includes('${');

/** What other tools call it: read as data it would never hold, and nobody would know why. */
const ELSEWHERE: Readonly<Record<string, Operator>> = {
  not: 'ne',
  equals: 'eq',
  equal: 'eq',
  includes: 'contains',
  include: 'contains',
  regex: 'matches',
  regexp: 'matches',
  startsWith: 'matches',
  endsWith: 'matches',
  hasLength: 'count',
};

/** An operator that was probably meant: only asked of a map's single key, where data seldom stands. */
function meantOperator(key: string): Operator | undefined {
  if (key.startsWith('$'))
    return (
      OPERATORS.find((operator) => operator === key.slice(1)) ??
      (Object.hasOwn(ELSEWHERE, key.slice(1)) ? ELSEWHERE[key.slice(1)] : undefined)
    );
  if (Object.hasOwn(ELSEWHERE, key)) return ELSEWHERE[key];
  return OPERATORS.find(
    (operator) =>
      operator.length >= 4 &&
      key !== `${operator}s` &&
      (distance(key.toLowerCase(), operator, 1) <= 1 || (key.length >= 5 && operator === `${key}es`)),
  );
}

export class ExpectationCheck {
  readonly #source: Source;
  readonly #problems: Problems;
  readonly #checks: ExpressionChecks;

  constructor(source: Source, problems: Problems, checks: ExpressionChecks) {
    this.#source = source;
    this.#problems = problems;
    this.#checks = checks;
  }

  /** Walks the data of an expectation; a map with an operator among its keys must hold operators only. */
  walk(value: unknown, path: Path, inList = false): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.walk(item, [...path, index], true);
      return;
    }
    if (!isMap(value)) return;
    const keys = Object.keys(value);
    if ('cel' in value && keys.length === 1) return this.cel(value['cel'], [...path, 'cel']);
    if (!keys.some(isOperator)) {
      const meant = keys.length === 1 && !inList ? meantOperator(keys[0]!) : undefined;
      if (meant)
        return this.#error(
          [...path, keys[0]!],
          `unknown operator "${keys[0]}"`,
          `did you mean "${meant}"? (data of that name is written { eq: { ${keys[0]}: … } })`,
          'key',
        );
      for (const key of keys) this.walk(value[key], [...path, key]);
      return;
    }
    for (const key of keys) {
      if (isOperator(key)) this.#operand(key, value[key], [...path, key]);
      else
        this.#error(
          [...path, key],
          `"${key}" stands beside the operator "${keys.find(isOperator)}" but is none`,
          `operators: ${OPERATORS.join(', ')}; a column that is named like one is renamed in the query ("count(*) as n")`,
          'key',
        );
    }
  }

  cel(expression: unknown, path: Path): void {
    if (typeof expression !== 'string' || expression.trim() === '')
      return this.#error(path, `cel needs an expression, found ${describe(expression)}`);
    const wrong = isTemplate(expression) ? undefined : this.#checks.cel?.(expression);
    if (wrong) this.#error(path, `this CEL expression cannot be read: ${wrong}`);
  }

  #error(path: Path, message: string, hint?: string, part: 'key' | 'value' = 'value'): void {
    this.#problems.error(this.#source.at(path, part), `${formatPath(path)}: ${message}`, hint);
  }

  #operand(operator: Operator, operand: unknown, path: Path): void {
    const need = (fits: boolean, what: string) => {
      if (!fits && !isTemplate(operand)) this.#error(path, `${operator} needs ${what}, found ${describe(operand)}`);
    };
    switch (operator) {
      case 'eq':
      case 'ne':
        return;
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        return need(typeof operand === 'number' || typeof operand === 'string', 'a number or a text');
      case 'in':
        return need(Array.isArray(operand), 'a list');
      case 'between':
        return need(Array.isArray(operand) && operand.length === 2, 'a list of two');
      case 'exists':
      case 'absent':
        return need(typeof operand === 'boolean', 'true or false');
      case 'matches':
        return this.#pattern(operand, path, need);
      case 'count':
        if (isMap(operand)) return this.walk(operand, path);
        return need(typeof operand === 'number' && Number.isInteger(operand) && operand >= 0, 'a whole number, or operators');
      case 'contains':
      case 'each':
      case 'any':
      case 'none':
        return this.walk(operand, path);
    }
  }

  #pattern(operand: unknown, path: Path, need: (fits: boolean, what: string) => void): void {
    need(typeof operand === 'string', 'a pattern');
    if (typeof operand !== 'string' || isTemplate(operand)) return;
    const wrong = this.#checks.regex ? this.#checks.regex(operand) : whyNoPattern(operand);
    if (wrong) this.#error(path, `this pattern cannot be used: ${wrong}`);
  }
}

/** Patterns are RE2: what runs in linear time. A first check that needs no engine. */
function whyNoPattern(pattern: string): string | undefined {
  if (/\(\?<?[=!]/.test(pattern)) return 'looking ahead or behind is not part of RE2';
  if (/\\[1-9]/.test(pattern)) return 'back-references are not part of RE2';
  try {
    new RegExp(pattern.replace(/^\(\?[ims]+\)/, ''));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
  }
}
