import { mkdir, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Download } from 'playwright';
import { messageOf } from '../core/errors.ts';
import { slugOf } from '../core/slug.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_MS = 60_000;

/** Keeps a download under a name of our own inside `folder`; one line that says what came of it. Never opened. */
export async function keepDownload(download: Download, folder: string, number: number): Promise<string> {
  const suggested = download.suggestedFilename();
  const name = `${String(number).padStart(2, '0')}-${slugOf(suggested.slice(0, suggested.length - extname(suggested).length) || 'file', 40)}${safeExtension(suggested)}`;
  const file = join(folder, name);
  const late = setTimeout(() => void download.cancel().catch(() => undefined), LONGEST_MS);
  try {
    await mkdir(folder, { recursive: true });
    await download.saveAs(file);
    const { size } = await stat(file);
    if (size <= MOST_BYTES) return `downloaded “${suggested}” (${size} bytes) as ${name}`;
    await rm(file);
    return `“${suggested}” was not kept: ${size} bytes are more than ${MOST_BYTES}`;
  } catch (error) {
    return `the download of “${suggested}” failed: ${messageOf(error).replace(/^download\.saveAs: /, '')}`;
  } finally {
    clearTimeout(late);
  }
}

const safeExtension = (name: string): string => (/^\.[A-Za-z0-9]{1,8}$/.exec(extname(name))?.[0] ?? '').toLowerCase();
