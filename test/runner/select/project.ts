import type { Intent } from '../../../src/core/intent.ts';
import type { Surface } from '../../../src/core/surface.ts';
import { emptySurface } from '../../../src/core/surface.ts';
import { pathMatcher } from '../../../src/core/glob.ts';
import type { Change } from '../../../src/runner/select/change.ts';
import type { IntentFacts } from '../../../src/runner/select/facts.ts';
import { importGraph } from '../../../src/runner/select/import-graph.ts';
import { type SelectionMade, selectIntents, type SelectOptions } from '../../../src/runner/select/select.ts';

const where = { file: 'intents/x.intent.yaml', line: 1, col: 1 };
export const NOW = Date.UTC(2026, 0, 20);

interface Sketch extends Partial<Pick<Intent, 'priority' | 'touches' | 'owner' | 'journey'>> {
  watch?: string[];
  surface?: Partial<Surface>;
  signedIn?: boolean;
  past?: IntentFacts['past'];
}

/** An intent as selection sees it. */
export function intentFacts(id: string, { watch = [], surface, signedIn = false, past = [], ...rest }: Sketch = {}): IntentFacts {
  const intent: Intent = {
    id,
    title: id,
    priority: 'normal',
    touches: [],
    watch,
    given: [],
    vars: {},
    actors: {},
    journey: [],
    then: [],
    requires: [],
    withinMs: 0,
    settleMs: 0,
    blindMs: 0,
    locks: [],
    budget: {},
    where: { ...where, file: `intents/${id}.intent.yaml` },
    ...rest,
  };
  return {
    intent,
    watch: watch.map((glob) => ({ glob, fits: pathMatcher(glob) })),
    surface: { ...emptySurface(), ...surface },
    observed: surface !== undefined,
    own: new Set([`intents/${id}.intent.yaml`, `intents/${id}.lock.yaml`]),
    signedIn,
    past,
  };
}

export const modified = (path: string, before = 'const a = 1;', after = 'const a = 2;'): Change => ({
  path,
  kind: 'modified',
  before,
  after,
  lines: 2,
});

/** Selects over an application given as path → text. */
export function selectOver(
  facts: IntentFacts[],
  files: Change[],
  sources: Record<string, string> = {},
  more: Partial<SelectOptions> & { packages?: Record<string, string>; owners?: string; agent?: string } = {},
): SelectionMade {
  const { packages = {}, owners, agent, ...options } = more;
  const tree = { sources: new Map(Object.entries(sources)), packages: new Map(Object.entries(packages)), ...(owners ? { owners } : {}) };
  return selectIntents(facts, {
    changes: { base: 'main', files, ...(agent ? { writtenByAgent: agent } : {}) },
    tree,
    graph: importGraph(tree.sources, tree.packages),
    config: ['intentwright.config.yaml'],
    ignored: [],
    now: NOW,
    isProjectFile: (path) => /^(?:intents|invariants)\/.*\.yaml$/.test(path),
    ...options,
  });
}

export const chosen = (made: SelectionMade): string[] =>
  made.intents
    .filter((intent) => intent.chosen)
    .map(({ id }) => id)
    .toSorted();
export const reason = (made: SelectionMade, id: string): string => made.intents.find((intent) => intent.id === id)!.why;
