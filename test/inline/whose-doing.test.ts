import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const intent = (title: string, sentence: string, proof: string, more = ''): string => `intent: ${title}
journey:
  - ${sentence}
then: [ ${proof} ]
within: 3s
${more}`;

const UNSCOPED = `a-note-exists:
  says: there is a note
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { count: { gte: 1 } } }
note-is:
  says: the note \${text} is there
  params: [text]
  eventually: { http: { path: /api/notes, pick: "$[*].text" }, expect: { contains: "\${text}" } }
`;

const statuses = (result: { intents: { id: string; status: string }[] } | undefined): Record<string, string> =>
  Object.fromEntries(result!.intents.map(({ id, status }) => [id, status]));

test('what another intent makes true at the same time is no proof, unless it is told from what the others do', async () => {
  // Forgets Milk: only Bread, which somebody else adds, makes it true that there is a note.
  const app = await startNotes({ forgets: (text) => text === 'Milk' });
  const files = {
    ...notesProject(app.url),
    'invariants/notes.yaml': UNSCOPED,
    'intents/add-note.intent.yaml': intent('Add milk', 'Add the note "Milk"', 'a-note-exists'),
    'intents/bread.intent.yaml': intent('Add bread', 'Add the note "Bread"', 'note-is: { text: Bread }'),
  };
  const together = await runInline(files, ['run', '--workers', '2']);
  expect(statuses(together.result)).toEqual({ 'add-note': 'unproven', bread: 'passed' });
  expect(together.exitCode).toBe(1);
  expect(together.result!.intents[0]).toMatchObject({
    cause: 'spec',
    sentence: expect.stringMatching(
      /a-note-exists (?:asks for nothing that this attempt alone has, and bread was changing something at the same time|became true before this journey did anything)/,
    ),
  });
  const { stderr } = await runInline({}, ['check'], { dir: together.dir });
  expect(stderr).toContain('add-note.intent.yaml:4:9 warning a-note-exists asks for nothing that this journey names');
  expect(stderr).not.toContain('note-is');
  expect((await runInline({}, ['recheck'], { dir: together.dir })).exitCode).toBe(0);
  // Nor is what another shard may be doing to the same application seen from here.
  app.notes.length = 0;
  app.faults.forgets = false;
  const alone = await runInline({ ...files, 'intents/bread.intent.yaml': intent('Add bread', 'Add the note "Bread"', 'a-note-exists') }, [
    'run',
    '--shard',
    '1/2',
  ]);
  expect(alone.result!.intents).toMatchObject([
    { status: 'unproven', sentence: expect.stringContaining('other machines carried out other intents on the same application') },
  ]);
  app.faults.forgets = (text) => text === 'Milk';
  // One after the other, nobody else can have done it.
  app.notes.length = 0;
  const locked = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, path.endsWith('.intent.yaml') ? `${text}locks: [notes]\n` : text]),
  );
  expect(statuses((await runInline(locked, ['run', 'add-note'])).result)).toEqual({ 'add-note': 'failed' });
});

test('what another intent is still doing counts as done: a request that is not answered yet, a fixture under way', async () => {
  // Bread is there after two seconds, and whoever added it is told only after six.
  const app = await startNotes({ forgets: (text) => text === 'Milk', late: 2000, answers: (text) => (text === 'Bread' ? 6000 : 0) });
  const files = {
    ...notesProject(app.url),
    'invariants/notes.yaml': UNSCOPED,
    'intents/add-note.intent.yaml': intent('Add milk', 'Add the note "Milk"', 'a-note-exists').replace('within: 3s', 'within: 5s'),
  };
  const acting = await runInline(
    { ...files, 'intents/bread.intent.yaml': intent('Add bread', 'Add the note "Bread"', 'note-is: { text: Bread }') },
    ['run', '--workers', '2'],
  );
  expect(acting.result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('bread was changing something at the same time'),
  });
  app.notes.length = 0;
  const settingUp = await runInline(
    {
      ...files,
      'intents/bread.intent.yaml': `given: { before: { fixture: noted, with: { note: Bread } } }\n${intent('Add butter', 'Add the note "Butter"', 'note-is: { text: Butter }')}`,
      'intents/fixtures/notes.yaml':
        'noted:\n  params: [note]\n  do: { http: { path: /notes, headers: { content-type: application/x-www-form-urlencoded }, body: "note=${note}" } }\n',
    },
    ['run', '--workers', '2'],
  );
  expect(settingUp.result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('bread was changing something at the same time'),
  });
});

test('what others change is not blamed on the product because an invariant asks about everybody', async () => {
  // Whoever comes first finds two notes more: the other one may be late.
  const app = await startNotes({ onNote: () => void app.notes.push('One more') });
  const files = {
    ...notesProject(app.url),
    'invariants/notes.yaml': `${UNSCOPED}one-more:
  says: there is one note more
  increases_by: { http: { path: /api/notes, pick: "$[*].text" }, by: 1 }
`,
    'intents/add-note.intent.yaml': intent('Add milk', 'Add the note "Milk"', 'one-more, note-is: { text: Milk }'),
    'intents/bread.intent.yaml': intent('Add bread', 'Add the note "Bread"', 'note-is: { text: Bread }'),
  };
  const { result } = await runInline(files, ['run', '--workers', '2']);
  expect(result!.intents.find(({ id }) => id === 'add-note')).toMatchObject({
    status: 'failed',
    cause: 'spec',
    causeWhy: expect.stringContaining('one-more asks about everybody, and bread was changing something at the same time'),
  });
});

test('what the attempt before set going is no proof of the retry, and the attempt before has the word', async () => {
  // A note takes four seconds, and the second one is forgotten: what the retry finds is the first.
  let asked = 0;
  const app = await startNotes({ late: 4000, forgets: () => ++asked > 1 });
  const late = await runInline(
    {
      ...notesProject(app.url),
      'invariants/notes.yaml': UNSCOPED,
      'intents/add-note.intent.yaml': intent('Add milk', 'Add the note "Milk"', 'note-is: { text: Milk }'),
    },
    ['run', '--retries', '1'],
  );
  expect(late.result!.intents[0]).toMatchObject({ status: 'failed', attempts: 2, cause: 'product' });
  expect(late.exitCode).toBe(1);
  const events = late
    .read(`.intentwright/runs/${late.result!.run}/events.jsonl`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; status?: string; reason?: string });
  expect(events.filter(({ type }) => type === 'intent-end').map(({ status, reason }) => [status, reason])).toEqual([
    ['failed', 'violated'],
    ['unproven', expect.stringMatching(/in-doubt|vacuous/)],
  ]);
  expect((await runInline({}, ['recheck'], { dir: late.dir })).exitCode).toBe(0);
});

test('what is so before the journey did anything is no proof: a starting state that came late', async () => {
  // The fixture's note takes half a second, the page two: it is there before anybody types.
  const app = await startNotes({ late: 500, slow: 2000, forgets: (text) => text.endsWith('again') });
  const files = {
    ...notesProject(app.url),
    'intents/add-note.intent.yaml': `intent: Add a note
given: { before: { fixture: noted, with: { note: "Milk \${run.id}" } } }
vars: { note: "Milk \${run.id} again" }
journey: [ 'Add the note "\${note}"' ]
then: [ note-is: { text: "Milk \${run.id}" } ]
within: 3s
`,
    'intents/fixtures/notes.yaml':
      'noted:\n  params: [note]\n  do: { http: { path: /notes, headers: { content-type: application/x-www-form-urlencoded }, body: "note=\${note}" } }\n',
    'invariants/notes.yaml': UNSCOPED,
  };
  const ran = await runInline(files, ['run']);
  expect(ran.result!.intents[0]).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('note-is became true before this journey did anything: its starting state came late'),
  });
  expect((await runInline({}, ['recheck'], { dir: ran.dir })).exitCode).toBe(0);
});

test('what becomes true while the journey only looks is not its doing', async () => {
  // The page takes a second, and somebody else's note comes four seconds after it was asked for.
  const app = await startNotes({ slow: 1000, onPage: () => void setTimeout(() => app.notes.push('From somebody else'), 4000) });
  const files = {
    ...notesProject(app.url),
    'invariants/notes.yaml': UNSCOPED,
    'intents/add-note.intent.yaml': intent('See the notes', 'Check that the page says "Notes"', 'a-note-exists').replace(
      'within: 3s',
      'within: 12s',
    ),
  };
  const ran = await runInline(files, ['run']);
  expect(ran.result!.intents[0]).toMatchObject({
    status: 'unproven',
    cause: 'spec',
    sentence: expect.stringContaining('a-note-exists became true although this journey did nothing that could change anything'),
  });
  expect(ran.exitCode).toBe(1);
  expect((await runInline({}, ['recheck'], { dir: ran.dir })).exitCode).toBe(0);
});

test('nor is what becomes true while it waits for the page', async () => {
  const app = await startNotes({
    extra: '<p id="state">Loading</p><script>setTimeout(() => { state.textContent = "Ready" }, 2500)</script>',
    onPage: () => void setTimeout(() => app.notes.push('From somebody else'), 4000),
  });
  const files = {
    ...notesProject(app.url),
    'invariants/notes.yaml': UNSCOPED,
    'intents/add-note.intent.yaml': intent('See the notes', 'Wait until the page says "Ready"', 'a-note-exists').replace(
      'within: 3s',
      'within: 12s',
    ),
  };
  expect((await runInline(files, ['run'])).result!.intents[0]).toMatchObject({
    status: 'unproven',
    sentence: expect.stringContaining('although this journey did nothing'),
  });
});

test('a journal from which an intent was cut is not as recorded', async () => {
  const app = await startNotes();
  const files: Record<string, string> = { ...notesProject(app.url) };
  files['intents/second.intent.yaml'] = files['intents/add-note.intent.yaml']!.replace('note ${run.id}', 'second ${run.id}');
  const ran = await runInline(files, ['run']);
  const file = `.intentwright/runs/${ran.result!.run}/events.jsonl`;
  const cut = ran
    .read(file)
    .split('\n')
    .filter((line) => !line.includes('"intent":"second"'))
    .join('\n');
  expect(await runInline({ [file]: cut }, ['recheck'], { dir: ran.dir })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('second: it was to be run, and the journal does not tell how it ended'),
  });
  const headless = cut
    .split('\n')
    .filter((line) => !line.includes('"type":"run-start"'))
    .join('\n');
  expect(await runInline({ [file]: headless }, ['recheck'], { dir: ran.dir })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/lacks \d+ lines: what stood there is not judged/),
  });
});
