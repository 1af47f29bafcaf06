import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notesProject } from './notes-project.ts';
import { startNotes } from './notes-app.ts';
import { newFolder, runInline, writeFiles } from './run-inline.ts';

const SECRET = 'canary-3f9a77c1';
const settings = { seats: 5 };
let dir = '';
/** The back office that the config asks: what it answers is a secret of its side. */
const office = createServer(
  (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...settings, key: SECRET })),
);

beforeAll(async () => {
  const app = await startNotes();
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve));
  dir = await newFolder();
  const files = notesProject(app.url);
  const config =
    (files['intentwright.config.yaml'] ?? '') +
    `connections:
  app: { http: {} }
  office: { http: { url: "http://127.0.0.1:${(office.address() as AddressInfo).port}" } }
parity:
  against: production.yaml
  dependencies: { mail: stubbed, payments: simulated }
  facts:
    limits: { http: { on: office, path: / }, touches: [limits] }
`;
  const intent = (files['intents/add-note.intent.yaml'] ?? '').replace(/^intent: .*\n/, '');
  const about = (title: string, touches: string): string => `intent: ${title}\ntouches: [${touches}]\n${intent}`;
  await writeFiles(dir, {
    ...files,
    'intentwright.config.yaml': config,
    'invariants/notes.yaml': (files['invariants/notes.yaml'] ?? '').replace('http: {', 'http: { on: app,'),
    'intents/add-note.intent.yaml': about('Add a note', 'notes, payments'),
    'intents/limited.intent.yaml': about('Add a note within limits', 'limits'),
    'intents/mailed.intent.yaml': about('Add a note by mail', 'mail'),
  });
});
afterAll(() => void office.close());

const env = { INTENTWRIGHT_PARITY_KEY: 'a key of both sides', CI: 'true' };
const run = (...args: string[]) => runInline({}, args, { dir, env });

describe('parity, on the command line', () => {
  test('a snapshot is written, holds no value, and the environment is like itself', async () => {
    const taken = await run('parity', 'snapshot');
    expect(taken).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^production\.yaml: \d+ facts of local\./) });
    expect(taken.read('production.yaml')).not.toMatch(new RegExp(`${SECRET}|a key of both sides`));
    const { exitCode, stdout } = await run('parity');
    expect(stdout).toMatch(/\d+ facts compared with production\.yaml: \d+ alike, 0 different, 0 unknown/);
    expect(exitCode).toBe(0);
  });

  test('what differs takes away the passes of intents that touch it, and of no others; the narrative says which', async () => {
    writeFileSync(
      join(dir, 'production.yaml'),
      (await run('parity', 'snapshot'))
        .read('production.yaml')
        .replace('"mail":"stubbed","payments":"simulated"', '"mail":"real","payments":"real"'),
    );
    settings.seats = 9;
    const compared = await run('parity', '--json');
    expect(compared.exitCode).toBe(1);
    expect(
      (JSON.parse(compared.stdout) as { findings: { fact: string; state: string; says: string }[] }).findings.filter(
        ({ state }) => state !== 'same',
      ),
    ).toEqual([
      expect.objectContaining({ fact: 'limits', state: 'different', says: 'body.seats differs' }),
      expect.objectContaining({ fact: 'dependency:mail', state: 'different', says: 'mail is stubbed here and real there' }),
      expect.objectContaining({ fact: 'dependency:payments', state: 'simulated', says: 'payments is simulated here and real there' }),
    ]);
    const { exitCode, result, stdout, read } = await run('run', '--report', 'out');
    expect(exitCode).toBe(1);
    expect(result!.intents.map(({ id, status, cause }) => `${id} ${status} ${cause}`).toSorted()).toEqual([
      'add-note passed null',
      'limited unproven environment',
      'mailed unproven environment',
    ]);
    expect(result!.intents.find(({ id }) => id === 'limited')!.sentence).toBe(
      'Everything held here, but that proves nothing elsewhere: limits body.seats differs.',
    );
    expect(read('out/markdown/mailed.md')).toContain('Not as in `production.yaml`: `dependency:mail` mail is stubbed here and real there.');
    expect(read('out/html/intents/add-note.html')).toContain('payments is simulated here');
    for (const text of [
      stdout,
      compared.stdout,
      read('out/markdown/limited.md'),
      read('out/result.json'),
      read('out/html/intents/limited.html'),
    ])
      expect(text).not.toContain(SECRET);
    expect((await run('recheck')).exitCode).toBe(0);
  });

  test('what is not known takes a pass away as well; no snapshot, no run', async () => {
    const blind = await runInline({}, ['run', 'limited'], { dir, env: { CI: 'true' } });
    expect(blind).toMatchObject({
      exitCode: 1,
      result: { intents: [{ status: 'unproven', sentence: expect.stringContaining('is not known to be alike') }] },
    });
    const gone = await run('run', 'add-note', '--against', 'nowhere.yaml');
    expect(gone).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/there is no snapshot nowhere\.yaml, and no target of that name\n.*parity snapshot/),
    });
    writeFileSync(join(dir, 'odd.yaml'), 'parity: 1\ntarget: x\ntakenAt: y\nfacts: { a: { valeu: 1 } }\n');
    expect(await run('parity', '--against', 'odd.yaml')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/SPEC_INVALID .*odd\.yaml:4/),
    });
  });
});
