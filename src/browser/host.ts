import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright';
import type { Config } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { resolverRules } from './fence.ts';
import { findBrowser, type FoundBrowser } from './find.ts';
import { playwright } from './library.ts';
import { pageScripts, type PageScripts } from './page-script.ts';
import type { ActorSession, BrowserHost, OpenActorOptions } from './port.ts';
import { prepareSession } from './open.ts';

export { findBrowser } from './find.ts';

/** Loads what launching a browser needs; done by launching, too. */
export const loadBrowserLibrary = (): void => void playwright();

/** Nothing that calls home, nothing that asks, nothing that throttles. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--no-default-browser-check',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--metrics-recording-only',
  '--deny-permission-prompts',
];
const LAUNCH_MS = 30_000;

export interface LaunchOptions {
  config: Config['browser'];
  /** Hosts of the application, each with its port where one is known, or origins, or "origin address" where it is known what its name must lead to: no other name resolves. */
  hosts: string[];
  env: NodeJS.ProcessEnv;
  /** Longest time a page may take to answer, ms. */
  hangMs?: number;
}

/** Where the browser is another machine's. */
const REMOTE: FoundBrowser = { executable: 'a Playwright server', shell: false, from: 'config' };

/**
 * Launches the browser of a run.
 * @throws IntentwrightError BROWSER_MISSING, BROWSER_CRASHED
 */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserHost> {
  const found = options.config.endpoint === undefined ? findBrowser({ config: options.config, env: options.env }) : REMOTE;
  const launching = launch(found, options);
  const [browser, scripts] = await Promise.all([launching, pageScripts(`iw${randomBytes(12).toString('hex')}`)]).catch(
    async (error: unknown) => {
      await launching.then((started) => started.close()).catch(() => undefined);
      throw error;
    },
  );
  return new Host(browser, found, options, scripts);
}

class Host implements BrowserHost {
  readonly #found: FoundBrowser;
  readonly #options: LaunchOptions;
  readonly #scripts: PageScripts;
  #browser: Promise<Browser>;
  #version: string;
  #closed = false;

  constructor(browser: Browser, found: FoundBrowser, options: LaunchOptions, scripts: PageScripts) {
    this.#browser = Promise.resolve(browser);
    this.#version = browser.version();
    this.#found = found;
    this.#options = options;
    this.#scripts = scripts;
  }

  get version(): string {
    return `${this.#found.shell ? 'chromium-headless-shell' : 'chromium'} ${this.#version}`;
  }

  async openActor(options: OpenActorOptions): Promise<ActorSession> {
    const session = await this.prepareActor(options);
    await session.begin();
    return session;
  }

  async prepareActor(options: OpenActorOptions): Promise<ActorSession> {
    const browser = await this.#alive();
    try {
      return await prepareSession(browser, options, {
        scripts: this.#scripts,
        ...(this.#options.hangMs === undefined ? {} : { hangMs: this.#options.hangMs }),
      });
    } catch (error) {
      if (IntentwrightError.is(error) || browser.isConnected()) throw error;
      throw new IntentwrightError('BROWSER_CRASHED', 'the browser died while a context was being opened', { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const browser = await this.#browser.catch(() => undefined);
    await browser?.close().catch(() => undefined);
  }

  /** The browser, launched again when it has died. */
  async #alive(): Promise<Browser> {
    if (this.#closed) throw new IntentwrightError('INTERNAL', 'the browser was closed already');
    const browser = await this.#browser.catch(() => undefined);
    if (browser?.isConnected()) return browser;
    const relaunched = launch(this.#found, this.#options);
    this.#browser = relaunched;
    this.#version = (await relaunched).version();
    return relaunched;
  }
}

async function launch(found: FoundBrowser, options: LaunchOptions): Promise<Browser> {
  if (options.config.endpoint !== undefined) return launchRemote(options.config.endpoint, options);
  const root = process.getuid?.() === 0;
  try {
    return await playwright().chromium.launch({
      executablePath: found.executable,
      headless: options.config.headless,
      args: [...QUIET, ...(root ? ['--no-sandbox'] : []), fenceOf(options)],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: LAUNCH_MS,
      env: Object.fromEntries(Object.entries(options.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    });
  } catch (error) {
    throw new IntentwrightError('BROWSER_CRASHED', `${found.executable} did not start: ${messageOf(error)}`, {
      hint: 'intentwright doctor tells what is missing',
      cause: error,
    });
  }
}

const fenceOf = ({ hosts }: LaunchOptions): string => `--host-resolver-rules=${resolverRules(hosts)}`;

/** A browser that a Playwright server launches for us. One that it launched without our rules could reach any host, and is not used. */
async function launchRemote(endpoint: string, options: LaunchOptions): Promise<Browser> {
  const shown = endpoint.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  const wanted = {
    headless: options.config.headless,
    args: [...QUIET, '--no-sandbox', '--enable-automation', fenceOf(options)],
    ...(options.config.executable === undefined ? {} : { executablePath: options.config.executable }),
  };
  const browser = await playwright()
    .chromium.connect(endpoint, {
      timeout: LAUNCH_MS,
      headers: { 'x-playwright-browser': 'chromium', 'x-playwright-launch-options': JSON.stringify(wanted) },
    })
    .catch((error: unknown) => {
      throw new IntentwrightError('BROWSER_MISSING', `the Playwright server at ${shown} gave no browser: ${messageOf(error)}`, {
        hint: 'is it running, with the version of Playwright that is used here?',
        cause: error,
      });
    });
  try {
    const cdp = await browser.newBrowserCDPSession();
    const { arguments: given } = await cdp.send('Browser.getBrowserCommandLine');
    await cdp.detach();
    if (given.includes(fenceOf(options))) return browser;
  } catch {
    // What cannot be seen is as if it were not so.
  }
  await browser.close().catch(() => undefined);
  throw new IntentwrightError('BROWSER_MISSING', `the Playwright server at ${shown} does not keep its browser to the application's hosts`, {
    hint: 'start it with:  npx playwright run-server --unsafe  (it lets us say how the browser is launched)',
  });
}
