import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../suite.ts';
import type { Ready } from './teamspace.ts';

const ID = 'invite-and-edit';

/** A project in a folder of its own: the bench's journey, or several of the same, with the repository's fixtures and invariants, against a Teamspace that runs already. */
export async function benchProject(ready: Ready, pictures: 'none' | 'each-step', copies = 1): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'iw-bench-'));
  // What the start command would have told stands in the files: the script knows it as well.
  const told = (text: string): string => text.replace(/\$\{app\.(\w+)\}/g, (_, name: string) => String(ready[name]));
  const config = parse(told(await readFile(join(root, 'intentwright.config.yaml'), 'utf8'))) as {
    targets: Record<string, { start?: unknown }>;
  } & Record<string, unknown>;
  for (const target of Object.values(config.targets)) delete target.start;
  await cp(new URL('journey', import.meta.url), join(folder, 'intents'), { recursive: true });
  await Promise.all([
    writeFile(
      join(folder, 'intentwright.config.yaml'),
      stringify({ ...config, artifacts: { pictures }, browser: { channel: 'headless-shell' } }),
    ),
    cp(join(root, 'invariants'), join(folder, 'invariants'), { recursive: true }),
    cp(join(root, 'intents/fixtures'), join(folder, 'intents/fixtures'), { recursive: true }),
  ]);
  for (let copy = 2; copy <= copies; copy++) {
    for (const end of ['intent.yaml', 'lock.yaml']) {
      const text = await readFile(join(folder, `intents/${ID}.${end}`), 'utf8');
      await writeFile(join(folder, `intents/${ID}-${copy}.${end}`), text.replaceAll(`intent: ${ID}\n`, `intent: ${ID}-${copy}\n`));
    }
  }
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('.yaml')) await writeFile(join(folder, name), told(await readFile(join(folder, name), 'utf8')));
  }
  return folder;
}
