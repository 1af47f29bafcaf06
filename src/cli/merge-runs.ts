import { cp, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { IntentwrightError } from '../core/errors.ts';
import { journalWriter, readJournal } from '../report/journal-file.ts';
import { joinParts, mergedEvents, type Part, surveyPart } from '../report/merge.ts';
import { claimRunFolder, latestRun, runFolder } from '../report/run-folder.ts';
import { systemClock } from '../runner/clock.ts';
import { newRunId } from '../runner/names.ts';
import { openPast } from './past.ts';
import { tellRun } from './reports.ts';
import type { Shell } from './shell.ts';
import type { TellingFlags } from './telling-flags.ts';

const DEEPEST = 6;

/** Merges the shards found in folders into a run of its own, tells it and keeps it. Resolves to the exit code of the whole. */
export async function mergeRuns(
  shell: Shell,
  options: { folders: string[]; artifacts: string; report?: string; flags: TellingFlags },
): Promise<number> {
  const { artifacts } = options;
  const folders = [
    ...new Set((await Promise.all(options.folders.map((folder) => partsIn(resolve(shell.cwd, folder), folder)))).flat()),
  ].sort();
  const journalOf = new Map<Part, string>();
  for (const folder of folders) {
    const journal = join(folder, 'events.jsonl');
    journalOf.set(await surveyPart(relative(shell.cwd, folder) || '.', readJournal(journal)), journal);
  }
  const parts = [...journalOf.keys()];
  // Refused before anything is written.
  joinParts('', parts);

  const { run, ...place } = await claimRunFolder(artifacts, newRunId(systemClock.wall()));
  const joined = joinParts(run, parts);
  const writer = journalWriter(place.journal);
  let exitCode = 3;
  for await (const event of mergedEvents(joined, (part) => readJournal(journalOf.get(part)!))) {
    await writer.on(event);
    if (event.type === 'run-end') exitCode = event.exitCode;
  }
  await writer.close?.();
  for (const journal of journalOf.values()) {
    const attachments = join(dirname(journal), 'attachments');
    if (existsSync(attachments)) await cp(attachments, join(place.folder, 'attachments'), { recursive: true });
  }

  const past = openPast(artifacts, shell);
  const { story, whole } = await tellRun(shell, {
    artifacts,
    run,
    past,
    flags: options.flags,
    ...(options.report === undefined ? {} : { to: resolve(shell.cwd, options.report) }),
  });
  // Shards that ran on this machine are in its history already: the whole takes their place.
  past.replace(
    parts.map(({ start }) => start.run),
    story,
  );
  past.close();
  for (const { level, message } of story.notes) if (level === 'error') shell.err(`${shell.paint('red', 'error')} ${message}\n`);
  return whole || exitCode >= 2 ? exitCode : 3;
}

/** Folders with a journal: this one, the latest run of an artifacts folder, or all that lie below. */
async function partsIn(folder: string, shown: string): Promise<string[]> {
  const found = await search(folder, DEEPEST);
  if (found.length === 0)
    throw new IntentwrightError('USAGE', `there is no journal in ${shown}`, {
      hint: 'a shard leaves its events.jsonl in .intentwright/runs/<run>/',
    });
  return found;
}

async function search(folder: string, deeper: number): Promise<string[]> {
  if (existsSync(join(folder, 'events.jsonl'))) return [folder];
  const latest = await latestRun(folder);
  if (latest) return [runFolder(folder, latest).folder];
  if (deeper === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'latest');
  return (await Promise.all(below.map(({ name }) => search(join(folder, name), deeper - 1)))).flat();
}
