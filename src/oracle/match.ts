import { celOf, isRecord, isTest } from './expectation.ts';
import { celHolds } from './cel.ts';
import { isEmptyAnswer } from './empty.ts';
import { equal } from './equal.ts';
import { testDifferences } from './operators.ts';
import { cut, kindOf, sayExpectation, sayValue } from './say.ts';

/** Whether a value is what was expected, and where it is not. */
export interface Match {
  ok: boolean;
  /** "[0].role: expected editor, found viewer"; at most 20 lines. */
  diff: string[];
}

/** One place where a value is not what was expected. Told only when somebody asks: most readings are just compared. */
export interface Difference {
  where: string;
  expected(): string;
  found(): string;
}

const MOST_LINES = 20;

const MATCHES: Match = { ok: true, diff: [] };

/**
 * YAML data matches as partial objects, exact scalars, exact list lengths; operators, `none` and CEL as documented.
 * @throws InvalidExpectation when the expectation itself cannot be tested
 */
export function match(value: unknown, expect: unknown): Match {
  if (expect === 'none')
    return isEmptyAnswer(value)
      ? MATCHES
      : {
          ok: false,
          get diff() {
            return [`expected none (an empty answer), found ${sayValue(value)}`];
          },
        };
  const differences = [...differencesAt(value, expect, '')];
  return differences.length === 0
    ? MATCHES
    : {
        ok: false,
        get diff() {
          return linesOf(differences);
        },
      };
}

export function linesOf(differences: readonly Difference[]): string[] {
  const lines = differences
    .slice(0, MOST_LINES)
    .map(({ where, expected, found }) => `${where ? `${where}: ` : ''}expected ${expected()}, found ${found()}`);
  if (differences.length > MOST_LINES) lines.push(`… and ${differences.length - MOST_LINES} more differences`);
  return lines;
}

/** Where `value` is not what `expect` says; nothing when it matches. */
export function* differencesAt(value: unknown, expect: unknown, where: string): Generator<Difference> {
  const cel = celOf(expect);
  if (cel !== undefined) yield* celDifferences(value, cel, where);
  else if (Array.isArray(expect)) yield* listDifferences(value, expect, where);
  else if (isTest(expect))
    yield* isCountField(value, expect) ? objectDifferences(value, expect, where) : testDifferences(value, expect, where);
  else if (isRecord(expect)) yield* objectDifferences(value, expect, where);
  else if (!equal(value, expect)) yield scalarDifference(value, expect, where);
}

function* celDifferences(value: unknown, cel: string, where: string): Generator<Difference> {
  const { holds, why } = celHolds(cel, value);
  if (!holds) yield { where, expected: () => cel, found: () => `${why ? `${why} in ` : ''}${sayValue(value)}` };
}

/** `{ count: 1 }` meets `select count(*) as count`: on an object the word can only be the field. */
const isCountField = (value: unknown, expect: Record<string, unknown>): value is Record<string, unknown> =>
  isRecord(value) && Object.hasOwn(value, 'count') && Object.keys(expect).length === 1 && 'count' in expect;

function* listDifferences(value: unknown, expect: unknown[], where: string): Generator<Difference> {
  if (!Array.isArray(value)) {
    yield {
      where,
      expected: () => sayExpectation(expect),
      found: () => (value === undefined || value === null ? sayValue(value) : `${kindOf(value)}: ${sayValue(value)}`),
    };
    return;
  }
  if (value.length !== expect.length) {
    yield {
      where,
      expected: () => sayExpectation(expect),
      found: () => (value.length === 0 ? sayValue(value) : `${value.length}: ${sayValue(value)}`),
    };
    return;
  }
  for (const [index, item] of expect.entries()) yield* differencesAt(value[index], item, `${where}[${index}]`);
}

function* objectDifferences(value: unknown, expect: Record<string, unknown>, where: string): Generator<Difference> {
  if (!isRecord(value)) {
    const hint = Array.isArray(value) ? ' (an answer of several is matched by a list: "- field: value")' : '';
    yield { where, expected: () => sayExpectation(expect), found: () => `${sayValue(value)}${hint}` };
    return;
  }
  for (const [key, item] of Object.entries(expect)) {
    yield* differencesAt(Object.hasOwn(value, key) ? value[key] : undefined, item, where ? `${where}.${key}` : key);
  }
}

/** Values that look alike but differ in kind are told apart in words. */
function scalarDifference(value: unknown, expect: unknown, where: string): Difference {
  const alike =
    value !== undefined &&
    value !== null &&
    typeof value !== 'object' &&
    typeof value !== typeof expect &&
    (String(value) === String(expect) || Number(value) === Number(expect));
  if (!alike) return { where, expected: () => sayValue(expect), found: () => sayValue(value) };
  const withKind = (scalar: unknown) =>
    `${typeof scalar === 'string' ? `the text ${JSON.stringify(cut(scalar, 100))}` : typeof scalar === 'number' ? `the number ${scalar}` : sayValue(scalar)}`;
  return { where, expected: () => withKind(expect), found: () => withKind(value) };
}
