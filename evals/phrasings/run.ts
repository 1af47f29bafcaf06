// Each journey in three other phrasings of its sentences, by the embedded agent alone.
//   node evals/phrasings/run.ts [intent …]
// The phrasings stand in <intent>.yaml beside this file; each is swapped into a copy of the project's intents.
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import { root, runSuite, share } from '../suite.ts';

const only = process.argv.slice(2);
const here = new URL('.', import.meta.url).pathname;
const files = (await readdir(here)).filter(
  (file) => file.endsWith('.yaml') && (only.length === 0 || only.includes(basename(file, '.yaml'))),
);
type Phrasing = string[] | { journey: string[] };
const rounds: Map<string, string[]>[] = [];
for (const file of files) {
  const data = parse(await readFile(join(here, file), 'utf8')) as Phrasing[] | { phrasings: Phrasing[] };
  for (const [round, phrasing] of (Array.isArray(data) ? data : data.phrasings).entries()) {
    (rounds[round] ??= new Map()).set(basename(file, '.yaml'), Array.isArray(phrasing) ? phrasing : phrasing.journey);
  }
}

let right = 0;
let all = 0;
for (const [index, round] of rounds.entries()) {
  const project = await mkdtemp(join(tmpdir(), 'iw-phrasings-'));
  for (const part of ['intents', 'invariants', 'intentwright.config.yaml'])
    await cp(join(root, part), join(project, part), { recursive: true });
  for (const part of ['demo', 'node_modules', 'package.json']) await symlink(join(root, part), join(project, part));
  for (const [id, sentences] of round) await rephrase(join(project, 'intents', `${id}.intent.yaml`), sentences);
  const { result, output } = await runSuite({ cwd: project, ids: [...round.keys()], flags: ['--fresh'] });
  await rm(project, { recursive: true, force: true });
  if (!result) throw new Error(output.slice(-1000));
  all += round.size;
  right += result.intents.filter((intent) => intent.status === 'passed').length;
  for (const intent of result.intents.filter(({ status }) => status !== 'passed'))
    console.log(`phrasing ${index + 1} of ${intent.id}: ${intent.status}: ${intent.sentence}`);
}
console.log(`passed: ${share(right, all)}`);
process.exitCode = right === all ? 0 : 1;

/** Replaces the sentences of a journey and leaves everything else as it is. */
async function rephrase(file: string, sentences: string[]): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'));
  const journey = document.get('journey');
  const items = (journey as { items: unknown[] }).items;
  const spoken = items.filter((item) => !(isMap(item) && item.has('system')));
  if (spoken.length !== sentences.length) throw new Error(`${file}: ${spoken.length} steps, ${sentences.length} phrasings`);
  for (const [index, item] of spoken.entries()) {
    if (isScalar(item)) item.value = sentences[index]!;
    if (!isMap(item)) continue;
    const pair = item.items[0]!;
    const inner = pair.value;
    if (isMap(inner)) inner.set('tries', sentences[index]!);
    else item.set(pair.key, sentences[index]!);
  }
  await writeFile(file, document.toString());
}
