/** A query of RFC 9535, parsed. */
export interface JsonPath {
  /** From the root ($), or from the node that a filter looks at (@). */
  from: '$' | '@';
  segments: Segment[];
}

export interface Segment {
  /** ".." */
  descend: boolean;
  selectors: Selector[];
}

export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'wildcard' }
  | { kind: 'slice'; from: number | undefined; to: number | undefined; step: number }
  | { kind: 'filter'; test: Test };

/** What a filter asks of each node. */
export type Test =
  | { kind: 'or' | 'and'; of: Test[] }
  | { kind: 'not'; of: Test }
  | { kind: 'exists'; path: JsonPath }
  | { kind: 'compare'; operator: Operator; left: Comparable; right: Comparable }
  | { kind: 'call'; call: Call };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Comparable =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'path'; path: JsonPath }
  | { kind: 'call'; call: Call };

export type FunctionName = 'length' | 'count' | 'match' | 'search' | 'value';

export interface Call {
  name: FunctionName;
  args: Comparable[];
}

/** What a function takes, value by value or all nodes, and what it gives. */
export const FUNCTIONS: Record<FunctionName, { takes: ('value' | 'nodes')[]; gives: 'value' | 'truth' }> = {
  length: { takes: ['value'], gives: 'value' },
  count: { takes: ['nodes'], gives: 'value' },
  match: { takes: ['value', 'value'], gives: 'truth' },
  search: { takes: ['value', 'value'], gives: 'truth' },
  value: { takes: ['nodes'], gives: 'value' },
};

/** Names at most one node, whatever it is asked of. */
export const isSingular = ({ segments }: JsonPath): boolean =>
  segments.every(
    ({ descend, selectors }) => !descend && selectors.length === 1 && (selectors[0]!.kind === 'name' || selectors[0]!.kind === 'index'),
  );
