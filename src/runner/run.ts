import PQueue from 'p-queue';
import type { BrowserHost } from '../browser/port.ts';
import { launchBrowser, loadBrowserLibrary } from '../browser/host.ts';
import { exitCodeOf, type Status } from '../core/decide.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import { countedStatuses, hasEnded, type Quarantine } from '../core/quarantine.ts';
import { filesBeside } from './files-beside.ts';
import { openApplication, type Application } from './application.ts';
import { runAttempt } from './attempt.ts';
import { releaseMemory } from './memory.ts';
import { checkedHosts, hostsOf } from './browser-hosts.ts';
import { guardNetwork } from './network-guard.ts';
import { type Plan, planIntents } from './plan.ts';
import { openProductionGuard, type ProductionGuard } from './production-guard.ts';
import type { RecordingRoom } from './recordings.ts';
import { ResourceLocks } from './resource-locks.ts';
import { type ParityRead, readParity } from './parity.ts';
import type { RunOptions } from './run-options.ts';
import { openSecrets } from './secrets.ts';
import type { SelectionMade } from './select/select.ts';
import type { VaultEntry } from '../journey/secret-vault.ts';

export interface RunEnd {
  exitCode: 0 | 1 | 2 | 3 | 130 | 143;
  statuses: { intent: string; status: Status }[];
}

/** What all attempts of a run share. */
export interface RunShared extends RunOptions {
  recordingRoom: RecordingRoom;
  application: Application;
  vault: readonly VaultEntry[];
  browser(): Promise<BrowserHost>;
  /** How the environment compares with the one that the run is to speak for. */
  parity?: ParityRead;
  filesOf(intent: Intent): Promise<string[]>;
  guard: ProductionGuard;
}

/**
 * Runs the selected intents and says everything that happens through `emit`.
 * What concerns the whole run (application unreachable, no browser, nothing selected) is thrown; what concerns one intent is its status.
 * @throws IntentwrightError TARGET_UNREACHABLE | BROWSER_MISSING | SPEC_EMPTY | USAGE | ENV_MISSING
 */
export async function runIntents(options: RunOptions): Promise<RunEnd> {
  const { clock } = options;
  const started = clock.now();
  const { project: given, selection, env } = options;
  const guard = await openProductionGuard({ project: given, target: options.target, confirmed: options.production, ids: selection.ids, env, resolve: options.resolve });
  const { chosen, whole, left, unknown } = planIntents(guard.intents, selection, options.usualMs, leftOut(options));
  if (unknown.length > 0) throw new IntentwrightError('USAGE', `no intent is called ${unknown.join(', ')}`, { hint: `there are: ${given.intents.map((intent) => intent.id).join(', ') || 'none'}` });
  if (whole.length === 0) throw new IntentwrightError('SPEC_EMPTY', 'no intent was selected', { hint: 'an empty run never passes; see `intentwright run --help`' });
  if (chosen.length === 0) return nothingToDo(options, { chosen, whole, left });
  const release = guardNetwork(guard);
  try {
    return await runGuarded({ ...options, project: { ...given, intents: guard.intents } }, { guard, plan: { chosen, whole, left }, started });
  } finally {
    release();
  }
}

async function runGuarded(options: RunOptions, { guard, plan, started }: { guard: ProductionGuard; plan: Pick<Plan, 'chosen' | 'whole' | 'left'>; started: number }): Promise<RunEnd> {
  const { chosen } = plan;
  const { project, clock, emit, signal } = options;
  const target = project.config.targets[options.target]!;
  if (target.start) guard.checkProgram(target.start.command, { ...target.start.env, ...options.startEnv });
  const opening = openApplication(target, project.config.root, options.env, options.startEnv, signal, guard);
  // Loading it blocks for a quarter of a second: as well while the application starts.
  loadBrowserLibrary();
  const application = await opening;
  let host: Promise<BrowserHost> | undefined;
  try {
    const scope = { app: application.outputs, target: { url: application.url, name: target.name } };
    const vault = openSecrets(project.config, application.origins, scope, options.env, options.redactor);
    const hosts = guard.active ? checkedHosts(application.places) : hostsOf(application.origins);
    const launch = { config: project.config.browser, hosts, env: options.env };
    const browser = () => (host ??= options.early ? options.early.take(launch) : launchBrowser(launch));
    emit(startEvent(options, application.url, plan));
    tellEndedQuarantines(options, chosen);
    if (guard.withheld.length > 0) emit({ type: 'note-made', level: 'warning', code: 'PRODUCTION_WITHHELD', message: `kept from every program, because production is named in it: ${guard.withheld.join(', ')}` });
    // Launching takes as long as the first fixtures: begin now, and let the first actor wait for what is left.
    browser().catch(() => undefined);

    if (options.against !== undefined && project.config.targets[options.against]?.production) throw new IntentwrightError('TARGET_REFUSED', `a run does not reach production, and ${options.against} is production`, { hint: `take a snapshot there:  intentwright parity snapshot --target ${options.against}  and run --against its file` });
    const parity = options.against === undefined ? undefined : await readParity({ project, target: options.target, application, env: options.env, clock, signal, guard, against: options.against });
    if (parity) emit({ type: 'parity-end', ...parity });
    const shared: RunShared = { ...options, application, vault, browser, filesOf: filesBeside, guard, recordingRoom: { left: project.config.artifacts.maxMegabytes * 1e6 }, ...(parity ? { parity } : {}) };
    const locks = new ResourceLocks();
    // Production bears one journey at a time.
    const queue = new PQueue({ concurrency: target.production ? 1 : options.workers });
    const first = await Promise.all(chosen.map((intent) => queue.add(() => locks.hold(intent.locks, () => oneAttempt(intent, 1, shared)))));
    const statuses: Status[] = [];
    // Alone, after everything else: what passes then is unreliable, and what does not is broken by itself.
    for (const [index, intent] of chosen.entries()) statuses.push(await againIfRed(intent, first[index]!, shared));
    const ended = chosen.map((intent, index) => ({ status: statuses[index]!, quarantined: quarantineOf(intent, options) }));
    const exitCode = signal.aborted ? (signal.reason === 'SIGINT' ? 130 : 143) : exitCodeOf(countedStatuses(ended));
    const version = await host?.then((opened) => opened.version, () => undefined);
    emit({ type: 'run-end', exitCode, durationMs: clock.now() - started, interrupted: signal.aborted ? String(signal.reason ?? 'interrupted') : undefined, browser: version });
    return { exitCode, statuses: chosen.map((intent, index) => ({ intent: intent.id, status: statuses[index]! })) };
  } finally {
    await host?.then((opened) => opened.close(), () => undefined);
    await application.stop();
  }
}

/** The retries of one intent. One that passes is flaky, never plain green. */
async function againIfRed(intent: Intent, first: Status, shared: RunShared): Promise<Status> {
  let status = first;
  for (let attempt = 2; attempt <= shared.retries + 1; attempt++) {
    if (status === 'passed' || status === 'skipped' || status === 'unproven' || shared.signal.aborted) return status;
    status = await oneAttempt(intent, attempt, shared);
    if (status === 'passed') return 'flaky';
  }
  return status;
}

/** Until its last day; after it, its red counts again. */
function quarantineOf({ id }: Intent, { project, clock }: RunOptions): Quarantine | undefined {
  const known = project.config.quarantine[id];
  return known && !hasEnded(known, clock.wall()) ? known : undefined;
}

function tellEndedQuarantines({ project, clock, emit }: RunOptions, chosen: readonly Intent[]): void {
  for (const { id } of chosen) {
    const known = project.config.quarantine[id];
    if (known && hasEnded(known, clock.wall())) emit({ type: 'note-made', level: 'warning', code: 'QUARANTINE_ENDED', message: `the quarantine of ${id} ended on ${known.until} (${known.owner}: ${known.why}): its red counts again` });
  }
}

async function oneAttempt(intent: Intent, attempt: number, shared: RunShared): Promise<Status> {
  const started = shared.clock.now();
  try {
    return await runAttempt(intent, attempt, shared);
  } catch (error) {
    // Whatever went wrong in the harness concerns this intent only.
    const conduct = { kind: 'errored' as const, by: 'harness' as const, why: messageOf(error) };
    shared.emit({ type: 'note-made', intent: intent.id, attempt, level: 'error', code: IntentwrightError.is(error) ? error.code : 'INTERNAL', message: messageOf(error) });
    shared.emit({ type: 'intent-end', intent: intent.id, attempt, status: 'errored', reason: 'fault', cause: 'environment', causeWhy: conduct.why, conduct, durationMs: shared.clock.now() - started });
    return 'errored';
  } finally {
    releaseMemory();
  }
}

/** More shards than intents: this one's journal says so, or its part would look lost to `merge`. What the run is worth the others tell. */
function nothingToDo(options: RunOptions, plan: Omit<Plan, 'unknown'>): RunEnd {
  const { emit, selection: { shard }, project } = options;
  const { whole } = plan;
  emit(startEvent(options, project.config.targets[options.target]!.url, plan));
  emit({ type: 'note-made', level: 'info', code: 'EMPTY_SHARD', message: `shard ${shard!.index}/${shard!.of} has nothing to do: the selection has ${whole.length === 1 ? 'one intent' : `${whole.length} intents`}` });
  emit({ type: 'run-end', exitCode: 0, durationMs: 0 });
  return { exitCode: 0, statuses: [] };
}

/** Intents that the change does not reach, where that counts. */
function leftOut({ risk }: RunOptions): ReadonlySet<string> {
  return new Set(risk?.applied ? risk.made.intents.filter((intent) => !intent.chosen).map(({ id }) => id) : []);
}

function startEvent(options: RunOptions, url: string, { chosen, whole, left }: Omit<Plan, 'unknown'>) {
  const { risk } = options;
  return {
    type: 'run-start' as const, run: options.run, startedAt: options.clock.wall().toISOString(), version: options.version, node: process.version,
    platform: `${process.platform} ${process.arch}`, target: { name: options.target, url, production: options.project.config.targets[options.target]!.production },
    mode: options.mode, agents: options.agents, frozen: options.frozen, ci: options.ci, command: options.command, model: (options.model ?? options.modelFor?.(undefined, {}))?.id, commit: options.commit,
    shard: options.selection.shard && { ...options.selection.shard, whole },
    ...(risk ? { selection: { base: risk.made.base, applied: risk.applied, files: risk.made.files.length, unmapped: risk.made.unmapped, ...(risk.made.writtenByAgent ? { agent: risk.made.writtenByAgent } : {}) } } : {}),
    intents: [...chosen, ...left].map((intent) => ({
      ...choiceOf(risk?.made.intents.find(({ id }) => id === intent.id), left.includes(intent)),
      id: intent.id, title: intent.title, why: intent.why, owner: intent.owner, priority: intent.priority, touches: intent.touches, where: intent.where, cell: intent.cell, quarantined: quarantineOf(intent, options),
      steps: intent.journey.map((step) => ({ actor: step.actor, text: step.text, tries: step.tries, line: step.where.line })),
    })),
  };
}

function choiceOf(choice: SelectionMade['intents'][number] | undefined, left: boolean) {
  if (!choice) return {};
  const { chosen, risk, why } = choice;
  return { selection: { chosen, risk, why }, ...(left ? { skipped: why } : {}) };
}
