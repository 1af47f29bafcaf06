import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright';

const known = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** The browser of this machine where Playwright brought none. */
export function findChromium(): LaunchOptions {
  const executablePath = known.find(existsSync);
  return { ...(executablePath ? { executablePath } : {}), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}
