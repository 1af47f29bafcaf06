import type { z } from 'zod';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { hintFor, nearest } from './suggest.ts';
import { keysAt, schemaAt } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  null: 'nothing',
  undefined: 'nothing',
};

export interface ShapeOptions {
  /** Where in the source the value stands. */
  base?: Path;
  /** A text with `${…}` may stand for anything: it is known only when the run begins. */
  templates?: boolean;
  /** Gives what is left without the wrong parts, so that the rest can be checked in the same go. */
  salvage?: boolean;
}

/** Checks a part of a source against a schema; every mistake becomes a problem at its own place. */
export function checkShape<T>(
  schema: z.ZodType<T>,
  value: unknown,
  source: Source,
  problems: Problems,
  { base = [], templates = false, salvage = false }: ShapeOptions = {},
): T | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const all = result.error.issues.flatMap((one) => concrete(one, []));
  const issues = all.filter((issue) => !(templates && standsForAnything(issue)) && !isEcho(issue, all));
  for (const issue of issues) report(issue, { schema, value, source, problems, base });
  if (issues.length === 0) return value as T;
  return salvage ? schema.safeParse(without(value, issues)).data : undefined;
}

const standsForAnything = (issue: Issue): boolean =>
  issue.code !== 'unrecognized_keys' && typeof issue.input === 'string' && issue.input.includes('${');

/** "Exactly one of …" says nothing new about a map whose key is misspelt. */
const isEcho = (issue: Issue, all: readonly Issue[]): boolean =>
  issue.code === 'custom' && all.some((other) => other.code === 'unrecognized_keys' && other.path.join('/') === issue.path.join('/'));

const inside = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string | number, unknown> | undefined)?.[key], value);

/** A copy without the entries that are wrong; what cannot be left out stays, and fails again. */
function without(value: unknown, issues: readonly Issue[]): unknown {
  const copy = structuredClone(value);
  for (const issue of issues) {
    const path = issue.path as Path;
    const [map, keys] =
      issue.code === 'unrecognized_keys' ? [inside(copy, path), issue.keys] : [inside(copy, path.slice(0, -1)), [String(path.at(-1))]];
    if (typeof map === 'object' && map !== null && !Array.isArray(map))
      for (const key of keys) delete (map as Record<string, unknown>)[key];
  }
  return copy;
}

/** A union's complaint is that of the alternative which fits best: the right kind first, then the fewest mistakes. */
function concrete(issue: Issue, prefix: PropertyKey[]): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const alternatives = issue.errors.map((errors) => errors.flatMap((error) => concrete(error, path)));
  const fitting = alternatives.filter(
    (errors) =>
      !errors.some((error) => error.path.length === path.length && (error.code === 'invalid_type' || error.code === 'invalid_value')),
  );
  if (fitting.length > 0) return fitting.toSorted((a, b) => costOf(a) - costOf(b))[0]!;
  const expected = [
    ...new Set(
      alternatives
        .flat()
        .map((error) =>
          'expected' in error
            ? (TYPES[String(error.expected)] ?? String(error.expected))
            : 'values' in error
              ? error.values.map(String).join(', ')
              : 'something else',
        ),
    ),
  ];
  return [{ code: 'custom', path, input: issue.input, message: `expected ${expected.join(' or ')}, found ${describe(issue.input)}` }];
}

/** How far an alternative is from what was written: a missing key weighs more than a wrong value, a template nothing. */
const costOf = (issues: readonly Issue[]): number =>
  issues.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : standsForAnything(issue) ? 0 : issue.input === undefined ? 2 : 1),
    0,
  );

interface Context {
  schema: z.ZodType;
  value: unknown;
  source: Source;
  problems: Problems;
  base: Path;
}

function report(issue: Issue, { schema, value, source, problems, base }: Context): void {
  const path = issue.path as Path;
  const whole = [...base, ...path];
  const at = (part: Path = whole, side: 'key' | 'value' = 'value') => source.at(part, side);
  const label = whole.length > 0 ? `${formatPath(whole)}: ` : '';
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path, value);
    const used = new Set(Object.keys((inside(value, path) as object | undefined) ?? {}));
    for (const key of issue.keys)
      problems.error(
        at([...whole, key], 'key'),
        `${label}unknown key "${key}"`,
        hintFor(
          key,
          known.filter((name) => !used.has(name)),
        ),
      );
    return;
  }
  if (whole.length > 0 && inside(value, path) === undefined) {
    const parent = whole.slice(0, -1);
    const key = String(whole.at(-1));
    const misspelt = nearest(
      key,
      Object.keys((inside(value, path.slice(0, -1)) as object | undefined) ?? {}).filter(
        (name) => !keysAt(schema, path.slice(0, -1), value).includes(name),
      ),
    );
    const about = schemaAt(schema, path)?.description;
    problems.error(
      at(parent, parent.length > 0 ? 'key' : 'value'),
      `${parent.length > 0 ? `${formatPath(parent)}: ` : ''}missing key "${key}"`,
      misspelt ? `is "${misspelt}" meant for it?` : about,
    );
    return;
  }
  problems.error(at(whole, issue.code === 'invalid_key' ? 'key' : 'value'), `${label}${messageOf(issue)}`, hintOf(issue));
}

function messageOf(issue: Issue): string {
  const found = describe(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}, found ${found}`;
    case 'invalid_value':
      return `${found} is not one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.code === 'custom' ? issue.issues[0].message : `"${String(issue.path.at(-1))}" cannot be a name here`;
    case 'too_small':
      return issue.origin === 'array'
        ? `at least ${issue.minimum} ${issue.minimum === 1 ? 'entry is' : 'entries are'} needed`
        : issue.origin === 'string'
          ? 'the text is empty'
          : `${found} is too small; ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${found} is too large; ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function hintOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return typeof issue.input === 'string' ? hintFor(issue.input, issue.values.map(String)) : undefined;
  if (issue.code === 'invalid_key')
    return issue.issues[0]?.code === 'custom' ? undefined : 'a name is letters, digits, "-" and "_", and begins with a letter';
  if (issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input))
    return `quote it: "${String(issue.input)}"`;
  return undefined;
}

/** A value as a message shows it. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return `${typeof value === 'string' ? '' : `the ${typeof value === 'boolean' ? 'truth value' : typeof value} `}${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}
