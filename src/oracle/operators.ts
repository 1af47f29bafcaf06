import { isTest } from './expectation.ts';
import type { Operator } from '../core/invariant.ts';
import { equal } from './equal.ts';
import { InvalidExpectation } from './invalid-expectation.ts';
import { differencesAt, type Difference } from './match.ts';
import { found } from './regex.ts';
import { orderOf } from './order.ts';
import { kindOf, sayExpectation, sayValue } from './say.ts';

/** Every operator of a test must hold. A missing field satisfies `absent` and `exists: false` and nothing else. */
export function* testDifferences(value: unknown, test: Partial<Record<Operator, unknown>>, where: string): Generator<Difference> {
  for (const [name, operand] of Object.entries(test)) {
    const why = failureOf(name as Operator, operand, value);
    if (why !== undefined) yield { where, expected: () => sayExpectation({ [name]: operand }), found: why };
  }
}

/** What was found instead of what an operator wants; undefined when it holds. Told only when somebody asks. */
type Found = (() => string) | undefined;

const plain = (value: unknown) => (): string => sayValue(value);

function failureOf(name: Operator, operand: unknown, value: unknown): Found {
  const there = value !== undefined && value !== null;
  if (name === 'exists' || name === 'absent') {
    if (typeof operand !== 'boolean') throw new InvalidExpectation(`${name} takes true or false`);
    return (name === 'exists' ? operand : !operand) === there ? undefined : plain(value);
  }
  if (value === undefined) return plain(value);
  // biome-ignore lint/nursery/useExhaustiveSwitchCases: exists and absent are answered above
  switch (name) {
    case 'eq':
      return equal(value, operand) ? undefined : plain(value);
    case 'ne':
      return equal(value, operand) ? plain(value) : undefined;
    case 'gt':
      return ordered(value, operand, name, (order) => order > 0);
    case 'gte':
      return ordered(value, operand, name, (order) => order >= 0);
    case 'lt':
      return ordered(value, operand, name, (order) => order < 0);
    case 'lte':
      return ordered(value, operand, name, (order) => order <= 0);
    case 'between':
      return between(value, operand);
    case 'in':
      if (!Array.isArray(operand)) throw new InvalidExpectation('in takes a list of values');
      return operand.some((item) => matches(value, item)) ? undefined : plain(value);
    case 'contains':
      return contains(value, operand);
    case 'matches':
      if (typeof operand !== 'string') throw new InvalidExpectation('matches takes a regular expression');
      if (typeof value !== 'string') return () => `${kindOf(value)}, which no regular expression matches: ${sayValue(value)}`;
      return found(operand, value.normalize('NFC')) ? undefined : plain(value);
    case 'count':
      return count(value, operand);
    case 'each':
      return each(value, operand);
    case 'any':
      return any(value, operand);
    case 'none':
      return none(value, operand);
  }
}

const matches = (value: unknown, expect: unknown): boolean => differencesAt(value, expect, '').next().done === true;

function ordered(value: unknown, operand: unknown, name: string, holds: (order: number) => boolean): Found {
  if (typeof operand !== 'number' && typeof operand !== 'string') throw new InvalidExpectation(`${name} takes a number or a text`);
  const order = orderOf(value, operand);
  if (order === undefined)
    return () =>
      `${kindOf(value)}, which has no order with ${typeof value === typeof operand ? sayValue(operand) : kindOf(operand)}: ${sayValue(value)}`;
  return holds(order) ? undefined : plain(value);
}

function between(value: unknown, operand: unknown): Found {
  if (!Array.isArray(operand) || operand.length !== 2) throw new InvalidExpectation('between takes [lowest, highest]');
  return ordered(value, operand[0], 'between', (order) => order >= 0) ?? ordered(value, operand[1], 'between', (order) => order <= 0);
}

function contains(value: unknown, operand: unknown): Found {
  if (typeof value === 'string') {
    if (typeof operand !== 'string') return () => `a text, which cannot contain ${kindOf(operand)}: ${sayValue(value)}`;
    return value.normalize('NFC').includes(operand.normalize('NFC')) ? undefined : plain(value);
  }
  if (!Array.isArray(value)) return () => `${kindOf(value)}, which contains nothing: ${sayValue(value)}`;
  return value.some((item) => matches(item, operand)) ? undefined : plain(value);
}

function count(value: unknown, operand: unknown): Found {
  if (!isTest(operand) && !Number.isInteger(operand)) throw new InvalidExpectation('count takes a whole number or a test of one');
  if (!Array.isArray(value)) return () => `${kindOf(value)}, which cannot be counted: ${sayValue(value)}`;
  return matches(value.length, operand) ? undefined : () => `${value.length}: ${sayValue(value)}`;
}

/** An empty list never satisfies `each`: "all of nothing" proves nothing. */
function each(value: unknown, operand: unknown): Found {
  if (!Array.isArray(value) || value.length === 0) return plain(value);
  const wrong = value.findIndex((item) => !matches(item, operand));
  return wrong === -1 ? undefined : () => `[${wrong}] ${sayValue(value[wrong])}`;
}

function any(value: unknown, operand: unknown): Found {
  return Array.isArray(value) && value.some((item) => matches(item, operand)) ? undefined : plain(value);
}

function none(value: unknown, operand: unknown): Found {
  if (!Array.isArray(value)) return () => `${kindOf(value)}, not a list: ${sayValue(value)}`;
  const such = value.find((item) => matches(item, operand));
  return such === undefined ? undefined : plain(such);
}
