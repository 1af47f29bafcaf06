import type { AccessTry, Invariant, Mode, ModeKind } from '../core/invariant.ts';
import { MODES } from '../core/invariant.ts';
import { checkShape } from './check-shape.ts';
import { ExpectationCheck, type ExpressionChecks } from './expectation.ts';
import { type InvariantText, invariantShape } from './invariant-shape.ts';
import { referencesOf } from '../core/template.ts';
import { checkReferences, texts } from './references.ts';
import { requestsDiffer } from './same-request.ts';
import { type QueryContext, readQuery } from './query.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';

type Shape = ReturnType<typeof invariantShape>;
type Block = Record<string, unknown>;
type Context = Omit<QueryContext, 'source' | 'problems'> & { env: Record<string, string | undefined> };

/** Reads named invariants, from YAML files and from TypeScript alike. */
export class InvariantReader {
  readonly #shape: Shape;
  readonly #context: Context;
  readonly #checks: ExpressionChecks;

  constructor(context: Context, checks: ExpressionChecks) {
    this.#context = context;
    this.#checks = checks;
    this.#shape = invariantShape([...context.probes.values()]);
  }

  /** All invariants of a file; those with mistakes are left out. */
  file(source: Source, problems: Problems): Invariant[] {
    const value = source.value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      checkShape(this.#shape.file, value, source, problems);
      return [];
    }
    return Object.entries(value).flatMap(([name, text]) => {
      const own = checkShape(this.#shape.file, { [name]: text }, source, problems);
      const invariant = own?.[name] && this.#invariant(name, own[name], source, problems);
      return invariant ? [invariant] : [];
    });
  }

  #invariant(name: string, text: InvariantText, source: Source, problems: Problems): Invariant | undefined {
    const kind = MODES.find((mode) => text[mode] !== undefined)!;
    const mode = new ModeReader({ source, problems, ...this.#context }, this.#checks).read(kind, text[kind] as Block, [name, kind]);
    checkReferences(text, [name], new Map(), source, problems, { env: this.#context.env, secrets: 'not here', open: true });
    const used = new Set([...texts(text)].flatMap(([part]) => referencesOf(part).map((reference) => reference.name.split('.')[0])));
    for (const [index, param] of text.params.entries()) {
      if (text.params.indexOf(param) < index)
        problems.error(source.at([name, 'params', index]), `${name}.params: "${param}" is there twice`);
      else if (!used.has(param)) problems.warning(source.at([name, 'params', index]), `${name}: the parameter "${param}" is never used`);
    }
    if (!mode) return undefined;
    const times = { withinMs: text.within, settleMs: text.settle, blindMs: text.blind };
    return { name, says: text.says, params: text.params, mode, ...defined(times), where: source.at([name], 'key') };
  }
}

const defined = <T extends object>(map: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined)) as never;

class ModeReader {
  readonly #context: QueryContext;
  readonly #expectations: ExpectationCheck;

  constructor(context: QueryContext, checks: ExpressionChecks) {
    this.#context = context;
    this.#expectations = new ExpectationCheck(context.source, context.problems, checks);
  }

  read(kind: ModeKind, block: Block, path: Path): Mode | undefined {
    const query = kind === 'access' ? undefined : readQuery(block, path, this.#context);
    switch (kind) {
      case 'access':
        return this.#access(block, path);
      case 'eventually':
      case 'always': {
        const expect = this.#expect(block, path);
        return query && expect !== undefined ? { kind, query, expect } : undefined;
      }
      case 'unchanged':
        return query && { kind, query };
      case 'changes': {
        for (const side of ['from', 'to']) this.#expectations.walk(block[side], [...path, side]);
        return query && { kind, query, from: block['from'], to: block['to'] };
      }
      case 'increases_by': {
        if (block['by'] === 0)
          this.#context.problems.error(
            this.#context.source.at([...path, 'by']),
            `${formatPath(path)}.by: an increase by 0 proves nothing`,
            'use unchanged',
          );
        return query && { kind, query, by: block['by'] as number };
      }
    }
  }

  #missing(path: Path, key: string, hint?: string): undefined {
    this.#context.problems.error(this.#context.source.at(path, 'key'), `${formatPath(path)}: missing key "${key}"`, hint);
    return undefined;
  }

  #expect(block: Block, path: Path): unknown {
    const { problems, source } = this.#context;
    const { expect, cel } = block;
    if (cel !== undefined && expect !== undefined)
      problems.error(source.at([...path, 'cel'], 'key'), `${formatPath(path)}: either expect or cel, not both`);
    if (cel !== undefined) {
      this.#expectations.cel(cel, [...path, 'cel']);
      return { cel };
    }
    if (expect === undefined) return this.#missing(path, 'expect', 'what the answer must look like, `none` for an empty one, or  cel: "…"');
    if (expect === null) {
      problems.error(
        source.at([...path, 'expect'], 'key'),
        `${formatPath(path)}.expect: nothing is expected`,
        'write none for an empty answer, or { eq: null }',
      );
      return undefined;
    }
    this.#expectations.walk(expect, [...path, 'expect']);
    return expect;
  }

  #access(block: Block, path: Path): Mode | undefined {
    const shared = block['request'] as Record<string, unknown> | undefined;
    const side = (name: 'may' | 'may_not'): AccessTry | undefined => {
      const own = block[name] as string | { as: unknown; request?: Record<string, unknown> };
      const { as, request } = typeof own === 'string' ? { as: own, request: undefined } : own;
      if (as === undefined || as === null) return this.#missing([...path, name], 'as', 'an actor, or a session');
      const chosen = request ?? shared;
      return chosen ? { as, request: normalised(chosen) } : this.#missing(path, 'request', `what ${String(name)} tries`);
    };
    const mayNot = side('may_not');
    const may = side('may');
    const difference = mayNot && may && requestsDiffer(mayNot.request, may.request);
    if (difference)
      this.#context.problems.error(
        this.#context.source.at([...path, 'may'], 'key'),
        `${formatPath(path)}: the control is not the same request: ${difference}`,
        'what is refused to one must be what is accepted from the other',
      );
    const unchanged =
      block['unchanged'] === undefined ? undefined : readQuery(block['unchanged'] as Block, [...path, 'unchanged'], this.#context);
    return mayNot && may && { kind: 'access', mayNot, may, ...(unchanged ? { unchanged } : {}) };
  }
}

/** `path` is a way to write a `url` of the target. */
const normalised = ({ path, url, method, ...rest }: Record<string, unknown>): Record<string, unknown> => ({
  method: method ?? 'GET',
  url: url ?? path,
  ...rest,
});
