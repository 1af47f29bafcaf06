import { relative } from 'node:path';
import { decide } from '../core/decide.ts';
import type { Doubt } from '../core/doubt.ts';
import type { Intent } from '../core/intent.ts';
import type { Verdict } from '../core/invariant.ts';
import type { CarriedOut } from '../journey/carry-out.ts';
import { changeNotes } from '../journey/change-notes.ts';
import { newLock } from '../journey/lock.ts';
import type { Say } from '../journey/say.ts';
import { lockPath, lockText, readLock, writeLock } from './lock-store.ts';
import type { RunShared } from './open-run.ts';

export interface KeepLock {
  intent: Intent;
  shared: RunShared;
  say: Say;
  before: Awaited<ReturnType<typeof readLock>>;
  carried: CarriedOut;
  verdicts: readonly Verdict[];
  doubts: readonly Doubt[];
}

/** Writes the lockfile of a journey that proved itself, or proposes the change where lockfiles are read-only. Anything else leaves it alone. */
export async function keepLock({ intent, shared, say, before, carried, verdicts, doubts }: KeepLock): Promise<void> {
  if (decide(verdicts, carried.conduct, true, [], doubts).status !== 'passed') {
    say({ type: 'lockfile-end', state: before.lock ? 'kept' : 'absent' });
    return;
  }
  const converges = Object.fromEntries(
    verdicts.flatMap((verdict) => (verdict.convergedMs === undefined || verdict.builtin ? [] : [[verdict.invariant, verdict.convergedMs]])),
  );
  const old = shared.fresh ? (await readLock(intent)).lock : before.lock;
  const lock = newLock(intent, carried.steps, converges, old);
  const text = lockText(lock);
  const previous = shared.fresh ? (await readLock(intent)).text : before.text;
  if (text === previous) {
    say({ type: 'lockfile-end', state: 'unchanged' });
    return;
  }
  const notes = changeNotes(old, lock);
  for (const { step, kind, note, from, to } of notes) {
    say({ type: 'adaptation-made', step, actor: intent.journey[step]!.actor, agent: 'builtin', adaptation: { kind, from, to, note } });
  }
  if (!shared.writeLocks) {
    say({
      type: 'lockfile-end',
      state: 'proposed',
      file: relative(process.cwd(), lockPath(intent)),
      patch: text,
      ...(previous === undefined ? {} : { was: previous }),
    });
    return;
  }
  say({
    type: 'lockfile-end',
    state: 'written',
    file: await writeLock(intent, text),
    why: notes.map(({ note }) => note).join('; ') || undefined,
  });
}
