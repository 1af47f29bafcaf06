import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pruneRuns } from '../../src/report/prune-runs.ts';
import { listRuns, runFolder } from '../../src/report/run-folder.ts';

let artifacts: string;
beforeEach(() => {
  artifacts = mkdtempSync(join(tmpdir(), 'prune-'));
});
afterEach(() => rmSync(artifacts, { recursive: true, force: true }));

const LATER = new Date(10 * 86_400_000);

/** Runs, oldest first: their exit codes; undefined for one that has not ended. Each has a picture of 1 MB. */
function runs(...exitCodes: (number | undefined)[]): void {
  exitCodes.forEach((exitCode, index) => {
    const place = runFolder(artifacts, `run-${index + 1}`);
    mkdirSync(join(place.folder, 'attachments'), { recursive: true });
    mkdirSync(join(place.folder, 'html'));
    writeFileSync(join(place.folder, 'attachments', 'a.jpg'), Buffer.alloc(1_000_000));
    writeFileSync(place.journal, '{}\n');
    if (exitCode !== undefined) writeFileSync(place.result, JSON.stringify({ exitCode }));
    utimesSync(place.journal, (index + 1) * 1000, (index + 1) * 1000);
  });
}

const isWhole = (run: string): boolean => existsSync(join(runFolder(artifacts, run).folder, 'attachments'));

describe('making room for runs', () => {
  test('beyond the number to keep green runs go, and of red ones the story stays', async () => {
    runs(0, 1, 0, 0, 0);
    expect(await pruneRuns(artifacts, { keep: 3 }, LATER)).toEqual({ removed: ['run-1'], stripped: ['run-2'] });
    expect(await listRuns(artifacts)).toEqual(['run-5', 'run-4', 'run-3', 'run-2']);
    expect(isWhole('run-2')).toBe(false);
    expect(existsSync(runFolder(artifacts, 'run-2').journal) && existsSync(runFolder(artifacts, 'run-2').result)).toBe(true);
    expect(isWhole('run-3')).toBe(true);
    expect(await pruneRuns(artifacts, { keep: 3 }, LATER)).toEqual({ removed: [], stripped: [] });
  });

  test('red runs do not pile up for ever', async () => {
    runs(1, 3, 1, 1, 1);
    const { removed, stripped } = await pruneRuns(artifacts, { keep: 2 }, LATER);
    expect(removed).toEqual(['run-1']);
    expect(stripped.toSorted()).toEqual(['run-2', 'run-3']);
  });

  test('beyond the room the oldest lose their pictures first; then green ones go, red ones last, the newest never', async () => {
    runs(0, 1, 0, 0);
    expect(await pruneRuns(artifacts, { keep: 10, megabytes: 2.5 }, LATER)).toEqual({ removed: [], stripped: ['run-1', 'run-2'] });
    expect(await pruneRuns(artifacts, { keep: 10, megabytes: 0.000001 }, LATER)).toEqual({
      removed: ['run-1', 'run-3', 'run-2'],
      stripped: ['run-3'],
    });
    expect(isWhole('run-4')).toBe(true);
  });

  test('one that may still be going on is left for a day; after it, it was killed: red', async () => {
    runs(undefined, 0);
    expect((await pruneRuns(artifacts, { keep: 1 }, new Date(1_000_000 + 3_600_000))).removed).toEqual([]);
    expect((await pruneRuns(artifacts, { keep: 1 }, LATER)).stripped).toEqual(['run-1']);
  });
});
