import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { pastForReports } from '../history/for-reports.ts';
import { type History, openHistory } from '../history/store.ts';
import type { ReportPast } from '../report/past.ts';
import { runRecordOf } from '../report/run-record.ts';
import type { RunStory } from '../report/story.ts';
import type { Shell } from './shell.ts';

export const HISTORY_FILE = 'history.sqlite';

/** What earlier runs know. Useful, never needed: without it a run is only slower and its report shorter. */
export interface Past {
  history: History | undefined;
  forReports: ReportPast | undefined;
  record(story: RunStory): void;
  /** Records a run in the place of its parts. */
  replace(parts: readonly string[], story: RunStory): void;
  close(): void;
}

/** Opens the history beside the runs; `readOnly` does not begin one. What is wrong with it is said, and the work goes on. */
export function openPast(artifacts: string, shell: Shell, { readOnly = false } = {}): Past {
  const file = join(artifacts, HISTORY_FILE);
  const warn = (note: string): void => shell.err(`${shell.paint('yellow', 'warning')} ${note}\n`);
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      warn(`the history was left out: ${messageOf(error)}`);
      return undefined;
    }
  };
  const history = readOnly && !existsSync(file) ? undefined : attempt(() => openHistory(file, warn));
  return {
    history,
    forReports: history && pastForReports(history),
    record: (story) => void attempt(() => history?.record(runRecordOf(story))),
    replace: (parts, story) =>
      void attempt(() => {
        for (const part of parts) history?.forget(part);
        history?.record(runRecordOf(story));
      }),
    close: () => void attempt(() => history?.close()),
  };
}
