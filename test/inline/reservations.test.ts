import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const row = (name: string): string =>
  `<tr><td>${name}</td><td><form method="post" action="/delete/${name}"><button>Delete</button></form></td></tr>`;

test('what a sentence excepts is not what is done: blocked, and nothing was sent', async () => {
  const app = await startNotes({ extra: `<table><tr><th>Note</th></tr>${['Milk', 'Bread'].map(row).join('')}</table>` });
  const sentences = [
    'Delete every note except "Milk"',
    'Delete all notes but "Milk"',
    'Delete "Milk" unless it is archived',
    'Avoid deleting "Milk"',
    'Delete the note before "Bread"',
  ];
  const { result, exitCode } = await runInline(
    {
      ...notesProject(app.url),
      ...Object.fromEntries(
        sentences.map((sentence, index) => [
          `intents/${index === 0 ? 'add-note' : `other-${index}`}.intent.yaml`,
          `intent: Sentence ${index}\njourney:\n  - ${JSON.stringify(sentence)}\nthen: [ note-is-stored: { note: "\${run.id}" } ]\nwithin: 1s\n`,
        ]),
      ),
    },
    ['run'],
  );
  expect(result!.intents.map(({ status }) => status)).toEqual(sentences.map(() => 'blocked'));
  expect(app.seen.filter((request) => request.startsWith('POST'))).toEqual([]);
  expect(exitCode).toBe(1);
});

test('a field that makes another number of what is typed is not sent, nor is more confirmed than was said', async () => {
  const app = await startNotes({
    extra:
      '<form method="post" action="/price"><label>Price <input type="number" step="0.1" name="price"></label><label>Code <input name="code" maxlength="3"></label><button>Save</button></form><form method="post" action="/delete-all" onsubmit="return confirm(\'Delete all notes?\')"><button>Delete Milk</button></form>',
  });
  const sentences = ['Set the price to "1,5" and save', 'Enter "12345" as the code and save', 'Delete "Milk"'];
  const { result } = await runInline(
    {
      ...notesProject(app.url),
      ...Object.fromEntries(
        sentences.map((sentence, index) => [
          `intents/${index === 0 ? 'add-note' : `other-${index}`}.intent.yaml`,
          `intent: Sentence ${index}\njourney:\n  - ${JSON.stringify(sentence)}\nthen: [ note-is-stored: { note: "\${run.id}" } ]\nwithin: 1s\n`,
        ]),
      ),
    },
    ['run'],
  );
  expect(result!.intents.map(({ status }) => status)).toEqual(sentences.map(() => 'blocked'));
  expect(app.seen.filter((request) => request.startsWith('POST'))).toEqual([]);
});

test('a control that has become one of more, or of the contrary, is not taken for the recorded one', async () => {
  const button = (name: string, path: string): string => `<form method="post" action="/${path}"><button>${name}</button></form>`;
  const app = await startNotes({ extra: button('Send', 'send') + button('Approve', 'approve') + button('Archive', 'archive') });
  const sentences = ['Press "Send"', 'Approve the request', 'Archive the list'];
  const files = {
    ...notesProject(app.url),
    ...Object.fromEntries(
      sentences.map((sentence, index) => [
        `intents/${index === 0 ? 'add-note' : `other-${index}`}.intent.yaml`,
        `intent: Sentence ${index}\njourney:\n  - ${JSON.stringify(sentence)}\nthen: [ sent ]\nwithin: 1s\n`,
      ]),
    ),
    'invariants/notes.yaml': 'sent:\n  says: something was sent\n  eventually: { requests: { method: POST }, expect: { count: 1 } }\n',
  };
  const recorded = await runInline(files, ['run']);
  expect(recorded.result!.intents.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  app.faults.extra = button('Send to everyone', 'send-all') + button('Disapprove', 'reject') + button('Archive all', 'archive-all');
  app.seen.length = 0;
  const again = await runInline({}, ['run', '--agents', 'replay,relocate'], { dir: recorded.dir });
  expect(again.result!.intents.map(({ status }) => status)).toEqual(['blocked', 'blocked', 'blocked']);
  expect(app.seen.filter((request) => request.startsWith('POST'))).toEqual([]);
});
