import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const proves = (url: string, invariants: string, names: string): Record<string, string> => {
  const project = notesProject(url);
  return {
    ...project,
    'intents/add-note.intent.yaml': project['intents/add-note.intent.yaml']!.replace(
      'then:\n',
      `then:\n${names
        .split(' ')
        .map((name) => `  - ${name}\n`)
        .join('')}`,
    ),
    'invariants/more.yaml': invariants,
  };
};

describe.concurrent('what the backend says is read as exactly as it is written', () => {
  test('a balance that only differs where numbers end is another one, and so is the id of another order', async ({ expect }) => {
    const app = await startNotes({
      api: (notes) =>
        `{"wei": 1000000000000000000${notes.length}, "orders": [${notes.map((text) => `{"id": 9007199254740993, "text": ${JSON.stringify(text)}}`).join(',')}]}`,
    });
    const ran = await runInline(
      proves(
        app.url,
        `untouched:
  says: the balance is untouched
  unchanged: { http: { path: /api/notes, pick: wei } }
ordered:
  says: the order is there
  eventually: { http: { path: /api/notes, pick: "$.orders" }, expect: [ { id: "9007199254740992" } ] }
`,
        'untouched ordered',
      ),
      ['run'],
    );
    expect(ran.exitCode).toBe(1);
    expect(ran.result!.intents[0]).toMatchObject({
      status: 'failed',
      verdicts: expect.arrayContaining([
        expect.objectContaining({
          invariant: 'untouched',
          status: 'violated',
          found: 'was "10000000000000000000", is "10000000000000000001"',
        }),
        expect.objectContaining({ invariant: 'ordered', status: 'violated', found: expect.stringContaining('9007199254740993') }),
      ]),
    });
  });

  test('9.00 is less than 10.00, and half past eleven in New York is after midnight in London', async ({ expect }) => {
    const app = await startNotes({
      api: (notes) => JSON.stringify(notes.map((text) => ({ text, total: '9.00', due: '2026-01-01T23:30:00-05:00' }))),
    });
    const ran = await runInline(
      proves(
        app.url,
        `enough:
  says: it is at least 10.00
  eventually: { http: { path: /api/notes, pick: "$" }, expect: [ { total: { gte: "10.00" } } ] }
in-time:
  says: it is due this year
  eventually: { http: { path: /api/notes, pick: "$" }, expect: [ { due: { lt: "2026-01-02T00:00:00Z" } } ] }
`,
        'enough in-time',
      ),
      ['run'],
    );
    expect(ran.exitCode).toBe(1);
    expect(ran.result!.intents[0]!.verdicts.filter(({ status }) => status === 'violated').map(({ invariant }) => invariant)).toEqual([
      'enough',
      'in-time',
    ]);
  });

  test('an address that asks for everything because what a fixture gave is empty is not asked', async ({ expect }) => {
    const app = await startNotes();
    const ran = await runInline(
      {
        ...notesProject(app.url),
        'intents/add-note.intent.yaml':
          'intent: Add a note\ngiven: { org: org }\njourney:\n  - Add the note "Milk"\nthen: [ one-note: { org: "${org.id}" } ]\nwithin: 2s\n',
        'intents/fixtures/org.yaml': 'org:\n  do: { module: org.mjs }\n',
        'intents/fixtures/org.mjs': 'export default () => ({ id: "" });\n',
        'invariants/notes.yaml':
          'one-note:\n  says: ${org} has one note\n  params: [org]\n  eventually: { http: { path: "/api/notes?org=${org}", pick: "$" }, expect: { count: 1 } }\n',
      },
      ['run'],
    );
    expect(ran.exitCode).toBe(3);
    expect(ran.result!.intents[0]).toMatchObject({
      status: 'errored',
      sentence: expect.stringContaining('is empty: an address without it asks for everything'),
    });
    expect(app.notes).toEqual([]);
  });
});
