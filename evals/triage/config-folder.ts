import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../suite.ts';

/** The project's own config in a folder of its own, changed: patient with a busy machine, and with another Teamspace where one is named. */
export async function configFolder(change: (text: string) => string, start = 'demo/start.ts'): Promise<string> {
  await mkdir(join(root, '.intentwright'), { recursive: true });
  const folder = await mkdtemp(join(root, '.intentwright', 'eval-'));
  const here = relative(folder, root).replaceAll('\\', '/');
  const text = await readFile(join(root, 'intentwright.config.yaml'), 'utf8');
  const config = `${change(text.replace('[node, demo/start.ts]', `[node, ${here}/${start}]`).replace('timeout: 30s', 'timeout: 180s'))}
intents: ["${here}/intents/*.intent.yaml"]
invariants: ["${here}/invariants/*.yaml"]
fixtures: ["${here}/intents/fixtures/*.yaml"]
`;
  await writeFile(join(folder, 'intentwright.config.yaml'), config);
  return folder;
}
