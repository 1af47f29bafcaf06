import { test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

test('a matrix runs an intent over its cells, each with a starting state and a verdict of its own, and tells what the red ones have in common', async ({
  expect,
}) => {
  const app = await startNotes({ forgets: (text) => text.includes('beta on') });
  const files = notesProject(app.url);
  files['intents/add-note.intent.yaml'] = `intent: Add a note
matrix: { plan: [free, pro], beta: [on, off] }
given: { before: { fixture: noted, with: { note: "seed \${matrix.plan} \${matrix.beta}" } } }
vars: { note: "\${matrix.plan} beta \${matrix.beta} \${run.id}" }
journey: [ 'Add the note "\${note}"' ]
then: [ { note-is-stored: { note: "\${note}" } } ]
requires: [ { note-is-stored: { note: "seed \${matrix.plan} \${matrix.beta}" } } ]
within: 2s
`;
  files['intents/fixtures/notes.yaml'] = `noted:
  params: [note]
  do: { http: { path: /notes, headers: { content-type: application/x-www-form-urlencoded }, body: "note=\${note}" } }
`;
  const ran = await runInline(files, ['run', 'add-note', '--workers', '4']);
  expect({ exitCode: ran.exitCode, matrices: ran.result?.matrices }).toEqual({
    exitCode: 1,
    matrices: [
      {
        intent: 'add-note',
        cells: 4,
        red: expect.arrayContaining(['add-note[plan=free,beta=on]', 'add-note[plan=pro,beta=on]']),
        common: 'only when beta is on',
      },
    ],
  });
  expect(ran.stdout).toContain('add-note: 2 of 4 cells are not green, only when beta is on');
  expect(ran.stdout).toContain('run "add-note[plan=');
  expect(app.notes.filter((note) => note.startsWith('seed'))).toHaveLength(4);
  expect(ran.read(`.intentwright/runs/${ran.result!.run}/markdown/index.md`)).toContain('| free | on | failed |');
  // In front of a pull request one cell, at night all; what is left out says why, and what is named is run.
  const pr = await runInline({}, ['run', '--mode', 'pr', '--retries', '0'], { dir: ran.dir });
  expect(Object.fromEntries(pr.result!.intents.map(({ cell, status }) => [Object.values(cell!.values).join(' '), status]))).toEqual({
    'free on': 'failed',
    'free off': 'skipped',
    'pro on': 'skipped',
    'pro off': 'skipped',
  });
  expect(pr.read(`.intentwright/runs/${pr.result!.run}/events.jsonl`)).toContain('mode pr runs the first cell of a matrix');
  const deeper = await runInline(
    { 'intentwright.config.yaml': `${files['intentwright.config.yaml']}modes: { pr: { matrix: each-value, retries: 0 } }\n` },
    ['run', '--mode', 'pr', '--workers', '2'],
    { dir: ran.dir },
  );
  expect(
    deeper
      .result!.intents.filter(({ status }) => status !== 'skipped')
      .map(({ id, status }) => [id, status])
      .sort(),
  ).toEqual([
    ['add-note[plan=free,beta=on]', 'failed'],
    ['add-note[plan=pro,beta=off]', 'passed'],
  ]);
  expect(deeper.stdout).toContain('1 of 2 cells that were run, of 4, is not green');
  expect((await runInline({}, ['run', '--mode', 'pr', 'add-note[plan=pro,beta=off]'], { dir: ran.dir })).exitCode).toBe(0);
  const one = await runInline({}, ['run', 'add-note[plan=pro,beta=off]', '--frozen'], { dir: ran.dir });
  expect(one).toMatchObject({
    exitCode: 0,
    result: { intents: [{ id: 'add-note[plan=pro,beta=off]', status: 'passed', agent: { builtin: 0 } }] },
  });
});
