import { type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node, parseDocument, type ParsedNode, Scalar } from 'yaml';
import type { Where } from '../core/intent.ts';
import { type Path, Problems, shownPath, type Source } from './source.ts';
import { explainYamlError } from './yaml-errors.ts';

const MAX_DEPTH = 60;
const MAX_NODES = 20_000;
const MAX_PROBLEMS = 10;
const TOO_DEEP = `this is nested more than ${MAX_DEPTH} levels deep`;

/**
 * Reads one YAML 1.2 document with the core schema: no directives, tags or merge keys, aliases only in small numbers.
 * Whatever is doubtful is a problem, never a guess. `keys` are the top-level names, even of a file with mistakes.
 */
export function parseYaml(original: string, file: string, problems: Problems): { source?: Source; keys: string[] } {
  const shown = shownPath(file);
  const text = hideReferences(original);
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const whereOf = (offset: number): Where => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { file: shown, line: line + 1, col: offset - starts[line]! + 1 };
  };
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    problems.error(whereOf(tooDeep), TOO_DEEP);
    return { keys: [] };
  }
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      stringKeys: true,
      merge: false,
      resolveKnownTags: false,
      prettyErrors: false,
    });
  } catch (error) {
    problems.error(
      { file: shown, line: 1, col: 1 },
      error instanceof RangeError ? TOO_DEEP : `the file cannot be parsed: ${String(error)}`,
    );
    return { keys: [] };
  }
  const keys = isMap(document.contents)
    ? document.contents.items.flatMap(({ key }) => (isScalar(key) ? [showReferences(String(key.value))] : []))
    : [];
  const own = new Problems();
  const directive = /^%[^\r\n]*/m.exec(text.split(/^---/m, 1)[0]!);
  if (directive) own.error(whereOf(directive.index), `the directive ${directive[0]} is not allowed: files are YAML 1.2`, 'delete the line');
  for (const error of document.errors) {
    const where = whereOf(error.pos[0]);
    const { message, hint } = explainYamlError(error, text);
    // What follows on the same line, or as an unexpected token, is the parser's confusion about the first.
    const echo =
      own.list.some((earlier) => earlier.where.line === where.line) || (own.list.length > 0 && error.code === 'UNEXPECTED_TOKEN');
    if (!echo) own.error(where, showReferences(message), hint);
  }
  for (const warning of document.warnings) if (warning.code !== 'TAG_RESOLVE_FAILED') own.error(whereOf(warning.pos[0]), warning.message);
  if (own.list.length === 0 && document.contents === null) own.error({ file: shown, line: 1, col: 1 }, 'the file is empty');
  const value = own.list.length === 0 ? new Reader(document, whereOf, own).read() : undefined;
  problems.list.push(...own.list.slice(0, MAX_PROBLEMS));
  if (own.list.length > 0) return { keys };
  return { keys, source: { file, shown, value, at: (path, part = 'value') => whereOf(offsetOf(document.contents, path, part)) } };
}

/**
 * Inside { } and [ ] a plain `${name}` would end the text: its braces are hidden from the parser by characters
 * of the same length, so that a reference may be written anywhere and every place stays where it is.
 */
const hideReferences = (text: string): string => text.replace(/\$\{([^{}"'\r\n]*)\}/g, '$\ue0f0$1\ue0f1');

const showReferences = (text: string): string => text.replace(/\$\ue0f0([^\ue0f0\ue0f1]*)\ue0f1/g, '${$1}');

/** Where brackets nest too deeply: found before parsing, because the parser's time explodes on it. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH) return offset;
    if (token !== '\x02' && token !== '\x1f' && token !== '\x18') offset += token.length;
  }
  return undefined;
}

/** AST → plain data, refusing what YAML allows and people do not expect. */
class Reader {
  readonly #document: Document.Parsed<ParsedNode>;
  readonly #where: (offset: number) => Where;
  readonly #problems: Problems;
  #nodes = 0;
  #stopped = false;

  constructor(document: Document.Parsed<ParsedNode>, where: (offset: number) => Where, problems: Problems) {
    this.#document = document;
    this.#where = where;
    this.#problems = problems;
  }

  read(): unknown {
    return this.#value(this.#document.contents, 0);
  }

  #error(node: Node | null, message: string, hint?: string): void {
    this.#problems.error(this.#where(node?.range?.[0] ?? 0), message, hint);
  }

  #stop(node: Node | null, message: string): undefined {
    if (!this.#stopped) this.#error(node, message);
    this.#stopped = true;
    return undefined;
  }

  #value(node: Node | null, depth: number): unknown {
    if (this.#stopped) return undefined;
    if (depth > MAX_DEPTH) return this.#stop(node, TOO_DEEP);
    if (++this.#nodes > MAX_NODES) return this.#stop(node, 'the aliases of this file unfold to more than can be meant');
    if (node && 'tag' in node && node.tag)
      this.#error(
        node,
        `the tag ${node.tag.replace('tag:yaml.org,2002:', '!!')} is not allowed`,
        'write the value plainly, or in quotes when it is text',
      );
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (!target) return this.#error(node, `there is no anchor &${node.source} before this alias`);
      return this.#value(target, depth + 1);
    }
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.#value(item as Node | null, depth + 1));
    return isScalar(node) ? this.#scalar(node) : null;
  }

  #map(node: Node & { items: { key: unknown; value: unknown }[] }, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? nameOf(key) : '';
      if (name === '<<')
        this.#error(key as Node, 'merge keys (<<) are not part of YAML 1.2', 'repeat the lines, or make a fixture or an invariant of them');
      else if (name === '__proto__') this.#error(key as Node, '"__proto__" cannot be a name');
      else map[name] = this.#value(value as Node | null, depth + 1);
    }
    return map;
  }

  #scalar(node: Scalar): unknown {
    const { source } = node;
    const value = typeof node.value === 'string' ? showReferences(node.value) : node.value;
    if (typeof value === 'number' && source !== undefined) {
      if (/^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value))
        this.#error(node, `the number ${source} is too large to be kept exactly`, `quote it: "${source}"`);
      else if (/^[-+]?0\d/.test(source)) this.#error(node, `the number ${source} would lose its leading zero`, `quote it: "${source}"`);
    }
    if (typeof value === 'string' && node.type === Scalar.PLAIN && node.comment && !/^\s/.test(node.comment)) {
      this.#error(
        node,
        `everything after # is a comment, so "#${node.comment}" would be lost`,
        'put the text in quotes, or a space after #',
      );
    }
    return value;
  }
}

const nameOf = (key: Scalar): string => showReferences(String(key.value ?? key.source ?? ''));

/** Start of the part at `path`, or of the deepest part around it that exists. */
function offsetOf(root: Node | null, path: Path, part: 'key' | 'value'): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && nameOf(key) === String(step));
      if (!pair) break;
      const key = pair.key as Node;
      node = pair.value as Node | null;
      const inner = last && part === 'key' ? key : (node ?? key);
      // A block collection starts on the next line; its key is where people look.
      offset = (isMap(node) || isSeq(node)) && !node.flow ? (key.range?.[0] ?? offset) : (inner.range?.[0] ?? offset);
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] as Node | undefined) ?? null;
      if (!node) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
