import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/events.ts';
import { Redactor } from '../../src/core/redact.ts';
import { createHub } from '../../src/report/journal.ts';
import { type IgnoredLine, journalWriter, readJournal } from '../../src/report/journal-file.ts';
import { intents } from './synthetic/teamspace.ts';
import { handClock, tellRun } from './synthetic/telling.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'runs', 'r1', 'events.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(): Promise<{ events: JournalEvent[]; ignored: IgnoredLine[] }> {
  const ignored: IgnoredLine[] = [];
  const events: JournalEvent[] = [];
  for await (const event of readJournal(file, (line) => ignored.push(line))) events.push(event);
  return { events, ignored };
}

async function write(events: readonly JournalEvent[]): Promise<void> {
  const writer = journalWriter(file);
  for (const event of events) await writer.on(event);
  await writer.close?.();
}

describe('the journal file', () => {
  test('gives back every event that was written', async () => {
    const events = await tellRun([intents.failed, intents.flaky]);
    await write(events);
    expect(await read()).toEqual({ events, ignored: [] });
  });

  test('is only ever appended to', async () => {
    const events = await tellRun([intents.passed]);
    await write(events.slice(0, 5));
    await write(events.slice(5));
    expect((await read()).events).toEqual(events);
  });

  test('what was written is on its way to the disk before anybody waits: a killed process leaves a readable prefix', async () => {
    const source = JSON.stringify(new URL('../../src/report/journal-file.ts', import.meta.url).href);
    const program = `const { journalWriter } = await import(${source}); const w = journalWriter(${JSON.stringify(file)});
      for (let seq = 0; ; seq++) { w.on({ v: 1, seq, time: 'x', t: seq, type: 'note-made', level: 'info', code: 'c', message: 'm'.repeat(500) }); if (seq === 40) process.stdout.write('go'); }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const { events, ignored } = await read();
    expect(events.length).toBeGreaterThan(40);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(ignored.length).toBeLessThanOrEqual(1);
  });

  test('a line cut off at the end is ignored and said', async () => {
    const events = await tellRun([intents.passed]);
    await write(events);
    truncateSync(file, readFileSync(file).length - 30);
    expect(await read()).toEqual({ events: events.slice(0, -1), ignored: [{ line: events.length, why: 'cut-off' }] });
  });

  test('after half a line the next event begins a line of its own', async () => {
    const [first, second] = await tellRun([intents.passed]);
    writeFileSync(join(folder, 'x'), '');
    await write([first!]);
    appendFileSync(file, '{"v":1,"seq":7,"time":"2026');
    appendFileSync(file, `\n${JSON.stringify(second)}\n`);
    expect(await read()).toEqual({ events: [first, second], ignored: [{ line: 2, why: 'not-json' }] });
  });

  test('corrupt, foreign and future lines are ignored one by one, each with its reason', async () => {
    const [event] = await tellRun([intents.passed]);
    await write([event!]);
    const lines = [
      '\u0000\u0000',
      '[1,2]',
      'null',
      '{"v":2,"seq":1,"time":"x","t":1,"type":"run-end"}',
      '{"v":1,"seq":1,"time":"x","t":1,"type":"thought-had"}',
      '{"v":1,"seq":1,"time":"x","t":1,"type":"run-end","exitCode":"0"}',
      '{"v":1,"seq":"1","time":"x","t":1,"type":"run-end"}',
      '',
      '   ',
    ];
    appendFileSync(file, `${lines.join('\n')}\n`);
    const { events, ignored } = await read();
    expect(events).toEqual([event]);
    expect(ignored.map(({ line, why }) => `${line} ${why}`)).toEqual([
      '2 not-json',
      '3 foreign-version',
      '4 not-json',
      '5 foreign-version',
      '6 unknown-event',
      '7 malformed-event',
      '8 malformed-event',
    ]);
  });

  test('line separators inside a text do not break a line', async () => {
    const event: JournalEvent = {
      v: 1,
      seq: 0,
      time: 'x',
      t: 0,
      type: 'note-made',
      level: 'info',
      code: 'c',
      message: 'a\u2028b\u2029c\nd\re 😀',
    };
    await write([event]);
    expect(await read()).toEqual({ events: [event], ignored: [] });
  });

  test('fields that a newer version added are let through as absent, not as a fault', async () => {
    const [event] = await tellRun([intents.passed]);
    await write([event!]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"v":1', '{"future":true,"v":1'));
    expect(await read()).toEqual({ events: [event], ignored: [] });
  });

  test('a full disk is told to the hub, event by event, and hurts nobody', async () => {
    // Linux has a device that is always full; elsewhere there is nothing to try it on.
    const full = existsSync('/dev/full') ? '/dev/full' : undefined;
    const hub = createHub({ clock: handClock(), redactor: new Redactor(), subscribers: full ? [journalWriter(full)] : [] });
    for (const message of ['a', 'b']) hub.emit({ type: 'note-made', level: 'info', code: 'c', message });
    const failures = await hub.close();
    expect(failures).toHaveLength(full ? 1 : 0);
    if (full) expect(failures[0]).toMatchObject({ subscriber: 'journal', during: 'note-made', message: expect.stringContaining('ENOSPC') });
  });

  test('what cannot be written as JSON is told, and what follows is written', async () => {
    const hub = createHub({ clock: handClock(), redactor: new Redactor(), subscribers: [journalWriter(file)] });
    hub.emit({ type: 'invariant-start', intent: 'i', attempt: 1, bound: { big: 1n } });
    hub.emit({ type: 'note-made', level: 'info', code: 'c', message: 'after' });
    expect(await hub.close()).toMatchObject([{ subscriber: 'journal', during: 'invariant-start' }]);
    expect((await read()).events).toMatchObject([{ message: 'after' }]);
  });

  test('a folder that cannot be made stops the run before it begins', () => {
    writeFileSync(join(folder, 'runs'), 'a file, not a folder');
    expect(() => journalWriter(file)).toThrow();
  });
});
