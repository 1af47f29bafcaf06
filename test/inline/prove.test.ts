import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

interface Proof {
  intent: string;
  proved: boolean;
  because: string;
}

/** Three intents that pass, and could pass without what they tell of. */
const VACUOUS: Record<string, string> = {
  'intents/any-note.intent.yaml': `intent: Add a note, whatever is in it
vars: { note: "milk \${run.id}" }
journey: [ 'Add the note "\${note}"' ]
then: [ some-note ]
within: 2s
`,
  'intents/first-note.intent.yaml': `intent: Add two notes, and look at the first
vars: { first: "first \${run.id}", second: "second \${run.id}" }
journey:
  - Add the note "\${first}"
  - Add the note "\${second}"
then: [ note-is-stored: { note: "\${first}" } ]
within: 2s
`,
  'intents/others-note.intent.yaml': `intent: Add a note while somebody else does
vars: { mine: "mine \${run.id}", theirs: "theirs \${run.id}" }
actors: { user: {} }
journey:
  - user: Add the note "\${mine}"
  - system: somebody adds \${theirs}
then: [ note-is-stored: { note: "\${theirs}" } ]
within: 2s
`,
  'intents/fixtures/world.yaml': `somebody-adds:
  says: somebody adds {note}
  params: [note]
  do: { http: { path: /notes, headers: { content-type: application/x-www-form-urlencoded }, body: "note=\${note}" } }
`,
};

describe('prove', () => {
  test('an intent that notices every way of doing it wrongly is proved, until it changes; what proves nothing is told, with the invariant that is missing', async ({
    expect,
  }) => {
    const app = await startNotes();
    const files = { ...notesProject(app.url), ...VACUOUS };
    files['intentwright.config.yaml'] += 'workers: 4\n';
    files['invariants/notes.yaml'] = `note-is-stored:
  says: \${note} is stored
  params: [note]
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { contains: "\${note}" } }
some-note:
  says: a note of this run is stored
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { any: { contains: "\${run.id}" } } }
`;
    const { dir, exitCode, stdout, stderr } = await runInline(files, ['prove', '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    const rows = Object.fromEntries((JSON.parse(stdout) as Proof[]).map(({ intent, ...row }) => [intent, row]));
    expect(rows).toEqual({
      'add-note': {
        proved: true,
        because:
          'it is not green when nobody did anything, nor when the last action that changes something was left out, nor when a wrong value was typed and sent',
      },
      'any-note': {
        proved: false,
        because:
          'it passes although a wrong value was typed and sent: add an invariant, one that expects what is typed into “Note” (step 1, “Add the note "${note}"”)',
      },
      'first-note': {
        proved: false,
        because: expect.stringContaining(
          'it passes although the last action that changes something was left out: add an invariant, one about what POST /notes changes (step 2',
        ),
      },
      'others-note': {
        proved: false,
        because: expect.stringContaining(
          'it passes although nobody did anything: add an invariant, an eventually, changes or increases_by about what the journey itself makes',
        ),
      },
    });
    const unproved = (await runInline({}, ['check'], { dir })).stdout;
    expect(unproved).toContain('Not proved since they changed: any-note, first-note, others-note.');
    const changed = files['intents/add-note.intent.yaml']!.replace('within: 3s', 'within: 4s');
    expect((await runInline({ 'intents/add-note.intent.yaml': changed }, ['check'], { dir })).stdout).toContain(
      'changed: add-note, any-note, first-note, others-note.',
    );
    expect((await runInline({}, ['prove', 'nobody'], { dir })).exitCode).toBe(2);
  });

  test('what is not green a second time because the first time left its state behind is not proved by that', async ({ expect }) => {
    const app = await startNotes();
    const files: Record<string, string> = { ...notesProject(app.url) };
    files['intents/add-note.intent.yaml'] = 'intent: Add milk\njourney: [ Add the note "Milk" ]\nthen: [ some-note ]\nwithin: 2s\n';
    files['intents/only-once.intent.yaml'] =
      'intent: Add bread to an empty list\nrequires: [ no-bread ]\nvars: { note: "Bread ${run.id}" }\njourney: [ \'Add the note "${note}"\' ]\nthen: [ bread: { note: "${run.id}" } ]\nwithin: 2s\nlocks: [notes]\n';
    files['invariants/notes.yaml'] = `some-note:
  says: there is milk
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { any: { contains: Milk } } }
no-bread:
  says: there is no bread
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { none: { contains: Bread } } }
bread:
  says: \${note} is there
  params: [note]
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { any: { contains: "\${note}" } } }
`;
    const { exitCode, stdout } = await runInline(files, ['prove', '--json']);
    expect(exitCode).toBe(1);
    const rows = Object.fromEntries((JSON.parse(stdout) as Proof[]).map(({ intent, ...row }) => [intent, row]));
    expect(rows).toEqual({
      'add-note': {
        proved: false,
        because: expect.stringContaining('the time before had left its state behind (what it proves was already true)'),
      },
      'only-once': {
        proved: false,
        because: expect.stringContaining('the time before had left its state behind (a precondition is not met)'),
      },
    });
  });
});
