import type { Intent } from '../core/intent.ts';
import { changeNotes } from '../journey/change-notes.ts';
import { fittingLock } from '../journey/lock.ts';
import { lastAttempt, type RunStory } from '../report/story.ts';
import { lockText, readLock, writeLock } from '../runner/lock-store.ts';
import { parseLockfile } from '../spec/lock-file.ts';

/** A lockfile that a run would have written. */
export interface Proposal {
  intent: string;
  text: string;
}

/** What a run proposed, of intents that passed. */
export function proposalsOf(story: RunStory): Proposal[] {
  return story.intents.flatMap((intent) => {
    const attempt = lastAttempt(intent);
    const proposed = attempt?.lockfile?.state === 'proposed' ? attempt.lockfile.patch : undefined;
    if (attempt === undefined || proposed === undefined || attempt.status !== 'passed') return [];
    return [{ intent: intent.id, text: proposed }];
  });
}

export type TakenOver =
  | {
      file: string;
      /** What is done differently from now on, one line each: step 1: “Invite” is now in the menu “More actions”. */
      notes: string[];
    }
  | { file?: undefined; why: string };

/**
 * Writes a proposal beside its intent. A journal may come from another machine: the text is read like any lockfile, must fit the
 * intent as it is here and now, and is written as we write it.
 */
export async function takeOver({ intent: id, text }: Proposal, intents: readonly Intent[]): Promise<TakenOver> {
  const intent = intents.find((one) => one.id === id);
  if (!intent) return { why: 'there is no such intent here' };
  const { lock, problems } = parseLockfile(text, `${id}.lock.yaml`);
  if (!lock || problems.length > 0) return { why: `the proposal cannot be read: ${problems[0]?.message ?? 'it is no lockfile'}` };
  const { why } = fittingLock(lock, intent);
  if (lock.intent !== id || why) return { why: `the proposal is of another version of the intent${why ? ` (${why})` : ''}` };
  const before = await readLock(intent);
  const notes = before.lock ? changeNotes(before.lock, lock).map(({ step, note }) => `step ${step + 1}: ${note}`) : ['its first lockfile'];
  return {
    file: await writeLock(intent, lockText(lock)),
    notes: notes.length > 0 ? notes : ['the same way; only times or places have changed'],
  };
}
