import { existsSync } from 'node:fs';
import { cp, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { terminalReport } from '../report/terminal.ts';
import { latestRun, runFolder, type RunFolder } from '../report/run-folder.ts';
import { EXPORT_FILES, EXPORTS, type ReportName, REPORTS } from '../report/report-names.ts';
import { writeReports } from '../report/write-reports.ts';
import type { RunStory } from '../report/story.ts';
import type { Past } from './past.ts';
import { count } from './problems.ts';
import { publish } from './publish.ts';
import type { Shell } from './shell.ts';
import type { TellingFlags } from './telling-flags.ts';
import { eventsBehind } from './why.ts';

export interface Told {
  place: RunFolder;
  story: RunStory;
  /** False when a report could not be written. */
  whole: boolean;
}

/** Writes every report of a run from its journal, tells the story here, and copies the reports where they are wanted. */
export async function tellRun(
  shell: Shell,
  options: { artifacts: string; run: string; past: Past; to?: string; why?: boolean; flags: TellingFlags },
): Promise<Told> {
  const {
    past: { forReports },
    flags,
    why = false,
  } = options;
  const also = flags.reports ?? [];
  const { place, story, ignored, problems, divergenceOf } = await writeReports(options.artifacts, options.run, {
    wanted: [...REPORTS, ...also],
    ...(forReports ? { past: forReports } : {}),
  });
  if (options.to)
    await copyReports(place, options.to, also).catch((error: unknown) =>
      problems.push(`the report could not be copied to ${options.to}: ${String(error)}`),
    );
  if (ignored.length > 0)
    shell.err(
      `${shell.paint('yellow', 'warning')} ${count(ignored.length, 'line')} of the journal could not be read and ${ignored.length === 1 ? 'was' : 'were'} left out (first: line ${ignored[0]!.line}, ${ignored[0]!.why})\n`,
    );
  for (const problem of problems) shell.err(`${shell.paint('red', 'error')} DISK ${problem}\n`);
  const shown = options.to ?? place.folder;
  const page = join(shown, basename(place.html), 'index.html');
  shell.out(
    terminalReport(story, {
      columns: shell.columns,
      colours: shell.colours(),
      why,
      divergenceOf,
      reports: [`Report: ${relative(shell.cwd, existsSync(page) ? page : shown) || '.'}`],
    }),
  );
  if (why) for await (const line of eventsBehind(story, place.journal, divergenceOf)) shell.out(`${line}\n`);
  await publish(shell, place.folder, story, flags);
  return { place, story, whole: problems.length === 0 };
}

/** The reports of a run, without its journal. */
async function copyReports(place: RunFolder, to: string, also: readonly ReportName[]): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const path of [
    place.result,
    place.junit,
    place.markdown,
    place.html,
    join(place.folder, 'attachments'),
    join(place.folder, 'recordings'),
    ...EXPORTS.filter((name) => also.includes(name))
      .flatMap((name) => EXPORT_FILES[name])
      .map((name) => join(place.folder, name)),
  ]) {
    if (existsSync(path)) await cp(path, join(to, basename(path)), { recursive: true });
  }
}

/** A run by its id, by its folder, or the latest: the artifacts folder it lies in, and its id. */
export async function findRun(
  artifacts: string,
  wanted: string | undefined,
  cwd: string,
): Promise<{ artifacts: string; run: string } | undefined> {
  if (wanted === undefined || wanted === 'latest') {
    const run = await latestRun(artifacts);
    return run && (await isFile(runFolder(artifacts, run).journal)) ? { artifacts, run } : undefined;
  }
  const folder = resolve(cwd, wanted);
  if (await isFile(join(folder, 'events.jsonl'))) {
    const run = basename(folder);
    if (basename(dirname(folder)) === 'runs') return { artifacts: dirname(dirname(folder)), run };
    // From elsewhere, as a CI's artifact is: taken in among the runs that are kept here.
    await cp(folder, runFolder(artifacts, run).folder, { recursive: true, force: false });
    return { artifacts, run };
  }
  return (await isFile(runFolder(artifacts, wanted).journal)) ? { artifacts, run: wanted } : undefined;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
