// Applications that were not written for the agent: a helpdesk in one page, a shop made on the server, an HR application that books rooms, and an invoicing application.
//   node evals/outside/run.ts                each journey by the embedded agent alone, then from the lockfile that this left; in the first words and in other words; writes table.md
//   node evals/outside/run.ts rota …         only these
//   node evals/outside/run.ts --keep FOLDER  leaves the copies there, with lockfiles and evidence
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import { type IntentResult, runSuite, share } from '../suite.ts';

type Told = Record<string, Record<string, string>>;
const here = import.meta.dirname;
const { values: flags, positionals } = parseArgs({
  options: { keep: { type: 'string' }, words: { type: 'string' } },
  allowPositionals: true,
});
const known = ['helpdesk', 'shop', 'rota', 'quill'];
const apps = known.filter((app) => positionals.length === 0 || positionals.includes(app));
const wordings = ['first', 'other'].filter((words) => flags.words === undefined || flags.words === words);
const read = async <T>(name: string): Promise<T> => parse(await readFile(join(here, name), 'utf8')) as T;
const tries: Record<string, Told> = { first: await read<Told>('first-try.yaml'), other: await read<Told>('first-try-other-words.yaml') };
const otherWords = await read<Record<string, Record<string, string[]>>>('other-words.yaml');

interface Wording {
  fresh: Map<string, IntentResult>;
  again: Map<string, IntentResult>;
}
const rows: string[] = [];
const sums: Record<string, { tried: number; fresh: number; again: number; all: number }> = Object.fromEntries(
  wordings.map((words) => [words, { tried: 0, fresh: 0, again: 0, all: 0 }]),
);
for (const app of apps) {
  const found: Record<string, Wording> = {};
  for (const words of wordings)
    found[words] = await inCopy(app, words, async (cwd) => {
      if (words === 'other')
        for (const [id, sentences] of Object.entries(otherWords[app]!))
          await rephrase(join(cwd, 'intents', `${id}.intent.yaml`), sentences);
      return { fresh: await run(cwd, ['--fresh']), again: await run(cwd, ['--frozen']) };
    });
  const [any] = Object.values(found);
  for (const [id, intent] of any!.fresh) {
    const cells = wordings.flatMap((words) => {
      const { fresh, again } = found[words]!;
      const sum = sums[words]!;
      const tried = tries[words]![app]?.[id] ?? 'not there';
      const passed = (of: Map<string, IntentResult>) => of.get(id)?.status === 'passed';
      sum.all++;
      if (tried === 'passed') sum.tried++;
      if (passed(fresh)) sum.fresh++;
      if (passed(fresh) && passed(again)) sum.again++;
      for (const [how, results] of [
        ['', fresh],
        [', from the lockfile', again],
      ] as const) {
        if (!passed(results) && (how === '' || passed(fresh)))
          console.log(`${app} ${id}, ${words} words${how}: ${results.get(id)?.status ?? 'missing'}: ${results.get(id)?.sentence ?? ''}`);
      }
      return [tried, fresh.get(id)?.status ?? 'missing', passed(fresh) ? (again.get(id)?.status ?? 'missing') : '–'];
    });
    rows.push(`| ${app} | ${intent.title} | ${cells.join(' | ')} |`);
  }
}
const heads = wordings.flatMap((words) => [
  `${words} words: first try, nothing mended`,
  `${words} words: today`,
  `${words} words: from the lockfile`,
]);
const total = wordings.flatMap((words) => [
  share(sums[words]!.tried, sums[words]!.all),
  share(sums[words]!.fresh, sums[words]!.all),
  share(sums[words]!.again, sums[words]!.fresh),
]);
const table = [
  `| application | journey | ${heads.join(' | ')} |`,
  `|---|---|${'---|'.repeat(heads.length)}`,
  ...rows,
  `| | **all** | ${total.join(' | ')} |`,
  '',
].join('\n');
console.log(table);
if (apps.length === known.length && wordings.length === 2) {
  await writeFile(
    join(here, 'table.md'),
    `<!-- by node evals/outside/run.ts; W: something else was done than the sentence says, or a step was called done that was not; –: nothing to replay -->\n${table}`,
  );
}

async function run(cwd: string, more: string[]): Promise<Map<string, IntentResult>> {
  const { result, output } = await runSuite({ cwd, flags: more, writeLocks: true });
  if (!result) throw new Error(output.slice(-2000));
  return new Map(result.intents.map((intent) => [intent.id, intent]));
}

/** In a copy, so that neither lockfiles nor evidence are left here. */
async function inCopy<T>(app: string, words: string, work: (cwd: string) => Promise<T>): Promise<T> {
  const folder = flags.keep ? join(flags.keep, words) : await mkdtemp(join(tmpdir(), 'iw-outside-'));
  try {
    await mkdir(folder, { recursive: true });
    await rm(join(folder, app), { recursive: true, force: true });
    for (const part of await readdir(here))
      if (part === app || part === 'application.mjs') await cp(join(here, part), join(folder, part), { recursive: true });
    return await work(join(folder, app));
  } finally {
    if (!flags.keep) await rm(folder, { recursive: true, force: true });
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
