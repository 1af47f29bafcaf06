import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createBuiltin } from '../../src/agents/builtin/agent.ts';
import { launchBrowser } from '../../src/browser/host.ts';
import type { BrowserHost } from '../../src/browser/port.ts';
import type { Agent } from '../../src/core/decision.ts';
import { Album } from '../../src/journey/album.ts';
import { SecretVault } from '../../src/journey/secret-vault.ts';
import { carryOutStep } from '../../src/journey/step.ts';
import { taskOf } from '../../src/journey/task.ts';
import { systemClock as clock } from '../../src/runner/clock.ts';
import { randomClicker } from './random-clicker.ts';
import { serve } from './site.ts';
import { share } from '../suite.ts';
import { allTasks, DEVELOPMENT_TASKS } from './tasks.ts';

const ACTIONS = 10;
const WAITS = { settle: 2000, patience: 300, mail: 0 };

interface Outcome {
  task: string;
  seed: number;
  sentence: string;
  passed: boolean;
  reward: number | undefined;
  end: string;
  actions: string[];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tasks: { type: 'string' },
      seeds: { type: 'string', default: '1-20' },
      random: { type: 'boolean', default: false },
      out: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      lanes: { type: 'string', default: '2' },
      table: { type: 'boolean', default: false },
      sample: { type: 'string' },
      'base-url': { type: 'string' },
      tape: { type: 'string' },
    },
  });
  const folder = resolve(positionals[0] ?? '');
  if (
    positionals.length !== 1 ||
    !(await stat(join(folder, 'core', 'core.js')).then(
      () => true,
      () => false,
    ))
  ) {
    console.error(
      'usage: node evals/miniwob/run.ts <folder miniwob/html of MiniWoB++> [--tasks a,b] [--seeds 1-20] [--random] [--out results.json] [--table] [--verbose]\n       --tape tape.jsonl [--base-url http://…/v1] [--sample 40]: by the model agent alone, asking the endpoint or answering from the tape\n--table writes table.md, with a random clicker beside the embedded agent. The folder is not part of this repository: clone Farama-Foundation/miniwob-plusplus.',
    );
    process.exitCode = 2;
    return;
  }
  const [first = 1, last = first] = values.seeds.split('-').map(Number);
  const episodes = (): { task: string; seed: number }[] =>
    (values.tasks?.split(',') ?? allTasks()).flatMap((task) =>
      Array.from({ length: last - first + 1 }, (_, index) => ({ task, seed: first + index })),
    );
  // A sample takes every task once before it takes one twice.
  const sampled = (): { task: string; seed: number }[] =>
    values.sample === undefined
      ? episodes()
      : episodes()
          .toSorted((a, b) => a.seed - b.seed)
          .slice(0, Number(values.sample));
  const byModel =
    values.tape === undefined
      ? undefined
      : await (await import('./by-model.ts')).openModelPath({ baseUrl: values['base-url'], tape: values.tape, clock });
  const site = await serve(folder);
  const host = await launchBrowser({
    config: {
      channel: 'auto',
      headless: true,
      serviceWorkers: 'block',
      viewport: { width: 640, height: 480 },
      locale: 'en-US',
      timezone: 'UTC',
    },
    hosts: [new URL(site.url).host],
    env: process.env,
  });
  const files = await mkdtemp(join(tmpdir(), 'intentwright-miniwob-'));
  const carriedOut = async (agentFor: (seed: number) => Agent): Promise<Outcome[]> => {
    const queue = sampled();
    const results: Outcome[] = [];
    await Promise.all(
      Array.from({ length: Number(values.lanes) }, async () => {
        for (let next = queue.shift(); next; next = queue.shift())
          results.push(told(await episode(next, { host, site, files, agent: agentFor(next.seed) })));
      }),
    );
    return results;
  };
  const told = (outcome: Outcome): Outcome => {
    if (values.verbose && !outcome.passed)
      console.log(
        `${outcome.task} ${outcome.seed}: “${outcome.sentence}” → ${outcome.reward ?? 'no reward'}; ${outcome.end}\n    ${outcome.actions.join('\n    ')}`,
      );
    return outcome;
  };
  let results: Outcome[];
  let floor: Outcome[] = [];
  try {
    results = await carriedOut(byModel ? () => byModel.agent() : values.random ? randomClicker : createBuiltin);
    if (values.table) floor = await carriedOut(randomClicker);
  } finally {
    await host.close();
    await site.close();
    await rm(files, { recursive: true, force: true });
  }
  report(results);
  if (byModel) console.log(`${byModel.cost().calls} calls, ${byModel.cost().tokens} prompt tokens`);
  if (values.table) await writeFile(new URL('./table.md', import.meta.url), tableOf(results, floor, values.seeds));
  if (values.out)
    await writeFile(
      values.out,
      `${JSON.stringify(
        results.toSorted((a, b) => a.task.localeCompare(b.task) || a.seed - b.seed),
        null,
        1,
      )}\n`,
    );
}

async function episode(
  { task, seed }: { task: string; seed: number },
  { host, site, files, agent }: { host: BrowserHost; site: Awaited<ReturnType<typeof serve>>; files: string; agent: Agent },
): Promise<Outcome> {
  const key = `${task}-${seed}`;
  const actions: string[] = [];
  const session = await host.openActor({
    actor: 'someone',
    baseUrl: site.url,
    origins: [],
    start: `/miniwob/${task}.html?seed=${seed}&key=${key}`,
    viewport: { width: 640, height: 480 },
    correlation: () => ({}),
    serviceWorkers: 'block',
    downloadsDir: files,
    filesDir: files,
    onRequest: () => {},
    onPageEvent: () => {},
    mask: (text) => text,
  });
  let end = '';
  try {
    const deadline = clock.now() + 30_000;
    while (!site.episode(key) && clock.now() < deadline) await clock.sleep(10);
    const sentence = site.episode(key)?.sentence;
    if (sentence === undefined)
      return { task, seed, sentence: '', passed: false, reward: undefined, end: 'the task did not start', actions };
    const step = taskOf({ actor: 'someone', text: sentence, tries: false }, 0, {
      title: task,
      steps: [{ actor: 'someone', text: sentence }],
      resolve: (text) => text,
      hasMailbox: false,
      files: [],
    });
    const stop = new AbortController();
    const watched: Agent = {
      name: agent.name,
      decide: async (input) =>
        site.episode(key)?.reward === undefined ? agent.decide(input) : { kind: 'step-done', why: 'the episode is over' },
    };
    const result = await carryOutStep(step, {
      session,
      mailbox: undefined,
      agents: [watched],
      earlier: [],
      vault: new SecretVault([]),
      names: [],
      budget: { actionsPerStep: ACTIONS },
      clock,
      signal: stop.signal,
      waits: WAITS,
      album: new Album(undefined),
      say: (event) => {
        if (event.type === 'action-end') actions.push(`${event.line}${event.ok ? '' : ` ✗ ${event.error}`}`);
      },
    });
    end = `${result.end.status}: ${result.end.why}`;
  } catch (error) {
    end = `fault: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await session.close();
  }
  const told = site.episode(key)!;
  return { task, seed, sentence: told.sentence, passed: told.reward === 1, reward: told.reward, end, actions };
}

function report(results: readonly Outcome[]): void {
  const tasks = [...new Set(results.map((result) => result.task))].sort();
  for (const task of tasks) {
    const own = results.filter((result) => result.task === task);
    console.log(`${task.padEnd(30)} ${String(own.filter((result) => result.passed).length).padStart(3)} / ${own.length}`);
  }
  const passed = results.filter((result) => result.passed).length;
  console.log(
    `${'all'.padEnd(30)} ${String(passed).padStart(3)} / ${results.length}  ${((100 * passed) / Math.max(1, results.length)).toFixed(1)} %`,
  );
}

function tableOf(results: readonly Outcome[], floor: readonly Outcome[], seeds: string): string {
  const of = (outcomes: readonly Outcome[], task: string): string => {
    const own = outcomes.filter((outcome) => outcome.task === task);
    return `${own.filter(({ passed }) => passed).length} of ${own.length}`;
  };
  const rows = Object.entries(DEVELOPMENT_TASKS).flatMap(([kind, tasks]) =>
    tasks
      .filter((task) => results.some((outcome) => outcome.task === task))
      .map((task) => `| ${kind} | ${task} | ${of(results, task)} | ${of(floor, task)} |`),
  );
  return [
    '# MiniWoB++: the embedded agent on pages nobody here wrote',
    '',
    `Generated by \`node evals/miniwob/run.ts <html folder> --seeds ${seeds} --table\`: the development tasks, at most ${ACTIONS} actions an episode, no model. By the embedded agent: ${share(results.filter(({ passed }) => passed).length, results.length)}. By a random clicker: ${share(floor.filter(({ passed }) => passed).length, floor.length)}.`,
    '',
    '| kind | task | embedded agent | random clicker |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

await main();
