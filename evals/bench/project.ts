import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../suite.ts';
import type { Ready } from './teamspace.ts';

/** Only says the ready line of an application that runs already, and stays: the cost of starting it is not what is measured. */
const ATTACH = ['/bin/sh', '-c', 'echo "$BENCH_READY"; exec cat >/dev/null'];

/** A project in a folder of its own: the bench's journey with the repository's fixtures and invariants, against a running Teamspace. */
export async function benchProject(ready: Ready, pictures: 'none' | 'each-step'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'iw-bench-'));
  const config = parse(await readFile(join(root, 'intentwright.config.yaml'), 'utf8')) as { targets: Record<string, { url?: string; start?: unknown }> } & Record<string, unknown>;
  // The script knows the address as well.
  for (const target of Object.values(config.targets)) Object.assign(target, { url: ready.url, origins: [ready.payments], start: { command: ATTACH, env: { BENCH_READY: JSON.stringify(ready) } } });
  await cp(new URL('journey', import.meta.url), join(folder, 'intents'), { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'intentwright.config.yaml'), stringify({ ...config, artifacts: { pictures }, browser: { channel: 'headless-shell' } })),
    cp(join(root, 'invariants'), join(folder, 'invariants'), { recursive: true }),
    cp(join(root, 'intents/fixtures'), join(folder, 'intents/fixtures'), { recursive: true }),
  ]);
  return folder;
}
