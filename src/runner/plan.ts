import { createHash } from 'node:crypto';
import type { Intent, Priority } from '../core/intent.ts';

export interface Selection {
  /** Ids or globs over ids; all when empty. */
  ids: string[];
  priority?: Priority;
  touches?: string[];
  shard?: { index: number; of: number };
}

const RANK: Record<Priority, number> = { critical: 0, high: 1, normal: 2 };

const globToRegExp = (glob: string): RegExp => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.')}$`);

/** The intents to run, most important first, then the longest by what is known. Deterministic. */
export function planIntents(intents: readonly Intent[], selection: Selection, usualMs: (id: string) => number | undefined = () => undefined): { chosen: Intent[]; unknown: string[] } {
  const patterns = selection.ids.map((id) => ({ id, matches: globToRegExp(id) }));
  const unknown = patterns.filter(({ matches }) => !intents.some((intent) => matches.test(intent.id))).map(({ id }) => id);
  const chosen = intents
    .filter((intent) => patterns.length === 0 || patterns.some(({ matches }) => matches.test(intent.id)))
    .filter((intent) => !selection.priority || RANK[intent.priority] <= RANK[selection.priority])
    .filter((intent) => !selection.touches?.length || selection.touches.some((system) => intent.touches.includes(system)));
  const sharded = selection.shard ? shardOf(chosen, selection.shard.index, selection.shard.of) : chosen;
  return { chosen: sharded.toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || (usualMs(b.id) ?? sizeOf(b)) - (usualMs(a.id) ?? sizeOf(a)) || a.id.localeCompare(b.id)), unknown };
}

/** Without history a journey's length is told by its steps. */
const sizeOf = (intent: Intent): number => intent.journey.length;

/** Disjoint, complete, sizes differ by at most one; the same for everybody who asks. */
export function shardOf<T extends { id: string }>(items: readonly T[], index: number, of: number): T[] {
  const key = (item: T) => createHash('sha1').update(item.id).digest('hex');
  return items.toSorted((a, b) => key(a).localeCompare(key(b))).filter((_, position) => position % of === index - 1);
}
