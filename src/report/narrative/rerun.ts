import type { RunStory } from '../story.ts';

/** The run's own command line with this intent alone: switches stay, other ids go. */
export function rerunCommand(run: RunStory, intent: string): string {
  const ids = new Set(run.intents.map(({ id }) => id));
  const words = (run.command.trim() || 'intentwright run').split(/\s+/).filter((word) => !ids.has(word));
  const at = words.findIndex((word) => /^(run|demo|--)$/.test(word));
  return at === -1 ? [...words, 'run', intent].join(' ') : [...words.slice(0, at + 1), intent, ...words.slice(at + 1)].join(' ');
}
