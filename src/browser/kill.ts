import type { Browser } from 'playwright';

/** Ends a browser that no longer closes by itself: asked for its process, and killed by it. */
export async function killBrowser(browser: Browser | null): Promise<void> {
  if (!browser?.isConnected()) return;
  const pid = await Promise.race([pidOf(browser), new Promise<undefined>((resolve) => setTimeout(resolve, 2000, undefined))]);
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
