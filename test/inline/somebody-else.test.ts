import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const adds = (note: string, proof: string, more = ''): string => `intent: Add ${note}
${more}journey:
  - Add the note "${note} \${run.id}"
then: [ ${proof} ]
within: 4s
`;

const ONE_MORE = `one-more:
  says: there is one note more in \${where}
  params: [where]
  increases_by: { http: { path: "/api/\${where}", pick: "$[*].text" }, by: 1 }
`;

/** A starting state that is the same for all who ask for it, but for the token that they sign in with. */
const SHARED = {
  'intents/fixtures/board.yaml': 'board:\n  do: { module: { file: board.mjs } }\n  capture: { id: $.id, session: $.session }\n',
  'intents/fixtures/board.mjs': 'export default () => ({ id: "notes", session: `sid=${crypto.randomUUID()}` });\n',
};

const forgetsMilk = (text: string): boolean => text.startsWith('Milk');

test('what a fixture gave to two intents is neither’s own', async () => {
  const app = await startNotes({ forgets: forgetsMilk });
  const files = (proof: string, invariant: string): Record<string, string> => ({
    ...notesProject(app.url),
    ...SHARED,
    'intents/add-note.intent.yaml': adds('Milk', proof, 'given: { board: board }\nactors: { me: { session: "${board.session}" } }\n'),
    'intents/bread.intent.yaml': adds('Bread', proof, 'given: { board: board }\nactors: { me: { session: "${board.session}" } }\n'),
    'invariants/notes.yaml': invariant,
  });
  const byId = await runInline(files('one-more: { where: "${board.id}" }', ONE_MORE), ['run', '--workers', '2']);
  expect(byId.result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('bread was changing something at the same time'),
  });
  expect(byId.exitCode).toBe(1);
  app.notes.length = 0;
  // Two tokens of one person see the same notes.
  const bySession = await runInline(
    files(
      'mine',
      'mine:\n  says: I have one note more\n  increases_by: { http: { as: me, path: /api/notes, pick: "$[*].text" }, by: 1 }\n',
    ),
    ['run', '--workers', '2'],
  );
  expect(bySession.result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('bread was changing something at the same time'),
  });
  expect((await runInline({}, ['recheck'], { dir: bySession.dir })).exitCode).toBe(0);
});

test('what an intent that failed set going may come late, and is no proof of the next one', async () => {
  const app = await startNotes({ forgets: forgetsMilk, late: 4500 });
  const { result } = await runInline(
    {
      ...notesProject(app.url),
      'intents/add-note.intent.yaml': adds('Milk', 'one-more: { where: notes }').replace('within: 4s', 'within: 6s'),
      'intents/bread.intent.yaml': adds('Bread', 'one-more: { where: notes }', 'priority: critical\n').replace(
        'within: 4s',
        'within: 500ms',
      ),
      'invariants/notes.yaml': ONE_MORE,
    },
    ['run', '--workers', '1'],
  );
  expect(result!.intents).toMatchObject([
    { id: 'bread', status: 'failed' },
    {
      id: 'add-note',
      status: 'unproven',
      sentence: expect.stringContaining('bread had just ended without a pass: what was set going there may have come late'),
    },
  ]);
});

test('time that passes is nobody’s doing', async () => {
  const app = await startNotes({ late: 3000 });
  const { result } = await runInline(
    {
      ...notesProject(app.url),
      'intents/add-note.intent.yaml':
        'intent: Look\ngiven: { before: noted }\nactors: { me: {} }\njourney:\n  - system: wait 200ms\n  - me: Check that the page says "Notes"\nthen: [ note-is-stored: { note: Milk } ]\nwithin: 8s\n',
      'intents/fixtures/notes.yaml':
        'noted:\n  do: { http: { path: /notes, headers: { content-type: application/x-www-form-urlencoded }, body: "note=Milk" } }\n',
    },
    ['run'],
  );
  expect(result!.intents[0]).toMatchObject({ status: 'unproven', sentence: expect.stringContaining('although this journey did nothing') });
});

test('events that name no run are told apart by an endpoint that heeds which run is asked for, and otherwise by nobody', async () => {
  const app = await startNotes({ forgets: forgetsMilk });
  const files = {
    ...notesProject(app.url),
    'intentwright.config.yaml': `${notesProject(app.url)['intentwright.config.yaml']}connections: { trail: { events: { url: /api/notes } } }\n`,
    'intents/add-note.intent.yaml': adds('Milk', 'told'),
    'intents/bread.intent.yaml': adds('Bread', 'told'),
    'invariants/notes.yaml': 'told:\n  says: it was told\n  eventually: { events: { on: trail }, expect: { count: 1 } }\n',
  };
  const { result } = await runInline(files, ['run', '--workers', '2']);
  expect(result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('bread was changing something at the same time'),
  });
});
