import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findBrowser } from '../browser/find.ts';
import type { AgentName } from '../core/decision.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Project } from '../core/project.ts';
import { createProgress } from '../report/terminal.ts';
import { pruneRuns, type RunFolder } from '../report/run-folder.ts';
import { newRunId } from '../runner/names.ts';
import { systemClock } from '../runner/clock.ts';
import type { Selection } from '../runner/plan.ts';
import { commitHere } from './commit.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { explain, exitCodeOfError } from './failure.ts';
import { openModel } from './model.ts';
import { ownVersion } from './own-package.ts';
import { guardProduction } from './production-guard.ts';
import { openPast, type Past } from './past.ts';
import { tellRun } from './reports.ts';
import type { RunFlags } from './run-flags.ts';
import { isCi, type Shell } from './shell.ts';
import { listenForSignals } from './signals.ts';

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
  /** How to run it again, as a person would type it. */
  command: string;
}

/** Runs intents with everything around them: evidence, progress, signals, reports. Resolves to the exit code. */
export async function conduct(shell: Shell, options: ConductOptions): Promise<number> {
  const { project, flags } = options;
  const { config } = project;
  const clock = systemClock;
  const ci = isCi(shell.env);
  const target = options.target ?? config.defaultTarget;
  const intents = await guardProduction({ project, target, confirmed: flags.production, ids: options.ids, env: shell.env });
  // Before anything is started, and before a folder is made: without a browser there is nothing to run.
  findBrowser({ config: config.browser, env: shell.env });
  const artifacts = resolve(options.artifacts ?? resolve(config.root, config.artifacts.dir));
  const agents = agentsOf(options);
  const model = agents.includes('model') ? await openModel(config, shell.env, clock) : undefined;
  const progress = createProgress({ write: shell.out, columns: () => shell.columns, live: shell.interactive, colours: shell.colours() });
  const evidence = await openEvidence({ artifacts, wanted: newRunId(clock.wall()), clock, subscribers: [progress] });
  // Heard until the process ends: a second signal must leave at once while the report is written, too.
  const interruption = listenForSignals(process, (name) => shell.err(`\n${name}: finishing the report; once more to leave at once.\n`));
  const { runIntents } = await import('../runner/run.ts');
  const past = openPast(artifacts, shell);
  const { history } = past;
  let code: number;
  try {
    const end = await runIntents({
      project: { ...project, intents }, run: evidence.run, dir: evidence.place.folder, target, selection: selectionOf(options), agents,
      frozen: flags.frozen ?? false, fresh: flags.fresh ?? false, writeLocks: (options.writeLocks ?? true) && !ci && !flags.frozen,
      workers: flags.workers ?? config.workers, retries: flags.retries ?? config.retries,
      env: shell.env, startEnv: options.startEnv ?? {}, emit: evidence.hub.emit, redactor: evidence.redactor, saveAttachment: evidence.saveAttachment,
      clock, signal: interruption.signal, mode: options.mode ?? 'local', ci, command: options.command, version: ownVersion(), commit: await commitHere(config.root, shell.env), model,
      ...(history ? { usualMs: history.usualMs, expectedMs: (intent: string, invariant: string) => history.expectedMs(intent, invariant, target) } : {}),
    });
    code = end.exitCode;
  } catch (error) {
    if (!interruption.signal.aborted) shell.err(explain(error, shell));
    code = exitCodeOfError(error);
  }
  const failures = await evidence.hub.close();
  for (const { subscriber, message, during, times } of failures) shell.err(`${shell.paint('red', 'error')} DISK ${subscriber} failed at ${during}${times > 1 ? ` (${times} times)` : ''}: ${message}\n`);
  const whole = await tell(shell, artifacts, evidence, past, flags.report);
  past.close();
  await pruneRuns(artifacts, config.artifacts.keepRuns, clock.wall()).catch(() => undefined);
  const stopped = interruption.exitCode();
  if (stopped !== undefined) return stopped;
  return (failures.length > 0 || !whole) && code < 2 ? 3 : code;
}

/** No evidence is no pass: when the story cannot be told from its journal, that is a fault of its own. */
async function tell(shell: Shell, artifacts: string, { run, place }: Evidence, past: Past, to: string | undefined): Promise<boolean> {
  try {
    if (await hasBegun(place)) {
      const told = await tellRun(shell, { artifacts, run, past, to: to && resolve(shell.cwd, to) });
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
const hasBegun = (place: RunFolder): Promise<boolean> => stat(place.journal).then(({ size }) => size > 0, () => false);

/** Who carries steps out: the lockfile alone when frozen, everybody but the lockfile when fresh. */
function agentsOf({ project, flags }: ConductOptions): AgentName[] {
  if (flags.frozen) return ['replay'];
  const { chain, model } = project.config.agents;
  const names = flags.agents ?? chain.filter((name) => name !== 'model' || model !== undefined);
  if (names.includes('model') && !model) throw new IntentwrightError('USAGE', 'the agent "model" was asked for, and the config names no model', { hint: 'add agents.model to the config, or leave it out of --agents' });
  return flags.fresh ? names.filter((name) => name !== 'replay' && name !== 'relocate') : names;
}

function selectionOf({ ids, flags }: ConductOptions): Selection {
  return { ids, priority: flags.priority, touches: flags.touches, shard: flags.shard };
}
