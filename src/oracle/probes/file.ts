import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { contentOf, sizeOf, toldError } from '../files/content.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  dir: z.string().describe('Folder that the files are in; the folder of the intents when absent').optional(),
});
const query = z.strictObject({ path: z.string().describe('Path of the file, inside the folder') });

/** `{ size, sha256, json | rows | text }` of a file, null when there is none. */
export const file = defineProbe({
  name: 'file',
  about: 'A file that the application writes: size, digest, JSON, CSV rows, text, text of a PDF',
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    const dir = resolve(services.dirs.root ?? services.dirs.intent, given.dir ?? services.dirs.intent);
    return {
      async read({ path }: z.output<typeof query>, signal) {
        const wanted = resolve(dir, path);
        checkInside(dir, wanted);
        const size = await sizeOf(wanted);
        if (size === undefined) return null;
        // A link may lead elsewhere.
        checkInside(await realpath(dir).catch((error: unknown) => Promise.reject(toldError(error))), await realpath(wanted));
        return contentOf(wanted, size, signal);
      },
      async close() {},
    };
  },
});

function checkInside(dir: string, wanted: string): void {
  const way = relative(dir, wanted);
  if (way === '' || way.startsWith('..') || isAbsolute(way))
    throw new IntentwrightError('PROBE_CONFIG', 'the file is not inside the connection’s folder', { hint: 'give a path below dir:' });
}
