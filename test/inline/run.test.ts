import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { newFolder, runInline } from './run-inline.ts';

const LOCK = 'intents/add-note.lock.yaml';

describe.concurrent('run', () => {
  test('an intent that happened passes, by the embedded agent first and by its lockfile then', async ({ expect }) => {
    const app = await startNotes();
    const first = await runInline(notesProject(app.url), ['run']);
    expect(first.stderr).toBe('');
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 passed, 0 failed') });
    expect(first.result?.intents[0]).toMatchObject({ id: 'add-note', status: 'passed', cause: null, agent: { replay: 0, model: 0 } });
    expect(first.read(LOCK)).toContain('click button "Add note"');
    expect(app.notes).toHaveLength(1);

    const again = await runInline({}, ['run', 'add-*'], { dir: first.dir });
    expect(again.exitCode).toBe(0);
    expect(again.result?.intents[0]).toMatchObject({ status: 'passed', agent: { builtin: 0, relocate: 0, model: 0 } });
    expect(again.result?.intents[0]?.agent.replay).toBeGreaterThan(0);
    expect(app.notes).toHaveLength(2);

    const fresh = await runInline({}, ['run', '--fresh'], { dir: first.dir });
    expect(fresh.result?.intents[0]).toMatchObject({ status: 'passed', agent: { replay: 0 } });
    const frozen = await runInline({}, ['run', '--frozen'], { dir: first.dir });
    expect(frozen.result?.intents[0]).toMatchObject({ status: 'passed', agent: { builtin: 0 } });
  });

  test('a page that says saved and a backend that has nothing: failed, exit 1, in business words', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const ran = await runInline(notesProject(app.url), ['run']);
    expect(ran).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('0 passed, 1 failed') });
    expect(ran.result).toMatchObject({ exitCode: 1, intents: [{ status: 'failed', cause: 'product' }] });
    expect(ran.result?.intents[0]?.sentence).toMatch(/note .* stored/i);
    expect(ran.has(LOCK)).toBe(false);
  });

  test('right, but later than the business allows: failed', async ({ expect }) => {
    const app = await startNotes({ late: 60_000 });
    expect((await runInline(notesProject(app.url), ['run'])).result?.intents[0]).toMatchObject({ status: 'failed' });
  });

  test('a backend that cannot be asked is nobody’s failure and nobody’s pass: errored, exit 3', async ({ expect }) => {
    const app = await startNotes({ apiStatus: 503 });
    const ran = await runInline(notesProject(app.url), ['run']);
    expect(ran.exitCode).toBe(3);
    expect(ran.result?.intents[0]?.status).toBe('errored');
  });

  test('what was true before proves nothing: unproven, exit 1', async ({ expect }) => {
    const app = await startNotes();
    app.notes.push('there before');
    const files = {
      ...notesProject(app.url),
      'intents/add-note.intent.yaml':
        'intent: Add a note\njourney:\n  - Add the note "there before"\nthen:\n  - note-is-stored: { note: there before }\n',
    };
    const ran = await runInline(files, ['run']);
    expect(ran.exitCode).toBe(1);
    expect(ran.result?.intents[0]).toMatchObject({
      status: 'unproven',
      verdicts: expect.arrayContaining([expect.objectContaining({ vacuous: true })]),
    });
  });

  test('a journey that cannot be carried out is blocked, whatever the backend says', async ({ expect }) => {
    const app = await startNotes();
    const files = {
      ...notesProject(app.url),
      'intents/add-note.intent.yaml': notesProject(app.url)['intents/add-note.intent.yaml']!.replace('Add the note', 'Archive the invoice'),
    };
    const ran = await runInline(files, ['run']);
    expect(ran.exitCode).toBe(1);
    expect(ran.result?.intents[0]?.status).toBe('blocked');
    expect(app.notes).toEqual([]);
  });

  test('frozen without a lockfile is blocked, and CI writes none', async ({ expect }) => {
    const app = await startNotes();
    const frozen = await runInline(notesProject(app.url), ['run', '--frozen']);
    expect(frozen).toMatchObject({ exitCode: 1, result: { intents: [{ status: 'blocked' }] } });
    const ci = await runInline(notesProject(app.url), ['run'], { env: { CI: 'true' } });
    expect(ci).toMatchObject({ exitCode: 0, result: { intents: [{ status: 'passed' }] } });
    expect(ci.has(LOCK)).toBe(false);
  });

  test('a retry that passes is flaky, and every attempt is kept', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const dir = await newFolder();
    const ran = await runInline(notesProject(app.url), ['run', '--retries', '1'], {
      dir,
      watch: ({ stdout }) => {
        if (stdout.includes('attempt 2')) app.faults.forgets = false;
      },
    });
    expect(ran.result?.intents[0]).toMatchObject({ status: 'flaky', attempts: 2 });
    expect(ran.stdout).toContain('1 flaky');
  });

  test('the report goes where it is wanted', async ({ expect }) => {
    const app = await startNotes();
    const ran = await runInline(notesProject(app.url), ['run', '--report', 'out']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('Report: out');
    expect(readdirSync(join(ran.dir, 'out'))).toEqual(expect.arrayContaining(['junit.xml', 'result.json']));
  });

  test('a typed secret is in no file and on no screen', async ({ expect }) => {
    const app = await startNotes();
    const canary = 'c4nary-Value/1+1=2';
    const files = {
      ...notesProject(app.url),
      'intentwright.config.yaml': `${notesProject(app.url)['intentwright.config.yaml']}secrets:\n  NOTE: { env: NOTE_SECRET, fields: any }\n`,
      'intents/add-note.intent.yaml': 'intent: Add a note\njourney:\n  - Add the note "${secret:NOTE}"\nthen:\n  - one-more\n',
      'invariants/more.yaml':
        'one-more:\n  says: there is one more note\n  increases_by: { http: { path: /api/notes, pick: "$" }, by: 1 }\n',
    };
    const ran = await runInline(files, ['run'], { env: { NOTE_SECRET: canary } });
    expect(app.notes).toEqual([canary]);
    expect(ran.result?.intents[0]?.status).toBe('passed');
    const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')];
    const everything = readdirSync(ran.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(everything.length).toBeGreaterThan(5);
    for (const text of [...everything, ran.stdout, ran.stderr]) for (const form of forms) expect(text).not.toContain(form);
  });
});
