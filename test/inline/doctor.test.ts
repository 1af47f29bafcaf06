import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const CONFIG = 'intentwright.config.yaml';
const rows = (stdout: string): Record<string, string> =>
  Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const match = /^([✓✗-]) (\S+)/.exec(line);
      return match ? [[match[2]!, match[1]!]] : [];
    }),
  );

describe('doctor', () => {
  test('finds nothing to mend where a run would work', async () => {
    const app = await startNotes();
    const ran = await runInline(notesProject(app.url), ['doctor']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(rows(ran.stdout)).toEqual({ Node: '✓', browser: '✓', disk: '✓', files: '✓', application: '✓' });
    expect(ran.has('.intentwright')).toBe(false);
  });

  test('says what is missing with the fix, and what could not be checked for it', async () => {
    const ran = await runInline(
      {
        ...notesProject('http://127.0.0.1:9'),
        [CONFIG]: 'targets: { local: { url: "http://127.0.0.1:9" } }\nconnections: { api: { http: {} } }\nbrowser: { channel: msedge }\n',
      },
      ['doctor'],
    );
    expect(ran.exitCode).toBe(3);
    expect(rows(ran.stdout)).toEqual({ Node: '✓', browser: '✗', disk: '✓', files: '✓', application: '✗', api: '-' });
    expect(ran.stdout).toContain('npx playwright install msedge');
  });

  test('starts the application when the config says how, asks its connections, and stops it', async () => {
    const script =
      'const s = require("node:http").createServer((q, a) => a.end("{}")).listen(0, "127.0.0.1", () => console.log(JSON.stringify({ ready: true, url: "http://127.0.0.1:" + s.address().port })))';
    const config =
      'targets:\n  local: { url: "${app.url}", start: { command: [node, server.cjs] } }\nconnections:\n  api: { http: { url: "${app.url}" } }\n  db: { sql: { sqlite: not-there.sqlite } }\n';
    const ran = await runInline({ ...notesProject('x'), [CONFIG]: config, 'server.cjs': script }, ['doctor']);
    expect(ran.exitCode).toBe(3);
    expect(rows(ran.stdout)).toMatchObject({ application: '✓', api: '✓', db: '✗' });
    expect(ran.stdout).toContain('started; answers at');
  });

  test('a connection that refuses our credentials is said as what it is', async () => {
    const server = createServer((_, response) => void response.writeHead(401).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ran = await runInline(
      { ...notesProject(url), [CONFIG]: `targets: { local: { url: "${url}" } }\nconnections: { api: { http: {} } }\n` },
      ['doctor'],
    );
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toMatch(/✗ api .*401/);
  });

  test('asks a model that is configured, and says when its key is wrong', async () => {
    const server = createServer(
      (_, response) => void response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"bad key"}}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files = {
      ...notesProject(url),
      [CONFIG]: `targets: { local: { url: "${url}" } }\nagents: { model: { model: small, baseUrl: "${url}/v1", keyEnv: MODEL_KEY } }\n`,
    };
    const ran = await runInline(files, ['doctor'], { env: { MODEL_KEY: 'wrong-key' } });
    expect(ran.exitCode).toBe(3);
    expect(rows(ran.stdout)).toMatchObject({ model: '✗', application: '✓' });
    expect(ran.stdout).not.toContain('wrong-key');
    expect(await runInline(files, ['run'], { env: { MODEL_KEY: 'wrong-key' } })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('MODEL_DENIED'),
    });
    expect(await runInline(files, ['run'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('MODEL_KEY') });
  });

  test('broken files are the files’ fault', async () => {
    expect(await runInline({ [CONFIG]: 'targets: 1\n' }, ['doctor'])).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('intentwright check'),
    });
    expect(await runInline({}, ['doctor'])).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('intentwright init') });
  });
});
