import { basename, dirname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { AgentName } from '../core/decision.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { EventBody, Subscriber } from '../core/events.ts';
import type { Project } from '../core/project.ts';
import { Redactor } from '../core/redact.ts';
import type { RunResult } from '../core/result.ts';
import { celMistake } from '../oracle/cel.ts';
import { probes } from '../oracle/probes/index.ts';
import { regexMistake } from '../oracle/regex.ts';
import { openAttachments } from '../report/attachments.ts';
import { createHub } from '../report/journal.ts';
import { journalWriter } from '../report/journal-file.ts';
import { resultOf } from '../report/result.ts';
import { terminalReport } from '../report/terminal.ts';
import { readRun } from '../report/write-reports.ts';
import { systemClock } from '../runner/clock.ts';
import { runIntents } from '../runner/run.ts';
import { loadProject } from '../spec/load.ts';

/** What a suite says of all its intents. */
export interface IntentwrightOptions {
  /** The config file; intentwright.config.yaml or .ts beside playwright.config or above it otherwise. */
  config?: string;
  /** One of its targets; its default otherwise. */
  target?: string;
  /** Who carries steps out; the config's chain otherwise. A model is not asked here. */
  agents?: Exclude<AgentName, 'model'>[];
  /** The lockfiles alone. */
  frozen?: boolean;
  /** Lockfiles are not read. */
  fresh?: boolean;
}

/** How an intent ended, and where its evidence is. */
export interface Carried {
  result: RunResult['intents'][number];
  /** The story as a terminal shows it, without colours. */
  told: string;
  journal: string;
  /** Pictures of its actions, in order. */
  pictures: string[];
}

export interface Setting {
  project: Project;
  options: IntentwrightOptions;
  /** A folder of this test's own. */
  dir: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  on(event: EventBody): void;
}

const NAMES = ['yaml', 'yml', 'ts', 'mts', 'js', 'mjs'].map((ending) => `intentwright.config.${ending}`);

/** The project beside a Playwright suite. @throws IntentwrightError CONFIG_MISSING | SPEC_INVALID with every problem */
export async function loadFor(named: string | undefined, from: string, env: Record<string, string | undefined>): Promise<Project> {
  const file = named === undefined ? nearest(from) : resolve(from, named);
  if (!file || !existsSync(file))
    throw new IntentwrightError('CONFIG_MISSING', `no ${named ?? NAMES[0]} was found in ${from} or above it`, {
      hint: 'make one with: npx intentwright init',
    });
  const { project, problems } = await loadProject({
    root: dirname(file),
    configFile: file,
    probes,
    env,
    checks: { cel: celMistake, regex: regexMistake },
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!project)
    throw new IntentwrightError(
      'SPEC_INVALID',
      errors.map(({ where, message }) => `${where.file}:${where.line}:${where.col} ${message}`).join('\n'),
    );
  return project;
}

function nearest(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const name = NAMES.find((candidate) => existsSync(join(folder, candidate)));
    if (name) return join(folder, name);
    if (dirname(folder) === folder) return undefined;
  }
}

/** Carries one intent out as `intentwright run` would, with its evidence in a folder of the test. */
export async function carryOutOne(id: string, { project, options, dir, env, signal, on }: Setting): Promise<Carried> {
  const redactor = new Redactor();
  const journal = join(dir, 'events.jsonl');
  const pictures: string[] = [];
  const heard: Subscriber = {
    name: 'playwright',
    on(event) {
      if (event.type === 'picture-taken') pictures.push(join(dir, 'attachments', event.picture));
      on(event);
    },
  };
  const hub = createHub({ clock: systemClock, redactor, subscribers: [journalWriter(journal), heard] });
  const attachments = openAttachments(dir);
  const ci = !['', '0', 'false', undefined].includes(env['CI']);
  const chain = options.agents ?? project.config.agents.chain.filter((name) => name !== 'model');
  try {
    await runIntents({
      project,
      run: basename(dir),
      dir,
      target: options.target ?? project.config.defaultTarget,
      selection: { ids: [id] },
      agents: options.frozen ? ['replay'] : options.fresh ? chain.filter((name) => name !== 'replay' && name !== 'relocate') : chain,
      frozen: options.frozen ?? false,
      fresh: options.fresh ?? false,
      writeLocks: !ci && !options.frozen,
      workers: 1,
      retries: 0,
      env,
      startEnv: {},
      emit: hub.emit,
      redactor,
      saveAttachment: (bytes, type) => attachments.put(bytes, type.split('/').at(-1)!.replace('jpeg', 'jpg')),
      clock: systemClock,
      signal,
      mode: 'playwright',
      ci,
      command: `intentwright run ${id}`,
      version: '',
    });
  } finally {
    const failures = await hub.close();
    if (failures.length > 0) throw new IntentwrightError('DISK', `the evidence could not be written: ${failures[0]!.message}`);
  }
  const { story } = await readRun(journal);
  const { intents } = resultOf(story);
  // A pattern or a matrix is several: the first that is not green speaks for all.
  const result = intents.find(({ status }) => status !== 'passed') ?? intents[0]!;
  return {
    result,
    told: terminalReport(story, { columns: 100, colours: false }),
    journal,
    pictures: pictures.filter((file) => existsSync(file)),
  };
}
