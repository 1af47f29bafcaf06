import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { absorbHistory } from '../history/absorb.ts';
import type { History } from '../history/store.ts';
import { forTerminal } from '../report/escape/terminal.ts';
import { runRecordOf } from '../report/run-record.ts';
import { readRun } from '../report/write-reports.ts';
import { HISTORY_FILE } from './past.ts';
import { count } from './problems.ts';
import type { Shell } from './shell.ts';

const DEEPEST = 8;

/** Takes runs of other machines into the history: their history files, and the journals that they left. Each run once, however often it is brought. */
export async function importHistory(
  shell: Shell,
  options: { paths: readonly string[]; artifacts: string; history: History },
): Promise<number> {
  const { paths, artifacts, history } = options;
  const own = join(artifacts, HISTORY_FILE);
  const found = (
    await Promise.all(
      paths.map(async (path) => {
        const those = await sourcesIn(resolve(shell.cwd, path), DEEPEST);
        if (those.length === 0)
          throw new IntentwrightError('USAGE', `there is no history and no journal in ${path}`, {
            hint: `name a ${HISTORY_FILE}, the folder of a run, or a folder that holds them, such as a downloaded artifact`,
          });
        return those;
      }),
    )
  ).flat();
  const tally = { runs: 0, known: 0, problems: 0 };
  const shown = (source: string): string => forTerminal(relative(shell.cwd, source) || '.');
  for (const source of [...new Set(found)].filter((one) => resolve(one) !== resolve(own)).sort()) {
    try {
      if (basename(source) === HISTORY_FILE || !existsSync(join(source, 'events.jsonl'))) {
        const fresh = await absorbCopy(own, source);
        tally.runs += fresh;
        shell.out(`${shown(source)}: ${count(fresh, 'new run')}\n`);
        continue;
      }
      const { story } = await readRun(join(source, 'events.jsonl'));
      if (story.run === '') throw new Error('its journal has no beginning');
      if (story.shard)
        throw new Error(
          `it is shard ${story.shard.index} of ${story.shard.of}; merge the shards first: intentwright merge ${shown(source)} …`,
        );
      if (history.adopt(runRecordOf(story))) tally.runs++;
      else tally.known++;
    } catch (error) {
      tally.problems++;
      shell.err(`${shell.paint('yellow', 'warning')} ${shown(source)} was left out: ${forTerminal(messageOf(error))}\n`);
    }
  }
  shell.out(
    `${count(tally.runs, 'run')} imported${tally.known > 0 ? `, ${tally.known} known already` : ''}${tally.problems > 0 ? `, ${tally.problems} left out` : ''}.\n`,
  );
  return tally.problems > 0 ? 3 : 0;
}

/** An artifact may lie where nothing can be written, and SQLite writes beside what it reads. */
async function absorbCopy(into: string, from: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'intentwright-history-'));
  try {
    const copy = join(folder, HISTORY_FILE);
    for (const tail of ['', '-wal']) if (existsSync(from + tail)) await cp(from + tail, copy + tail);
    return absorbHistory(into, copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** History files and folders of runs, at a path and below it. */
async function sourcesIn(path: string, deeper: number): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return existsSync(path) ? [path] : [];
  if (entries.some(({ name }) => name === 'events.jsonl')) return [path];
  const below =
    deeper === 0 ? [] : entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'latest');
  return [
    ...entries.filter((entry) => entry.isFile() && entry.name === HISTORY_FILE).map(({ name }) => join(path, name)),
    ...(await Promise.all(below.map(({ name }) => sourcesIn(join(path, name), deeper - 1)))).flat(),
  ];
}
