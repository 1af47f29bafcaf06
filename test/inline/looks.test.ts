import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const journey = (...sentences: string[]): string => `intent: Add a note
vars: { note: "note \${run.id}" }
journey: ${JSON.stringify(sentences)}
then: [ note-is-stored: { note: "\${note}" } ]
within: 3s
`;

test('a sentence that asks for a look presses nothing, and a replay looks again', async () => {
  const app = await startNotes();
  const sentences = ['Check that the page says "Notes"', 'Add the note "${note}"', 'Verify that the page says "Saved"'];
  const files = { ...notesProject(app.url), 'intents/add-note.intent.yaml': journey(...sentences) };
  const first = await runInline(files, ['run']);
  expect(first.result!.intents[0]).toMatchObject({ status: 'passed', steps: [{ status: 'done' }, { status: 'done' }, { status: 'done' }] });
  expect(app.seen.filter((request) => request === 'POST /notes')).toHaveLength(1);
  expect((await runInline({}, ['check'], { dir: first.dir })).stderr).toContain('it asks for a look at the page, which proves nothing');
  const again = await runInline({}, ['run'], { dir: first.dir });
  expect(again.result!.intents[0]).toMatchObject({ status: 'passed', agent: { builtin: 0 } });
  app.faults.saved = 'Thank you';
  const changed = await runInline({}, ['run'], { dir: first.dir });
  expect(changed.result!.intents[0]).toMatchObject({
    status: 'blocked',
    sentence: expect.stringContaining('the page does not show “Saved”'),
  });
});
