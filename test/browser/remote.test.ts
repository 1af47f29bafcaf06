import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { afterAll, describe, test } from 'vitest';
import { findBrowser } from '../../src/browser/find.ts';
import { startNotes } from '../inline/notes-app.ts';
import { notesProject } from '../inline/notes-project.ts';
import { runInline } from '../inline/run-inline.ts';

const servers: ChildProcess[] = [];
afterAll(() => {
  for (const server of servers) server.kill();
});

/** Playwright's own server; resolves to its address. */
function startServer(args: string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../node_modules/playwright/cli.js'), 'run-server', '--host', '127.0.0.1', '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  servers.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const address = /ws:\/\/\S+/.exec(text)?.[0];
      if (address) resolve(address);
    });
  });
}

const { executable } = findBrowser({ config: { channel: 'headless-shell', headless: true }, env: process.env });
const project = (url: string): Record<string, string> => {
  const files = notesProject(url);
  return {
    ...files,
    'intentwright.config.yaml': files['intentwright.config.yaml']!.replace(
      'channel: headless-shell',
      `channel: headless-shell, executable: "${executable}"`,
    ),
  };
};

describe.concurrent('a browser on another machine', () => {
  test('carries a journey out, kept to the application’s hosts', async ({ expect }) => {
    const app = await startNotes();
    const endpoint = await startServer(['--unsafe']);
    const ran = await runInline(project(app.url), ['run', '--browser-endpoint', endpoint]);
    expect(ran.result?.intents[0], ran.stderr).toMatchObject({ status: 'passed' });
  });

  test('is not used where nothing keeps it to them', async ({ expect }) => {
    const app = await startNotes();
    const server = await chromium.launchServer({ executablePath: executable, args: ['--no-sandbox'] });
    const ran = await runInline(project(app.url), ['run', '--browser-endpoint', server.wsEndpoint()]);
    await server.close();
    expect(ran.exitCode).toBe(3);
    expect(ran.read(`.intentwright/runs/${ran.result!.run}/events.jsonl`)).toContain('does not keep its browser to the application');
    expect(app.seen.filter((line) => line.startsWith('POST'))).toEqual([]);
  });
});
