/** `${name}`, `${org.admin.id}`, `${secret:NAME}`, `${env:NAME}` or `${env:NAME:-default}`. */
const REFERENCE = /\$\{\s*([^}]+?)\s*\}/g;

export interface Reference {
  raw: string;
  kind: 'var' | 'secret' | 'env';
  /** Dotted path for vars, the name otherwise. */
  name: string;
  fallback?: string;
}

/** All references of a text, in order. */
export function referencesOf(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map((match) => parseReference(match[0], match[1]!));
}

function parseReference(raw: string, inner: string): Reference {
  const special = /^(secret|env):([A-Za-z_][\w.-]*)(?::-(.*))?$/.exec(inner);
  if (!special) return { raw, kind: 'var', name: inner };
  return { raw, kind: special[1] as 'secret' | 'env', name: special[2]!, ...(special[3] === undefined ? {} : { fallback: special[3] }) };
}

/** Names → values; nested objects are reached by dots. */
export type Scope = Record<string, unknown>;

export function lookUp(scope: Scope, path: string): unknown {
  let value: unknown = scope;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

export class UnresolvedReference extends Error {
  readonly reference: Reference;
  constructor(reference: Reference) {
    super(`${reference.raw} is not defined`);
    this.reference = reference;
  }
}

/**
 * Resolves every reference in a text. A text that is one reference keeps its type (a number stays a number).
 * Secret handles stay handles: they are resolved in the last line before they are typed.
 * @throws UnresolvedReference
 */
export function resolveText(text: string, scope: Scope, env: Record<string, string | undefined> = {}): unknown {
  const references = referencesOf(text);
  if (references.length === 1 && references[0]!.raw === text) return resolveReference(references[0]!, scope, env);
  return text.replace(REFERENCE, (raw, inner: string) => String(resolveReference(parseReference(raw, inner), scope, env)));
}

function resolveReference(reference: Reference, scope: Scope, env: Record<string, string | undefined>): unknown {
  if (reference.kind === 'secret') return reference.raw;
  const value = reference.kind === 'env' ? env[reference.name] || reference.fallback : lookUp(scope, reference.name);
  if (value === undefined) throw new UnresolvedReference(reference);
  return value;
}

/** The same for every string inside a JSON-like value. */
export function resolveDeep<T>(value: T, scope: Scope, env: Record<string, string | undefined> = {}): T {
  if (typeof value === 'string') return resolveText(value, scope, env) as T;
  if (Array.isArray(value)) return value.map((item) => resolveDeep(item, scope, env)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveDeep(item, scope, env)])) as T;
  }
  return value;
}
