import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { zipEntries } from '../../src/runner/zip-entries.ts';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const CANARY = 'canary-7d2e';

/** A journey that types a secret beside one that does not. */
const files = (url: string, artifacts: string): Record<string, string> => ({
  ...notesProject(url),
  'intentwright.config.yaml': `${notesProject(url)['intentwright.config.yaml']}artifacts: ${artifacts}\nsecrets:\n  NOTE: { env: NOTE_SECRET, fields: any }\n`,
  'intents/secret.intent.yaml':
    'intent: Add a secret note\njourney:\n  - Add the note "${secret:NOTE}"\nthen:\n  - one-more\nlocks: [notes]\n',
  'intents/add-note.intent.yaml': `${notesProject(url)['intents/add-note.intent.yaml']}locks: [notes]\n`,
  'invariants/more.yaml': 'one-more:\n  says: there is one more note\n  increases_by: { http: { path: /api/notes, pick: "$" }, by: 1 }\n',
});

const below = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => name.replaceAll('\\', '/'))
        .sort()
    : [];

describe.concurrent('recordings', () => {
  test('of somebody who typed a secret: no trace, and a HAR without it; of all others both', async ({ expect }) => {
    const app = await startNotes();
    const ran = await runInline(files(app.url, '{ trace: on, har: on }'), ['run', '--report', 'out'], { env: { NOTE_SECRET: CANARY } });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const folder = join(ran.dir, '.intentwright/runs', ran.result!.run);
    expect(below(join(folder, 'recordings'))).toEqual([
      'add-note-1/user/network.har',
      'add-note-1/user/trace.zip',
      'secret-1/user/network.har',
    ]);
    expect(below(join(ran.dir, 'out/recordings'))).toHaveLength(3);
    const har = JSON.parse(readFileSync(join(folder, 'recordings/secret-1/user/network.har'), 'utf8')) as {
      log: { entries: { request: { method: string; postData?: { text: string } } }[] };
    };
    expect(har.log.entries.find(({ request }) => request.method === 'POST')?.request.postData?.text).toBe('(removed)');
    const trace = [...zipEntries(readFileSync(join(folder, 'recordings/add-note-1/user/trace.zip')))];
    expect(trace.map(({ name }) => name)).toContain('trace.trace');
    expect(trace.some(({ bytes }) => bytes.includes('/api/notes') || bytes.includes('Add note'))).toBe(true);
    for (const name of below(folder).filter((file) => !file.startsWith('attachments/')))
      expect(readFileSync(join(folder, name)).includes(CANARY), name).toBe(false);
    const page = ran.read('out/html/intents/secret.html');
    expect(page).toContain('secrets were typed (NOTE), and a trace cannot be masked');
    expect(ran.read('out/html/intents/add-note.html')).toContain('href="../../recordings/add-note-1/user/trace.zip"');
  });

  test('stay for what did not pass alone, when that is what was asked for, and within their room', async ({ expect }) => {
    const app = await startNotes();
    const ran = await runInline(files(app.url, '{ har: on-failure, trace: on-failure }'), ['run', 'add-note'], {
      env: { NOTE_SECRET: CANARY },
    });
    const folder = (run: string): string => join(ran.dir, '.intentwright/runs', run, 'recordings');
    expect(below(folder(ran.result!.run))).toEqual([]);
    expect(existsSync(folder(ran.result!.run)) && readdirSync(folder(ran.result!.run)).length > 0).toBe(false);
    app.faults.forgets = true;
    const red = await runInline({}, ['run', 'add-note'], { dir: ran.dir, env: { NOTE_SECRET: CANARY } });
    expect(red.exitCode).toBe(1);
    expect(below(folder(red.result!.run))).toEqual(['add-note-1/user/network.har', 'add-note-1/user/trace.zip']);
  });
});
