import type { z } from 'zod';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { hintFor, nearest } from './suggest.ts';
import { keysAt, schemaAt } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

const TYPES: Record<string, string> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'a map', record: 'a map', array: 'a list', null: 'nothing', undefined: 'nothing',
};

export interface ShapeOptions {
  /** Where in the source the value stands. */
  base?: Path;
  /** A text with `${…}` may stand for anything: it is known only when the run begins. */
  templates?: boolean;
}

/** Checks a part of a source against a schema; every mistake becomes a problem at its own place. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, source: Source, problems: Problems, { base = [], templates = false }: ShapeOptions = {}): T | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  let said = false;
  for (const issue of result.error.issues.flatMap((one) => concrete(one, []))) {
    if (templates && issue.code !== 'unrecognized_keys' && isTemplate(inside(value, issue.path as Path))) continue;
    said = true;
    report(issue, { schema, value, source, problems, base });
  }
  return said ? undefined : (value as T);
}

const isTemplate = (value: unknown): boolean => typeof value === 'string' && value.includes('${');

const inside = (value: unknown, path: Path): unknown => path.reduce<unknown>((part, key) => (part as Record<string | number, unknown> | undefined)?.[key], value);

/** A union's complaint is that of the alternative which fits best: the right type first, then the fewest mistakes. */
function concrete(issue: Issue, prefix: PropertyKey[]): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const alternatives = issue.errors.map((errors) => errors.flatMap((error) => concrete(error, path)));
  const fitting = alternatives.filter((errors) => !errors.some((error) => error.code === 'invalid_type' && error.path.length === path.length));
  if (fitting.length > 0) return fitting.toSorted((a, b) => a.length - b.length)[0]!;
  const expected = [...new Set(alternatives.flat().map((error) => ('expected' in error ? (TYPES[String(error.expected)] ?? String(error.expected)) : 'something else')))];
  return [{ code: 'custom', path, input: issue.input, message: `expected ${expected.join(' or ')}, found ${describe(issue.input)}` }];
}

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
    for (const key of issue.keys) problems.error(at([...whole, key], 'key'), `${label}unknown key "${key}"`, hintFor(key, known.filter((name) => !used.has(name))));
    return;
  }
  if (issue.code === 'invalid_type' && inside(value, path) === undefined) {
    const parent = whole.slice(0, -1);
    const key = String(whole.at(-1));
    const misspelt = nearest(key, Object.keys((inside(value, path.slice(0, -1)) as object | undefined) ?? {}).filter((name) => !keysAt(schema, path.slice(0, -1), value).includes(name)));
    const about = schemaAt(schema, path)?.description;
    problems.error(at(parent, parent.length > 0 ? 'key' : 'value'), `${parent.length > 0 ? `${formatPath(parent)}: ` : ''}missing key "${key}"`, misspelt ? `is "${misspelt}" meant for it?` : about);
    return;
  }
  problems.error(at(whole, issue.code === 'invalid_key' ? 'key' : 'value'), `${label}${messageOf(issue)}`, hintOf(issue));
}

function messageOf(issue: Issue): string {
  const found = describe(issue.input);
  switch (issue.code) {
    case 'invalid_type': return `expected ${TYPES[issue.expected] ?? issue.expected}, found ${found}`;
    case 'invalid_value': return `${found} is not one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key': return issue.issues[0]?.code === 'custom' ? issue.issues[0].message : `"${String(issue.path.at(-1))}" cannot be a name here`;
    case 'too_small': return issue.origin === 'array' ? `at least ${issue.minimum} ${issue.minimum === 1 ? 'entry is' : 'entries are'} needed` : issue.origin === 'string' ? 'the text is empty' : `${found} is too small; at least ${issue.minimum}`;
    case 'too_big': return `${found} is too large; at most ${issue.maximum}`;
    default: return issue.message;
  }
}

function hintOf(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return typeof issue.input === 'string' ? hintFor(issue.input, issue.values.map(String)) : undefined;
  if (issue.code === 'invalid_key') return issue.issues[0]?.code === 'custom' ? undefined : 'a name is letters, digits, "-" and "_", and begins with a letter';
  if (issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input)) return `quote it: "${String(issue.input)}"`;
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
