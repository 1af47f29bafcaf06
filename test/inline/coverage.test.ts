import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { notesProject } from './notes-project.ts';
import { startNotes } from './notes-app.ts';
import { runInline } from './run-inline.ts';

test('coverage: a critical journey counts once it is proved, ran and passed; the gate, JSON and the badge say so', async () => {
  const app = await startNotes();
  const files = notesProject(app.url);
  const intent = `priority: critical\ntouches: [notes]\n${files['intents/add-note.intent.yaml']!}`;
  // The whole note: one that was typed with more in it is another.
  const invariants = files['invariants/notes.yaml']!.replace('"${note}"', '\'"${note}"\'');
  const first = await runInline({ ...files, 'invariants/notes.yaml': invariants, 'intents/add-note.intent.yaml': intent }, [
    'coverage',
    '--min-critical',
    '100%',
  ]);
  expect(first).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/✗ add-note {2}critical {2}it never ran; nobody proved that it notices/),
    stderr: expect.stringContaining('covered: 0 of 1 critical intent; asked for: 100 %'),
  });
  const { dir } = first;
  await runInline({}, ['run'], { dir });
  const proved = await runInline({}, ['prove'], { dir });
  expect({ exitCode: proved.exitCode, stdout: proved.stdout }).toEqual({ exitCode: 0, stdout: expect.anything() });
  await runInline({}, ['run', '--mode', 'pr'], { dir });
  const covered = await runInline({}, ['coverage', '--min-critical', '100%', '--badge', 'badge.svg'], { dir });
  expect(covered).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/✓ add-note .*pr passed/) });
  expect(covered.stdout).toContain('Covered: 1 of 1 critical.\nSystems: notes 1/1.');
  expect(covered.read('badge.svg')).toContain('aria-label="critical journeys: 1 of 1"');
  const { stdout } = await runInline({}, ['coverage', '--json', '--badge', 'badge.json'], { dir });
  expect(JSON.parse(stdout)).toMatchObject({
    priorities: { critical: { all: 1, covered: 1 } },
    intents: [{ id: 'add-note', covered: true, proved: true }],
  });
  expect(JSON.parse(covered.read('badge.json'))).toMatchObject({ schemaVersion: 1, message: '1 of 1' });
  writeFileSync(join(dir, 'intents/add-note.intent.yaml'), intent.replace('Add the note', 'Add a note'));
  expect(await runInline({}, ['coverage', '--min-critical', '1'], { dir })).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('nobody proved that it notices'),
  });
  expect(await runInline({}, ['coverage', '--min-critical', '120'], { dir })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('It must be a share'),
  });
});

test('coverage: what a selection left out and a fuller run caught counts as missed, in the month, in JSON and on the badge', async () => {
  const app = await startNotes();
  const { 'intents/add-note.intent.yaml': intent = '', ...files } = notesProject(app.url);
  const about = (name: string): string => intent.replace('vars:', `watch: [src/${name}/**]\nvars:`).replace('note: note', `note: ${name}`);
  const { dir } = await runInline(
    {
      ...files,
      '.gitignore': '.intentwright\n*.json\n',
      'intents/bread.intent.yaml': about('bread'),
      'intents/milk.intent.yaml': about('milk'),
      'src/bread/a.ts': 'export const a = 1;\n',
      'src/milk/a.ts': 'export const a = 1;\n',
    },
    ['check'],
  );
  const commit = (what: string): void =>
    void execFileSync(
      'bash',
      ['-c', `git init -q -b main . && git add . && git -c user.name=t -c user.email=t@example.test commit -qm ${what}`],
      { cwd: dir },
    );
  expect((await runInline({}, ['run'], { dir })).exitCode).toBe(0);
  commit('first');
  writeFileSync(join(dir, 'src/bread/a.ts'), 'export const a = 2;\n');
  commit('second');
  const selected = await runInline({}, ['run', '--changed', '--base', 'HEAD~1'], { dir });
  expect(Object.fromEntries(selected.result!.intents.map(({ id, status }) => [id, status]))).toEqual({ bread: 'passed', milk: 'skipped' });
  app.faults.forgets = (text) => text.startsWith('milk');
  expect((await runInline({}, ['run'], { dir })).exitCode).toBe(1);
  const month = new Date().toISOString().slice(0, 7);
  expect((await runInline({}, ['coverage'], { dir })).stdout).toContain(`Selection in ${month}: missed 1 of 1 red.`);
  const told = await runInline({}, ['coverage', '--json', '--badge', 'badge.json'], { dir });
  expect(JSON.parse(told.stdout)).toMatchObject({ escapes: { reds: 1, escaped: 1, months: { [month]: { reds: 1, escaped: 1 } } } });
  expect(JSON.parse(told.read('badge.json'))).toMatchObject({ message: 'none, 1 missed this month' });
});
