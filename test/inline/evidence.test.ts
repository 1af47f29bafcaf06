import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { cli, environment, newFolder, runInline, writeFiles } from './run-inline.ts';

/** A line of a shell, in a folder. */
async function shell(line: string, cwd: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn('bash', ['-c', line, process.execPath, cli], { cwd, env: environment() });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

describe.concurrent('evidence', () => {
  test('a run whose reader goes away keeps its exit code and its report', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const dir = await newFolder();
    await writeFiles(dir, notesProject(app.url));
    const ran = await shell('"$0" "$1" run | head -1; exit "${PIPESTATUS[0]}"', dir);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(join(dir, '.intentwright/runs'))).toContain('latest');
  });

  test('a log for machines is on stderr, at the level that was asked for, and knows no secret', async ({ expect }) => {
    const app = await startNotes();
    const files = {
      ...notesProject(app.url),
      'intentwright.config.yaml': `${notesProject(app.url)['intentwright.config.yaml']}secrets:\n  NOTE: { env: NOTE_SECRET, fields: any }\n`,
      'intents/secret.intent.yaml': 'intent: Add a secret note\njourney:\n  - Add the note "${secret:NOTE}"\nthen:\n  - one-more\n',
      'invariants/more.yaml':
        'one-more:\n  says: there is one more note\n  increases_by: { http: { path: /api/notes, pick: "$" }, by: 1 }\n',
    };
    const ran = await runInline(files, ['run', 'secret'], { env: { INTENTWRIGHT_LOG: 'trace', NOTE_SECRET: 'canary-1c4f' } });
    expect(ran.exitCode).toBe(0);
    const lines = ran.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number; msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['run-start', 'decision-made', 'reading-taken', 'run-end']));
    expect(ran.stderr).not.toContain('canary-1c4f');
    expect(ran.stderr).toContain('•••NOTE•••');
    expect(await runInline({}, ['run'], { dir: ran.dir, env: { INTENTWRIGHT_LOG: 'loud', NOTE_SECRET: 'canary-1c4f' } })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('levels: error'),
    });
  });

  test('a disk that is full: the verdict is on the screen, and it is no pass', async ({ expect }) => {
    const app = await startNotes();
    const dir = await newFolder();
    await writeFiles(dir, notesProject(app.url));
    // No file of this process may grow beyond 8 KiB; the signal that goes with it is ignored, as a full disk sends none.
    const ran = await shell('trap "" XFSZ; ulimit -f 8; exec "$0" "$1" run', dir);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('error DISK');
    expect(ran.stdout).toMatch(/\d+ passed, \d+ failed/);
  });

  test('two runs at once, in one folder, keep apart', async ({ expect }) => {
    const app = await startNotes();
    const dir = await newFolder();
    const both = await Promise.all([
      runInline(notesProject(app.url), ['run'], { dir }),
      runInline({}, ['run', '--config', 'intentwright.config.yaml'], { dir }),
    ]);
    expect(both.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
      { exitCode: 0, stderr: '' },
      { exitCode: 0, stderr: '' },
    ]);
    expect(readdirSync(join(dir, '.intentwright/runs')).filter((name) => name !== 'latest')).toHaveLength(2);
    expect(app.notes).toHaveLength(2);
  });

  test('a lockfile, a history and a journal line that are broken are said, and trusted for nothing', async ({ expect }) => {
    const app = await startNotes();
    const first = await runInline(notesProject(app.url), ['run']);
    writeFileSync(join(first.dir, 'intents/add-note.lock.yaml'), 'version: 99\n<<<<<<< ours\n');
    writeFileSync(join(first.dir, '.intentwright/history.sqlite'), 'not a database, '.repeat(100));
    const again = await runInline({}, ['run'], { dir: first.dir });
    expect(again.result?.intents[0]).toMatchObject({ status: 'passed', agent: { replay: 0 } });
    expect(again.stderr).toContain('put aside');
    const journal = join(first.dir, '.intentwright/runs', again.result!.run, 'events.jsonl');
    writeFileSync(journal, `${again.read(`.intentwright/runs/${again.result!.run}/events.jsonl`)}{"v":1,"type":"intent-end","status":"pas`);
    const told = await runInline({}, ['report'], { dir: first.dir });
    expect(told.stderr).toContain('1 line of the journal could not be read');
    expect(told.stdout).toContain('1 passed');
  });
});
