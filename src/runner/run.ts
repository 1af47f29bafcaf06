import PQueue from 'p-queue';
import { exitCodeOf, type Status } from '../core/decide.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import { countedStatuses, hasEnded, type Quarantine } from '../core/quarantine.ts';
import { guardNetwork } from './network-guard.ts';
import { oneAttempt } from './one-attempt.ts';
import { openRun } from './open-run.ts';
import { type Plan, planIntents } from './plan.ts';
import { openProductionGuard, type ProductionGuard } from './production-guard.ts';
import { ResourceLocks } from './resource-locks.ts';
import type { RunOptions } from './run-options.ts';
import type { SelectionMade } from './select/select.ts';

export interface RunEnd {
  exitCode: 0 | 1 | 2 | 3 | 130 | 143;
  statuses: { intent: string; status: Status }[];
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
  const guard = await openProductionGuard({
    project: given,
    target: options.target,
    confirmed: options.production,
    ids: selection.ids,
    env,
    resolve: options.resolve,
  });
  const { chosen, whole, left, unknown } = planIntents(guard.intents, selection, options.usualMs, leftOut(options));
  if (unknown.length > 0)
    throw new IntentwrightError('USAGE', `no intent is called ${unknown.join(', ')}`, {
      hint: `there are: ${given.intents.map((intent) => intent.id).join(', ') || 'none'}`,
    });
  if (whole.length === 0)
    throw new IntentwrightError('SPEC_EMPTY', 'no intent was selected', {
      hint: 'an empty run never passes; see `intentwright run --help`',
    });
  if (chosen.length === 0) return nothingToDo(options, { chosen, whole, left });
  const release = guardNetwork(guard);
  try {
    return await runGuarded(
      { ...options, project: { ...given, intents: guard.intents } },
      { guard, plan: { chosen, whole, left }, started },
    );
  } finally {
    release();
  }
}

/** Carries attempts out: here, or on other machines. */
export interface Hands {
  /** First attempts, as many at a time as there is room for; resolves to their statuses in the same order. */
  first(intents: readonly Intent[]): Promise<Status[]>;
  /** One more attempt, while nothing else runs. */
  again(intent: Intent, attempt: number): Promise<Status>;
  browserVersion(): Promise<string | undefined>;
  close(): Promise<void>;
}

type Parts = { guard: ProductionGuard; plan: Omit<Plan, 'unknown'>; started: number };

async function runGuarded(options: RunOptions, { guard, plan, started }: Parts): Promise<RunEnd> {
  const { chosen } = plan;
  const { clock, emit, signal } = options;
  const begun = (url: string): void => {
    emit(startEvent(options, url, plan));
    tellEndedQuarantines(options, chosen);
    if (guard.withheld.length > 0)
      emit({
        type: 'note-made',
        level: 'warning',
        code: 'PRODUCTION_WITHHELD',
        message: `kept from every program, because production is named in it: ${guard.withheld.join(', ')}`,
      });
  };
  const hands = options.fleet ? await options.fleet(options, begun) : await ownHands(options, guard, begun);
  try {
    const first = await hands.first(chosen);
    const statuses: Status[] = [];
    // Alone, after everything else: what passes then is unreliable, and what does not is broken by itself.
    for (const [index, intent] of chosen.entries()) statuses.push(await againIfRed(intent, first[index]!, options, hands));
    const ended = chosen.map((intent, index) => ({ status: statuses[index]!, quarantined: quarantineOf(intent, options) }));
    const exitCode = signal.aborted ? (signal.reason === 'SIGINT' ? 130 : 143) : exitCodeOf(countedStatuses(ended));
    const version = await hands.browserVersion();
    emit({
      type: 'run-end',
      exitCode,
      durationMs: clock.now() - started,
      interrupted: signal.aborted ? String(signal.reason ?? 'interrupted') : undefined,
      browser: version,
    });
    return { exitCode, statuses: chosen.map((intent, index) => ({ intent: intent.id, status: statuses[index]! })) };
  } finally {
    await hands.close();
  }
}

/** This process, with one browser. */
async function ownHands(options: RunOptions, guard: ProductionGuard, begun: (url: string) => void): Promise<Hands> {
  const { shared, browserVersion, close } = await openRun(options, guard, begun);
  const locks = new ResourceLocks();
  // Production bears one journey at a time.
  const queue = new PQueue({ concurrency: guard.policy ? 1 : options.workers });
  return {
    first: (intents) =>
      Promise.all(intents.map((intent) => queue.add(() => locks.hold(intent.locks, () => oneAttempt(intent, 1, shared))))),
    again: (intent, attempt) => oneAttempt(intent, attempt, shared),
    browserVersion,
    close,
  };
}

/** The retries of one intent. One that passes is flaky, never plain green. */
async function againIfRed(intent: Intent, first: Status, { retries, signal }: RunOptions, hands: Hands): Promise<Status> {
  let status = first;
  for (let attempt = 2; attempt <= retries + 1; attempt++) {
    if (status === 'passed' || status === 'flaky' || status === 'skipped' || status === 'unproven' || signal.aborted) return status;
    const again = await hands.again(intent, attempt);
    if (again === 'passed') return 'flaky';
    // What it was to bring about is there already, by the attempt before: that one has the word.
    if (again === 'unproven') return status;
    status = again;
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
    if (known && hasEnded(known, clock.wall()))
      emit({
        type: 'note-made',
        level: 'warning',
        code: 'QUARANTINE_ENDED',
        message: `the quarantine of ${id} ended on ${known.until} (${known.owner}: ${known.why}): its red counts again`,
      });
  }
}

/** More shards than intents: this one's journal says so, or its part would look lost to `merge`. What the run is worth the others tell. */
function nothingToDo(options: RunOptions, plan: Omit<Plan, 'unknown'>): RunEnd {
  const {
    emit,
    selection: { shard },
    project,
  } = options;
  const { whole } = plan;
  emit(startEvent(options, project.config.targets[options.target]!.url, plan));
  emit({
    type: 'note-made',
    level: 'info',
    code: 'EMPTY_SHARD',
    message: `shard ${shard!.index}/${shard!.of} has nothing to do: the selection has ${whole.length === 1 ? 'one intent' : `${whole.length} intents`}`,
  });
  emit({ type: 'run-end', exitCode: 0, durationMs: 0 });
  return { exitCode: 0, statuses: [] };
}

/** Intents that the change does not reach, where that counts, and those that the mode does not run unless they are named. */
function leftOut({ risk, leftOut: byMode, selection }: RunOptions): ReadonlySet<string> {
  const unreached = risk?.applied ? risk.made.intents.filter((intent) => !intent.chosen).map(({ id }) => id) : [];
  return new Set([...unreached, ...[...(byMode?.keys() ?? [])].filter((id) => !selection.ids.includes(id))]);
}

function startEvent(options: RunOptions, url: string, { chosen, whole, left }: Omit<Plan, 'unknown'>) {
  const { risk } = options;
  return {
    type: 'run-start' as const,
    run: options.run,
    startedAt: options.clock.wall().toISOString(),
    version: options.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    target: { name: options.target, url, production: options.project.config.targets[options.target]!.production },
    mode: options.mode,
    agents: options.agents,
    frozen: options.frozen,
    ci: options.ci,
    command: options.command,
    model: (options.model ?? options.modelFor?.(undefined, {}))?.id,
    commit: options.commit,
    whole: options.whole,
    shard: options.selection.shard && { ...options.selection.shard, whole },
    ...(risk
      ? {
          selection: {
            base: risk.made.base,
            applied: risk.applied,
            files: risk.made.files.length,
            unmapped: risk.made.unmapped,
            ...(risk.made.writtenByAgent ? { agent: risk.made.writtenByAgent } : {}),
          },
        }
      : {}),
    intents: [...chosen, ...left].map((intent) => ({
      ...choiceOf(
        risk?.made.intents.find(({ id }) => id === intent.id),
        left.includes(intent),
        options.leftOut?.get(intent.id),
      ),
      id: intent.id,
      title: intent.title,
      why: intent.why,
      owner: intent.owner,
      priority: intent.priority,
      touches: intent.touches,
      where: intent.where,
      cell: intent.cell,
      quarantined: quarantineOf(intent, options),
      steps: intent.journey.map((step) => ({ actor: step.actor, text: step.text, tries: step.tries, line: step.where.line })),
    })),
  };
}

function choiceOf(choice: SelectionMade['intents'][number] | undefined, left: boolean, byMode: string | undefined) {
  const skipped = left ? (byMode ?? choice?.why) : undefined;
  if (!choice) return skipped === undefined ? {} : { skipped };
  const { chosen, risk, why } = choice;
  return { selection: { chosen, risk, why }, ...(skipped === undefined ? {} : { skipped }) };
}
