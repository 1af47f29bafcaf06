import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listRuns, runFolder } from './run-folder.ts';

const SIZE = 'size.txt';
const DAY_MS = 86_400_000;
/** What tells the story; everything else is large or can be written again from it. */
const STORY = new Set(['events.jsonl', 'result.json', 'junit.xml', 'markdown']);

interface Kept {
  run: string;
  folder: string;
  red: boolean;
  /** May still be going on: never touched. */
  running: boolean;
  bytes: number;
}

/** What was taken away. */
export interface Pruned {
  removed: string[];
  /** Red runs of which only the story stayed. */
  stripped: string[];
}

/**
 * Makes room: beyond `keep` runs the green ones go, and of the red ones the story stays for as many runs again. Beyond `megabytes` the oldest
 * lose their pictures and recordings first, then go, green before red. The newest run stays whole. A run without a result may still be going on and is left for a day.
 */
export async function pruneRuns(artifacts: string, limits: { keep: number; megabytes?: number }, now: Date): Promise<Pruned> {
  const { keep, megabytes = Number.POSITIVE_INFINITY } = limits;
  const runs = await Promise.all((await listRuns(artifacts)).map((run) => look(artifacts, run, now)));
  const pruned: Pruned = { removed: [], stripped: [] };
  const room = megabytes * 1e6;
  let total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  const gone = new Set<Kept>();
  const remove = async (one: Kept): Promise<void> => {
    await rm(one.folder, { recursive: true, force: true });
    total -= one.bytes;
    gone.add(one);
    pruned.removed.push(one.run);
  };
  const strip = async (one: Kept): Promise<void> => {
    const left = await stripRun(one.folder);
    if (left < one.bytes) pruned.stripped.push(one.run);
    total -= one.bytes - left;
    one.bytes = left;
  };

  const most = Math.max(1, keep);
  for (const one of runs.slice(most).filter(({ running }) => !running))
    await (one.red && runs.indexOf(one) < most * 2 ? strip(one) : remove(one));
  const old = runs
    .slice(1)
    .toReversed()
    .filter(({ running }) => !running);
  for (const one of old) if (total > room && !gone.has(one)) await strip(one);
  for (const one of [...old.filter(({ red }) => !red), ...old.filter(({ red }) => red)])
    if (total > room && !gone.has(one)) await remove(one);
  return pruned;
}

async function look(artifacts: string, run: string, now: Date): Promise<Kept> {
  const place = runFolder(artifacts, run);
  const [exitCode, touched, bytes] = await Promise.all([
    exitCodeOf(place.result),
    stat(place.journal).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
    knownSize(place.folder),
  ]);
  return { run, folder: place.folder, red: exitCode !== 0, running: exitCode === undefined && now.getTime() - touched < DAY_MS, bytes };
}

async function exitCodeOf(file: string): Promise<number | undefined> {
  try {
    const result = JSON.parse(await readFile(file, 'utf8')) as { exitCode?: unknown } | null;
    return typeof result?.exitCode === 'number' ? result.exitCode : 3;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 3;
  }
}

/** Counting a large run takes a while: done once, and noted in it. */
async function knownSize(folder: string): Promise<number> {
  const noted = Number(await readFile(join(folder, SIZE), 'utf8').catch(() => ''));
  if (noted > 0) return noted;
  const bytes = await sizeOf(folder);
  await writeFile(join(folder, SIZE), String(bytes)).catch(() => undefined);
  return bytes;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  // Pictures are linked into the HTML report: one file, counted once.
  const known = new Set<number>();
  let sum = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
    if (!found || (found.nlink > 1 && known.has(found.ino))) continue;
    known.add(found.ino);
    sum += found.size;
  }
  return sum;
}

/** Resolves to the bytes that are left. */
async function stripRun(folder: string): Promise<number> {
  for (const name of await readdir(folder).catch(() => []))
    if (!STORY.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  const bytes = await sizeOf(folder);
  await writeFile(join(folder, SIZE), String(bytes)).catch(() => undefined);
  return bytes;
}
