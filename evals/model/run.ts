// Journeys carried out by a model alone: calls, and prompt tokens by the o200k tokenizer, rules and schema included.
//   node evals/model/run.ts <intent.yaml>... --base-url http://127.0.0.1:8080/v1 [--model name] [--tapes folder]
//   node evals/model/run.ts <intent.yaml>... --tapes folder --replay
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getEncoding } from 'js-tiktoken';
import { parse, stringify } from 'yaml';
import { RULES } from '../../src/agents/model/prompt.ts';
import { answerSchema } from '../../src/agents/model/answer.ts';
import { jsonSchemaOf } from '../../src/models/answer-schema.ts';
import type { JournalEvent } from '../../src/core/events.ts';
import { keepResults, median, table } from '../bench/figures.ts';
import { root, runSuite } from '../suite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'base-url': { type: 'string' },
    model: { type: 'string', default: 'by-hand' },
    tapes: { type: 'string', default: 'test/fixtures/cassettes' },
    replay: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
if (positionals.length === 0 || (!values['base-url'] && !values.replay)) {
  console.error('usage: node evals/model/run.ts <intent.yaml>... --base-url <url> | --replay');
  process.exit(2);
}

const encoder = getEncoding('o200k_base');
const tokens = (text: string): number => encoder.encode(text, 'all').length;
const schema = tokens(JSON.stringify(jsonSchemaOf(answerSchema)));

const folder = await mkdtemp(join(tmpdir(), 'iw-model-'));
const config = parse(await readFile(join(root, 'intentwright.config.yaml'), 'utf8')) as {
  targets: Record<string, { start?: { cwd?: string } }>;
} & Record<string, unknown>;
for (const target of Object.values(config.targets)) if (target.start) target.start.cwd = root;
await Promise.all([
  writeFile(
    join(folder, 'intentwright.config.yaml'),
    stringify({
      ...config,
      agents: { chain: ['model'], model: { model: values.model, baseUrl: values['base-url'] ?? 'http://127.0.0.1:9/v1', timeout: '10m' } },
      budget: { seconds: 3_600, modelCalls: 60 },
      browser: { channel: 'headless-shell' },
    }),
  ),
  cp(join(root, 'invariants'), join(folder, 'invariants'), { recursive: true }),
  cp(join(root, 'intents/fixtures'), join(folder, 'intents/fixtures'), { recursive: true }),
  cp(join(root, 'intents/customers.csv'), join(folder, 'intents/customers.csv')),
]);
await mkdir(resolve(root, values.tapes), { recursive: true });

const rows: (string | number)[][] = [];
try {
  for (const file of positionals) {
    const id = basename(file, '.intent.yaml');
    await cp(resolve(file), join(folder, 'intents', basename(file)));
    const tape = resolve(root, values.tapes, `${values.model}-${id}.jsonl`);
    const end = await runSuite({ ids: [id], cwd: folder, flags: ['--fresh', values.replay ? '--replay-model' : '--record-model', tape] });
    const intent = end.result?.intents[0];
    const asked = (await readFile(tape, 'utf8'))
      .trim()
      .split('\n')
      .map((line) =>
        (JSON.parse(line) as { request: { messages: { content: string }[] } }).request.messages
          .map(({ content }) => content.replace('‹rules›', RULES))
          .join('\n'),
      );
    const spent = asked.map((text) => tokens(text) + schema);
    const overhead = await overheadOf(end.result?.run);
    rows.push([
      id,
      intent?.steps.length ?? 0,
      intent?.actions ?? 0,
      intent?.status ?? 'none',
      intent?.modelCalls ?? 0,
      spent.reduce((sum, count) => sum + count, 0),
      Math.max(...spent),
      overhead.toFixed(1),
    ]);
    console.log(rows.at(-1)!.join('  '));
    if (intent?.status !== 'passed') console.log(end.output);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Looking, deciding and telling, ms: the median from the end of one action to the beginning of the next in the same step, the model's time left out. */
async function overheadOf(run: string | undefined): Promise<number> {
  if (run === undefined) return Number.NaN;
  const events = (await readFile(join(folder, '.intentwright/runs', run, 'events.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent);
  const gaps: number[] = [];
  let since: { t: number; asked: number } | undefined;
  for (const event of events) {
    if (event.type === 'step-start' || event.type === 'step-end') since = undefined;
    if (event.type === 'model-called' && since) since.asked += event.ms;
    if (event.type !== 'action-end') continue;
    if (since) gaps.push(event.t - event.ms - since.t - since.asked);
    since = { t: event.t, asked: 0 };
  }
  return median(gaps);
}

if (values.keep)
  await keepResults(
    'Journeys carried out by a model alone',
    'node evals/model/run.ts … --replay',
    `
Answers written by hand, by somebody who read the prompts and nothing else (${RULES.length} characters of rules among them); the tapes are in \`${values.tapes}\`. o200k tokens of all prompts, rules and schema included.

${table(['journey', 'sentences', 'actions', 'status', 'model calls', 'prompt tokens', 'largest prompt', 'ms between actions, model left out'], rows)}
`,
  );
