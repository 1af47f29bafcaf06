import { IntentwrightError } from '../core/errors.ts';
import { formatWhere, type InvariantUse } from '../core/intent.ts';
import type { AccessTry, BoundInvariant, Invariant, Mode, ProbeQuery } from '../core/invariant.ts';
import { lookUp, referencesOf, resolveDeep, resolveText, type Scope, UnresolvedReference } from '../core/template.ts';
import { bindExpectation } from './bind-expectation.ts';

type Env = Record<string, string | undefined>;

/**
 * Invariants as an intent uses them, with every template resolved. A parameter shadows what the intent calls the same.
 * @throws IntentwrightError SPEC_INVALID for an unknown invariant, parameters that do not fit, or a name that means nothing; ENV_MISSING
 */
export function bindInvariants(
  uses: readonly InvariantUse[],
  invariants: ReadonlyMap<string, Invariant>,
  scope: Scope,
  env: Env,
  defaults: { withinMs: number; settleMs: number; blindMs: number },
): BoundInvariant[] {
  const times = new Map<string, number>();
  return uses.map((use) => {
    const invariant = invariants.get(use.name);
    if (!invariant) throw new IntentwrightError('SPEC_INVALID', `there is no invariant called ${use.name}`, { at: formatWhere(use.where) });
    const nth = (times.get(use.name) ?? 0) + 1;
    times.set(use.name, nth);
    const resolver = resolverFor(invariant, use, scope, env);
    return {
      id: nth === 1 ? use.name : `${use.name}#${nth}`,
      name: invariant.name,
      says: String(resolver.text(invariant.says)),
      mode: bindMode(invariant.mode, resolver),
      withinMs: invariant.withinMs ?? defaults.withinMs,
      settleMs: invariant.settleMs ?? defaults.settleMs,
      blindMs: invariant.blindMs ?? defaults.blindMs,
      builtin: false,
      where: invariant.where,
    };
  });
}

/** Resolves templates in the scope of one use of an invariant. */
export interface Resolver {
  text(template: string): unknown;
  deep<T>(value: T): T;
  /** For what is asked of a backend: refuses null, to which nothing is equal, so that a question finds nothing and looks answered, and an empty part of an address, which asks for everything. */
  question<T>(value: T): T;
  /** @throws IntentwrightError SPEC_INVALID */
  refuse(what: string, why: string): never;
}

/** A reference that is all of a part of an address: "/orgs/${org.id}/members", "?email=${email}". */
const PART = /(?<=[/=])(\$\{[^}]+\})(?=$|[/?&#])/g;

function resolverFor(invariant: Invariant, use: InvariantUse, scope: Scope, env: Env): Resolver {
  const at = formatWhere(use.where);
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof UnresolvedReference)) throw error;
      const { kind, raw, name } = error.reference;
      if (kind === 'env')
        throw new IntentwrightError('ENV_MISSING', `${raw} of invariant ${invariant.name} is not set`, {
          at,
          hint: `set the environment variable ${name}, or write \${env:${name}:-default}`,
        });
      throw new IntentwrightError('SPEC_INVALID', `${raw} of invariant ${invariant.name} is not defined`, {
        at,
        hint: 'it is a parameter, a variable of the intent, or an output of a fixture',
      });
    }
  };
  const given = Object.keys(use.params);
  const missing = invariant.params.filter((param) => !given.includes(param));
  const surplus = given.filter((param) => !invariant.params.includes(param));
  if (missing.length > 0) throw new IntentwrightError('SPEC_INVALID', `invariant ${invariant.name} needs ${missing.join(', ')}`, { at });
  if (surplus.length > 0)
    throw new IntentwrightError('SPEC_INVALID', `invariant ${invariant.name} has no parameter ${surplus.join(', ')}`, { at });
  const inner = guarded(() => ({ ...scope, ...resolveDeep(use.params, scope, env) }));
  const refuse = (what: string, why: string): never => {
    throw new IntentwrightError('SPEC_INVALID', `${what} of invariant ${invariant.name} ${why}`, {
      at,
      hint: 'see what the intent gives it, or what the fixture captures',
    });
  };
  return {
    text: (template) => guarded(() => resolveText(template, inner, env)),
    deep: (value) => guarded(() => resolveDeep(value, inner, env)),
    question: (value) => {
      const empty = referencesOf(JSON.stringify(value)).find(({ kind, name }) => kind === 'var' && lookUp(inner, name) === null);
      if (empty)
        throw new IntentwrightError(
          'SPEC_INVALID',
          `${empty.raw} of invariant ${invariant.name} is null: asked with it, any backend finds nothing`,
          { at, hint: 'see what the fixture captures; a query that means it says "is null"' },
        );
      const open = [...texts(value)]
        .flatMap((text) => text.match(PART) ?? [])
        .find((raw) => guarded(() => resolveText(raw, inner, env)) === '');
      if (open !== undefined) refuse(open, 'is empty: an address without it asks for everything');
      return guarded(() => resolveDeep(value, inner, env));
    },
    refuse,
  };
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* texts(item);
}

function bindMode(mode: Mode, resolver: Resolver): Mode {
  const query = (asked: ProbeQuery): ProbeQuery => ({
    probe: asked.probe,
    ...(asked.on === undefined ? {} : { on: asked.on }),
    args: resolver.question(asked.args),
  });
  const side = (tried: AccessTry): AccessTry => ({ as: resolver.deep(tried.as), request: resolver.deep(tried.request) });
  switch (mode.kind) {
    case 'eventually':
    case 'always':
      return { kind: mode.kind, query: query(mode.query), expect: bindExpectation(mode.expect, resolver) };
    case 'unchanged':
      return { kind: mode.kind, query: query(mode.query) };
    case 'changes':
      return {
        kind: mode.kind,
        query: query(mode.query),
        from: bindExpectation(mode.from, resolver),
        to: bindExpectation(mode.to, resolver),
      };
    case 'increases_by':
      return { kind: mode.kind, query: query(mode.query), by: mode.by };
    case 'access':
      return {
        kind: mode.kind,
        mayNot: side(mode.mayNot),
        may: side(mode.may),
        ...(mode.unchanged ? { unchanged: query(mode.unchanged) } : {}),
      };
  }
}
