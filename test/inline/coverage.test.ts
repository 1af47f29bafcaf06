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
  const invariants = files['invariants/notes.yaml']!.replace('"${note}"', "'\"${note}\"'");
  const first = await runInline({ ...files, 'invariants/notes.yaml': invariants, 'intents/add-note.intent.yaml': intent }, ['coverage', '--min-critical', '100%']);
  expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/✗ add-note {2}critical {2}it never ran; nobody proved that it notices/), stderr: expect.stringContaining('covered: 0 of 1 critical intent; asked for: 100 %') });
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
  expect(JSON.parse(stdout)).toMatchObject({ priorities: { critical: { all: 1, covered: 1 } }, intents: [{ id: 'add-note', covered: true, proved: true }] });
  expect(JSON.parse(covered.read('badge.json'))).toMatchObject({ schemaVersion: 1, message: '1 of 1' });
  writeFileSync(join(dir, 'intents/add-note.intent.yaml'), intent.replace('Add the note', 'Add a note'));
  expect(await runInline({}, ['coverage', '--min-critical', '1'], { dir })).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('nobody proved that it notices') });
  expect(await runInline({}, ['coverage', '--min-critical', '120'], { dir })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('It must be a share') });
}, 240_000);
