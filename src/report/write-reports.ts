import { join } from 'node:path';
import { writeAllure } from './exports/allure.ts';
import { ctrfOf } from './exports/ctrf.ts';
import { githubAnnotations, githubComment, githubSummary } from './exports/github.ts';
import { gitlabOf } from './exports/gitlab.ts';
import { otlpOf } from './exports/otlp.ts';
import { writeHtml } from './html/write-html.ts';
import { junitOf } from './junit.ts';
import { type IgnoredLine, readJournal } from './journal-file.ts';
import { createFold } from './fold.ts';
import { writeMarkdown } from './markdown.ts';
import type { Line } from './narrative/line.ts';
import { divergences, overviewPast, type ReportPast } from './past.ts';
import { type ReportName, REPORTS } from './report-names.ts';
import { resultText } from './result.ts';
import { pointLatest, type RunFolder, runFolder } from './run-folder.ts';
import type { RunStory } from './story.ts';
import { writeWhole } from './write-file.ts';

/** A run as its journal tells it, and what of the journal could not be read. */
export interface ReadRun {
  story: RunStory;
  ignored: IgnoredLine[];
}

/** Folds the journal of a run, finished or not. */
export async function readRun(journal: string): Promise<ReadRun> {
  const fold = createFold();
  const ignored: IgnoredLine[] = [];
  for await (const event of readJournal(journal, (line) => ignored.push(line))) fold.add(event);
  return { story: fold.story(), ignored };
}

export interface WrittenReports extends ReadRun {
  place: RunFolder;
  /** What could not be written, one line each. */
  problems: string[];
  /** First differences from the last green run; nothing without a past. */
  divergenceOf(intent: string): readonly Line[];
}

/** Writes the reports of a run from its journal, and from history where there is one. Each is tried, whatever became of the others. */
export async function writeReports(
  artifacts: string,
  run: string,
  options: { wanted?: readonly ReportName[]; past?: ReportPast } = {},
): Promise<WrittenReports> {
  const { wanted = REPORTS, past } = options;
  const place = runFolder(artifacts, run);
  const { story, ignored } = await readRun(place.journal);
  const problems: string[] = [];
  const attachments = join(place.folder, 'attachments');
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const divergenceOf = past ? divergences(story, past) : () => [];
  const before = past && overviewPast(story, past);
  const write: Record<ReportName, () => Promise<void>> = {
    async result() {
      await writeWhole(place.result, resultText(story, divergenceOf));
      await pointLatest(artifacts, run, resultText(story, divergenceOf));
    },
    junit: () => writeWhole(place.junit, junitOf(story, divergenceOf)),
    markdown: () => writeMarkdown(story, place.markdown, divergenceOf, before?.missed),
    html: () => writeHtml(story, place.html, attachments, { divergenceOf, ...(before ? { past: before } : {}) }),
    ctrf: () => writeWhole(join(place.folder, 'ctrf.json'), json(ctrfOf(story))),
    allure: () => writeAllure(story, join(place.folder, 'allure-results'), attachments),
    gitlab: () => writeWhole(join(place.folder, 'gl-code-quality.json'), json(gitlabOf(story))),
    async github() {
      await writeWhole(join(place.folder, 'github-summary.md'), githubSummary(story, divergenceOf, before?.missed));
      await writeWhole(join(place.folder, 'github-comment.md'), githubComment(story));
      await writeWhole(join(place.folder, 'github-annotations.txt'), githubAnnotations(story));
    },
    otlp: () => writeWhole(join(place.folder, 'otlp.json'), json(otlpOf(story))),
  };
  for (const name of new Set(wanted)) {
    try {
      await write[name]();
    } catch (error) {
      problems.push(`the ${name} report could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { place, story, ignored, problems, divergenceOf };
}
