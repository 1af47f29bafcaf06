import { causeOf } from '../core/cause.ts';
import { type Conduct, decide, type Status } from '../core/decide.ts';
import type { Doubt } from '../core/doubt.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import type { BoundInvariant, Verdict } from '../core/invariant.ts';
import { breaksFor } from '../core/parity.ts';
import type { Scope } from '../core/template.ts';
import { Album } from '../journey/album.ts';
import { fittingLock } from '../journey/lock.ts';
import { type Say, voiceOf } from '../journey/say.ts';
import { bindInvariants } from '../oracle/bind.ts';
import { defaultInvariants } from '../oracle/defaults.ts';
import type { ProbeReader } from '../oracle/port.ts';
import { readPreconditions } from '../oracle/precondition.ts';
import { openOracle, type Oracle } from '../oracle/watch.ts';
import { Actors } from './actors.ts';
import { AttemptFacts } from './attempt-facts.ts';
import { lookUntilActed } from './doings.ts';
import { doubtsOf } from './doubts.ts';
import { conductOf, journey, peopleOf } from './journey.ts';
import { keepLock } from './keep-lock.ts';
import { readLock } from './lock-store.ts';
import { logIn } from './log-in.ts';
import { readMail } from './mail.ts';
import { newWorkflowId } from './names.ts';
import type { RunShared } from './open-run.ts';
import { readingVoice } from './reading-voice.ts';
import { Recordings } from './recordings.ts';
import { bindActors } from './scope.ts';
import { type Life, openWorld, type World } from './world.ts';
import { noteOf } from './starting-state.ts';

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
  const undo: Life['undo'] = [];
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

interface Lived {
  conduct: Conduct;
  verdicts: Verdict[];
  /** Its preconditions held. */
  met: boolean;
  doubts: Doubt[];
}

async function live(intent: Intent, shared: RunShared, life: Life): Promise<Lived> {
  const { say } = life;
  const world = await openWorld(intent, shared, life);
  const scope = await give(intent, shared, world, life);
  const actors = openPeople(intent, shared, world, scope, life);
  await logInAll(intent, actors, shared, scope, life);
  const { project, env } = shared;
  const stored = shared.fresh ? {} : await readLock(intent);
  const fitting = stored.lock ? fittingLock(stored.lock, intent) : {};
  const why = stored.why ?? fitting.why;
  if (why) say({ type: 'lockfile-end', state: 'stale', why });
  const bind = (uses: Intent['then']) => bindInvariants(uses, project.invariants, scope, env, world.limits);
  const bound = [...bind(intent.then), ...defaultInvariants(project.config.defaults, world.limits)].map((one): BoundInvariant => {
    const expectedMs = shared.expectedMs?.(intent.id, one.id) ?? stored.lock?.converges[one.id];
    return expectedMs === undefined ? one : { ...one, expectedMs };
  });
  if (!(await checkPreconditions(bind(intent.requires), world.reader, say, shared))) {
    await world.around();
    return { conduct: { kind: 'carried-out' }, verdicts: [], met: false, doubts: [] };
  }
  const watched = await watch({ intent, shared, world, life, scope, actors, bound, fitting });
  const { carried, verdicts, doubts } = watched;
  const passed = decide(verdicts, carried.conduct, true, [], doubts).status === 'passed';
  if (passed && project.config.artifacts.pictures === 'on-failure') watched.album.drop();
  if (!passed && !shared.signal.aborted) await world.around();
  if (!shared.sabotage) await keepLock({ intent, shared, say, before: stored, carried, verdicts, doubts });
  return { conduct: carried.conduct, verdicts, met: true, doubts };
}

/** The starting state. What the application itself has to say is told where it cannot be set up. */
async function give(intent: Intent, { doings, clock }: RunShared, world: World, { attempt }: Life): Promise<Scope> {
  if (intent.given.length > 0) doings.begin(intent.id, attempt, clock.now());
  const scope = await world.state.give(intent, world.base).catch(async (error: unknown) => {
    await world.around().catch(() => undefined);
    throw error;
  });
  doings.give(intent.id, attempt, Object.fromEntries(intent.given.map(({ alias }) => [alias, scope[alias]])));
  return scope;
}

function openPeople(intent: Intent, shared: RunShared, world: World, scope: Scope, life: Life): Actors {
  const { project, application, clock, signal, env, guard } = shared;
  const { config } = project;
  const { attempt, recordings, say, undo, workflow } = life;
  const actors = new Actors({
    intent,
    attempt,
    actors: bindActors(intent, scope, env),
    browser: shared.browser,
    application,
    config,
    redactor: shared.redactor,
    workflow,
    traceId: world.traceId,
    dir: shared.dir,
    say,
    clock,
    policy: guard.policy,
    startedAt: life.started,
    recordings,
    sources: config.selection.coverage === 'always' || (config.selection.coverage === 'nightly' && shared.mode === 'nightly'),
    readMail: (address, at) => readMail(world.reader, address, at),
    mailBefore: world.before,
    hasActed: () => shared.doings.firstOf(intent.id, attempt) !== undefined,
    vault: shared.vault,
    signal,
  });
  world.admit(actors);
  undo.push(() => actors.close());
  return actors;
}

/** People who sign in before the journey begins. */
async function logInAll(
  intent: Intent,
  actors: Actors,
  shared: RunShared,
  scope: Scope,
  { attempt, recordings, say }: Life,
): Promise<void> {
  for (const { actor, source } of actors.logins) {
    shared.doings.begin(intent.id, attempt, shared.clock.now());
    recordings.typed(actor, ['to sign in']);
    await logIn({ actor, source, scope, session: await actors.session(actor), mailbox: actors.mailbox(actor), say }, shared);
  }
}

interface Watching {
  intent: Intent;
  shared: RunShared;
  world: World;
  life: Life;
  scope: Scope;
  actors: Actors;
  bound: readonly BoundInvariant[];
  fitting: ReturnType<typeof fittingLock>;
}

/** The journey, with the oracle looking on from before its first step until everything has had its time. */
async function watch({ intent, shared, world, life, scope, actors, bound, fitting }: Watching): Promise<{
  carried: Awaited<ReturnType<typeof journey>>;
  verdicts: Verdict[];
  doubts: Doubt[];
  album: Album;
}> {
  const { clock, signal, project, doings } = shared;
  const { say, undo, attempt, facts } = life;
  for (const one of bound) say({ type: 'invariant-start', bound: one });
  const emit = readingVoice(say);
  const oracle = openOracle({ bound, reader: world.reader, clock, emit, signal, mask: (value) => shared.redactor.deep(value) });
  undo.push(() => oracle.close());
  const baselineAt = clock.now();
  await Promise.all([oracle.baseline(), ready(actors, intent)]);
  oracle.startWatching();
  const ended = new AbortController();
  undo.push(async () => ended.abort());
  const actedAt = (): number | undefined => doings.firstOf(intent.id, attempt);
  const either = AbortSignal.any([signal, ended.signal]);
  lookUntilActed({ oracle, hasActed: () => actedAt() !== undefined, clock, signal: either });

  const { pictures } = project.config.artifacts;
  const album = new Album(pictures === 'none' ? undefined : (jpeg) => shared.saveAttachment(jpeg, 'image/jpeg'), {
    atOnce: pictures === 'each-step',
  });
  undo.push(() => album.settled());
  const carried = await journey(intent, shared, { say, scope, actors, album, fitting, state: world.state, look: () => oracle.look() });
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
    doings,
    readingsOf: (id) => oracle.readingsOf(id),
    actedAt: actedAt(),
    baselineAt,
    journeyEndAt,
    elsewhere: isShared(shared),
    before: shared.before ?? false,
  });
  return { carried, verdicts, doubts, album };
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
