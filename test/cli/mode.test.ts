import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'vitest';
import { startNotes } from '../inline/notes-app.ts';
import { notesProject } from '../inline/notes-project.ts';
import { runInline } from '../inline/run-inline.ts';

describe.concurrent('run --mode', () => {
  test('gives the run what the mode says, flags win, and the chat is told of red', async ({ expect }) => {
    const heard: string[] = [];
    const chat = createServer((request, response) => {
      let body = '';
      request
        .on('data', (part) => {
          body += part;
        })
        .on('end', () => {
          heard.push(body);
          response.end();
        });
    });
    await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
    const app = await startNotes({ forgets: true });
    const files = notesProject(app.url);
    files['intentwright.config.yaml'] += 'modes:\n  soak: { retries: 2, budget: { seconds: 30 }, notify: "${env:CHAT}" }\n';
    const env = { CHAT: `http://127.0.0.1:${(chat.address() as AddressInfo).port}/hook` };
    const soaked = await runInline(files, ['run', '--mode', 'soak'], { env });
    expect(soaked.result?.intents[0]).toMatchObject({ status: 'failed', attempts: 3 });
    expect(soaked.read(`.intentwright/runs/${soaked.result!.run}/events.jsonl`)).toContain('"mode":"soak"');
    expect(heard).toHaveLength(1);
    expect(JSON.parse(heard[0]!)).toMatchObject({ text: expect.stringContaining('1') });
    const plain = await runInline({}, ['run', '--mode', 'soak', '--retries', '0'], { dir: soaked.dir, env });
    expect(plain.result?.intents[0]?.attempts).toBe(1);
    chat.close();
  });

  test('canary runs only what is safe in production, also elsewhere', async ({ expect }) => {
    const app = await startNotes();
    const files = notesProject(app.url);
    const none = await runInline(files, ['run', '--mode', 'canary']);
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SPEC_EMPTY') });
    expect(app.seen).toEqual([]);
    const safe = await runInline(
      {
        ...files,
        'intents/look.intent.yaml': files['intents/add-note.intent.yaml']!.replace(
          'intent: Add a note',
          'intent: Add a note\nsafe: production',
        ),
      },
      ['run', '--mode', 'canary'],
    );
    expect(safe.result?.intents.map(({ id }) => id)).toEqual(['look']);
  });

  test('a mode that nobody declared is a mistake', async ({ expect }) => {
    const ran = await runInline(notesProject('http://127.0.0.1:1'), ['run', '--mode', 'nightl']);
    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/no mode called nightl[\s\S]*nightly/) });
  });
});
