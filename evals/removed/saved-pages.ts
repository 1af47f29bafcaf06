// Pages of running applications, kept as documents without scripts: what they look like, and nothing that they do.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright';
import { pathTemplate } from '../../src/core/path-template.ts';
import { root } from '../suite.ts';

export interface SavedPage {
  app: string;
  path: string;
  html: string;
}

interface Running {
  name: string;
  url: string;
  /** Where to begin, each with its cookies. */
  doors: { path: string; cookie?: string; most?: number }[];
  stop(): Promise<void>;
}

const MOST_PAGES = 24;
const MOST_OPENED = 3;

/** Walks through the pages that links lead to, one of each kind, and through the dialogs and menus that their buttons open. */
export async function savePages(browser: Browser, apps: (() => Promise<Running>)[]): Promise<SavedPage[]> {
  const saved: SavedPage[] = [];
  for (const start of apps) {
    const app = await start().catch((error: unknown) => {
      console.log(`left out: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (!app) continue;
    const before = saved.length;
    try {
      for (const door of app.doors) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
        if (door.cookie) {
          await context.addCookies(
            door.cookie.split('; ').map((one) => {
              const [name = '', value = ''] = one.split(/=(.*)/s);
              return { name, value, url: app.url };
            }),
          );
        }
        const page = await context.newPage();
        page.setDefaultTimeout(5000);
        await walk(page, app, door.path, saved, door.most ?? MOST_PAGES);
        await context.close();
      }
    } finally {
      await app.stop();
    }
    console.log(`${app.name}: ${saved.length - before} pages`);
  }
  return saved;
}

async function walk(page: Page, app: Running, from: string, saved: SavedPage[], most: number): Promise<void> {
  const queue = [from];
  const seen = new Set<string>();
  let kept = 0;
  while (queue.length > 0 && kept < most) {
    const path = queue.shift()!;
    const key = `${pathTemplate(path.replace(/[?#].*$/, ''))}${pathTemplate(/#(.*)$/.exec(path)?.[1] ?? '')}${/[?]/.test(path) ? path.replace(/^[^?]*/, '').replace(/=[^&]*/g, '') : ''}`;
    if (seen.has(key) || saved.some((other) => other.app === app.name && other.path === path)) continue;
    seen.add(key);
    const opened = await open(page, app.url + path);
    if (!opened) continue;
    saved.push({ app: app.name, path, html: await documentOf(page) });
    kept++;
    queue.push(...(await linksOf(page)).filter((link) => !/log-?out|sign-?out|delete|\.(?:csv|pdf|png|json)\b/i.test(link)));
    for (let index = 0; index < MOST_OPENED; index++) {
      const changed = await openSomething(page, index);
      if (changed) saved.push({ app: app.name, path, html: await documentOf(page) });
      if (changed !== undefined && !(await open(page, app.url + path))) break;
    }
  }
}

async function open(page: Page, url: string): Promise<boolean> {
  await page.goto('about:blank');
  const answer = await page.goto(url, { waitUntil: 'load' }).catch(() => null);
  if ((answer && answer.status() >= 400) || !page.url().startsWith('http')) return false;
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  return true;
}

const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
      .filter((link) => link.origin === location.origin)
      .map((link) => link.pathname + link.search + (link.hash.startsWith('#/') ? link.hash : '')),
  );

/** Presses the so-manieth button that promises a menu or a form; true when the page changed, undefined when there is no such button. */
async function openSomething(page: Page, index: number): Promise<boolean | undefined> {
  const buttons = page
    .locator('button:visible, [role=button]:visible')
    .filter({ hasText: /…$|^\s*(?:\+|new|add|edit|invite|create|more|rename|⋮|⋯)/i })
    .or(page.locator('[aria-haspopup]:visible'));
  if ((await buttons.count()) <= index) return undefined;
  const before = await page.evaluate(() => document.body.innerHTML.length);
  const at = page.url();
  await buttons
    .nth(index)
    .click({ timeout: 1500 })
    .catch(() => undefined);
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
  return page.url() === at && (await page.evaluate(() => document.body.innerHTML.length)) !== before;
}

/** The document as it stands: values as attributes, styles inside, scripts gone. */
const documentOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    for (const field of document.querySelectorAll('input, textarea, option')) {
      if (field instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(field.type)) field.toggleAttribute('checked', field.checked);
      else if (field instanceof HTMLInputElement && field.type !== 'file') field.setAttribute('value', field.value);
      else if (field instanceof HTMLTextAreaElement) field.textContent = field.value;
      else if (field instanceof HTMLOptionElement) field.toggleAttribute('selected', field.selected);
    }
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.setAttribute('aria-modal', 'true');
    const rules = [...document.styleSheets]
      .map((sheet) => {
        try {
          return [...sheet.cssRules].map((rule) => rule.cssText).join('\n');
        } catch {
          return '';
        }
      })
      .join('\n');
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const gone of copy.querySelectorAll('script, noscript, style, link, base, meta, iframe')) gone.remove();
    for (const element of copy.querySelectorAll('*'))
      for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.removeAttribute(name);
    const style = document.createElement('style');
    style.textContent = rules;
    copy.querySelector('head')?.append(style);
    return `<!doctype html>${copy.outerHTML}`;
  });

/** One of the applications of `evals/outside`, seeded. */
export const outside = (name: string) => async (): Promise<Running> => {
  const { url, stop } = await begin(name, [process.execPath, 'server.mjs'], join(root, 'evals/outside', name));
  const seeded = await post(`${url}/test/seed`, { run: 'saved', basket: true, pending: true });
  const cookies = sessionsIn(seeded);
  return { name, url, doors: cookies.slice(0, 2).map((cookie) => ({ path: '/', cookie })), stop };
};

/** Teamspace, as an owner of a team sees it and as a visitor does. */
export const teamspace = async (): Promise<Running> => {
  const { url, stop, said } = await begin('Teamspace', [process.execPath, 'demo/start.ts'], root);
  const seeded = await post(
    `${url}/test/seed`,
    { kind: 'org-with-team', workflow: 'saved', with: { plan: 'pro', records: 12 } },
    { authorization: `Bearer ${String(said['token'])}` },
  );
  const { path, owner } = seeded as unknown as { path: string; owner?: { session: string } };
  return {
    name: 'Teamspace',
    url,
    doors: [{ path, ...(owner ? { cookie: owner.session } : { cookie: sessionsIn(seeded)[0]! }) }, { path: '/' }],
    stop,
  };
};

/** What only a person who is signed in sees of a wiki: forms of many fields, and buttons that do something. */
const WIKI_FORMS = [
  'Special:Preferences',
  'Special:Block/Reader1',
  'Special:UserRights/Editor1',
  'Special:MovePage/Main_Page',
  'Special:Upload',
  'Special:Export',
  'Special:EmailUser/Editor1',
  'Special:Log',
  'Special:Contributions/Admin',
]
  .map((title) => `/index.php/${title}`)
  .concat(['edit', 'protect', 'history', 'info', 'purge'].map((action) => `/index.php?title=Main_Page&action=${action}`));

/** MediaWiki, started by the script of a folder; with WIKI_PASSWORD also as its administrator sees it. */
export const mediawiki = (folder: string) => async (): Promise<Running> => {
  const data = await mkdtemp(join(tmpdir(), 'iw-removed-wiki-'));
  const [port, smtp] = [await freePort(), await freePort()];
  await new Promise<void>((resolve, reject) => {
    const child = spawn('bash', [join(folder, 'start.sh'), data, String(port), String(smtp)], {
      stdio: 'ignore',
      env: { WIKI_PASSWORD: 'saved-pages-1', ...process.env },
    });
    child.once('error', reject).once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`MediaWiki did not start (${code})`))));
  });
  const stop = async (): Promise<void> => {
    await promisify(execFile)('bash', [join(folder, 'stop.sh'), data]).catch(() => undefined);
    await rm(data, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const cookie = process.env['WIKI_PASSWORD']
    ? await wikiSession(url, process.env['WIKI_PASSWORD']).catch(async (error: unknown) => {
        await stop();
        throw error;
      })
    : undefined;
  return {
    name: 'MediaWiki',
    url,
    doors: [
      { path: '/' },
      { path: '/index.php/Special:SpecialPages' },
      ...(cookie ? WIKI_FORMS.map((path) => ({ path, cookie, most: 1 })) : []),
    ],
    stop,
  };
};

/** The cookies of Admin, by the wiki's own API. */
async function wikiSession(url: string, password: string): Promise<string> {
  const kept = new Map<string, string>();
  const call = async (
    fields: Record<string, string>,
  ): Promise<{ login?: { result: string }; query?: { tokens: { logintoken: string } } }> => {
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${url}/api.php`, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ ...fields, format: 'json' }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      kept.set(name!, value!);
    }
    return (await answer.json()) as Awaited<ReturnType<typeof call>>;
  };
  const { query } = await call({ action: 'query', meta: 'tokens', type: 'login' });
  const { login } = await call({ action: 'login', lgname: 'Admin', lgpassword: password, lgtoken: query?.tokens.logintoken ?? '' });
  if (login?.result !== 'Success') throw new Error(`MediaWiki: Admin cannot sign in (${login?.result ?? 'no answer'})`);
  return [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
}

async function begin(
  name: string,
  [command, ...args]: string[],
  cwd: string,
): Promise<{ url: string; said: Record<string, unknown>; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(command!, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', SMTP_PORT: '0', DEFECTS: '', UI: '' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = await new Promise<Record<string, unknown>>((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const line = text.split('\n').find((one) => one.includes('"ready"'));
      if (line) resolve(JSON.parse(line) as Record<string, unknown>);
    });
    child.once('exit', (code) => reject(new Error(`${name} ended (${code}) before it was ready`)));
  });
  return {
    url: String(said['url']),
    said,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function post(url: string, json: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(json),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

function sessionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'session' && typeof inner === 'string' ? [inner] : sessionsIn(inner)));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
