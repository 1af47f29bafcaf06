import type { ActorSession } from '../browser/port.ts';
import type { Clock } from '../core/clock.ts';
import type { Conduct } from '../core/decide.ts';
import type { Agent, StepTask, Turn } from '../core/decision.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Budget, Step } from '../core/intent.ts';
import type { LockedStep } from '../core/lock.ts';
import type { Album } from './album.ts';
import type { NamedValues } from './anchor.ts';
import type { Mailbox } from './mailbox.ts';
import type { Say } from './say.ts';
import type { SecretVault } from './secret-vault.ts';
import { carryOutStep, type Looked, type StepEnd, type StepWaits } from './step.ts';
import { taskOf } from './task.ts';

export interface CarryOutOptions {
  title: string;
  steps: readonly Pick<Step, 'actor' | 'text' | 'tries'>[];
  agents: readonly Agent[];
  /** An actor's session, the same each time; it may not have begun. */
  sessionOf(actor: string): Promise<ActorSession>;
  mailboxOf(actor: string): Mailbox | undefined;
  /** Something the world does. */
  system(sentence: string, signal: AbortSignal): Promise<void>;
  /** Variables of a template; secret handles stay handles. */
  resolve(template: string): string;
  names: NamedValues;
  files: string[];
  vault: SecretVault;
  budget: Budget;
  waits: StepWaits;
  clock: Clock;
  signal: AbortSignal;
  say: Say;
  album: Album;
}

export interface CarriedOut {
  conduct: Conduct;
  /** What was done, step by step: the next lockfile if the invariants pass. */
  steps: LockedStep[];
}

/** Carries a journey out, sentence by sentence, and says what became of it. It knows nothing of invariants. */
export async function carryOut(options: CarryOutOptions): Promise<CarriedOut> {
  const { clock, say, steps } = options;
  const deadline = AbortSignal.timeout(options.budget.seconds * 1000);
  const signal = AbortSignal.any([options.signal, deadline]);
  const done: LockedStep[] = [];
  const past: Turn[] = [];
  let conduct: Conduct = { kind: 'carried-out' };
  let looked: Looked | undefined;

  for (const [index, step] of steps.entries()) {
    const here = { step: index, actor: step.actor };
    say({ type: 'step-start', ...here, text: options.resolve(step.text), tries: step.tries });
    if (conduct.kind !== 'carried-out') {
      say({ type: 'step-end', ...here, status: 'not-reached', why: 'an earlier step was not carried out', durationMs: 0 });
      continue;
    }
    const started = clock.now();
    try {
      if (step.actor === 'system') {
        await options.system(step.text, signal);
        done.push({ actor: 'system', text: step.text, actions: [] });
        say({ type: 'step-end', ...here, status: 'done', why: 'done by the system', durationMs: clock.now() - started });
        continue;
      }
      const mailbox = options.mailboxOf(step.actor);
      const task = taskOf(step, index, {
        title: options.title,
        steps,
        resolve: options.resolve,
        hasMailbox: mailbox !== undefined,
        files: options.files,
      });
      const session = await options.sessionOf(step.actor);
      if (!session.begun && !(mailbox && beginsInMail(options.agents, task))) await session.begin();
      const result = await carryOutStep(task, {
        ...options,
        session,
        mailbox,
        signal,
        looked: steps[index - 1]?.actor === step.actor ? looked : undefined,
        earlier: past.filter((turn) => steps[turn.step]!.actor === step.actor),
      });
      looked = result.looked;
      past.push(...result.turns);
      done.push({ actor: step.actor, text: step.text, actions: result.actions });
      const between = 'between' in result.end ? result.end.between : undefined;
      say({
        type: 'step-end',
        ...here,
        status: result.end.status,
        why: result.end.why,
        durationMs: clock.now() - started,
        by: result.by,
        between,
      });
      if (options.album.wanted && isWorthALook(result.end, steps.slice(index + 1)))
        options.album.keep(session.picture(), (filed) => say({ type: 'picture-taken', ...here, ...filed }));
      conduct = conductOf(result.end, index, options.resolve(step.text));
    } catch (error) {
      conduct = conductOfError(error, {
        interrupted: options.signal.aborted,
        outOfTime: deadline.aborted,
        seconds: options.budget.seconds,
      });
      const status = conduct.kind === 'blocked' ? 'out-of-budget' : conduct.kind === 'not-reached' ? 'not-reached' : 'fault';
      say({ type: 'step-end', ...here, status, why: 'why' in conduct ? conduct.why : '', durationMs: clock.now() - started });
    }
  }
  return { conduct, steps: done };
}

/** Whoever follows the link of a mail has often never seen the application before: it must work for them, and nobody opens a page that is not needed. */
const beginsInMail = (agents: readonly Agent[], task: StepTask): boolean =>
  agents.map((agent) => agent.beginsInMail?.(task)).find((known) => known !== undefined) ?? false;

/** Where a journey stops, and where it ends: pictures of actions show the page before them. */
const isWorthALook = (end: StepEnd, later: readonly Pick<Step, 'actor'>[]): boolean =>
  (end.status !== 'done' && end.status !== 'refused') || later.every(({ actor }) => actor === 'system');

function conductOf(end: StepEnd, index: number, sentence: string): Conduct {
  const at = `step ${index + 1} ("${sentence}")`;
  if (end.status === 'gave-up') return { kind: 'blocked', by: end.by, why: `${at}: ${end.why}` };
  if (end.status === 'out-of-budget') return { kind: 'blocked', by: 'budget', why: `${at}: ${end.why}` };
  return { kind: 'carried-out' };
}

function conductOfError(error: unknown, ended: { interrupted: boolean; outOfTime: boolean; seconds: number }): Conduct {
  if (ended.interrupted) return { kind: 'not-reached', why: 'the run was interrupted' };
  if (ended.outOfTime) return { kind: 'blocked', by: 'budget', why: `${ended.seconds} s were not enough` };
  const why = messageOf(error);
  if (IntentwrightError.is(error, 'BROWSER_CRASHED') || IntentwrightError.is(error, 'PAGE_HUNG'))
    return { kind: 'errored', by: 'browser', why };
  if (IntentwrightError.is(error, 'FIXTURE_FAILED')) return { kind: 'errored', by: 'fixture', why };
  if (IntentwrightError.is(error, 'MODEL_UNAVAILABLE') || IntentwrightError.is(error, 'MODEL_DENIED'))
    return { kind: 'errored', by: 'model', why };
  if (IntentwrightError.is(error, 'PROBE_UNREADABLE') || IntentwrightError.is(error, 'PROBE_DENIED'))
    return { kind: 'errored', by: 'probe', why };
  if (IntentwrightError.is(error, 'TARGET_UNREACHABLE')) return { kind: 'errored', by: 'environment', why };
  return { kind: 'errored', by: 'harness', why };
}
