import { isRedInQuarantine } from '../../core/quarantine.ts';
import { clip } from '../escape/visible.ts';
import type { IntentStory } from '../story.ts';

/** "in quarantine until 2026-12-01, @growth": behind every status that it keeps from counting. Undefined for all others. */
export function inQuarantine(intent: Pick<IntentStory, 'status' | 'quarantined'>): string | undefined {
  const { quarantined } = intent;
  return quarantined && isRedInQuarantine(intent) ? `in quarantine until ${quarantined.until}, ${clip(quarantined.owner, 80)}` : undefined;
}
