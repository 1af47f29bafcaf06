import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const LOCK = 'intents/add-note.lock.yaml';
const INTENT = 'intents/add-note.intent.yaml';

describe.concurrent('after a run', () => {
  test('what CI proposed is accepted, from its artifact, as this machine would have written it', async ({ expect }) => {
    const app = await startNotes();
    const ci = await runInline(notesProject(app.url), ['run'], { env: { CI: 'true' } });
    expect(ci.has(LOCK)).toBe(false);
    const own = await runInline(notesProject(app.url), ['check']);
    mkdirSync(join(own.dir, 'downloads'));
    cpSync(join(ci.dir, '.intentwright/runs', ci.result!.run), join(own.dir, 'downloads', ci.result!.run), { recursive: true });
    const accepted = await runInline({}, ['accept', `downloads/${ci.result!.run}`], { dir: own.dir });
    expect(accepted).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining(LOCK) });
    expect(accepted.stdout).toContain('its first lockfile');
    const written = accepted.read(LOCK);
    const other = written.replace(/button "[^"]+"/, 'button "Keep it"');
    expect(other).not.toBe(written);
    const again = await runInline({ [LOCK]: other }, ['accept', `downloads/${ci.result!.run}`], { dir: own.dir });
    expect(again.stdout).toMatch(/step 1: “Keep it” is now called “\w/);
    expect(again.read(LOCK)).toBe(written);
    const replayed = await runInline({}, ['run', '--frozen'], { dir: own.dir });
    expect(replayed.result?.intents[0]).toMatchObject({ status: 'passed', agent: { builtin: 0 } });
    expect((await runInline({}, ['accept', '--only', 'other'], { dir: own.dir })).stdout).toContain('proposed no change');
    expect((await runInline({}, ['report', ci.result!.run], { dir: own.dir })).stdout).toContain('1 passed');

    const changed = notesProject(app.url)[INTENT]!.replace('Add the note', 'Write the note');
    rmSync(join(own.dir, LOCK));
    const refused = await runInline({ [INTENT]: changed }, ['accept', `downloads/${ci.result!.run}`], { dir: own.dir });
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('another version of the intent') });
    expect(refused.has(LOCK)).toBe(false);
  });

  test('history tells how intents fared, and says so when it knows nothing', async ({ expect }) => {
    const app = await startNotes();
    const { dir } = await runInline(notesProject(app.url), ['run']);
    app.faults.forgets = true;
    await runInline({}, ['run'], { dir });
    const all = await runInline({}, ['history'], { dir });
    expect(all).toMatchObject({ exitCode: 0, stderr: '' });
    expect(all.stdout).toMatch(/^add-note {2}✓✗ {2}usually .* red since /);
    const one = await runInline({}, ['history', 'add-note'], { dir });
    expect(one.stdout).toMatch(/^✗ .*\n✓ .*\n\nRed since .*; last green /);
    const data = JSON.parse((await runInline({}, ['history', '--json'], { dir })).stdout) as { intent: string; past: unknown[] }[];
    expect(data).toMatchObject([{ intent: 'add-note', past: [{ status: 'failed' }, { status: 'passed' }] }]);
    expect(await runInline({}, ['history', 'add-notes'], { dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('known: add-note'),
    });
    expect(await runInline({}, ['history'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no run is kept here') });
  });

  test('runs of other machines are taken in from their artifacts, each once, and what is none of them is said', async ({ expect }) => {
    const app = await startNotes();
    const ci = await runInline(notesProject(app.url), ['run'], { env: { CI: 'true' } });
    app.faults.forgets = true;
    const night = await runInline(notesProject(app.url), ['run'], { env: { CI: 'true' } });
    const own = await runInline(notesProject(app.url), ['check']);
    const downloads = join(own.dir, 'downloads');
    cpSync(join(ci.dir, '.intentwright/history.sqlite'), join(downloads, 'ci/history.sqlite'));
    cpSync(join(ci.dir, '.intentwright/runs', ci.result!.run), join(downloads, 'ci/runs', ci.result!.run), { recursive: true });
    cpSync(join(night.dir, '.intentwright/runs', night.result!.run, 'events.jsonl'), join(downloads, 'night/events.jsonl'));
    mkdirSync(join(downloads, 'broken'));
    writeFileSync(join(downloads, 'broken/events.jsonl'), 'not a journal\n');
    const [first, beside] = await Promise.all([
      runInline({}, ['history', 'import', 'downloads'], { dir: own.dir }),
      runInline({}, ['history', 'import', 'downloads/night', 'downloads/ci'], { dir: own.dir }),
    ]);
    expect(first).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/downloads\/broken was left out: its journal has no beginning/),
    });
    expect(beside).toMatchObject({ exitCode: 0, stderr: '' });
    const taken = [first, beside].map(({ stdout }) => Number(/^(\d+) runs? imported/m.exec(stdout)?.[1]));
    expect(taken[0]! + taken[1]!).toBe(2);
    const again = await runInline({}, ['history', 'import', 'downloads/ci', 'downloads/night'], { dir: own.dir });
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('0 runs imported, 2 known already.') });
    expect((await runInline({}, ['history'], { dir: own.dir })).stdout).toMatch(/^add-note {2}✓✗ {2}/);
    expect(await runInline({}, ['history', 'import', 'intents'], { dir: own.dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no history and no journal in intents'),
    });
    // The red run of here is compared with the green one of there.
    const here = await runInline({}, ['run'], { dir: own.dir });
    expect(here.result!.intents[0]!.divergence.length).toBeGreaterThan(0);
  });

  test('a run judged again from its record gives the same verdicts', async ({ expect }) => {
    const app = await startNotes();
    const { dir, result } = await runInline(notesProject(app.url), ['run']);
    const again = await runInline({}, ['recheck', result!.run], { dir });
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('all as recorded') });
  });
});
