import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RULES } from '../agents/model/prompt.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Redactor } from '../core/redact.ts';
import { openCassette, recordingModel } from '../models/cassette.ts';
import type { Model } from '../models/port.ts';
import type { Volatile } from '../models/steady.ts';

/** What stands between the journeys and their model: nothing, a recorder, or a recording. */
export interface Tape {
  /** The model of one attempt. `volatile` are the attempt's own words, by name. */
  model(live: Model | undefined, redactor: Redactor, volatile: Volatile): Model | undefined;
  /** Recordings that nobody asked for; 0 when nothing is replayed. */
  readonly unused: number;
}

/**
 * Opens the cassette that the command line names.
 * @throws IntentwrightError USAGE when it cannot be read or written
 */
export async function openTape({ record, replay }: { record?: string; replay?: string }): Promise<Tape> {
  // The rules are this version's own: a tape outlives their wording.
  const words = (volatile: Volatile): Volatile => ({ ...volatile, rules: RULES });
  if (replay !== undefined) {
    const cassette = await readFile(replay, 'utf8')
      .then(openCassette)
      .catch((error: unknown) => {
        throw new IntentwrightError('USAGE', `the cassette ${replay} cannot be read (${messageOf(error)})`, {
          hint: 'record one with: intentwright run --record-model <file>',
        });
      });
    return {
      model: (_live, redactor, volatile) => cassette.model({ redactor, volatile: words(volatile) }),
      get unused() {
        return cassette.unused;
      },
    };
  }
  if (record === undefined) return { model: (live) => live, unused: 0 };
  await mkdir(dirname(record), { recursive: true })
    .then(() => writeFile(record, ''))
    .catch((error: unknown) => {
      throw new IntentwrightError('USAGE', `the cassette ${record} cannot be written (${messageOf(error)})`);
    });
  return {
    model: (live, redactor, volatile) =>
      live && recordingModel(live, { redactor, volatile: words(volatile), write: (line) => appendFile(record, line) }),
    unused: 0,
  };
}
