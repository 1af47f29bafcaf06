import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Intent } from '../core/intent.ts';
import type { Lockfile } from '../core/lock.ts';
import { messageOf } from '../core/errors.ts';
import { parseLockfile, printLockfile } from '../spec/lock-file.ts';

/** `intents/invite-editor.lock.yaml`, beside the intent. */
export const lockPath = (intent: Intent): string => resolve(join(dirname(intent.where.file), `${intent.id}.lock.yaml`));

/** The lockfile of an intent; a broken one is as none, and said. */
export async function readLock(intent: Intent): Promise<{ lock?: Lockfile; text?: string; why?: string }> {
  const file = lockPath(intent);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : { why: messageOf(error) };
  }
  const { lock, problems } = parseLockfile(text, relative(process.cwd(), file));
  return lock && problems.length === 0 ? { lock, text } : { text, why: problems[0]?.message ?? 'it cannot be read' };
}

/** Writes through a temporary name, so that a reader never sees half of it. */
export async function writeLock(intent: Intent, text: string): Promise<string> {
  const file = lockPath(intent);
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text, 'utf8');
  await rename(draft, file);
  return relative(process.cwd(), file);
}

export const lockText = (lock: Lockfile): string => printLockfile(lock);
