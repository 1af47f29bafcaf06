import { IntentwrightError } from '../core/errors.ts';
import { isRecord } from './expectation.ts';

type Segment = { names: (string | number | '*' | Slice)[]; descend: boolean };
interface Slice { from?: number; to?: number }

/**
 * A part of an answer: "items.0.name", or a JSONPath of RFC 9535 without filters ("$.items[*].name", "$..id", "$.items[-1]").
 * A path to one place gives its value, or null when it is not there; any other gives the list of what it found.
 * @throws IntentwrightError PROBE_CONFIG
 */
export function pickPath(value: unknown, path: string): unknown {
  const segments = path.startsWith('$') ? parseJsonPath(path) : path.split('.').map((key): Segment => ({ names: [/^\d+$/.test(key) ? Number(key) : key], descend: false }));
  let nodes = [value];
  for (const segment of segments) nodes = nodes.flatMap((node) => (segment.descend ? [...descendants(node)] : [node])).flatMap((node) => segment.names.flatMap((name) => childrenOf(node, name)));
  const singular = segments.every(({ names, descend }) => !descend && names.length === 1 && names[0] !== '*' && typeof names[0] !== 'object');
  return singular ? (nodes[0] ?? null) : nodes;
}

function childrenOf(node: unknown, name: Segment['names'][number]): unknown[] {
  if (Array.isArray(node)) {
    if (name === '*') return node;
    if (typeof name === 'object') return node.slice(name.from, name.to);
    if (typeof name !== 'number') return [];
    const item = node.at(name);
    return item === undefined ? [] : [item];
  }
  if (!isRecord(node)) return [];
  if (name === '*') return Object.values(node);
  return typeof name !== 'object' && Object.hasOwn(node, name) ? [node[name]] : [];
}

function* descendants(node: unknown): Generator<unknown> {
  yield node;
  if (node !== null && typeof node === 'object') for (const child of Object.values(node)) yield* descendants(child);
}

const SEGMENT = /^(\.\.?)(?:(\*)|([\p{L}_][\p{L}\p{N}_]*))|^(\.\.)?\[([^\]]*)\]/u;

function parseJsonPath(path: string): Segment[] {
  const segments: Segment[] = [];
  let rest = path.slice(1);
  while (rest) {
    const found = SEGMENT.exec(rest);
    if (!found) throw wrong(path);
    const [whole, dots, star, name, before, inside] = found;
    if (inside !== undefined) segments.push({ names: inside.split(/,(?=(?:[^'"]|'[^']*'|"[^"]*")*$)/).map((text) => selector(text.trim(), path)), descend: before !== undefined });
    else segments.push({ names: [star ? '*' : name!], descend: dots === '..' });
    rest = rest.slice(whole.length);
  }
  return segments;
}

function selector(text: string, path: string): Segment['names'][number] {
  if (text === '*') return '*';
  if (/^-?\d+$/.test(text)) return Number(text);
  const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2]!;
  const slice = /^(-?\d+)?\s*:\s*(-?\d+)?$/.exec(text);
  if (slice) return { ...(slice[1] === undefined ? {} : { from: Number(slice[1]) }), ...(slice[2] === undefined ? {} : { to: Number(slice[2]) }) };
  throw wrong(path);
}

const wrong = (path: string) => new IntentwrightError('PROBE_CONFIG', `cannot read the path ${path}`, { hint: 'write it dotted ("items.0.name") or as JSONPath ("$.items[*].name"); conditions belong into expect or cel' });
