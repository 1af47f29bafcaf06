import { basename, posix } from 'node:path';
import { bothSides, type Change } from './change.ts';
import type { IntentFacts } from './facts.ts';
import type { ImportGraph } from './import-graph.ts';
import { WEAKEST } from './import-graph.ts';
import { type Named, namedIn, seenIn } from './observed.ts';
import { rulesFor } from './rules.ts';
import { ownersOf, serviceOf } from './services.ts';
import type { SourceTree } from './sources.ts';

/** One thing that speaks for running an intent. */
export interface Evidence {
  kind: 'own' | 'watch' | 'observed' | 'imports' | 'rule' | 'unmapped';
  file: string;
  /** How far it is believed, 0 to 1. */
  weight: number;
  says: string;
}

/** Weaker evidence chooses nobody. */
export const WEAK = WEAKEST;

export type Signal = 'watch' | 'observed' | 'imports' | 'rules';

export interface EvidenceSource {
  tree: SourceTree;
  graph: ImportGraph;
  /** Files that concern every intent: the config. */
  config: readonly string[];
  /** Which kinds of evidence are looked for; all when absent. */
  signals?: readonly Signal[];
  /** Whether a path is one of the project's own files: an intent, an invariant, a fixture, a lockfile. */
  isProjectFile(path: string): boolean;
}

interface Found {
  intent: string;
  evidence: Evidence;
}

/** What a change has to do with each intent. `declared` is what people wrote down; `understood` says why it concerns nobody. */
export function evidenceOf(
  change: Change,
  facts: readonly IntentFacts[],
  source: EvidenceSource,
): { declared: Found[]; found: Found[]; understood?: string } {
  const paths = change.was === undefined ? [change.path] : [change.path, change.was];
  const on = (signal: Signal): boolean => source.signals?.includes(signal) ?? true;
  const own = ownEvidence(change, paths, facts, source);
  if (own) return own;
  const watched = on('watch')
    ? facts.flatMap(({ intent, watch }) =>
        watch
          .filter(({ fits }) => paths.some(fits))
          .slice(0, 1)
          .map(({ glob }) =>
            found(intent.id, {
              kind: 'watch',
              file: change.path,
              weight: 1,
              says: `it watches ${glob}, and ${change.path} ${happened(change)}`,
            }),
          ),
      )
    : [];
  const dependents = [...source.graph.dependents(change.path)];
  const hits = on('rules') ? rulesFor(change) : [];
  const others = [
    ...(on('observed') ? observedEvidence(change, dependents, facts, source) : []),
    ...(on('imports') && on('watch') ? importEvidence(change, dependents, facts) : []),
    ...facts.flatMap((one) =>
      hits
        .filter((hit) => hit.weight > 0 && hit.hits(one))
        .map((hit) =>
          found(one.intent.id, { kind: 'rule', file: change.path, weight: hit.weight, says: sentenceOf(change.path, hit.says) }),
        ),
    ),
    ...(on('rules') ? ownerEvidence(change, facts, source) : []),
  ];
  const nobody = hits.find(({ weight }) => weight === 0);
  const services = new Set([change.path, ...dependents.map(([path]) => path)].map((path) => serviceOf(path, source.tree.packages)));
  const raised =
    services.size > 1
      ? others.map((one) =>
          one.evidence.kind === 'imports'
            ? found(one.intent, {
                ...one.evidence,
                weight: Math.max(0.6, one.evidence.weight),
                says: `${one.evidence.says} (${services.size} services need it)`,
              })
            : one,
        )
      : others;
  return { declared: watched, found: raised, ...(nobody ? { understood: nobody.says } : {}) };
}

const found = (intent: string, evidence: Evidence): Found => ({ intent, evidence });

const happened = ({ kind }: Change): string =>
  kind === 'modified' ? 'changed' : kind === 'added' ? 'is new' : kind === 'deleted' ? 'is gone' : 'was renamed';

/** What a rule says of a file, as a sentence. */
function sentenceOf(path: string, says: string): string {
  if (/^(?:it|other|how|what|who|dependencies)\b/.test(says)) return `${path}: ${says}`;
  if (/^a (?:major|small) step/.test(says)) return `${path} brings ${says}`;
  return `${path} is ${/^an? /.test(says) ? says : `about ${says}`}`;
}

/** The project's own files: an intent concerns itself, an invariant who uses it, the config everybody. */
function ownEvidence(
  { path }: Change,
  paths: readonly string[],
  facts: readonly IntentFacts[],
  source: EvidenceSource,
): ReturnType<typeof evidenceOf> | undefined {
  const says = (id: string, text: string): Found => found(id, { kind: 'own', file: path, weight: 1, says: text });
  if (paths.some((one) => source.config.includes(one)))
    return { declared: facts.map(({ intent }) => says(intent.id, `${path} configures every intent`)), found: [] };
  const direct = facts.filter(({ own }) => paths.some((one) => own.has(one)));
  if (direct.length > 0) return { declared: direct.map(({ intent }) => says(intent.id, `it is made of ${path}`)), found: [] };
  if (paths.some((one) => source.isProjectFile(one))) return { declared: [], found: [], understood: 'no intent uses it' };
  // What lies beside intents can be uploaded by them.
  const beside = facts.filter(({ own }) =>
    [...own].some((file) => /\.intent\.ya?ml$/.test(file) && path.startsWith(`${posix.dirname(file)}/`)),
  );
  if (beside.length === 0) return undefined;
  const naming = beside.filter(({ intent }) => intent.journey.some(({ text }) => text.includes(basename(path))));
  return {
    declared: (naming.length > 0 ? naming : beside).map(({ intent }) =>
      says(intent.id, `${path} lies beside it and may be uploaded by it`),
    ),
    found: [],
  };
}

type Dependents = readonly (readonly [path: string, reached: { strength: number; over: string }])[];

function importEvidence(change: Change, dependents: Dependents, facts: readonly IntentFacts[]): Found[] {
  return facts.flatMap(({ intent, watch }) => {
    const reached = dependents
      .filter(([path]) => watch.some(({ fits }) => fits(path)))
      .toSorted((a, b) => b[1].strength - a[1].strength)[0];
    if (!reached) return [];
    const [path, { strength, over }] = reached;
    return [
      found(intent.id, {
        kind: 'imports',
        file: change.path,
        weight: round(0.9 * strength),
        says: `it watches ${path}, which needs ${change.path}${over === change.path ? '' : ` over ${over}`}`,
      }),
    ];
  });
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** What a green run was seen to use, named in the changed file or in one that needs it. What most intents use tells nothing. */
function observedEvidence(change: Change, dependents: Dependents, facts: readonly IntentFacts[], source: EvidenceSource): Found[] {
  const texts: [path: string, named: Named, strength: number][] = [[change.path, namedIn(change.path, bothSides(change)), 1]];
  for (const [path, { strength }] of dependents) texts.push([path, namedIn(path, source.tree.sources.get(path) ?? ''), strength]);
  const result: Found[] = [];
  for (const [path, named, strength] of texts) {
    const seen = facts.map((one) => seenIn(named, path, one.surface));
    const users = new Map<string, number>();
    for (const terms of seen) for (const term of terms) users.set(term, (users.get(term) ?? 0) + 1);
    facts.forEach(({ intent, observed }, index) => {
      const best = seen[index]!.map((term) => ({ term, weight: rarity(users.get(term)!, facts.length, term) * strength })).toSorted(
        (a, b) => b.weight - a.weight,
      )[0];
      if (!best || best.weight < WEAK) return;
      const where = path === change.path ? change.path : `${path}, which needs ${change.path},`;
      result.push(
        found(intent.id, {
          kind: 'observed',
          file: change.path,
          weight: round(best.weight),
          says: best.term.startsWith('its code')
            ? `${best.term} when it was green`
            : `${observed ? 'when it was green it used' : 'its invariants ask about'} ${best.term}, which ${where} names`,
        }),
      );
    });
  }
  return result;
}

/** What few intents use tells much; what nearly all use tells nothing, unless there are only a few intents at all. */
function rarity(users: number, all: number, term: string): number {
  if (term.startsWith('its code ran')) return 0.9;
  if (users <= Math.max(2, all / 6)) return 0.8;
  if (users <= all / 3) return 0.5;
  return users <= all / 2 || all <= 3 ? 0.3 : 0;
}

/** A file of several teams concerns the intents of each. */
function ownerEvidence({ path }: Change, facts: readonly IntentFacts[], { tree }: EvidenceSource): Found[] {
  const owners = ownersOf(path, tree.owners);
  if (owners.length < 2) return [];
  return facts
    .filter(({ intent }) => intent.owner !== undefined && owners.includes(intent.owner))
    .map(({ intent }) => found(intent.id, { kind: 'rule', file: path, weight: 0.5, says: `${path} is owned by ${owners.join(' and ')}` }));
}
