import { createContext, Script } from 'node:vm';
import { type ASTNode, Environment, EvaluationError, type ParseResult, serialize } from '@marcbachmann/cel-js';
import { InvalidExpectation } from './invalid-expectation.ts';
import { found } from './regex.ts';

/** Longest time one expression may take on one value, ms. */
const CAP_MS = 1000;

const environment = newEnvironment();
const compiled = new Map<string, ParseResult>();

/**
 * Evaluates a CEL expression over `value`. A field that is not there makes it not hold, and says so.
 * @throws InvalidExpectation for bad syntax, unknown names, a result that is not true or false, or an expression that takes too long
 */
export function celHolds(source: string, value: unknown): { holds: boolean; why?: string } {
  const expression = compile(source);
  let result: unknown;
  try {
    result = capped(() => expression({ value: celValue(value) }));
  } catch (error) {
    if (error instanceof InvalidExpectation) throw error;
    if (isTimeout(error)) throw invalid(source, `took longer than ${CAP_MS} ms`);
    if (error instanceof EvaluationError && error.code !== 'unknown_variable') return { holds: false, why: error.summary };
    throw invalid(source, error instanceof Error ? error.message.split('\n')[0]! : String(error));
  }
  if (typeof result !== 'boolean')
    throw invalid(source, `gives ${typeof result === 'bigint' ? 'a number' : `a ${typeof result}`}, not true or false`);
  return { holds: result };
}

/** What is wrong with an expression before it meets any value; undefined when nothing is. */
export function celMistake(source: string): string | undefined {
  try {
    compile(source);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

// Thrown by the other context, whose Error is not ours.
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

const invalid = (source: string, why: string) => new InvalidExpectation(`the expression ${JSON.stringify(source)} ${why}`);

function compile(source: string): ParseResult {
  const known = compiled.get(source);
  if (known) return known;
  try {
    const parsed = environment.parse(source);
    linearMatches(parsed.ast);
    const expression = environment.parse(serialize(parsed.ast));
    const check = expression.check();
    if (!check.valid) throw new Error(check.error?.summary ?? 'is not valid');
    if (compiled.size > 500) compiled.clear();
    compiled.set(source, expression);
    return expression;
  } catch (error) {
    throw invalid(source, `cannot be used: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
}

/** The library's own `matches` back-tracks: 28 characters held the process for 21 s. */
function linearMatches(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) linearMatches(item);
  if (node === null || typeof node !== 'object' || !('op' in node)) return;
  const { op, args } = node as ASTNode;
  if (op === 'rcall' && args[0] === 'matches') args[0] = 'matchesLinear';
  linearMatches(args);
}

/** JSON knows one kind of number, CEL two that do not add up: whole numbers become ints, and mixed sums are allowed. */
function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(celValue);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, celValue(item)]));
  return value ?? null;
}

function newEnvironment(): Environment {
  const made = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 2000, maxDepth: 60 },
  });
  made.registerVariable('value', 'dyn');
  made.registerFunction('string.matchesLinear(string): bool', (text: string, pattern: string) => found(pattern, text));
  const mixed = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
  };
  for (const [operator, work] of Object.entries(mixed)) {
    const handler = (a: bigint | number, b: bigint | number) => work(Number(a), Number(b));
    made.registerOperator(`int ${operator} double`, handler);
    made.registerOperator(`double ${operator} int`, handler);
  }
  return made;
}

const room: { work?: () => unknown } = {};
const context = createContext(room);
const script = new Script('work()');

/** Runs synchronous work that the runtime breaks off when it takes too long. */
function capped<T>(work: () => T): T {
  room.work = work;
  try {
    return script.runInContext(context, { timeout: CAP_MS }) as T;
  } finally {
    delete room.work;
  }
}
