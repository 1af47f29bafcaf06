import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { foldEvents } from '../../../src/report/fold.ts';
import { createProgress, terminalReport, wantsColours } from '../../../src/report/terminal.ts';
import { shorten, pad, widthOf, wrap } from '../../../src/report/terminal/width.ts';
import { allIntents, intents } from '../synthetic/teamspace.ts';
import { tellRun } from '../synthetic/telling.ts';

async function progressOf(live: boolean, colours = false): Promise<string> {
  let text = '';
  const progress = createProgress({
    write: (part) => {
      text += part;
    },
    columns: () => 80,
    live,
    colours,
  });
  for (const event of await tellRun(allIntents)) await progress.on(event);
  await progress.close?.();
  return text;
}

describe('progress', () => {
  test('without a terminal: plain lines, each once, no escape sequences', async () => {
    const text = await progressOf(false);
    expect(text).toBe(stripVTControlCharacters(text));
    expect(text).toMatchInlineSnapshot(`
      "10 intents against http://127.0.0.1:4101 (replay → relocate → builtin) run 2026-11-20T09-30-00-k3fz
        ✓ passed   Create a project and see it provisioned 2.8 s
        ~ Rename the workspace: The button Save is now called Save changes
        ✓ passed   Rename the workspace 2.1 s
        ✗ failed   Invite a teammate as editor (product) 22 s
        ✗ failed   Sign up and land in a usable workspace (product) 22 s
        ■ blocked  Upgrade to Pro and use a gated feature (interface-changed) 3.0 s
        ? unproven Find an imported record by search (spec) 1.9 s
        ! errored  Export a report and download it (environment) 21 s
        ! errored  Reset a password by mail (fixture) 40 ms
        ✗ failed   Import a CSV and find a record (product) 1.9 s
        ↻ Import a CSV and find a record attempt 2
        ≈ flaky    Import a CSV and find a record 2.5 s
        ✗ failed   A viewer is refused what only an admin may do (product) 1.9 s
      "
    `);
  });

  test('in a terminal: nothing is left of the redrawn lines at the end', async () => {
    const text = await progressOf(true);
    expect(screenAfter(text)).toEqual(screenAfter(await progressOf(false)));
  });

  test('no line is wider than the terminal while it is redrawn', async () => {
    let drawn = '';
    const progress = createProgress({
      write: (part) => {
        drawn += part;
      },
      columns: () => 60,
      live: true,
      colours: false,
    });
    const told = structuredClone(intents.failed);
    told.title = `会議 😀 ${'very long '.repeat(30)}`;
    for (const event of (await tellRun([told])).slice(0, 30)) await progress.on(event);
    await expect.poll(() => drawn).toContain('⠙');
    await progress.close?.();
    for (const line of stripVTControlCharacters(drawn).split('\n').slice(1)) expect(widthOf(line)).toBeLessThan(60);
  });
});

/** What a terminal shows after cursor-up and clear-below. */
function screenAfter(text: string): string[] {
  const lines = [''];
  for (const part of text.split(/(\u001b\[\d+A\u001b\[0J|\n)/)) {
    const up = /^\u001b\[(\d+)A/.exec(part);
    if (up) lines.splice(lines.length - 1 - Number(up[1]), Number(up[1]) + 1, '');
    else if (part === '\n') lines.push('');
    else lines[lines.length - 1] += part;
  }
  return lines;
}

describe('the report at the end', () => {
  test('tells every story that is no plain pass, and counts', async () => {
    const text = terminalReport(foldEvents(await tellRun(allIntents)), { columns: 100, colours: false });
    expect(text).toMatchSnapshot();
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      '2 passed, 1 flaky, 1 unproven, 1 blocked, 3 failed, 2 errored, 1 skipped in 1 min 21 s',
    );
  });

  test('names passed and failed even when there are none', async () => {
    expect(terminalReport(foldEvents(await tellRun([intents.passed])), { columns: 80, colours: false }).trim()).toBe(
      '1 passed, 0 failed in 2.8 s',
    );
  });

  test('every sentence can be traced to events of the journal', async () => {
    const events = await tellRun([intents.failed]);
    const text = terminalReport(foldEvents(events), { columns: 100, colours: false, why: true });
    const cited = [...text.matchAll(/\[events ([\d,\s…]+)\]/g)].flatMap(([, list]) =>
      list!
        .split(',')
        .map((seq) => Number.parseInt(seq, 10))
        .filter((seq) => !Number.isNaN(seq)),
    );
    expect(cited.length).toBeGreaterThan(10);
    for (const seq of cited) expect(events[seq]?.seq).toBe(seq);
  });

  test('says that a run was interrupted', async () => {
    const events = await tellRun([intents.passed]);
    expect(terminalReport(foldEvents(events.slice(0, -3)), { columns: 80, colours: false })).toContain('The run was interrupted (killed)');
  });

  test('page text can neither move the cursor nor speak to the CI system', async () => {
    const told = structuredClone(intents.blocked);
    told.attempts[0]!.steps![0]!.notices = [
      { kind: 'alert', text: '\u001b[2J\u001b]0;pwned\u0007ok\n::error file=x::pwned\n##[command]rm \u202etxt' },
    ];
    told.title = '::warning::title';
    const text = terminalReport(foldEvents(await tellRun([told])), { columns: 100, colours: false });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).not.toMatch(/::(error|warning)|##\[/);
    expect(text).toContain('⟨U+202E⟩txt');
  });

  test('colours stand only where they were asked for', async () => {
    const story = foldEvents(await tellRun([intents.failed]));
    const painted = terminalReport(story, { columns: 100, colours: true });
    expect(painted).toContain('\u001b[31m');
    expect(stripVTControlCharacters(painted)).toBe(terminalReport(story, { columns: 100, colours: false }));
  });

  test('five hundred red intents are told in short after the first ten', async () => {
    const told = Array.from({ length: 500 }, (_, index) => ({ ...intents.failed, id: `invite-${index}` }));
    const text = terminalReport(foldEvents(await tellRun(told)), { columns: 100, colours: false });
    expect(text.match(/What is wrong/g)).toHaveLength(10);
    expect(text.match(/FAILED/g)).toHaveLength(500);
  });
});

test.each<[Record<string, string>, boolean, boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [{ TERM: 'dumb' }, true, false],
])('colours with %j, watched %s: %s', (env, interactive, wanted) => expect(wantsColours(env, interactive)).toBe(wanted));

test('widths count columns, not code units', () => {
  expect([widthOf('abc'), widthOf('日本'), widthOf('e\u0301'), widthOf('✓')]).toEqual([3, 4, 1, 1]);
  expect(shorten('日本語テキスト', 6)).toBe('日本…');
  expect(pad('ab', 4)).toBe('ab  ');
  expect(wrap('aaa bbb ccc', 30, '> ')).toEqual(['> aaa bbb ccc']);
});
