import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { contentOf, sizeOf, toldError } from '../files/content.ts';
import { defineProbe } from '../port.ts';

const query = z.strictObject({
  name: z.string().describe('Only files of this name; * for any part of it').optional(),
  actor: z.string().describe('Only what this actor downloaded').optional(),
});

/** Files that the actors downloaded: `[{ actor, name, size, sha256, json | rows | text }]`, in the order in which they came. */
export const download = defineProbe({
  name: 'download',
  about: 'Files that the actors downloaded: name, size, JSON, CSV rows, text, text of a PDF',
  query,
  async open(_: unknown, services) {
    return {
      async read({ name, actor }: z.output<typeof query>, signal) {
        const found = (await filesIn(services.dirs.downloads)).filter(
          (one) => (name === undefined || fits(one.name, name)) && (actor === undefined || one.actor === actor),
        );
        const read = await Promise.all(
          found.map(async (one) => {
            const size = await sizeOf(one.path);
            return size === undefined ? [] : [{ actor: one.actor, name: one.name, ...(await contentOf(one.path, size, signal)) }];
          }),
        );
        return read.flat();
      },
      async close() {},
    };
  },
});

/** Kept as `<actor>/<nn>-<name>`. */
async function filesIn(dir: string): Promise<{ actor: string; name: string; path: string }[]> {
  const actors = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw toldError(error);
  });
  const folders = await Promise.all(
    actors
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: actor }) =>
        (await readdir(join(dir, actor)))
          .toSorted()
          .map((kept) => ({ actor, name: kept.replace(/^\d{2,}-/, ''), path: join(dir, actor, kept) })),
      ),
  );
  return folders.flat();
}

const fits = (name: string, pattern: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const last = rest.at(-1)!;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  return rest.slice(0, -1).every((part) => {
    const found = name.indexOf(part, at);
    at = found + part.length;
    return found >= 0 && at <= name.length - last.length;
  });
};
