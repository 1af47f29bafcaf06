import { IntentwrightError, messageOf } from '../core/errors.ts';
import { parseJsonPath } from './json-path/parse.ts';
import { isSingular, type JsonPath } from './json-path/query.ts';
import { selectNodes } from './json-path/select.ts';

/**
 * A part of an answer: "items.0.name", or a JSONPath of RFC 9535 ("$.items[*].name", "$..id", "$.items[?@.role == 'editor']").
 * A path to one place gives its value, or null when it is not there; any other gives the list of what it found.
 * @throws IntentwrightError PROBE_CONFIG
 */
export function pickPath(value: unknown, path: string): unknown {
  const query = path.startsWith('$') ? parsed(path) : dotted(path);
  const nodes = selectNodes(value, query);
  return isSingular(query) ? (nodes[0] ?? null) : nodes;
}

function parsed(path: string): JsonPath {
  try {
    return parseJsonPath(path);
  } catch (error) {
    throw new IntentwrightError('PROBE_CONFIG', `cannot read the path ${path}: ${messageOf(error)}`, {
      hint: 'write it dotted ("items.0.name") or as JSONPath, RFC 9535 ("$.items[*].name")',
      cause: error,
    });
  }
}

/** A number is an index of a list. */
const dotted = (path: string): JsonPath => ({
  from: '$',
  segments: path.split('.').map((key) => ({
    descend: false,
    selectors: [/^\d+$/.test(key) ? { kind: 'index' as const, index: Number(key) } : { kind: 'name' as const, name: key }],
  })),
});
