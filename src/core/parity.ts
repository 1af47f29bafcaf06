import { z } from 'zod';
import type { InvariantUse, Where } from './intent.ts';
import type { Expectation, ProbeQuery } from './invariant.ts';

/** How two environments must agree about a fact. */
export const PARITY_RULES = ['equal', 'same_shape', 'present', 'subset', 'ignored'] as const;
export type ParityRuleName = (typeof PARITY_RULES)[number];

/** What stands behind a system that a journey touches. */
export const DEPENDENCY_KINDS = ['real', 'simulated', 'stubbed'] as const;
export type DependencyKind = (typeof DEPENDENCY_KINDS)[number];

/** A rule for all facts that its pattern fits. */
export interface ParityRule {
  /** Over ids of facts; `*` is anything. */
  facts: string;
  rule: ParityRuleName;
  /** Why it is ignored. */
  reason?: string;
  /** ISO date from which on it is no longer ignored. */
  until?: string;
  /** Systems that a break concerns; "*" is every intent. */
  touches?: string[];
  where: Where;
}

/** A fact that cannot be seen from outside: somebody has to ask for it, on both sides alike. */
export interface DeclaredFact {
  name: string;
  query: ProbeQuery;
  /** A round trip: this fixture is set up, and the answer is awaited. */
  after?: InvariantUse;
  /** With `after`: what the answer must look like. */
  expect?: Expectation;
  withinMs: number;
  rule: Exclude<ParityRuleName, 'ignored'>;
  touches: string[];
}

export interface ParityConfig {
  /** File of a snapshot, or name of a target. */
  against?: string;
  /** Paths that are looked at from outside. */
  pages: string[];
  facts: DeclaredFact[];
  dependencies: Record<string, DependencyKind>;
  rules: ParityRule[];
}

/** A value of which only its shape is told, and a keyed digest where there was a key: `$leaf` is "text 8-15", "number", "truth", "nothing". */
const leaf = z.strictObject({ $leaf: z.string(), digest: z.string().optional() });
export type SealedLeaf = z.infer<typeof leaf>;
export type Sealed = SealedLeaf | Sealed[] | { [key: string]: Sealed };

export const isLeaf = (sealed: Sealed): sealed is SealedLeaf => typeof sealed === 'object' && !Array.isArray(sealed) && '$leaf' in sealed;

/** One thing that was read of an environment: public as it stands, sealed where its value must not leave its side, or why it could not be read. */
export const factSchema = z.union([
  z.strictObject({ value: z.json() }),
  z.strictObject({ sealed: z.json() }),
  z.strictObject({ unreadable: z.string() }),
]);
export type Fact = { value: unknown } | { sealed: Sealed } | { unreadable: string };

/** What was read of one environment. */
export const snapshotSchema = z.strictObject({
  parity: z.literal(1),
  target: z.string(),
  takenAt: z.string(),
  /** Names the key of the digests without telling it; absent where there was none. */
  key: z.string().optional(),
  dependencies: z.record(z.string(), z.enum(DEPENDENCY_KINDS)).default({}),
  facts: z.record(z.string(), factSchema),
});
export interface Snapshot {
  parity: 1;
  target: string;
  takenAt: string;
  key?: string;
  dependencies: Record<string, DependencyKind>;
  facts: Record<string, Fact>;
}

export const FINDING_STATES = ['same', 'different', 'unknown', 'ignored', 'simulated'] as const;

/** What the comparison says of one fact. No secret value is ever in it. */
export const findingSchema = z.object({
  fact: z.string(),
  rule: z.string(),
  state: z.enum(FINDING_STATES),
  says: z.string(),
  touches: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

/** What keeps a pass from counting for the other environment: differences, and what nobody could read, in systems that the intent touches. */
export function breaksFor(touches: readonly string[], findings: readonly Finding[]): Finding[] {
  return findings.filter(
    (finding) =>
      (finding.state === 'different' || finding.state === 'unknown') &&
      finding.touches.some((system) => system === '*' || touches.includes(system)),
  );
}
