// Three applications that were not written for the agent: a helpdesk in one page, a shop made on the server, and an HR application that books rooms.
//   node evals/outside/run.ts            each journey by the embedded agent alone, then from the lockfile that this left; writes table.md
//   node evals/outside/run.ts rota …     only these
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import { type IntentResult, runSuite, share } from '../suite.ts';

type Told = Record<string, Record<string, string>>;
const here = import.meta.dirname;
const apps = ['helpdesk', 'shop', 'rota'].filter((app) => process.argv.length < 3 || process.argv.includes(app));
const first = parse(await readFile(join(here, 'first-try.yaml'), 'utf8')) as Told;
const otherWords = parse(await readFile(join(here, 'other-words.yaml'), 'utf8')) as Record<string, Record<string, string[]>>;

const rows: string[] = [];
const sums = { first: 0, fresh: 0, replay: 0, other: 0, all: 0 };
for (const app of apps) {
  const fresh = new Map<string, IntentResult>();
  const replay = new Map<string, IntentResult>();
  await inCopy(app, async (cwd) => {
    await run(cwd, ['--fresh'], fresh);
    await run(cwd, ['--frozen'], replay);
  });
  const other = new Map<string, IntentResult>();
  await inCopy(app, async (cwd) => {
    for (const [id, sentences] of Object.entries(otherWords[app]!)) await rephrase(join(cwd, 'intents', `${id}.intent.yaml`), sentences);
    await run(cwd, ['--fresh'], other);
  });
  for (const [id, intent] of fresh) {
    const before = first[app]?.[id] ?? 'not there';
    const status = (of: Map<string, IntentResult>) => of.get(id)?.status ?? 'missing';
    rows.push(`| ${app} | ${intent.title} | ${before} | ${status(fresh)} | ${status(replay)} | ${status(other)} |`);
    sums.all++;
    if (before === 'passed') sums.first++;
    if (status(fresh) === 'passed') sums.fresh++;
    if (status(replay) === 'passed') sums.replay++;
    if (status(other) === 'passed') sums.other++;
    for (const [how, found] of [['fresh', fresh], ['replay', replay], ['other words', other]] as const) {
      if (status(found) !== 'passed') console.log(`${app} ${id}, ${how}: ${status(found)}: ${found.get(id)?.sentence ?? ''}`);
    }
  }
}
const table = [
  '| application | journey | first try, nothing mended | fresh | from the lockfile | in other words, first try |', '|---|---|---|---|---|---|', ...rows,
  `| | **all** | ${share(sums.first, sums.all)} | ${share(sums.fresh, sums.all)} | ${share(sums.replay, sums.all)} | ${share(sums.other, sums.all)} |`, '',
].join('\n');
console.log(table);
if (apps.length === 3) await writeFile(join(here, 'table.md'), `<!-- by node evals/outside/run.ts; W: something else was done than the sentence says -->\n${table}`);

async function run(cwd: string, flags: string[], into: Map<string, IntentResult>): Promise<void> {
  const { result, output } = await runSuite({ cwd, flags, writeLocks: true });
  if (!result) throw new Error(output.slice(-2000));
  for (const intent of result.intents) into.set(intent.id, intent);
}

/** In a copy, so that neither lockfiles nor evidence are left here. */
async function inCopy(app: string, work: (cwd: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iw-outside-'));
  try {
    for (const part of await readdir(here)) if (part === app || part === 'application.mjs') await cp(join(here, part), join(folder, part), { recursive: true });
    await work(join(folder, app));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Replaces the sentences of a journey and leaves everything else as it is. */
async function rephrase(file: string, sentences: readonly string[]): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'));
  const { items } = document.get('journey') as { items: unknown[] };
  if (items.length !== sentences.length) throw new Error(`${file}: ${items.length} sentences, ${sentences.length} in other words`);
  for (const [index, item] of items.entries()) {
    if (isScalar(item)) item.value = sentences[index]!;
    if (!isMap(item)) continue;
    const pair = item.items[0]!;
    if (isMap(pair.value)) pair.value.set('tries', sentences[index]!);
    else item.set(pair.key, sentences[index]!);
  }
  await writeFile(file, document.toString());
}
