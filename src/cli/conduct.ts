import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { EarlyBrowser } from '../browser/early.ts';
import { findBrowser } from '../browser/find.ts';
import type { AgentName } from '../core/decision.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Subscriber } from '../core/events.ts';
import type { Intent } from '../core/intent.ts';
import type { Project } from '../core/project.ts';
import type { Model } from '../models/port.ts';
import { createProgress } from '../report/terminal.ts';
import { pruneRuns } from '../report/prune-runs.ts';
import type { RunFolder } from '../report/run-folder.ts';
import { newRunId } from '../runner/names.ts';
import { openProductionGuard } from '../runner/production-guard.ts';
import { systemClock } from '../runner/clock.ts';
import { releaseMemory } from '../runner/memory.ts';
import type { RunOptions } from '../runner/run-options.ts';
import type { Sabotage } from '../runner/sabotage.ts';
import { commitHere, wholeHere } from './commit.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { explain, exitCodeOfError } from './failure.ts';
import { openLog } from './log.ts';
import { openModel } from './model.ts';
import { openTape, type Tape } from './tape.ts';
import { ownVersion } from './own-package.ts';
import { selectFor, type SelectionFlags, selectionHeadline } from './selection.ts';
import { openPast, type Past } from './past.ts';
import { tellRun } from './reports.ts';
import type { RunFlags } from './run-flags.ts';
import { isCi, type Shell } from './shell.ts';
import { type Interruption, listenForSignals } from './signals.ts';

/** What `run` and `demo` differ in. */
export interface ConductOptions {
  project: Project;
  ids: string[];
  flags: RunFlags;
  target?: string;
  /** Added to the environment of the target's start command. */
  startEnv?: Record<string, string>;
  /** Folder for the evidence; the config's own when absent. */
  artifacts?: string;
  /** False where the project's files are not the user's to change. */
  writeLocks?: boolean;
  mode?: string;
  /** Intents that the mode does not run, and why. */
  leftOut?: ReadonlyMap<string, string>;
  /** Carry the journeys out wrongly on purpose: for `prove`. */
  sabotage?: Sabotage;
  /** Runs what a change puts at risk; without `changed`, runs everything and notes what a selection would have left out. */
  selecting?: SelectionFlags & { changed?: boolean };
  /** A browser that is starting already; who made it drops it. */
  early?: EarlyBrowser;
  /** A snapshot's file or a target's name to compare the environment with. */
  against?: string;
  /** How to run it again, as a person would type it. */
  command: string;
  /** Set by who runs several times in one process: it hears events, is told where they are kept, and ends the run by the signal. */
  host?: { subscriber?: Subscriber; begun?(place: RunFolder): void; signal: AbortSignal };
}

/** Runs intents with everything around them: evidence, progress, signals, reports. Resolves to the exit code. */
export async function conduct(shell: Shell, options: ConductOptions): Promise<number> {
  const { config } = options.project;
  const artifacts = resolve(options.artifacts ?? config.artifacts.dir);
  const choice = await choose(shell, options);
  const past = openPast(artifacts, shell);
  const selection = await selectionOf(shell, options, choice, past);
  const progress = createProgress({
    write: shell.out,
    columns: () => shell.columns,
    rows: () => shell.rows,
    live: shell.interactive,
    colours: shell.colours(),
  });
  const log = await openLog(shell.env);
  const evidence = await openEvidence({
    artifacts,
    wanted: newRunId(systemClock.wall()),
    clock: systemClock,
    subscribers: [progress, log, options.host?.subscriber].filter((one) => one !== undefined),
  });
  options.host?.begun?.(evidence.place);
  // Its provider may quote the key in an error.
  const keyEnv = choice.model && config.agents.model?.keyEnv;
  const key = (keyEnv && shell.env[keyEnv]?.trim()) || '';
  if (keyEnv && key.length > 3) evidence.redactor.add(keyEnv, key);
  // Heard until the process ends: a second signal must leave at once while the report is written, too.
  const interruption: Pick<Interruption, 'signal' | 'exitCode'> = options.host
    ? { signal: options.host.signal, exitCode: () => undefined }
    : listenForSignals(process, (name) => shell.err(`\n${name}: finishing the report; once more to leave at once.\n`));
  const code = await run(shell, options, { choice, selection, evidence, past, signal: interruption.signal });
  const kept = await close(shell, evidence);
  releaseMemory();
  const told = await tell(shell, artifacts, evidence, past, options);
  past.close();
  await pruneRuns(artifacts, { keep: config.artifacts.keepRuns, megabytes: config.artifacts.keepMegabytes }, systemClock.wall()).catch(
    () => undefined,
  );
  return interruption.exitCode() ?? ((kept && told) || code >= 2 ? code : 3);
}

/** What is run, by whom: all that can be refused before anything begins. */
interface Choice {
  target: string;
  /** Those that may run there. */
  intents: Intent[];
  agents: AgentName[];
  model: Model | undefined;
  tape: Tape;
}

async function choose(shell: Shell, options: ConductOptions): Promise<Choice> {
  const { project, flags, ids } = options;
  const target = options.target ?? project.config.defaultTarget;
  // Refused before anything is begun; the run itself guards what it does.
  const { intents } = await openProductionGuard({ project, target, confirmed: flags.production, ids, env: shell.env });
  if (flags.fleet === undefined && project.config.browser.endpoint === undefined)
    findBrowser({ config: project.config.browser, env: shell.env });
  const agents = agentsOf(options);
  const { recordModel: record, replayModel: replay } = flags;
  if ((record ?? replay) !== undefined && !agents.includes('model'))
    throw new IntentwrightError('USAGE', 'a cassette was named, and no model is asked', {
      hint: `let one be asked: --agents ${[...agents, 'model'].join(',')}`,
    });
  const note = (text: string): void => shell.err(`${shell.paint('yellow', 'warning')} ${text}\n`);
  const model =
    agents.includes('model') && replay === undefined ? await openModel(project.config, shell.env, systemClock, note) : undefined;
  return {
    target,
    intents,
    agents,
    model,
    tape: await openTape({ record: record && resolve(shell.cwd, record), replay: replay && resolve(shell.cwd, replay) }),
  };
}

/** What the change puts at risk. Where it is only measured, what stands in its way is said and the run goes on. */
async function selectionOf(
  shell: Shell,
  { project, selecting }: ConductOptions,
  { target, intents }: Choice,
  { history, close: closePast }: Past,
): Promise<RunOptions['risk']> {
  if (!selecting) return undefined;
  const applied = selecting.changed ?? false;
  const base = selecting.base ?? (applied ? undefined : history?.lastFullCommit(target));
  if (!applied && base === undefined) return undefined;
  try {
    const made = await selectFor(shell, { ...project, intents }, history, target, {
      ...selecting,
      ...(base === undefined ? {} : { base }),
    });
    if (applied) shell.out(`${selectionHeadline(made)}\n`);
    return { made, applied };
  } catch (error) {
    if (!applied) {
      shell.err(`${shell.paint('yellow', 'warning')} what a selection would have missed is not measured: ${messageOf(error)}\n`);
      return undefined;
    }
    closePast();
    throw error;
  }
}

/** Who carries steps out: the lockfile alone when frozen, everybody but the lockfile when fresh. */
function agentsOf({ project, flags }: ConductOptions): AgentName[] {
  if (flags.frozen) return ['replay'];
  const { chain, model } = project.config.agents;
  const names = flags.agents ?? chain;
  if (names.includes('model') && !model && flags.replayModel === undefined)
    throw new IntentwrightError('USAGE', 'the agent "model" was asked for, and the config names no model', {
      hint: 'add agents.model to the config, or leave it out of --agents',
    });
  return flags.fresh ? names.filter((name) => name !== 'replay' && name !== 'relocate') : names;
}

interface Around {
  choice: Choice;
  selection: RunOptions['risk'];
  evidence: Evidence;
  past: Past;
  signal: AbortSignal;
}

async function run(
  shell: Shell,
  options: ConductOptions,
  { choice, selection, evidence, past: { history }, signal }: Around,
): Promise<number> {
  const { project, ids, flags } = options;
  const { target, agents, model, tape } = choice;
  const ci = isCi(shell.env);
  const { fleet, queue = 'intentwright' } = flags;
  const password = fleet === undefined ? '' : decodeURIComponent(new URL(fleet).password);
  if (password.length >= 4) evidence.redactor.add('fleet', password);
  const { runIntents } = await import('../runner/run.ts');
  try {
    const { exitCode } = await runIntents({
      ...(fleet === undefined ? {} : { fleet: (await import('../runner/queue/fleet-hands.ts')).fleetHands({ url: fleet, queue }) }),
      project,
      target,
      production: flags.production,
      agents,
      model,
      modelFor: (live, volatile) => tape.model(live, evidence.redactor, volatile),
      signal,
      ci,
      early: options.early,
      clock: systemClock,
      env: shell.env,
      version: ownVersion(),
      command: options.command,
      run: evidence.run,
      dir: evidence.place.folder,
      emit: evidence.hub.emit,
      redactor: evidence.redactor,
      saveAttachment: evidence.saveAttachment,
      selection: { ids, priority: flags.priority, touches: flags.touches, shard: flags.shard },
      risk: selection,
      leftOut: options.leftOut,
      against: options.against,
      frozen: flags.frozen ?? false,
      fresh: flags.fresh ?? false,
      writeLocks: (options.writeLocks ?? true) && !ci && !flags.frozen,
      workers: flags.workers ?? project.config.workers,
      retries: flags.retries ?? project.config.retries,
      whole: wholeHere(shell.env),
      startEnv: options.startEnv ?? {},
      mode: options.mode ?? 'local',
      sabotage: options.sabotage,
      commit: await commitHere(project.config.root, shell.env),
      usualMs: history?.usualMs,
      expectedMs: history && ((intent, invariant) => history.expectedMs(intent, invariant, target)),
    });
    if (tape.unused > 0) shell.err(`${shell.paint('yellow', 'warning')} ${tape.unused} answers of the cassette were not asked for.\n`);
    return exitCode;
  } catch (error) {
    if (!signal.aborted) shell.err(explain(error, shell));
    return exitCodeOfError(error);
  }
}

/** False when a subscriber failed: what it should have kept is not there. */
async function close(shell: Shell, { hub }: Evidence): Promise<boolean> {
  const failures = await hub.close();
  for (const { subscriber, message, during, times } of failures) {
    shell.err(`${shell.paint('red', 'error')} DISK ${subscriber} failed at ${during}${times > 1 ? ` (${times} times)` : ''}: ${message}\n`);
  }
  return failures.length === 0;
}

/** No evidence is no pass: when the story cannot be told from its journal, that is a fault of its own. */
async function tell(shell: Shell, artifacts: string, { run, place }: Evidence, past: Past, { flags }: ConductOptions): Promise<boolean> {
  try {
    if (await hasBegun(place)) {
      const told = await tellRun(shell, { artifacts, run, past, flags, to: flags.report && resolve(shell.cwd, flags.report) });
      past.record(told.story);
      return told.whole;
    }
    await rm(place.folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    shell.err(`${shell.paint('red', 'error')} DISK the report could not be written: ${messageOf(error)}\n`);
    return false;
  }
}

/** A run that ended before it began (no browser, nothing selected) leaves nothing behind. */
const hasBegun = (place: RunFolder): Promise<boolean> =>
  stat(place.journal).then(
    ({ size }) => size > 0,
    () => false,
  );
