import { type Reference, referencesOf } from '../core/template.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { hintFor, nearest } from './suggest.ts';

/** What a root name holds: these names below it, anything, or a value with nothing below. */
export type Below = ReadonlySet<string> | 'anything' | 'a value';

/** The names that templates of a place may use. */
export type Names = ReadonlyMap<string, Below>;

/** Names that are there in every intent, fixture and invariant. */
export const PREDEFINED: Names = new Map<string, Below>([
  ['run', new Set(['id'])],
  ['target', new Set(['url', 'name'])],
  ['intent', new Set(['id', 'title'])],
  ['app', 'anything'],
]);

export interface ReferenceContext {
  env: Record<string, string | undefined>;
  /** Declared secrets, or why none can stand here. */
  secrets: ReadonlySet<string> | 'not here';
  /** The names are not all known: only what is certainly wrong is said. */
  open?: boolean;
}

/** Every text inside a value, with its path. */
export function* texts(value: unknown, path: Path = []): Generator<[string, Path]> {
  if (typeof value === 'string') yield [value, path];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* texts(item, [...path, index]);
  else if (value !== null && typeof value === 'object') for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
}

/** Checks every `${…}` below `path` of a source. */
export function checkReferences(
  value: unknown,
  path: Path,
  names: Names,
  source: Source,
  problems: Problems,
  context: ReferenceContext,
): void {
  for (const [text, at] of texts(value, path)) {
    const say = (message: string, hint?: string) => problems.error(source.at(at), `${formatPath(at)}: ${message}`, hint);
    const references = referencesOf(text);
    if (text.split('${').length - 1 > references.length) say('"${" is not closed, or is empty', 'write ${name}');
    for (const reference of references) {
      const wrong = whyUndefined(reference, names, context);
      if (wrong) say(wrong.message, wrong.hint);
    }
  }
}

/** Why a reference has no value, or undefined when it may have one. */
export function whyUndefined(
  reference: Reference,
  names: Names,
  { env, secrets, open }: ReferenceContext,
): { message: string; hint?: string } | undefined {
  const { kind, name, raw } = reference;
  if (kind === 'env') {
    if (env[name] || reference.fallback !== undefined) return undefined;
    return { message: `the environment variable ${name} is not set`, hint: `set it, or give a fallback: \${env:${name}:-…}` };
  }
  if (kind === 'secret') {
    if (secrets === 'not here')
      return {
        message: `${raw}: a secret is only ever typed by an actor, so it stands in sentences alone`,
        hint: 'for a backend’s credentials use ${env:NAME}',
      };
    if (secrets.has(name)) return undefined;
    return {
      message: `the secret ${name} is not declared`,
      hint: secrets.size > 0 ? hintFor(name, secrets) : `declare it in the config:  secrets: { ${name}: { env: ${name} } }`,
    };
  }
  const [root = '', ...rest] = name.split('.');
  const below = names.get(root);
  if (below === undefined) return open ? undefined : { message: `${raw} is not defined`, hint: suggestion(root, rest, names) };
  if (below === 'a value') return rest.length > 0 ? { message: `${raw}: "${root}" is one value, there is nothing below it` } : undefined;
  if (below === 'anything') return undefined;
  if (rest.length === 0 || below.has(rest[0]!)) return undefined;
  return { message: `${raw} is not defined: "${root}" has no "${rest[0]}"`, hint: hintFor(rest[0]!, below) };
}

function suggestion(root: string, rest: string[], names: Names): string | undefined {
  const meant = nearest(root, names.keys());
  if (meant !== undefined) return `did you mean \${${[meant, ...rest].join('.')}}?`;
  return `known here: ${[...names.keys()].map((name) => `\${${name}${names.get(name) === 'a value' ? '' : '.…'}}`).join(', ')}`;
}
