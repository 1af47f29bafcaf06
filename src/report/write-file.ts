import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a whole file or none of it: a reader sees the old or the new content, never half of one. */
export async function writeWhole(file: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replace(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Windows refuses to replace a file that a virus scanner or an editor has open for a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (tries === 5 || !(code === 'EPERM' || code === 'EACCES' || code === 'EBUSY') || process.platform !== 'win32') throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * tries));
    }
  }
}
