import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Config } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';

type BrowserConfig = Pick<Config['browser'], 'channel' | 'executable' | 'headless'>;

export interface FoundBrowser {
  executable: string;
  /** The small Chromium without a window: three times the throughput. */
  shell: boolean;
  from: 'config' | 'playwright' | 'system';
}

type Kind = 'headless-shell' | 'chromium' | 'chrome' | 'msedge';

const ON_PATH: Record<Kind, string[]> = {
  'headless-shell': ['chromium-headless-shell', 'chrome-headless-shell'],
  chromium: ['chromium', 'chromium-browser'],
  chrome: ['google-chrome', 'google-chrome-stable', 'chrome'],
  msedge: ['microsoft-edge', 'microsoft-edge-stable'],
};

const IN_PLACE: Partial<Record<NodeJS.Platform, Partial<Record<Kind, string[]>>>> = {
  darwin: {
    chromium: ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
    chrome: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    msedge: ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  },
  win32: {
    chrome: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => `%${name}%\\Google\\Chrome\\Application\\chrome.exe`),
    msedge: ['PROGRAMFILES(X86)', 'PROGRAMFILES'].map((name) => `%${name}%\\Microsoft\\Edge\\Application\\msedge.exe`),
  },
  linux: { chrome: ['/opt/google/chrome/chrome'], msedge: ['/opt/microsoft/msedge/msedge'] },
};

/** Kinds of browser in the order they are wanted. Without a window the shell comes first; with one it cannot be used. */
function wanted({ channel, headless }: BrowserConfig): Kind[] {
  if (channel === 'chromium' || channel === 'chrome' || channel === 'msedge') return [channel];
  if (channel === 'headless-shell') return ['headless-shell'];
  return [...(headless ? ['headless-shell' as const] : []), 'chromium', 'chrome', 'msedge'];
}

/**
 * The browser that would be launched: the configured one, else Playwright's own, else the system's.
 * @throws IntentwrightError BROWSER_MISSING
 */
export function findBrowser(options: { config: BrowserConfig; env: NodeJS.ProcessEnv; platform?: NodeJS.Platform }): FoundBrowser {
  const { config, env, platform = process.platform } = options;
  const named = config.executable ?? env['INTENTWRIGHT_BROWSER'];
  if (named) {
    if (isExecutable(named)) return { executable: named, shell: /headless[-_]shell/.test(named), from: 'config' };
    throw new IntentwrightError('BROWSER_MISSING', `${named} is not a program that can be run`, {
      hint: 'correct browser.executable in the config, or leave it out',
    });
  }
  for (const kind of wanted(config)) {
    const shell = kind === 'headless-shell';
    const own = ownBrowser(kind, env, platform);
    if (own) return { executable: own, shell, from: 'playwright' };
    const system = systemBrowser(kind, env, platform);
    if (system) return { executable: system, shell, from: 'system' };
  }
  throw new IntentwrightError('BROWSER_MISSING', 'no Chromium was found on this machine', { hint: installHint(config, env, platform) });
}

function installHint({ channel, headless }: BrowserConfig, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const shell = headless && (channel === 'auto' || channel === 'headless-shell');
  if (channel !== 'chrome' && channel !== 'msedge' && platform === 'linux' && existsSync('/etc/debian_version') && onPath('apt-get', env)) {
    const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
    return `run: ${sudo}apt-get install -y ${shell ? 'chromium-headless-shell' : 'chromium'}`;
  }
  return `run: npx playwright install ${channel === 'chrome' || channel === 'msedge' ? channel : shell ? '--only-shell chromium' : 'chromium'}`;
}

/** Playwright keeps its browsers in folders named by kind and revision. */
function ownBrowser(kind: Kind, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (kind !== 'headless-shell' && kind !== 'chromium') return undefined;
  const registry = registryFolder(env, platform);
  const prefix = kind === 'chromium' ? 'chromium-' : 'chromium_headless_shell-';
  const folders = entries(registry).filter((name) => name.startsWith(prefix) && /\d$/.test(name));
  const newest = folders.sort((a, b) => Number(b.slice(prefix.length)) - Number(a.slice(prefix.length)));
  const names =
    kind === 'chromium'
      ? ['chrome', 'chrome.exe', 'Chromium', 'Google Chrome for Testing']
      : ['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe', 'headless_shell.exe'];
  for (const folder of newest) {
    const found = findIn(join(registry, folder), names, 5);
    if (found) return found;
  }
  return undefined;
}

function registryFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const chosen = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (chosen && chosen !== '0') return chosen;
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ms-playwright');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'ms-playwright');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'ms-playwright');
}

function findIn(folder: string, names: readonly string[], depth: number): string | undefined {
  if (depth === 0) return undefined;
  const inside = entries(folder);
  for (const name of names) if (inside.includes(name) && isExecutable(join(folder, name))) return join(folder, name);
  for (const name of inside) {
    if (!/^chrom|\.app$|^Contents$|^MacOS$/i.test(name)) continue;
    const found = findIn(join(folder, name), names, depth - 1);
    if (found) return found;
  }
  return undefined;
}

function systemBrowser(kind: Kind, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  for (const name of ON_PATH[kind]) {
    const found = onPath(name, env);
    if (found) return found;
  }
  const places = IN_PLACE[platform]?.[kind] ?? [];
  return places.map((place) => place.replace(/%([^%]+)%/g, (_, name: string) => env[name] ?? '')).find(isExecutable);
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
