import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openAttachments } from '../../../src/report/attachments.ts';
import { foldEvents } from '../../../src/report/fold.ts';
import { writeHtml } from '../../../src/report/html/write-html.ts';
import { findBrowser } from '../../../src/browser/find.ts';
import { allIntents, intents } from '../synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from '../synthetic/telling.ts';

const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
);
const folder = mkdtempSync(join(tmpdir(), 'html-report-'));
let browser: Browser;
let context: BrowserContext;

async function write(name: string, told: readonly ToldIntent[]): Promise<string> {
  const at = openAttachments(join(folder, name));
  const picture = await at.put(JPEG, 'jpg');
  const withPictures = structuredClone(told) as ToldIntent[];
  for (const { attempts } of withPictures)
    for (const { steps } of attempts) for (const step of steps ?? []) for (const act of step.acts ?? []) act.picture = picture;
  const out = join(folder, name, 'html');
  await writeHtml(foldEvents(await tellRun(withPictures)), out, at.folder);
  return out;
}

async function open(
  file: string,
  options: { width?: number; scheme?: 'light' | 'dark' } = {},
): Promise<{ page: Page; faults: string[]; requests: string[] }> {
  const [faults, requests]: [string[], string[]] = [[], []];
  context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 800 }, colorScheme: options.scheme ?? 'light' });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, faults, requests };
}

let all: string;
beforeAll(async () => {
  const found = findBrowser({ config: { channel: 'auto', headless: true }, env: process.env });
  browser = await chromium.launch({ executablePath: found.executable, args: ['--no-sandbox'] });
  all = await write('all', allIntents);
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const PAGES = [
  'index.html',
  'intents/invite-editor.html',
  'intents/upgrade-to-pro.html',
  'intents/import-csv.html',
  'intents/rename-workspace.html',
  'intents/two-admins.html',
];

describe('the HTML report', () => {
  test('has a page per intent and stands alone', () => {
    expect(readdirSync(join(all, 'intents')).sort()).toEqual(allIntents.map(({ id }) => `${id}.html`).sort());
    for (const file of PAGES) {
      const text = readFileSync(join(all, file), 'utf8');
      expect(text).toContain("default-src 'none'");
      expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(text).not.toMatch(/ style="| on\w+="|<script>|javascript:/);
    }
  });

  test.each(
    PAGES.flatMap(
      (file) =>
        [
          ['light', file],
          ['dark', file],
        ] as const,
    ),
  )('in %s, %s has no accessibility fault, no error, no outside request', async (scheme, file) => {
    const { page, faults, requests } = await open(join(all, file), { scheme });
    const { violations } = await new AxeBuilder({ page }).options({ preload: false }).analyze();
    expect(
      violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html} ${failureSummary}`)
            .join(' | ')}`,
      ),
    ).toEqual([]);
    expect(faults).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
  });

  test.each([320, 390, 768, 1280, 1920])('nothing runs out of the page at %i pixels', async (width) => {
    const { page } = await open(join(all, 'index.html'), { width });
    for (const file of PAGES) {
      await page.goto(pathToFileURL(join(all, file)).href);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        file,
      ).toBeLessThanOrEqual(0);
    }
  });

  test('pictures are shown, and one that is missing leaves no hole', async () => {
    const { page } = await open(join(all, 'intents/invite-editor.html'));
    await expect
      .poll(() => page.locator('.film img').evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth)))
      .toEqual([1, 1]);
    const told = structuredClone(intents.failed) as ToldIntent;
    told.attempts[0]!.steps![0]!.acts![0]!.picture = '../../../etc/passwd';
    const out = join(folder, 'missing', 'html');
    await writeHtml(foldEvents(await tellRun([told])), out, join(folder, 'nowhere'));
    expect(readFileSync(join(out, 'intents/invite-editor.html'), 'utf8')).not.toMatch(/<img|passwd/);
  });

  test('search and filters narrow the list, and say to how many', async () => {
    const { page } = await open(join(all, 'index.html'));
    await page.keyboard.press('/');
    await page.keyboard.type('payment OR nothing');
    await page.getByLabel('Search').fill('mail');
    const shown = (): Promise<string[]> => page.locator('.journey:visible .what a').allTextContents();
    expect(await shown()).toEqual(['Reset a password by mail']);
    expect(await page.getByRole('status').textContent()).toBe('1 of 11 journeys');
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: /^Failed/ }).uncheck();
    expect(await shown()).toHaveLength(8);
  });

  test('j, k, Enter and u go through the journeys without a mouse', async () => {
    const { page } = await open(join(all, 'index.html'));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL(/create-project\.html$/);
    await page.keyboard.press('u');
    await page.waitForURL(/index\.html$/);
  });

  test('the events behind each sentence are shown on demand', async () => {
    const { page } = await open(join(all, 'intents/invite-editor.html'));
    const events = page.locator('.facts.wrong .why').first();
    await expect.poll(() => events.isVisible()).toBe(false);
    await page.getByLabel(/event numbers/).check();
    expect(await events.isVisible()).toBe(true);
    expect(await events.textContent()).toMatch(/\[events \d+/);
  });

  test('is readable without its script', async () => {
    context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(all, 'index.html')).href);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await page.locator('.journey').count()).toBe(11);
  });
});

describe('text from pages and backends', () => {
  const HOSTILE =
    '"><img src=x onerror="document.title=\'pwned\'"><script>document.title="pwned"</script></title></style>${7*7} \u202egnp.exe\u001b[31m';

  test('runs nowhere, and its controls are shown', async () => {
    const told = structuredClone(intents.failed) as ToldIntent;
    const [attempt] = told.attempts;
    Object.assign(told, { title: HOSTILE, why: HOSTILE, owner: HOSTILE, touches: [HOSTILE] });
    const [step] = attempt!.steps!;
    Object.assign(step!, {
      title: HOSTILE,
      why: HOSTILE,
      page: HOSTILE,
      between: [HOSTILE],
      notices: [{ kind: 'alert" onclick="x', text: HOSTILE }],
      pageEvents: [{ kind: 'exception', text: HOSTILE }],
    });
    step!.acts!.forEach((act) => Object.assign(act, { line: HOSTILE, ok: false, error: HOSTILE, miss: 'gone' }));
    step!.requests!.forEach((request) => Object.assign(request, { template: HOSTILE, method: HOSTILE }));
    told.steps[0]!.text = HOSTILE;
    told.steps[0]!.actor = HOSTILE;
    Object.assign(attempt!.invariants![0]!.verdict, { says: HOSTILE, expected: HOSTILE, found: HOSTILE, diff: [HOSTILE] });
    attempt!.invariants![0]!.readings.push([22_500, 'final', { [HOSTILE]: HOSTILE }]);
    attempt!.lockfile = { state: 'proposed', file: HOSTILE, patch: `+${HOSTILE}`, why: HOSTILE };
    attempt!.causeWhy = HOSTILE;
    const out = await write('hostile', [told]);
    for (const file of ['index.html', 'intents/invite-editor.html']) {
      const { page, faults } = await open(join(out, file));
      expect(await page.title()).not.toBe('pwned');
      expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0);
      expect(faults).toEqual([]);
      const text = readFileSync(join(out, file), 'utf8');
      expect(text).not.toMatch(/[\u202e\u001b]/);
      expect(text).toContain('⟨U+202E⟩');
      await context.close();
    }
  });

  test('an intent’s name cannot leave the folder', async () => {
    const out = await write(
      'names',
      ['../../evil', 'con', 'a/b', 'ü'.repeat(300), 'x'].map((id) => ({ ...intents.passed, id })),
    );
    expect(readdirSync(join(out, 'intents'))).toHaveLength(5);
    expect(readdirSync(join(out, 'intents')).every((name) => /^[a-z0-9._-]{1,70}\.html$/.test(name) && name !== 'con.html')).toBe(true);
  });
});
