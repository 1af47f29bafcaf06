import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Intent } from '../core/intent.ts';
import type { Project } from '../core/project.ts';

/** Where proofs are kept: beside the runs. */
export const provedFile = (project: Project): string => join(resolve(project.config.artifacts.dir), 'proved.json');

/** Everything a proof rests on: the intent and the invariants it uses, without where they stand. */
export function provedKey(intent: Intent, project: Project): string {
  const used = intent.then.map(({ name }) => project.invariants.get(name));
  return JSON.stringify([intent, used], (key, value: unknown) => (key === 'where' ? undefined : value));
}

/** Intents that were never proved since they, or an invariant of theirs, changed. */
export function unprovedIntents(project: Project): string[] {
  let known: Record<string, string> = {};
  try {
    known = JSON.parse(readFileSync(provedFile(project), 'utf8')) as Record<string, string>;
  } catch {
    // Never proved: all of them are told.
  }
  return project.intents
    .filter((intent) => known[intent.id] !== createHash('sha256').update(provedKey(intent, project)).digest('hex'))
    .map(({ id }) => id);
}
