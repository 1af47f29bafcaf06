import { ACTION_EFFECT, type Action, type ActionOutcome, type ValueRef } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Adaptation, Agent, AgentName, StepTask, Turn } from '../core/decision.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Budget } from '../core/intent.ts';
import type { LockedAction } from '../core/lock.ts';
import type { Observation } from '../core/observation.ts';
import type { ActorSession } from '../browser/port.ts';
import type { NamedValues } from './anchor.ts';
import { EffectGuard } from './effect-guard.ts';
import { decideWith } from './escalate.ts';
import { LoopDetector } from './loop-detector.ts';
import type { Mailbox } from './mailbox.ts';
import { recordAction, withoutDetours, type Trodden } from './record.ts';
import type { Say } from './say.ts';
import type { SecretVault } from './secret-vault.ts';
import { plainValue } from './values.ts';
import { tellAction } from './words.ts';

export interface StepContext {
  session: ActorSession;
  mailbox: Mailbox | undefined;
  agents: readonly Agent[];
  earlier: readonly Turn[];
  vault: SecretVault;
  names: NamedValues;
  budget: Pick<Budget, 'actionsPerStep'>;
  clock: Clock;
  signal: AbortSignal;
  say: Say;
  savePicture: ((jpeg: Uint8Array) => Promise<string>) | undefined;
  waits: StepWaits;
}

/** How long a step waits for what it observes, ms. */
export interface StepWaits {
  /** For the page to settle after an action. */
  settle: number;
  /** For the page to change before "not there" is believed. */
  patience: number;
  /** For a mail that is expected. */
  mail: number;
}

export type StepEnd =
  | { status: 'done' | 'refused'; why: string }
  | { status: 'gave-up'; why: string; between?: string[]; by: 'gave-up' | 'ambiguous-target' | 'ambiguous-commit' | 'error-page' }
  | { status: 'out-of-budget'; why: string };

export interface StepResult {
  end: StepEnd;
  by: AgentName | undefined;
  turns: Turn[];
  actions: LockedAction[];
  adaptations: { agent: AgentName; adaptation: Adaptation }[];
}

/** Carries one sentence out: observe → decide → guard → act, until an agent says it is done or the budget ends. */
export async function carryOutStep(step: StepTask, context: StepContext): Promise<StepResult> {
  const { session, clock, say, signal } = context;
  const guard = new EffectGuard();
  const loops = new LoopDetector();
  const result: StepResult = { end: { status: 'gave-up', why: '', by: 'gave-up' }, by: undefined, turns: [], actions: [], adaptations: [] };
  const here = { step: step.index, actor: step.actor };
  const focus = step.values.filter((value) => !value.secret).map((value) => value.value);
  let before: Observation | undefined;
  let patient = context.clock.now() + context.waits.patience;
  let refusals = 0;

  const way: Trodden[] = [];
  const finish = (end: StepEnd): StepResult => ({ ...result, end, actions: withoutDetours(way, before?.digest ?? '') });

  for (;;) {
    signal.throwIfAborted();
    const now = await session.observe({ focus, signal });
    const change = before ? session.change(before, now) : { added: [], removed: [] };
    const lastTurn = result.turns.at(-1);
    if (lastTurn && before) lastTurn.added = change.added;
    if (!before || before.digest !== now.digest) {
      say({
        type: 'observation-taken', ...here, path: now.path, title: now.title, candidates: now.candidates.length,
        notices: now.notices.map(({ kind, text }) => ({ kind, text })), dialog: now.dialog, added: change.added.slice(0, 20), removed: change.removed.slice(0, 20),
        cut: now.cut, ms: now.ms, digest: now.digest, status: now.status,
      });
      if (before) patient = clock.now() + context.waits.patience;
    }
    before = now;

    const { agent, decision } = await decideWith(context.agents, { observation: now, step, turns: result.turns, earlier: [...context.earlier], signal }, say, clock);
    if (decision.kind === 'step-done') {
      result.by = agent;
      return finish({ status: step.tries && !guard.committed ? 'refused' : 'done', why: decision.why });
    }
    if (decision.kind !== 'act') {
      // "Not there" is believed only of a page that has stopped changing; the same page is not asked about twice.
      if (decision.because === undefined && (await changesBefore(patient, now, focus, context))) continue;
      result.by = agent;
      if (decision.because === 'budget') return finish({ status: 'out-of-budget', why: decision.why });
      if (decision.because === 'model') throw new IntentwrightError('MODEL_UNAVAILABLE', decision.why);
      if (step.tries) return finish({ status: 'refused', why: decision.why });
      const errorPage = (now.status ?? 0) >= 500 || now.notices.some((notice) => notice.kind === 'error-page');
      const by = errorPage ? 'error-page' : decision.between?.length ? 'ambiguous-target' : 'gave-up';
      return finish({ status: 'gave-up', why: decision.why, by, ...(decision.between ? { between: decision.between } : {}) });
    }

    result.by = agent;
    const { action, target } = decision;
    if (result.turns.length >= context.budget.actionsPerStep) {
      return finish({ status: 'out-of-budget', why: `${context.budget.actionsPerStep} actions were not enough` });
    }
    const answer = guard.check(action, now, result.turns);
    if (!answer.allow && answer.ambiguous) return finish({ status: 'gave-up', why: answer.why, by: 'ambiguous-commit' });
    if (!answer.allow && ++refusals > 1) return finish({ status: 'gave-up', why: answer.why, by: 'gave-up' });
    const loop = !answer.allow || action.kind === 'wait' || action.kind === 'read-mail' ? undefined : loops.check(now.digest, action, tellAction(action, target));
    if (loop) return finish({ status: 'out-of-budget', why: `went round in circles: ${loop}` });

    const outcome = answer.allow ? await perform(action, now, step, context) : refused(answer.why);
    const committed = answer.allow && guard.record(action, now, result.turns, outcome.requests);
    const turn: Turn = { step: step.index, agent, action, target, outcome, digest: now.digest, path: now.path, added: [] };
    result.turns.push(turn);
    const locked = recordAction(turn, now, step, context.names);
    if (locked) way.push({ digest: now.digest, action: locked, lasting: committed || outcome.events.length > 0 });
    if (decision.adapted && outcome.ok) {
      result.adaptations.push({ agent, adaptation: decision.adapted });
      say({ type: 'adaptation-made', ...here, agent, adaptation: decision.adapted });
    }
    say({
      type: 'action-end', ...here, agent, action: action.kind, line: tellAction(action, target), target, ok: outcome.ok, error: outcome.error, miss: outcome.miss,
      effect: ACTION_EFFECT[action.kind], committed, requests: outcome.requests.map((request) => request.id), events: outcome.events, navigated: outcome.navigated, ms: outcome.ms, picture: outcome.picture,
    });
    patient = clock.now() + context.waits.patience;
  }
}

/** Looks on until the page shows something else; false when it does not before `deadline`. */
async function changesBefore(deadline: number, known: Observation, focus: string[], { session, clock, signal }: StepContext): Promise<boolean> {
  while (clock.now() < deadline) {
    await clock.sleep(60, signal);
    const look = await session.observe({ focus, signal });
    if (look.digest !== known.digest) return true;
  }
  return false;
}

/** What the page looks like now; its filing goes on while the journey does. */
async function takePicture({ session, savePicture }: StepContext, outline: number | undefined): Promise<{ filed: Promise<string | undefined> }> {
  const jpeg = savePicture && (await session.picture(outline));
  const filed = Promise.resolve(jpeg && savePicture(jpeg));
  filed.catch(() => undefined);
  return { filed };
}

const refused = (why: string): ActionOutcome => ({ ok: false, miss: 'refused', error: why, requests: [], events: [], navigated: false, ms: 0 });

async function perform(action: Action, on: Observation, step: StepTask, context: StepContext): Promise<ActionOutcome> {
  const started = context.clock.now();
  if (action.kind === 'read-mail') return readMail(context, started);
  let withheld: string | undefined;
  const valueOf = (ref: ValueRef, field: { origin: string; inputType?: string }) => {
    try {
      if (ref.from !== 'secret') return plainValue(ref, step, on);
      return context.vault.open(ref.name, step.values.some((value) => value.secret && value.name === ref.name), field);
    } catch (error) {
      withheld = messageOf(error);
      throw error;
    }
  };
  try {
    const shot = ACTION_EFFECT[action.kind] === 'write' ? await takePicture(context, 'target' in action ? action.target : undefined) : undefined;
    const outcome = await context.session.act(action, on, { valueOf, signal: context.signal, settleMs: context.waits.settle, picture: false });
    if (withheld) throw new IntentwrightError('SECRET_SCOPE', withheld);
    const picture = await shot?.filed;
    return picture ? { ...outcome, picture } : outcome;
  } catch (error) {
    if (!withheld) throw error;
    context.say({ type: 'page-event', step: step.index, actor: step.actor, kind: 'secret-withheld', text: withheld, at: context.clock.now() });
    return refused(withheld);
  }
}

async function readMail(context: StepContext, started: number): Promise<ActionOutcome> {
  if (!context.mailbox) return refused('this actor has no mailbox');
  const { mail, news } = await context.mailbox.waitForNews(context.waits.mail, context.signal);
  context.session.showMail(mail);
  const ms = context.clock.now() - started;
  const base = { requests: [], events: [`${mail.length} mails, ${news} new`], navigated: false, ms };
  return news > 0 ? { ok: true, ...base } : { ok: false, error: `no new mail arrived within ${Math.round(context.waits.mail / 1000)} s`, ...base };
}
