import type { Browser, BrowserContext } from 'playwright';

/** A context that is not closed by then is kept open by a page that hangs, ms. */
const CLOSE_MS = 5000;
const ASK_MS = 2000;

/** Closes a context. A page that hangs can keep it from closing: then its browser goes with it, by its process, and the host starts another. */
export async function closeContext(context: BrowserContext): Promise<void> {
  const closed = context.close().then(
    () => true,
    () => true,
  );
  if (await within(CLOSE_MS, closed)) return;
  await killBrowser(context.browser());
}

async function killBrowser(browser: Browser | null): Promise<void> {
  if (!browser?.isConnected()) return;
  const pid = await within(ASK_MS, pidOf(browser));
  if (pid === undefined) return;
  const gone = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
  await gone;
}

async function pidOf(browser: Browser): Promise<number | undefined> {
  try {
    const cdp = await browser.newBrowserCDPSession();
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.find(({ type }) => type === 'browser')?.id;
  } catch {
    return undefined;
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, ms, undefined);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
