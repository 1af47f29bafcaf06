import type { Intent, Priority } from '../core/intent.ts';
import { splitEvenly } from './split.ts';

export interface Selection {
  /** Ids or globs over ids; all when empty. */
  ids: string[];
  priority?: Priority;
  touches?: string[];
  shard?: { index: number; of: number };
}

const RANK: Record<Priority, number> = { critical: 0, high: 1, normal: 2 };

const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.')}$`,
  );

export interface Plan {
  /** What this machine runs, in order. */
  chosen: Intent[];
  /** Ids of the whole selection in order, all shards together. */
  whole: string[];
  /** Left out, because a change does not reach them; told once, by the first shard. */
  left: Intent[];
  /** Ids and globs that match nothing. */
  unknown: string[];
}

/** The intents to run, most important first, then the longest by what is known. Deterministic. */
export function planIntents(
  intents: readonly Intent[],
  selection: Selection,
  usualMs: (id: string) => number | undefined = () => undefined,
  leftOut: ReadonlySet<string> = new Set(),
): Plan {
  const patterns = selection.ids.map((id) => ({ id, matches: globToRegExp(id) }));
  const unknown = patterns.filter(({ matches }) => !intents.some((intent) => isNamed(intent, matches))).map(({ id }) => id);
  const estimate = estimator(intents, usualMs);
  const wanted = intents
    .filter((intent) => patterns.length === 0 || patterns.some(({ matches }) => isNamed(intent, matches)))
    .filter((intent) => !selection.priority || RANK[intent.priority] <= RANK[selection.priority])
    .filter((intent) => !selection.touches?.length || selection.touches.some((system) => intent.touches.includes(system)))
    .toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || estimate(b) - estimate(a) || a.id.localeCompare(b.id));
  const selected = wanted.filter(({ id }) => !leftOut.has(id));
  const left = selection.shard && selection.shard.index > 1 ? [] : wanted.filter(({ id }) => leftOut.has(id));
  return {
    chosen: selection.shard ? shardOf(selected, selection.shard, estimate) : selected,
    whole: selected.map(({ id }) => id),
    left,
    unknown,
  };
}

/** By its own id, or as a cell by that of the intent as written. */
const isNamed = ({ id, cell }: Intent, name: RegExp): boolean => name.test(id) || (cell !== undefined && name.test(cell.of));

/** The i-th part of a selection. Parts are disjoint, together all, about equally long, and the same on every machine that knows the same durations. */
function shardOf(
  selected: readonly Intent[],
  { index, of }: { index: number; of: number },
  estimate: (intent: Intent) => number,
): Intent[] {
  const parts = splitEvenly(
    selected.map((intent) => ({ id: intent.id, ms: estimate(intent), locks: intent.locks })),
    of,
  );
  const mine = new Set(parts[index - 1]);
  return selected.filter(({ id }) => mine.has(id));
}

const UNKNOWN_STEP_MS = 3000;

/** How long an intent will take: as it usually does, or by its steps where it never ran. */
function estimator(intents: readonly Intent[], usualMs: (id: string) => number | undefined): (intent: Intent) => number {
  const usual = new Map(intents.map((intent) => [intent.id, usualMs(intent.id)]));
  const perStep = intents.flatMap((intent) => (usual.get(intent.id) ?? 0) / stepsOf(intent) || []).sort((a, b) => a - b);
  const oneStep = perStep[Math.floor(perStep.length / 2)] ?? UNKNOWN_STEP_MS;
  return (intent) => Math.max(1, usual.get(intent.id) ?? stepsOf(intent) * oneStep);
}

const stepsOf = (intent: Intent): number => Math.max(1, intent.journey.length);
