import type { Intent } from '../core/intent.ts';
import { fittingLock } from '../journey/lock.ts';
import { lastAttempt, type RunStory } from '../report/story.ts';
import { lockText, writeLock } from '../runner/lock-store.ts';
import { parseLockfile } from '../spec/lock-file.ts';

/** A lockfile that a run would have written. */
export interface Proposal {
  intent: string;
  text: string;
  /** What changed, one line each: "Invite is now under the menu More". */
  notes: string[];
}

/** What a run proposed, of intents that passed. */
export function proposalsOf(story: RunStory): Proposal[] {
  return story.intents.flatMap((intent) => {
    const attempt = lastAttempt(intent);
    const proposed = attempt?.lockfile?.state === 'proposed' ? attempt.lockfile.patch : undefined;
    if (attempt === undefined || proposed === undefined || attempt.status !== 'passed') return [];
    return [{ intent: intent.id, text: proposed, notes: attempt.steps.flatMap(({ adaptations }) => adaptations.map(({ adaptation }) => adaptation.note)) }];
  });
}

/**
 * Writes a proposal beside its intent. A journal may come from another machine: the text is read like any lockfile, must fit the
 * intent as it is here and now, and is written as we write it.
 */
export async function takeOver({ intent: id, text }: Proposal, intents: readonly Intent[]): Promise<{ file?: string; why?: string }> {
  const intent = intents.find((one) => one.id === id);
  if (!intent) return { why: 'there is no such intent here' };
  const { lock, problems } = parseLockfile(text, `${id}.lock.yaml`);
  if (!lock || problems.length > 0) return { why: `the proposal cannot be read: ${problems[0]?.message ?? 'it is no lockfile'}` };
  const { why } = fittingLock(lock, intent);
  if (lock.intent !== id || why) return { why: `the proposal is of another version of the intent${why ? ` (${why})` : ''}` };
  return { file: await writeLock(intent, lockText(lock)) };
}
