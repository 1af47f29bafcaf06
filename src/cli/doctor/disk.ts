import { mkdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { type Finding, missing, ok } from './finding.ts';

/** Below this a run with pictures may not end, bytes. */
const LITTLE = 200 * 1024 * 1024;

/** Whether evidence can be written where it would go; leaves nothing behind. */
export async function examineDisk(folder: string): Promise<Finding> {
  try {
    const made = await mkdir(folder, { recursive: true });
    const file = join(folder, `.doctor-${process.pid}`);
    await writeFile(file, 'x');
    await rm(file);
    const { bavail, bsize } = await statfs(folder);
    if (made) await rmdir(folder);
    const free = bavail * bsize;
    const said = `${folder}, ${Math.floor(free / 1024 / 1024).toLocaleString('en')} MB free`;
    return free < LITTLE
      ? missing('disk', said, 'free some space, or name another folder as artifacts.dir in the config')
      : ok('disk', said);
  } catch (error) {
    return missing(
      'disk',
      `${folder} cannot be written (${messageOf(error)})`,
      `make ${dirname(folder)} writable, or name another folder as artifacts.dir in the config`,
    );
  }
}
