import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { slugOf } from '../core/slug.ts';
import { writeWhole } from './write-file.ts';

/** Where the files of a run stand, below the artifacts folder. */
export interface RunFolder {
  folder: string;
  journal: string;
  result: string;
  junit: string;
  /** Markdown, one file per intent that did not pass, and index.md. */
  markdown: string;
  html: string;
}

/** The name "latest" is never a run's own. */
export function runFolder(artifacts: string, run: string): RunFolder {
  const folder = join(artifacts, 'runs', run === 'latest' ? 'latest-run' : slugOf(run));
  return {
    folder,
    journal: join(folder, 'events.jsonl'),
    result: join(folder, 'result.json'),
    junit: join(folder, 'junit.xml'),
    markdown: join(folder, 'markdown'),
    html: join(folder, 'html'),
  };
}

/** A folder of its own for a new run: with a number behind it when the id is taken. Resolves to the run's final id. */
export async function claimRunFolder(artifacts: string, wanted: string): Promise<{ run: string } & RunFolder> {
  await mkdir(join(artifacts, 'runs'), { recursive: true });
  for (let number = 1; ; number++) {
    const run = number === 1 ? wanted : `${wanted}-${number}`;
    const place = runFolder(artifacts, run);
    try {
      await mkdir(place.folder);
      return { run, ...place };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** `runs/latest` holds a copy and a signpost, no symlink: those need rights on Windows and do not survive CI artifacts. */
export async function pointLatest(artifacts: string, run: string, result: string | Iterable<string>): Promise<void> {
  const latest = join(artifacts, 'runs', 'latest');
  await writeWhole(join(latest, 'result.json'), result);
  await writeWhole(join(latest, 'run.json'), `${JSON.stringify({ run, folder: `../${slugOf(run)}` }, null, 2)}\n`);
}

/** Id of the run that `latest` points to. */
export async function latestRun(artifacts: string): Promise<string | undefined> {
  try {
    const pointer: unknown = JSON.parse(await readFile(join(artifacts, 'runs', 'latest', 'run.json'), 'utf8'));
    const run = (pointer as { run?: unknown } | null)?.run;
    return typeof run === 'string' ? run : undefined;
  } catch {
    return undefined;
  }
}

/** Ids of the runs that left a journal, newest first. */
export async function listRuns(artifacts: string): Promise<string[]> {
  const names = await readdir(join(artifacts, 'runs')).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => name !== 'latest')
      .map(async (name) => {
        const journal = await stat(join(artifacts, 'runs', name, 'events.jsonl')).catch(() => undefined);
        return journal ? [{ name, at: journal.mtimeMs }] : [];
      }),
  );
  return found
    .flat()
    .sort((a, b) => b.at - a.at)
    .map(({ name }) => name);
}
