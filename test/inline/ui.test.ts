import { request } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../src/browser/find.ts';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { newFolder, type Ran, runInline, type Watched } from './run-inline.ts';

const INTENT = 'intents/add-note.intent.yaml';

/** The command with its page, in a project of two intents. Ended by Ctrl-C when `use` is done. */
async function withUi(url: string, use: (ui: { address: URL; token: string; dir: string; said(): string }) => Promise<void>): Promise<Ran> {
  const dir = await newFolder();
  const files = notesProject(url);
  const second = files[INTENT]!.replace('Add a note', 'Add another note').replace('note ${run.id}', 'other ${run.id}');
  let using: Promise<void> | undefined;
  let child: Watched | undefined;
  const ran = await runInline({ ...files, 'intents/add-other.intent.yaml': second }, ['ui'], {
    dir,
    watch(said) {
      child = said;
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(said.stdout)?.[0];
      if (address === undefined) return;
      using ??= use({ address: new URL(address), token: address.split('=')[1]!, dir, said: () => child!.stdout + child!.stderr }).finally(
        () => child!.kill('SIGINT'),
      );
      // Told by the await below.
      using.catch(() => undefined);
    },
  });
  await using;
  return ran;
}

async function openPage(address: URL): Promise<{ page: Page; faults: string[] }> {
  const { executable } = findBrowser({ config: { channel: 'headless-shell', headless: true }, env: process.env });
  const browser = await chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  onTestFinished(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 800 } })).newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(address.href);
  return { page, faults };
}

const ask = (
  address: URL,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: address.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (answer) => {
        let text = '';
        answer
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk;
            // The state never ends: its first line is enough.
            if (path === '/api/state' && text.includes('\n')) asked.destroy();
          })
          .on('close', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    asked.once('error', (error) => (asked.destroyed ? undefined : reject(error)));
    asked.end(options.body);
  });

describe('the page of a run', () => {
  test('shows it as it happens, starts one intent alone, and again when its file is saved', async () => {
    const app = await startNotes();
    const ran = await withUi(app.url, async ({ address, dir }) => {
      const { page, faults } = await openPage(address);
      await page.getByRole('button', { name: 'Run Add a note', exact: true }).click();
      await expect.poll(() => page.locator('main .lead').textContent(), { timeout: 20_000 }).toBe('passed');
      expect(page.url()).not.toContain('token');
      expect(app.notes).toHaveLength(1);
      await expect.poll(() => page.locator('.actor img').getAttribute('alt')).toContain('What user sees');
      expect(await page.locator('.steps .acts li').allTextContents()).toEqual(
        expect.arrayContaining([expect.stringContaining('click button "Add note"')]),
      );
      expect(await page.locator('.invs .mark').first().getAttribute('aria-label')).toBe('holds');
      expect(await page.locator('.intent').filter({ hasText: 'Add another note' }).locator('.mark').getAttribute('aria-label')).toBe(
        'waiting',
      );
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);

      await Promise.all([
        page.waitForResponse((answer) => answer.url().endsWith('/api/watch')),
        page.getByLabel('again when a file is saved').check(),
      ]);
      const file = join(dir, INTENT);
      await writeFile(file, notesProject(app.url)[INTENT]!.replace('Add the note', 'Remove the note').replace('within: 3s', 'within: 1s'));
      await expect.poll(() => page.locator('main .lead').textContent(), { timeout: 30_000 }).toMatch(/^blocked — /);
      expect(app.notes).toHaveLength(1);
      await writeFile(file, 'intent: [');
      await expect.poll(() => page.getByRole('status').textContent(), { timeout: 10_000 }).toContain('add-note.intent.yaml');
      expect(faults).toEqual([]);
    });
    expect(ran).toMatchObject({ exitCode: 0 });
  });

  test('answers nobody but the page at the printed address', async () => {
    const app = await startNotes();
    await withUi(app.url, async ({ address, token, said }) => {
      const headers = { authorization: `Bearer ${token}` };
      const json = { ...headers, 'content-type': 'application/json' };
      const origin = address.origin;
      const body = '{"ids":[]}';
      const statuses = await Promise.all([
        ask(address, '/'),
        ask(address, '/api/state', { headers }),
        ask(address, '/api/state'),
        ask(address, '/api/state', { headers: { authorization: `Bearer ${token}x` } }),
        ask(address, `/api/state?token=${token}`),
        ask(address, '/', { headers: { host: 'evil.test' } }),
        ask(address, '/api/state', { headers: { ...headers, host: `evil.test:${address.port}` } }),
        ask(address, '/api/state', { headers: { ...headers, origin: 'http://evil.test' } }),
        ask(address, '/api/state', { headers: { ...headers, origin: app.url } }),
        ask(address, '/api/run', { method: 'POST', headers: json, body }),
        ask(address, '/api/run', { method: 'POST', headers: { ...headers, origin, 'content-type': 'text/plain' }, body }),
        ask(address, '/api/run', { method: 'POST', headers: { ...json, origin }, body: '{"ids":["../x"]}' }),
        ask(address, '/api/run', { method: 'POST', headers: { ...json, origin }, body: 'no' }),
        ask(address, '/api/pictures/..%2f..%2fevents.jsonl', { headers }),
        ask(address, '/api/nothing', { method: 'POST', headers: { ...json, origin }, body }),
      ]);
      expect(statuses.map(({ status }) => status)).toEqual([200, 200, 401, 401, 401, 421, 421, 403, 403, 403, 403, 409, 400, 404, 404]);
      expect(statuses[0]!.text).not.toContain('Add a note');
      expect(said().split(token)).toHaveLength(2);
    });
    expect(app.notes).toEqual([]);
  });
});

test('run --watch runs again what a saved file belongs to, until Ctrl-C', async () => {
  const app = await startNotes();
  const dir = await newFolder();
  let saved = 0;
  const ran = await runInline(notesProject(app.url), ['run', '--watch'], {
    dir,
    watch({ stdout, kill }) {
      const waits = stdout.split('Waiting for a file to be saved').length - 1;
      if (waits === 1 && saved === 0) {
        saved = 1;
        void writeFile(join(dir, INTENT), notesProject(app.url)[INTENT]!.replace('Add the note', 'Please add the note'));
      } else if (waits === 2 && saved === 1) {
        saved = 2;
        kill('SIGINT');
      }
    },
  });
  expect({ code: ran.exitCode, said: ran.stdout }).toEqual({ code: 0, said: expect.anything() });
  expect(app.notes).toHaveLength(2);
  expect(ran.stdout.match(/1 passed, 0 failed/g)).toHaveLength(2);
});
