import { lineDiff } from './line-diff.ts';
import type { LockfileFact } from './story.ts';

/** The change to accept; all of it where there was no lockfile, or where a journal does not tell. */
export const patchOf = ({ patch = '', was }: LockfileFact): string => (was === undefined ? patch : lineDiff(was, patch)).trimEnd();
