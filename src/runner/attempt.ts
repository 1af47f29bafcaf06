import { causeOf } from '../core/cause.ts';
import { type Conduct, decide, type Status } from '../core/decide.ts';
import type { Doubt } from '../core/doubt.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import type { BoundInvariant, Verdict } from '../core/invariant.ts';
import { breaksFor } from '../core/parity.ts';
import { resolveDeep, type Scope } from '../core/template.ts';
import { Album } from '../journey/album.ts';
import { fittingLock } from '../journey/lock.ts';
import { type Say, voiceOf } from '../journey/say.ts';
import { bindInvariants } from '../oracle/bind.ts';
import { defaultInvariants } from '../oracle/defaults.ts';
import type { ProbeReader, ProbeServices } from '../oracle/port.ts';
import { readPreconditions } from '../oracle/precondition.ts';
import { openReader } from '../oracle/reader.ts';
import { openOracle, type Oracle } from '../oracle/watch.ts';
import { Actors, downloadsOf, fetchWithSession } from './actors.ts';
import { AttemptFacts } from './attempt-facts.ts';
import { lookUntilActed } from './doings.ts';
import { doubtsOf } from './doubts.ts';
import { conductOf, journey, peopleOf } from './journey.ts';
import { keepLock } from './keep-lock.ts';
import { readLock } from './lock-store.ts';
import { logIn } from './log-in.ts';
import { lookAround } from './look-around.ts';
import { mailBefore } from './mail-before.ts';
import { readMail } from './mail.ts';
import { newTraceId, newWorkflowId } from './names.ts';
import type { RunShared } from './open-run.ts';
import { checkPrograms } from './program-guard.ts';
import { readingVoice } from './reading-voice.ts';
import { Recordings } from './recordings.ts';
import { bindActors } from './scope.ts';
import { noteOf, StartingState } from './starting-state.ts';

type Undo = () => Promise<unknown>;

/** One attempt at one intent, from its fixtures to its status. What it sets up it takes down, whatever happens. */
export async function runAttempt(intent: Intent, attempt: number, shared: RunShared): Promise<Status> {
  const { clock, emit, signal } = shared;
  const facts = new AttemptFacts();
  const recordings = new Recordings({
    wanted: shared.project.config.artifacts,
    dir: shared.dir,
    intent: intent.id,
    attempt,
    redactor: shared.redactor,
    room: shared.recordingRoom,
  });
  const voice = facts.listen(voiceOf(emit, intent.id, attempt));
  const say: Say = (body) => {
    recordings.note(body);
    shared.doings.hear(intent.id, attempt, body, clock.now());
    voice(body);
  };
  const started = clock.now();
  const workflow = newWorkflowId();
  say({ type: 'intent-start', workflow, ...(attempt > 1 ? { isolation: true } : {}) });
  const undo: Undo[] = [];
  let conduct: Conduct = { kind: 'not-reached', why: 'the run was interrupted' };
  let verdicts: Verdict[] = [];
  let met = true;
  let doubts: Doubt[] = [];
  try {
    if (!signal.aborted)
      ({ conduct, verdicts, met, doubts } = await live(intent, shared, { say, workflow, undo, started, recordings, attempt, facts }));
  } catch (error) {
    conduct = signal.aborted ? conduct : conductOf(error);
    say({ type: 'note-made', level: 'error', code: IntentwrightError.is(error) ? error.code : 'INTERNAL', message: noteOf(error) });
  } finally {
    for (const step of undo.toReversed()) {
      await step().catch((error: unknown) => say({ type: 'note-made', level: 'warning', code: 'TEARDOWN', message: messageOf(error) }));
    }
  }
  const { production } = shared.project.config.targets[shared.target]!;
  // In production a journey ends when nothing of it is left.
  if (production && facts.leftSomething && conduct.kind === 'carried-out')
    conduct = { kind: 'errored', by: 'fixture', why: 'what it made in production could not be shown to be gone' };
  const unlike = breaksFor(intent.touches, shared.parity?.findings ?? []);
  const { status, reason } = decide(verdicts, conduct, met, unlike, doubts);
  await recordings.settle(status, say);
  const cause = causeOf({ ...facts.facts(), status, conduct, verdicts, ...(reason === 'unlike-production' ? { unlike } : {}), doubts });
  say({
    type: 'intent-end',
    status,
    reason,
    cause: cause?.cause,
    causeWhy: cause?.why,
    conduct,
    durationMs: clock.now() - started,
    ...(unlike.length > 0 ? { unlike } : {}),
    ...(doubts.length > 0 ? { doubts } : {}),
  });
  return status;
}

interface Life {
  say: Say;
  workflow: string;
  undo: Undo[];
  started: number;
  recordings: Recordings;
  attempt: number;
  facts: AttemptFacts;
}

async function live(
  intent: Intent,
  shared: RunShared,
  { say, workflow, undo, started, recordings, attempt, facts }: Life,
): Promise<{ conduct: Conduct; verdicts: Verdict[]; met: boolean; doubts: Doubt[] }> {
  const { project, application, clock, signal, env } = shared;
  const { config } = project;
  const traceId = newTraceId();
  const base: Scope = {
    run: { id: workflow },
    app: application.outputs,
    target: { url: application.url, name: shared.target },
    intent: { id: intent.id, title: intent.title },
    ...(intent.cell ? { matrix: intent.cell.values } : {}),
  };
  const connections = Object.values(resolveDeep(config.connections, base, env));
  checkPrograms(connections, shared.guard);
  // Before the starting state: what the application sends because of it must find somebody who takes it.
  let people: Actors | undefined;
  const fetchAs: ProbeServices['fetchAs'] = (who, request, at) =>
    people
      ? people.fetchAs(who, request, at)
      : fetchWithSession(who, request, { baseUrl: application.url, policy: shared.guard.policy }, at);
  const reader = await openReader({
    connections,
    services: {
      clock,
      env: shared.guard.env,
      baseUrl: application.url,
      workflow,
      traceId,
      fetchAs,
      requests: () => people?.requests ?? [],
      faults: () => people?.faults ?? [],
      dirs: {
        intent: intent.where.file.replace(/[^/\\]+$/, ''),
        downloads: downloadsOf(shared.dir, intent.id, attempt),
        root: config.root,
      },
    },
    maxInFlight: 4,
    mask: (value) => shared.redactor.deep(value),
  });
  undo.push(() => reader.close());
  const { production } = config.targets[shared.target]!;
  const before = await mailBefore(intent, base, env, (address, at) => readMail(reader, address, at), signal);
  const state = new StartingState({
    project,
    clock,
    env,
    say,
    undo,
    contextOf: (scope) => ({
      root: config.root,
      baseUrl: application.url,
      scope,
      env,
      headers: { 'x-workflow-id': workflow },
      clock,
      signal,
      connections,
      reader,
      fetchAs,
      isOlderMail: (to, id) => before.get(to)?.has(id) === true,
      production,
      guard: shared.guard,
    }),
  });
  const limits = { withinMs: intent.withinMs, settleMs: intent.settleMs, blindMs: intent.blindMs };
  const around = (): Promise<void> =>
    lookAround({ bound: bindInvariants(config.environment, project.invariants, base, env, limits), reader, clock, signal }, say);
  if (intent.given.length > 0) shared.doings.begin(intent.id, attempt, clock.now());
  const scope = await state.give(intent, base).catch(async (error: unknown) => {
    await around().catch(() => undefined);
    throw error;
  });
  shared.doings.give(intent.id, attempt, Object.fromEntries(intent.given.map(({ alias }) => [alias, scope[alias]])));
  const actors = (people = new Actors({
    intent,
    attempt,
    actors: bindActors(intent, scope, env),
    browser: shared.browser,
    application,
    config,
    redactor: shared.redactor,
    workflow,
    traceId,
    dir: shared.dir,
    say,
    clock,
    policy: shared.guard.policy,
    startedAt: started,
    recordings,
    sources: config.selection.coverage === 'always' || (config.selection.coverage === 'nightly' && shared.mode === 'nightly'),
    readMail: (address, at) => readMail(reader, address, at),
    mailBefore: before,
    hasActed: () => shared.doings.firstOf(intent.id, attempt) !== undefined,
    vault: shared.vault,
    signal,
  }));
  undo.push(() => actors.close());
  for (const { actor, source } of actors.logins) {
    shared.doings.begin(intent.id, attempt, clock.now());
    recordings.typed(actor, ['to sign in']);
    await logIn({ actor, source, scope, session: await actors.session(actor), mailbox: actors.mailbox(actor), say }, shared);
  }

  const stored = shared.fresh ? {} : await readLock(intent);
  const fitting = stored.lock ? fittingLock(stored.lock, intent) : {};
  const why = stored.why ?? fitting.why;
  if (why) say({ type: 'lockfile-end', state: 'stale', why });

  const expected = (bound: BoundInvariant): BoundInvariant => {
    const expectedMs = shared.expectedMs?.(intent.id, bound.id) ?? stored.lock?.converges[bound.id];
    return expectedMs === undefined ? bound : { ...bound, expectedMs };
  };
  const bind = (uses: Intent['then']) => bindInvariants(uses, project.invariants, scope, env, limits);
  const bound = [...bind(intent.then), ...defaultInvariants(config.defaults, limits)].map(expected);
  const met = await checkPreconditions(bind(intent.requires), reader, say, shared);
  if (!met) {
    await around();
    return { conduct: { kind: 'carried-out' }, verdicts: [], met, doubts: [] };
  }

  for (const one of bound) say({ type: 'invariant-start', bound: one });
  const oracle = openOracle({ bound, reader, clock, emit: readingVoice(say), signal, mask: (value) => shared.redactor.deep(value) });
  undo.push(() => oracle.close());
  const baselineAt = clock.now();
  await Promise.all([oracle.baseline(), ready(actors, intent)]);
  oracle.startWatching();
  const ended = new AbortController();
  undo.push(async () => ended.abort());
  lookUntilActed({
    oracle,
    hasActed: () => shared.doings.firstOf(intent.id, attempt) !== undefined,
    clock,
    signal: AbortSignal.any([signal, ended.signal]),
  });

  const { pictures } = config.artifacts;
  const album = new Album(pictures === 'none' ? undefined : (jpeg) => shared.saveAttachment(jpeg, 'image/jpeg'), {
    atOnce: pictures === 'each-step',
  });
  undo.push(() => album.settled());
  const carried = await journey(intent, shared, { say, scope, actors, album, fitting, state, look: () => oracle.look() });
  say({ type: 'journey-end', conduct: carried.conduct, at: oracle.endJourney() });
  const journeyEndAt = clock.now();
  const verdicts = await judge(oracle, carried.conduct);
  for (const verdict of verdicts) say({ type: 'invariant-end', verdict });
  const doubts = doubtsOf({
    intent,
    attempt,
    intents: project.intents,
    invariants: project.invariants,
    bound,
    verdicts,
    tried: facts.tried,
    doings: shared.doings,
    readingsOf: (id) => oracle.readingsOf(id),
    actedAt: shared.doings.firstOf(intent.id, attempt),
    baselineAt,
    journeyEndAt,
    elsewhere: isShared(shared),
    before: shared.before ?? false,
  });
  const passed = decide(verdicts, carried.conduct, met, [], doubts).status === 'passed';
  if (passed && pictures === 'on-failure') album.drop();
  if (!passed && !signal.aborted) await around();
  if (!shared.sabotage) await keepLock({ intent, shared, say, before: stored, carried, verdicts, doubts });
  return { conduct: carried.conduct, verdicts, met, doubts };
}

/** The first actor's browser, before the journey begins. What fails is told when it is needed. */
async function ready(actors: Actors, intent: Intent): Promise<void> {
  const [first] = peopleOf(intent);
  if (first !== undefined) await actors.prepare(first).catch(() => undefined);
}

/** Other machines work on the same application: this one did not start it for itself. */
const isShared = ({ elsewhere, selection, project, target }: RunShared): boolean =>
  project.config.targets[target]!.start === undefined && (elsewhere === true || (selection.shard?.of ?? 1) > 1);

/** After a journey that was carried out the system gets its time to converge; after any other, one look tells what is there. */
const judge = (oracle: Oracle, conduct: Conduct): Promise<Verdict[]> =>
  conduct.kind === 'carried-out' ? oracle.judge() : oracle.judgeNow();

/** What is not so before the journey makes it prove nothing. */
async function checkPreconditions(bound: BoundInvariant[], reader: ProbeReader, say: Say, { clock, signal }: RunShared): Promise<boolean> {
  if (bound.length === 0) return true;
  const verdicts = await readPreconditions({ bound, reader, clock, signal });
  const unmet = verdicts.filter((verdict) => verdict.status !== 'held');
  say({
    type: 'precondition-end',
    met: unmet.length === 0,
    why:
      unmet.map((verdict) => `${verdict.says}: expected ${verdict.expected}, found ${verdict.found}`).join('; ') ||
      'all preconditions hold',
  });
  return unmet.length === 0;
}
