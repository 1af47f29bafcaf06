import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const servers: Server[] = [];
// Tests that run at once have no end of their own to wait for.
afterAll(() => servers.forEach((server) => server.close()));

/** Whoever is told something: a chat, a collector. */
async function startEar(
  status = 200,
): Promise<{ url: string; heard: { path: string; headers: NodeJS.Dict<string | string[]>; json: unknown }[] }> {
  const heard: { path: string; headers: NodeJS.Dict<string | string[]>; json: unknown }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        heard.push({ path: request.url ?? '', headers: request.headers, json: JSON.parse(Buffer.concat(chunks).toString()) });
        response.writeHead(status).end('ok');
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe.concurrent('where else a run is told', () => {
  test('to dashboards, to GitHub, to a collector and to a chat whose address is kept nowhere', async ({ expect }) => {
    const app = await startNotes();
    app.faults.forgets = true;
    const [chat, collector] = [await startEar(), await startEar()];
    const secret = '/services/T000/B000/verysecret';
    const ran = await runInline(
      { ...notesProject(app.url), 'summary.md': 'before\n' },
      [
        'run',
        '--reports',
        'ctrf,allure,gitlab,github,otlp',
        '--notify',
        `${chat.url}${secret}`,
        '--link',
        'https://ci.test/runs/7',
        '--report',
        'out',
      ],
      {
        env: {
          GITHUB_ACTIONS: 'true',
          GITHUB_STEP_SUMMARY: 'summary.md',
          OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/otel/`,
          OTEL_EXPORTER_OTLP_HEADERS: 'x-team=quality%20people',
        },
      },
    );
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    for (const file of [
      'result.json',
      'junit.xml',
      'html/index.html',
      'markdown/index.md',
      'ctrf.json',
      'allure-results',
      'gl-code-quality.json',
      'github-summary.md',
      'github-comment.md',
      'github-annotations.txt',
      'otlp.json',
    ])
      expect(ran.has(`out/${file}`), file).toBe(true);
    expect(ran.read('summary.md')).toMatch(/^before\n# .*is broken/);
    expect(ran.stdout).toMatch(/^::error file=intents\/add-note\.intent\.yaml,line=\d+,title=/m);
    expect(collector.heard).toMatchObject([
      {
        path: '/otel/v1/traces',
        headers: { 'x-team': 'quality people', 'content-type': 'application/json' },
        json: { resourceSpans: [{}] },
      },
    ]);
    expect(chat.heard).toMatchObject([{ path: secret, json: { text: expect.stringContaining('is broken') } }]);
    expect(JSON.stringify(chat.heard[0]!.json)).toContain('<https://ci.test/runs/7|report>');
    const kept = files(ran.dir).filter((file) => statSync(file).size < 5e6 && readFileSync(file).includes('verysecret'));
    expect(kept).toEqual([]);
  });

  test('a green run bothers no chat, unless it is to be told of every run; a chat that is down fails no run', async ({ expect }) => {
    const app = await startNotes();
    const chat = await startEar();
    const { dir } = await runInline(notesProject(app.url), ['run', '--notify', chat.url]);
    expect(chat.heard).toEqual([]);
    const told = await runInline({}, ['report', '--notify-when', 'always'], { dir, env: { INTENTWRIGHT_NOTIFY: chat.url } });
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    expect(chat.heard).toHaveLength(1);
    const broken = await startEar(500);
    const refused = await runInline({}, ['report', '--notify', `${broken.url}/hook/verysecret`, '--notify-when', 'always'], { dir });
    expect(refused).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('the chat could not be told: 127.0.0.1:') });
    expect(refused.stderr).not.toContain('verysecret');
    expect(await runInline({}, ['report', '--reports', 'ctfr'], { dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"ctfr" is no report; known: ctrf, allure, gitlab, github, otlp'),
    });
    expect(await runInline({}, ['report', '--notify', 'javascript:alert(1)'], { dir })).toMatchObject({ exitCode: 2 });
  });

  test('every sentence names the events it rests on, and they are there', async ({ expect }) => {
    const app = await startNotes();
    app.faults.forgets = true;
    const { dir } = await runInline(notesProject(app.url), ['run']);
    const { stdout } = await runInline({}, ['report', '--why'], { dir });
    const named = [...stdout.replace(/\s+/g, ' ').matchAll(/\[events ([\d, ]+)/g)].flatMap(([, list]) =>
      list!
        .split(',')
        .map((seq) => seq.trim())
        .filter(Boolean),
    );
    const shown = new Set([...stdout.matchAll(/^#(\d+) \+[\d.]+ s \S/gm)].map(([, seq]) => seq));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((seq) => !shown.has(seq))).toEqual([]);
  });
});
