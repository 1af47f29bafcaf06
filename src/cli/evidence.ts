import { resolve } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Subscriber } from '../core/events.ts';
import { Redactor } from '../core/redact.ts';
import { openAttachments } from '../report/attachments.ts';
import { createHub, type Hub } from '../report/journal.ts';
import { journalWriter } from '../report/journal-file.ts';
import { claimRunFolder, type RunFolder } from '../report/run-folder.ts';

/** Where a run's evidence goes, open for writing. */
export interface Evidence {
  run: string;
  place: RunFolder;
  redactor: Redactor;
  hub: Hub;
  saveAttachment(bytes: Uint8Array, type: string): Promise<string>;
}

/**
 * Claims a folder and opens the journal in it, before anything else happens: a run without evidence must not begin.
 * @throws IntentwrightError DISK
 */
export async function openEvidence(options: {
  artifacts: string;
  wanted: string;
  clock: Clock;
  subscribers: readonly Subscriber[];
}): Promise<Evidence> {
  const { artifacts, wanted, clock, subscribers } = options;
  try {
    const { run, ...place } = await claimRunFolder(artifacts, wanted);
    const redactor = new Redactor();
    const hub = createHub({ clock, redactor, subscribers: [journalWriter(place.journal), ...subscribers] });
    const attachments = openAttachments(place.folder);
    return { run, place, redactor, hub, saveAttachment: (bytes, type) => attachments.put(bytes, extensionOf(type)) };
  } catch (error) {
    throw new IntentwrightError('DISK', `the evidence of a run cannot be written to ${resolve(artifacts)} (${messageOf(error)})`, {
      hint: 'make the folder writable, free some space, or name another folder as artifacts.dir in the config',
      cause: error,
    });
  }
}

/** "image/jpeg" and "jpg" both mean jpg. */
export function extensionOf(type: string): string {
  const last = type.split('/').at(-1)!.toLowerCase();
  return last === 'jpeg' ? 'jpg' : last === 'plain' ? 'txt' : last.replace(/[^a-z0-9]/g, '').slice(0, 5) || 'bin';
}
