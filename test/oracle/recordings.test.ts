import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { JOURNAL_VERSION, type JournalEvent } from '../../src/core/events.ts';
import { recheck } from '../../src/oracle/recheck.ts';
import { readJournal } from '../../src/report/journal-file.ts';

const folder = join(import.meta.dirname, '../fixtures/journals');
const recordings = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test('every version of the format has recordings', () => {
  for (let version = 1; version <= JOURNAL_VERSION; version++)
    expect(recordings.filter((name) => name.startsWith(`v${version}-`))).not.toEqual([]);
});

describe.each(recordings)('%s', (name) => {
  test('is read without loss and judged again byte for byte', async () => {
    const events: JournalEvent[] = [];
    for await (const event of readJournal(join(folder, name))) events.push(event);
    expect(events).toHaveLength(readFileSync(join(folder, name), 'utf8').trim().split('\n').length);
    const attempts = recheck(events);
    expect(attempts.length).toBeGreaterThan(1);
    for (const { intent, verdicts, recorded, different } of attempts) {
      expect(recorded.length).toBeGreaterThan(0);
      expect({ intent, verdicts: JSON.stringify(verdicts), different }).toEqual({
        intent,
        verdicts: JSON.stringify(recorded),
        different: [],
      });
    }
  });
});

test('together they hold every status, and reasons of many kinds', async () => {
  const verdicts = recordings.flatMap((name) =>
    recheck(
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JournalEvent),
    ).flatMap((attempt) => attempt.verdicts),
  );
  expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['held', 'violated', 'undecided']));
  expect(new Set(verdicts.map(({ reason }) => reason)).size).toBeGreaterThanOrEqual(7);
  expect(verdicts.some(({ flipped }) => flipped)).toBe(true);
});
