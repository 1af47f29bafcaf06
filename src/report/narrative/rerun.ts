import type { RunStory } from '../story.ts';

const bases = new WeakMap<RunStory, { before: string[]; after: string[] }>();

/** The run's own command line with this intent alone: switches stay, other ids go. */
export function rerunCommand(run: RunStory, intent: string): string {
  const base = bases.get(run) ?? baseOf(run);
  bases.set(run, base);
  return [...base.before, /^[\w.-]+$/.test(intent) ? intent : `"${intent}"`, ...base.after].join(' ');
}

function baseOf(run: RunStory): { before: string[]; after: string[] } {
  const ids = new Set(run.intents.flatMap(({ id, cell }) => [id, `"${id}"`, ...(cell ? [cell.of] : [])]));
  const words = (run.command.trim() || 'intentwright run')
    .replace(/ --shard[= ]\S+/, '')
    .split(/\s+/)
    .filter((word) => !ids.has(word));
  const at = words.findIndex((word) => /^(run|demo|--)$/.test(word));
  return at === -1 ? { before: [...words, 'run'], after: [] } : { before: words.slice(0, at + 1), after: words.slice(at + 1) };
}
