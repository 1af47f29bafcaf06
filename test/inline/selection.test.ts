import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SelectionMade } from '../../src/runner/select/select.ts';
import { notesProject } from './notes-project.ts';
import { type NotesApp, startNotes } from './notes-app.ts';
import { newFolder, runInline, writeFiles } from './run-inline.ts';

let app: NotesApp;
let dir = '';
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Robin', '-c', 'user.email=robin@example.test', '-c', 'commit.gpgsign=false', ...args], {
    cwd: dir,
    encoding: 'utf8',
  });
const commit = (message: string): void => {
  git('add', '-A');
  git('commit', '-q', '-m', message);
};
const edit = (path: string, text: string): void => writeFileSync(join(dir, path), text);
const select = async (...args: string[]): Promise<SelectionMade> => {
  const { stdout, exitCode, stderr } = await runInline({}, ['select', '--json', ...args], { dir });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as SelectionMade;
};
const ids = (made: SelectionMade): string[] =>
  made.intents
    .filter(({ chosen }) => chosen)
    .map(({ id }) => id)
    .toSorted();

/** A second journey that watches other files. */
const second = {
  'intents/find-note.intent.yaml':
    'intent: Find a note\nwatch: [web/search/**]\nvars:\n  note: other ${run.id}\njourney:\n  - Add the note "${note}"\nthen:\n  - note-is-stored: { note: "${note}" }\nwithin: 3s\n',
};

beforeAll(async () => {
  app = await startNotes();
  dir = await newFolder();
  const files = notesProject(app.url);
  files['intents/add-note.intent.yaml'] = `priority: high\nwatch: [web/notes/**]\n${files['intents/add-note.intent.yaml']!}`;
  await writeFiles(dir, {
    ...files,
    ...second,
    '.gitignore': '.intentwright/\nout/\n',
    'web/notes/add.ts': "import { save } from '../store.ts';\nexport const add = save;\n",
    'web/search/find.ts': 'export const find = 1;\n',
    'web/store.ts': 'export const save = 1;\n',
    'web/odd.bin': 'x',
  });
  git('init', '-q', '-b', 'main');
  commit('all');
  git('checkout', '-q', '-b', 'change');
});

describe('what a change puts at risk, on the command line', () => {
  test('is told from git: committed, not yet committed and new files, each with its reason', async () => {
    expect(ids(await select('--base', 'main'))).toEqual([]);
    edit('web/store.ts', 'export const save = 2;\n');
    commit('store\n\nCo-authored-by: Claude <noreply@anthropic.com>');
    edit('web/search/more.ts', 'export const more = 1;\n');
    const made = await select('--base', 'main');
    expect(made.files.map(({ path, kind, state }) => `${path} ${kind} ${state}`)).toEqual([
      'web/search/more.ts added mapped',
      'web/store.ts modified mapped',
    ]);
    expect(ids(made)).toEqual(['add-note', 'find-note']);
    expect(made.intents.find(({ id }) => id === 'add-note')!.why).toBe('it watches web/notes/add.ts, which needs web/store.ts');
    expect(made.writtenByAgent).toMatch(/^[0-9a-f]+ Claude$/);
    rmSync(join(dir, 'web/search/more.ts'));
    const { stdout } = await runInline({}, ['select', '--explain'], { dir });
    expect(stdout).toMatch(/✓ add-note .*\n\s+risk = overlap 0\.72 × priority 2/);
    expect(stdout).toMatch(/– find-note .*does not reach it/);
    expect(stdout).toContain('1 of 2 chosen for 1 changed file since main.');
  });

  test('run --changed runs them, leaves the others out with their reason, and says so in every report', async () => {
    const { exitCode, stdout, result, read } = await runInline({}, ['run', '--changed', '--base', 'main', '--report', 'out'], {
      dir,
      env: { CI: 'true' },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('1 passed, 0 failed, 1 skipped') });
    expect(result!.intents.map(({ id, status }) => `${id} ${status}`)).toEqual(['add-note passed', 'find-note skipped']);
    expect(result!.intents[1]!.sentence).toContain('does not reach it');
    const markdown = read('out/markdown/index.md');
    expect(markdown).toContain('## Why these journeys');
    expect(markdown).toMatch(/`add-note` runs \(risk [\d.]+\): it watches web\/notes\/add\.ts, which needs web\/store\.ts/);
    expect(markdown).toMatch(/# The journey is proven; 1 was left out/);
    expect(read('out/html/index.html')).toContain('Why these journeys');
  });

  test('a file that nobody knows runs everything, or ends with 2 when that is asked for', async () => {
    edit('web/odd.bin', 'y');
    const made = await select('--base', 'main');
    expect(made.unmapped).toEqual(['web/odd.bin']);
    expect(ids(made)).toEqual(['add-note', 'find-note']);
    for (const command of [['select'], ['run', '--changed']]) {
      const { exitCode, stderr } = await runInline({}, [...command, '--base', 'main', '--fail-on-unmapped'], { dir });
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringMatching(/SELECTION_UNMAPPED 1 changed file is mapped to no intent: web\/odd\.bin\n.*watch:/),
      });
    }
    edit('web/odd.bin', 'x');
  });

  test.each([
    ['no such base', ['select', '--base', 'nowhere'], /there is no commit nowhere here\n.*git fetch/],
    ['a base that is an option', ['select', '--base=--output=x'], /there is no commit --output=x here/],
  ])('%s is a mistake with its fix, never a run of nothing', async (_, args, message) => {
    const { exitCode, stderr } = await runInline({}, args, { dir });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });

  test('the nightly run measures what the selection would have missed, and history keeps it', async () => {
    await runInline({}, ['run', '--mode', 'nightly'], { dir, env: { CI: 'true' } });
    edit('web/store.ts', 'export const save = 3;\n');
    commit('break it');
    app.faults.forgets = true;
    const nightly = await runInline({}, ['run', '--mode', 'nightly'], { dir, env: { CI: 'true' } });
    app.faults.forgets = false;
    expect(nightly.exitCode).toBe(1);
    expect(nightly.result!.intents.map(({ id, status }) => `${id} ${status}`).toSorted()).toEqual(['add-note failed', 'find-note failed']);
    const { stdout } = await runInline({}, ['history'], { dir });
    expect(stdout).toContain('Selection missed 1 of 2 reds');
    expect((await runInline({}, ['history', 'find-note'], { dir })).stdout).toMatch(/caught what the selection since \w+ had left out/);
    for (const file of ['html/index.html', 'html/intents/find-note.html', 'markdown/index.md'])
      expect(nightly.read(`.intentwright/runs/${nightly.result!.run}/${file}`)).toMatch(
        /Missed by the selection[^]*would have left it out/,
      );
    const { stdout: json } = await runInline({}, ['history', '--json'], { dir });
    expect(json).toContain('find-note');
  });
});
