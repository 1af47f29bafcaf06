import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../core/errors.ts';
import { type Problems, shownPath } from './source.ts';

/** Larger files are refused before they are parsed. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** A file's text, or why it cannot be read. A byte order mark and Windows line ends are fine. */
export async function readText(file: string, problems: Problems): Promise<string | undefined> {
  const where = { file: shownPath(file), line: 1, col: 1 };
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) {
      problems.error(
        where,
        `the file has ${Math.ceil(size / 1024)} KiB; at most ${MAX_FILE_BYTES / 1024} KiB are read`,
        'split it, or keep data out of it',
      );
      return undefined;
    }
    const bytes = await readFile(file);
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (utf16) throw new TypeError('UTF-16');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) problems.error(where, 'the file is not UTF-8 text', 'save it with the encoding UTF-8');
    else problems.error(where, `the file cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}
