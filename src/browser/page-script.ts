import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface PageScripts {
  /** Runs in a world of its own beside the page's: looks, aims, waits. */
  page: string;
  /** Runs in the page's own world before its scripts. */
  hook: string;
}

let ready: Promise<{ pageScript: string; hookScript: string }> | undefined;

/**
 * The scripts that run in pages, bound to a channel name that pages cannot guess.
 * Shipped as built; from a checkout they are built on demand when older than their sources.
 */
export async function pageScripts(channel: string): Promise<PageScripts> {
  ready ??= load();
  const { pageScript, hookScript } = await ready;
  const bind = (script: string): string => `(()=>{const __CHANNEL__=${JSON.stringify(channel)};${script}})();`;
  return { page: bind(pageScript), hook: bind(hookScript) };
}

async function load(): Promise<{ pageScript: string; hookScript: string }> {
  const folder = new URL('./page/', import.meta.url);
  const bundle = new URL('bundle.js', folder);
  if (import.meta.url.endsWith('.ts') && (await isStale(folder, bundle))) {
    const builder = new URL('../../scripts/build-page.mjs', import.meta.url);
    const { buildPage } = (await import(pathToFileURL(fileURLToPath(builder)).href)) as { buildPage(): Promise<void> };
    await buildPage();
  }
  const { mtimeMs } = await stat(bundle);
  return (await import(`${bundle.href}?built=${mtimeMs}`)) as { pageScript: string; hookScript: string };
}

async function isStale(folder: URL, bundle: URL): Promise<boolean> {
  const built = await stat(bundle).catch(() => undefined);
  if (!built) return true;
  const sources = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const times = await Promise.all(sources.map(async (name) => (await stat(new URL(name, folder))).mtimeMs));
  return times.some((time) => time > built.mtimeMs);
}
