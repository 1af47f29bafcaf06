import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page, Request } from 'playwright';
import type { Config } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { pathTemplate } from '../core/path-template.ts';
import { findBrowser } from './find.ts';
import { playwright } from './library.ts';
import { pageScripts, type PageScripts } from './page-script.ts';
import type { PersonNote } from './page/follow.ts';
import { WORLD } from './world.ts';

export type { PersonNote } from './page/follow.ts';

/** What a person did, and what it sent: "POST /o/:id/invite". */
export interface PersonDeed extends PersonNote {
  commits: string[];
  /** How they answered what the browser itself asked because of it. */
  answers: DialogAnswer[];
}

/** An answer to an alert, a confirm or a prompt; `text` is what a prompt was given. */
export interface DialogAnswer {
  accept: boolean;
  text?: string;
}

export interface FollowOptions {
  /** Where the person begins. */
  url: string;
  config: Config['browser'];
  env: NodeJS.ProcessEnv;
  /** DevTools endpoint of a browser that runs already; one with a window is opened otherwise. */
  connect?: string;
  onDeed(deed: PersonDeed): void;
}

export interface Followed {
  /** Resolves when the person has closed the last page, or the browser. */
  readonly left: Promise<void>;
  close(): Promise<void>;
}

const TELL = 'intentwrightTell';

/**
 * Opens a page for a person and tells each thing they do, as the agents would tell it. What is typed into a secret field is never told.
 * @throws IntentwrightError BROWSER_MISSING, BROWSER_CRASHED, TARGET_UNREACHABLE
 */
export async function followPerson(options: FollowOptions): Promise<Followed> {
  const scripts = await pageScripts(`iw${randomBytes(12).toString('hex')}`);
  const browser = await open(options);
  try {
    const context = browser.contexts()[0] ?? (await browser.newContext({ viewport: null }));
    const trail = new Trail(new URL(options.url).origin, options.onDeed);
    await context.addInitScript({ content: scripts.hook });
    context.on('request', (request) => trail.sent(request));
    // Where nobody listens Playwright answers at once; here the person does.
    context.on('dialog', () => undefined);
    context.on('page', (page) => void attend(context, page, scripts, trail).catch(() => undefined));
    const page = await context.newPage();
    await attend(context, page, scripts, trail);
    await page.goto(options.url).catch((error: unknown) => {
      throw new IntentwrightError('TARGET_UNREACHABLE', `${options.url} could not be opened: ${messageOf(error)}`, { cause: error });
    });
    const left = new Promise<void>((resolve) => {
      browser.once('disconnected', () => resolve());
      context.once('close', () => resolve());
      page.once('close', () => resolve());
    });
    return { left, close: () => browser.close().catch(() => undefined) };
  } catch (error) {
    await browser.close().catch(() => undefined);
    throw error;
  }
}

async function open({ connect, config, env }: FollowOptions): Promise<Browser> {
  if (connect !== undefined) {
    return playwright()
      .chromium.connectOverCDP(connect)
      .catch((error: unknown) => {
        throw new IntentwrightError('BROWSER_MISSING', `no browser answers at ${connect}: ${messageOf(error)}`, {
          hint: 'start one with --remote-debugging-port=9222, or leave --connect out',
          cause: error,
        });
      });
  }
  const found = findBrowser({ config: { ...config, headless: false }, env });
  return playwright()
    .chromium.launch({
      executablePath: found.executable,
      headless: false,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    .catch((error: unknown) => {
      throw new IntentwrightError('BROWSER_CRASHED', `${found.executable} did not start: ${messageOf(error)}`, {
        hint: 'recording needs a screen, or a browser of your own: --connect http://127.0.0.1:9222',
        cause: error,
      });
    });
}

const attended = new WeakSet<Page>();

/** Has every document of a page tell what is done in it, from a world that the page's scripts cannot see. */
async function attend(context: BrowserContext, page: Page, scripts: PageScripts, trail: Trail): Promise<void> {
  if (attended.has(page)) return;
  attended.add(page);
  const cdp = await context.newCDPSession(page);
  cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === TELL) trail.told(JSON.parse(payload) as PersonNote);
  });
  let asked = '';
  cdp.on('Page.javascriptDialogOpening', ({ type }) => {
    asked = type;
  });
  cdp.on('Page.javascriptDialogClosed', ({ result, userInput }) => {
    if (asked !== 'beforeunload') trail.answered({ accept: result, ...(asked === 'prompt' && result ? { text: userInput } : {}) });
  });
  await cdp.send('Page.enable');
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: TELL, executionContextName: WORLD });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page, worldName: WORLD, runImmediately: true });
}

/** Deeds in order, each with the requests that came after it and before the next. */
class Trail {
  readonly #origin: string;
  readonly #tell: (deed: PersonDeed) => void;
  #last: PersonDeed | undefined;

  constructor(origin: string, tell: (deed: PersonDeed) => void) {
    this.#origin = origin;
    this.#tell = tell;
  }

  told(note: PersonNote): void {
    this.#last = { ...note, commits: [], answers: [] };
    this.#tell(this.#last);
  }

  answered(answer: DialogAnswer): void {
    this.#last?.answers.push(answer);
  }

  sent(request: Request): void {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method()) || !this.#last) return;
    const url = new URL(request.url());
    const line = `${request.method()} ${pathTemplate(url.pathname)}`;
    if (url.origin === this.#origin && !this.#last.commits.includes(line)) this.#last.commits.push(line);
  }
}
