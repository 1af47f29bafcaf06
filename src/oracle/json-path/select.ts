import { equal } from '../equal.ts';
import { isRecord } from '../expectation.ts';
import { InvalidExpectation } from '../invalid-expectation.ts';
import { partMatch, wholeMatch } from './i-regexp.ts';
import type { Call, Comparable, JsonPath, Operator, Selector, Test } from './query.ts';

/** "No value": other than null, and equal to itself alone. */
const NOTHING = Symbol('nothing');

/** Every node that a path names, in the order of RFC 9535. */
export const selectNodes = (root: unknown, path: JsonPath): unknown[] => nodesOf(path, root, root);

function nodesOf({ from, segments }: JsonPath, root: unknown, current: unknown): unknown[] {
  let nodes = [from === '$' ? root : current];
  for (const { descend, selectors } of segments) {
    const starts = descend ? nodes.flatMap((node) => [...descendants(node)]) : nodes;
    nodes = starts.flatMap((node) => selectors.flatMap((selector) => selected(node, selector, root)));
  }
  return nodes;
}

function* descendants(node: unknown): Generator<unknown> {
  yield node;
  for (const child of childrenOf(node)) yield* descendants(child);
}

const childrenOf = (node: unknown): unknown[] => (Array.isArray(node) ? node : isRecord(node) ? Object.values(node) : []);

function selected(node: unknown, selector: Selector, root: unknown): unknown[] {
  switch (selector.kind) {
    case 'name':
      return isRecord(node) && Object.hasOwn(node, selector.name) ? [node[selector.name]] : [];
    case 'index': {
      const at = Array.isArray(node) ? (selector.index < 0 ? node.length + selector.index : selector.index) : -1;
      return Array.isArray(node) && at >= 0 && at < node.length ? [node[at]] : [];
    }
    case 'wildcard':
      return childrenOf(node);
    case 'slice':
      return Array.isArray(node) ? sliced(node, selector) : [];
    case 'filter':
      return childrenOf(node).filter((child) => holds(selector.test, root, child));
  }
}

function sliced(list: unknown[], { from, to, step }: Extract<Selector, { kind: 'slice' }>): unknown[] {
  if (step === 0) return [];
  const { length } = list;
  const placed = (at: number) => (at >= 0 ? at : length + at);
  const within = (at: number, least: number, most: number) => Math.min(Math.max(at, least), most);
  const found: unknown[] = [];
  if (step > 0) {
    const end = within(placed(to ?? length), 0, length);
    for (let at = within(placed(from ?? 0), 0, length); at < end; at += step) found.push(list[at]);
  } else {
    const end = to === undefined ? -1 : within(placed(to), -1, length - 1);
    for (let at = within(from === undefined ? length - 1 : placed(from), -1, length - 1); at > end; at += step) found.push(list[at]);
  }
  return found;
}

function holds(test: Test, root: unknown, current: unknown): boolean {
  switch (test.kind) {
    case 'or':
      return test.of.some((one) => holds(one, root, current));
    case 'and':
      return test.of.every((one) => holds(one, root, current));
    case 'not':
      return !holds(test.of, root, current);
    case 'exists':
      return nodesOf(test.path, root, current).length > 0;
    case 'call':
      return called(test.call, root, current) === true;
    case 'compare':
      return compared(valueOf(test.left, root, current), test.operator, valueOf(test.right, root, current));
  }
}

function valueOf(of: Comparable, root: unknown, current: unknown): unknown {
  switch (of.kind) {
    case 'literal':
      return of.value;
    case 'call':
      return called(of.call, root, current);
    case 'path': {
      const nodes = nodesOf(of.path, root, current);
      return nodes.length === 1 ? nodes[0] : NOTHING;
    }
  }
}

function compared(left: unknown, operator: Operator, right: unknown): boolean {
  const same = left === right || (left !== NOTHING && right !== NOTHING && equal(left, right));
  const less = (a: unknown, b: unknown) =>
    (typeof a === 'number' && typeof b === 'number' && a < b) || (typeof a === 'string' && typeof b === 'string' && byCharacter(a, b) < 0);
  switch (operator) {
    case '==':
      return same;
    case '!=':
      return !same;
    case '<':
      return less(left, right);
    case '>':
      return less(right, left);
    case '<=':
      return same || less(left, right);
    case '>=':
      return same || less(right, left);
  }
}

/** By code points, not by halves of characters. */
function byCharacter(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, index) => letter !== right[index]);
  const other = right[at];
  if (at === -1) return left.length - right.length;
  return other === undefined ? 1 : left[at]!.codePointAt(0)! - other.codePointAt(0)!;
}

function called({ name, args }: Call, root: unknown, current: unknown): unknown {
  const [first] = args;
  const nodes = (): unknown[] => (first?.kind === 'path' ? nodesOf(first.path, root, current) : []);
  const value = (at: number): unknown => valueOf(args[at]!, root, current);
  switch (name) {
    case 'count':
      return nodes().length;
    case 'value':
      return nodes().length === 1 ? nodes()[0] : NOTHING;
    case 'length':
      return lengthOf(value(0));
    case 'match':
      return matches(wholeMatch, value(0), value(1));
    case 'search':
      return matches(partMatch, value(0), value(1));
  }
}

function lengthOf(value: unknown): unknown {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : NOTHING;
}

/** What is no pattern, or no text, matches nothing. */
function matches(test: (text: string, pattern: string) => boolean, text: unknown, pattern: unknown): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') return false;
  try {
    return test(text, pattern);
  } catch (error) {
    if (error instanceof InvalidExpectation) return false;
    throw error;
  }
}
