import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import { rowsOfCsv } from './csv.ts';

/** What is in a file: `json`, `rows` of CSV, `text` of text and PDF; of any other only its digest. */
export interface FileContent {
  size: number;
  sha256: string;
  json?: unknown;
  rows?: Record<string, string>[];
  text?: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const TEXTS = new Set(['.txt', '.md', '.log', '.html', '.htm', '.xml', '.yaml', '.yml', '.ics', '.svg', '.eml', '.tsv', '']);

/** @throws IntentwrightError PROBE_UNREADABLE when it is half-written, too large, or not what its name says */
export async function contentOf(file: string, size: number, signal: AbortSignal): Promise<FileContent> {
  if (size > MOST_BYTES) throw new IntentwrightError('PROBE_UNREADABLE', `${file} has ${size} bytes, more than ${MOST_BYTES}`);
  const bytes = await readFile(file, { signal });
  const known = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  try {
    return { ...known, ...(await readable(extname(file).toLowerCase(), bytes)) };
  } catch (error) {
    if (IntentwrightError.is(error)) throw error;
    throw new IntentwrightError('PROBE_UNREADABLE', `${file} cannot be read as what its name says: ${messageOf(error)}`, { cause: error });
  }
}

async function readable(extension: string, bytes: Buffer): Promise<Partial<FileContent>> {
  if (extension === '.pdf') return { text: await textOfPdf(bytes) };
  if (extension !== '.json' && extension !== '.csv' && !TEXTS.has(extension)) return {};
  // Broken UTF-8 is said, not replaced.
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (extension === '.json') return { json: parseExactJson(text) };
  return extension === '.csv' ? { rows: rowsOfCsv(text) } : { text };
}

async function textOfPdf(bytes: Buffer): Promise<string> {
  const { extractText } = await import('unpdf').catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', 'the package unpdf, which reads PDF, is not installed', {
      hint: 'npm install --save-dev unpdf',
      cause: error,
    });
  });
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
  return text;
}

/** A file without its end still has a size: whether it can be opened tells that it is there. */
export async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const found = await handle.stat();
      return found.isFile() ? found.size : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw toldError(error);
  }
}

export function toldError(error: unknown): IntentwrightError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EACCES' || code === 'EPERM')
    return new IntentwrightError('PROBE_DENIED', messageOf(error), { hint: 'let the user that runs Intentwright read it', cause: error });
  return new IntentwrightError('PROBE_UNREADABLE', messageOf(error), { cause: error });
}
