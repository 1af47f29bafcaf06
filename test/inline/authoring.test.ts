import { describe, expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { newFolder, runInline } from './run-inline.ts';

const COMPLETE = ['--title', 'Add a note', '--step', 'Add the note "${note}"', '--proof', '/api/notes', '--yes'];

describe('init', () => {
  test('what the sentences keep secret is declared, so that what it writes can be checked at once', async () => {
    const steps = ['--step', 'Sign in as "ada" with password ${secret:ADA_PASSWORD}', '--step', 'Add the note "${note}"'];
    const ran = await runInline({}, [
      'init',
      '--url',
      'http://localhost:9',
      '--title',
      'Add a note',
      ...steps,
      '--proof',
      '/api/notes',
      '--yes',
    ]);
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Set ADA_PASSWORD in the environment') });
    expect(ran.read('intentwright.config.yaml')).toContain('ADA_PASSWORD: { env: ADA_PASSWORD }');
    expect(await runInline({}, ['check'], { dir: ran.dir, env: { ADA_PASSWORD: 'x' } })).toMatchObject({ exitCode: 0 });
  });

  test('writes a project that is right, and says what to do next', async () => {
    const app = await startNotes();
    const ran = await runInline({ '.gitignore': 'dist' }, ['init', '--url', app.url, ...COMPLETE]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain(`${app.url} answers.`);
    expect(ran.stdout).toContain('npx intentwright run add-a-note');
    expect(ran.stdout).not.toContain('Fill in');
    expect(ran.read('.gitignore')).toBe('dist\n.intentwright/\n');
    expect(await runInline({}, ['check'], { dir: ran.dir })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('says so when the application does not answer, and what is only an example', async () => {
    const ran = await runInline({}, ['init', '--url', 'localhost:9', '--yes']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('http://localhost:9 does not answer now');
    expect(ran.stdout).toContain('Fill in intents/add-a-note.intent.yaml');
    expect((await runInline({}, ['check'], { dir: ran.dir })).exitCode).toBe(0);
  });

  test('overwrites nothing', async () => {
    const config = await runInline({ 'intentwright.config.ts': 'mine' }, ['init', '--url', 'http://localhost:9', '--yes']);
    expect(config).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('intentwright.config.ts here already') });
    const intent = await runInline({ 'intents/add-a-note.intent.yaml': 'mine' }, ['init', '--url', 'http://localhost:9', '--yes']);
    expect(intent.exitCode).toBe(2);
    expect(intent.has('intentwright.config.yaml')).toBe(false);
    expect(intent.read('intents/add-a-note.intent.yaml')).toBe('mine');
  });

  test.each(['ftp://files.example', 'http://', 'not an address'])('%s is no address', async (url) => {
    expect(await runInline({}, ['init', '--url', url, '--yes'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no address'),
    });
  });
});

describe('new', () => {
  test('writes a file to fill in, once', async () => {
    const dir = await newFolder();
    await runInline({}, ['init', '--url', 'http://localhost:9', '--yes'], { dir });
    const first = await runInline({}, ['new', 'rename-note', '--title', 'Rename: a note'], { dir });
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('intents/rename-note.intent.yaml') });
    expect(first.read('intents/rename-note.intent.yaml')).toContain('intent: "Rename: a note"');
    expect(await runInline({}, ['new', 'rename-note'], { dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is there already'),
    });
    const check = await runInline({}, ['check'], { dir });
    expect(check).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/rename-note\.intent\.yaml:\d+:\d+ error .*some-invariant/) });
  });
});

describe('sentences', () => {
  const written = (...sentences: string[]) => ({
    ...notesProject('http://127.0.0.1:9'),
    'intents/add-note.intent.yaml': `intent: Add a note\nvars: { note: "note \${run.id}" }\njourney:\n${sentences.map((text) => `  - ${text}\n`).join('')}then:\n  - note-is-stored: { note: "\${note}" }\n`,
  });

  test('explain shows how they are read, variables by name, and starts nothing', async () => {
    const ran = await runInline(written('Open the list, add the note "${note}" and wait until the import is done', 'system: wait 2s'), [
      'explain',
      'add-note',
    ]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout.split('\n').slice(3)).toEqual([
      '1 user: Open the list, add the note "${note}" and wait until the import is done',
      '    open · list',
      '    have it done: add · with ${note} as note',
      '    wait until · import done',
      '',
      '2 system: wait 2s',
      '    let 2.0 s pass',
      '',
    ]);
    expect(ran.has('.intentwright')).toBe(false);
    expect(await runInline({}, ['explain', 'ad-note'], { dir: ran.dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "add-note"'),
    });
  });

  test('check warns of those that the embedded agent may not read, with place and fix, and goes on', async () => {
    const ran = await runInline(written('Frobnicate "${note}"', 'Verify that "${note}" is there', 'Add the note "${note}"'), ['check']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('no problems, 2 warnings');
    expect(ran.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^intents\/add-note\.intent\.yaml:4:5 warning .*has no verb: say what is to be done$/),
      expect.stringMatching(
        /^intents\/add-note\.intent\.yaml:5:5 warning it asks for a look at the page, which proves nothing: put what must be true under `then`, as an invariant$/,
      ),
    ]);
    expect((await runInline({}, ['explain', 'add-note'], { dir: ran.dir })).exitCode).toBe(1);
    const modelOnly = await runInline(
      {
        'intentwright.config.yaml': `${notesProject('http://127.0.0.1:9')['intentwright.config.yaml']}agents: { chain: [replay, relocate] }\n`,
      },
      ['check'],
      { dir: ran.dir },
    );
    expect(modelOnly).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('schema', () => {
  test('writes the schemas that the files name', async () => {
    const ran = await runInline({}, ['schema', 'out']);
    expect(ran.exitCode).toBe(0);
    const names = ran.stdout.trim().split('\n');
    expect(names.toSorted()).toEqual(['config', 'fixtures', 'intent', 'invariants', 'result'].map((name) => `out/${name}.schema.json`));
    for (const name of names) expect(JSON.parse(ran.read(name))).toMatchObject({ $schema: expect.stringContaining('json-schema.org') });
  });
});
