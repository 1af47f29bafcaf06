import { looksBusy } from '../agents/busy.ts';
import { ACTION_EFFECT, type Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Adaptation, Agent, AgentName, Decision, StepTask, Turn } from '../core/decision.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Budget } from '../core/intent.ts';
import type { LockedAction } from '../core/lock.ts';
import type { Observation } from '../core/observation.ts';
import type { Picture } from '../browser/picture.ts';
import type { ActorSession } from '../browser/port.ts';
import type { Album } from './album.ts';
import type { NamedValues } from './anchor.ts';
import { EffectGuard } from './effect-guard.ts';
import { decideWith } from './escalate.ts';
import { LoopDetector } from './loop-detector.ts';
import type { Mailbox } from './mailbox.ts';
import { perform, refused } from './perform.ts';
import { recordAction, withoutDetours, type Trodden } from './record.ts';
import type { Say } from './say.ts';
import type { SecretVault } from './secret-vault.ts';
import { wordsOf } from './values.ts';
import { tellAction } from './words.ts';

export interface StepContext {
  session: ActorSession;
  mailbox: Mailbox | undefined;
  agents: readonly Agent[];
  earlier: readonly Turn[];
  /** The last look of the same person's sentence right before this one. */
  looked?: Looked | undefined;
  vault: SecretVault;
  names: NamedValues;
  budget: Pick<Budget, 'actionsPerStep'>;
  clock: Clock;
  signal: AbortSignal;
  say: Say;
  album: Album;
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

/** A look, and when it was taken. */
export interface Looked {
  observation: Observation;
  at: number;
}

export interface StepResult {
  end: StepEnd;
  looked: Looked;
  by: AgentName | undefined;
  turns: Turn[];
  actions: LockedAction[];
  adaptations: { agent: AgentName; adaptation: Adaptation }[];
}

type Act = Extract<Decision, { kind: 'act' }>;
type NotAct = Extract<Decision, { kind: 'unsure' | 'give-up' }>;

/** Carries one sentence out: observe → decide → guard → act, until an agent says it is done or the budget ends. */
export const carryOutStep = (step: StepTask, context: StepContext): Promise<StepResult> => new StepWalk(step, context).walk();

class StepWalk {
  readonly #step: StepTask;
  readonly #context: StepContext;
  readonly #here: { step: number; actor: string };
  /** Values of the sentence: rows that hold them are looked into. */
  readonly #focus: string[];
  /** What may be a name although it is not marked as one: "take Person 37 off the team". */
  readonly #words: string[];
  readonly #guard = new EffectGuard();
  readonly #loops = new LoopDetector();
  readonly #turns: Turn[] = [];
  readonly #way: Trodden[] = [];
  readonly #adaptations: StepResult['adaptations'] = [];
  #looked: Looked | undefined;
  #by: AgentName | undefined;
  /** Until when a page that lacks something may still change. */
  #patientUntil: number;
  #refusals = 0;
  /** How many turns had been taken at the last look. */
  #lookedAfter = 0;
  /** Until when the page may still owe what is wanted: nobody leaves it, or the recorded way, before. */
  #unhurriedUntil: number;

  constructor(step: StepTask, context: StepContext) {
    this.#step = step;
    this.#context = context;
    this.#here = { step: step.index, actor: step.actor };
    this.#focus = step.values.filter((value) => !value.secret).map((value) => value.value);
    this.#words = wordsOf(step.text);
    this.#patientUntil = context.clock.now() + context.waits.patience;
    this.#unhurriedUntil = this.#unhurried(context.earlier.at(-1));
  }

  async walk(): Promise<StepResult> {
    const { agents, session, earlier, budget, say, clock, signal } = this.#context;
    for (;;) {
      signal.throwIfAborted();
      const observation = await this.#look();
      const { agent, decision } = await decideWith(
        agents,
        {
          observation,
          step: this.#step,
          turns: this.#turns,
          left: budget.actionsPerStep - this.#turns.length,
          earlier: [...earlier],
          signal,
        },
        say,
        clock,
      );
      this.#by = agent;
      if (!session.begun && !(decision.kind === 'act' && NEEDS_NO_PAGE.has(decision.action.kind))) {
        await session.begin();
        continue;
      }
      const end =
        decision.kind === 'act'
          ? await this.#act(agent, decision, observation)
          : decision.kind === 'step-done'
            ? await this.#closing(decision.why, observation)
            : await this.#fallShort(decision, observation);
      if (end)
        return {
          end,
          looked: this.#looked!,
          by: this.#by,
          turns: this.#turns,
          adaptations: this.#adaptations,
          actions: withoutDetours(this.#way, observation.digest),
        };
    }
  }

  /** One look; told when it shows something else than the one before. */
  async #look(): Promise<Observation> {
    const { session, say, signal, clock } = this.#context;
    const now = this.#stillFresh() ?? (await session.observe({ focus: this.#focus, words: this.#words, signal }));
    const before = this.#looked?.observation;
    const change = before ? session.change(before, now) : { added: [], removed: [] };
    const lastTurn = this.#turns.at(-1);
    if (lastTurn && before) lastTurn.added = change.added;
    if (session.begun && before?.digest !== now.digest) {
      say({
        type: 'observation-taken',
        ...this.#here,
        path: now.path,
        title: now.title,
        candidates: now.candidates.length,
        notices: now.notices.map(({ kind, text }) => ({ kind, text })),
        dialog: now.dialog,
        added: change.added.slice(0, 20),
        removed: change.removed.slice(0, 20),
        cut: now.cut,
        ms: now.ms,
        digest: now.digest,
        status: now.status,
      });
      this.#bePatient();
      // What changes by itself is still being made.
      if (before && this.#turns.length === this.#lookedAfter)
        this.#unhurriedUntil = Math.max(this.#unhurriedUntil, clock.now() + Math.min(RESTLESS_MS, this.#context.waits.patience));
    }
    this.#lookedAfter = this.#turns.length;
    this.#looked = { observation: now, at: clock.now() };
    return now;
  }

  /** What the sentence before ended on, where no time has passed and this one's words could show no row that it does not. */
  #stillFresh(): Observation | undefined {
    const { looked, clock } = this.#context;
    if (this.#looked || !looked || clock.now() - looked.at > FRESH_MS) return undefined;
    const { observation } = looked;
    return observation.cut.length === 0 && observation.repeats.every(({ shown, count }) => shown === count) ? observation : undefined;
  }

  #bePatient(): void {
    this.#patientUntil = this.#context.clock.now() + this.#context.waits.patience;
  }

  /** Until when a page may still change: longer where it says itself that it is still loading. */
  #patienceWith(on: Observation): number {
    return this.#patientUntil + (looksBusy(on) ? (BUSY - 1) * this.#context.waits.patience : 0);
  }

  /** An agent says that the step is carried out. A page that is broken offers nothing and refuses nobody. */
  async #closing(why: string, on: Observation): Promise<StepEnd | undefined> {
    if (!this.#step.tries) return { status: 'done', why };
    const broken = brokenness(on);
    if (broken === undefined) return { status: this.#guard.committed ? 'done' : 'refused', why };
    return (await this.#changes(on, this.#patienceWith(on)))
      ? undefined
      : { status: 'gave-up', by: 'error-page', why: `${broken}: that is no refusal` };
  }

  /** What somebody must not be able to do is looked for in vain for as long as they may look: an invariant proves whether it is refused. */
  async #spent(why: string, on: Observation): Promise<StepEnd> {
    const end = this.#step.tries && !this.#guard.committed ? await this.#closing(`it was not found: ${why}`, on) : undefined;
    return end ?? { status: 'out-of-budget', why };
  }

  /** Nobody knows what to do: "not there" is believed only of a page that has stopped changing, and the same page is not asked about twice. */
  async #fallShort(decision: NotAct, on: Observation): Promise<StepEnd | undefined> {
    if (decision.because === undefined && (await this.#changes(on, this.#patienceWith(on)))) return undefined;
    if (decision.because === 'budget') return { status: 'out-of-budget', why: decision.why };
    if (decision.because === 'model') throw new IntentwrightError('MODEL_UNAVAILABLE', decision.why);
    const torn = decision.between !== undefined && decision.between.length > 0;
    if (this.#step.tries && !torn && decision.because === undefined) return this.#closing(decision.why, on);
    const errorPage = (on.status ?? 0) >= 500 || on.notices.some((notice) => notice.kind === 'error-page');
    return {
      status: 'gave-up',
      why: decision.why,
      by: errorPage ? 'error-page' : torn ? 'ambiguous-target' : 'gave-up',
      ...(decision.between ? { between: decision.between } : {}),
    };
  }

  /** Where the last action took long, what it brings may come late: a page is as slow as it has just been. */
  #unhurried(last: Turn | undefined): number {
    const { clock, waits } = this.#context;
    return (
      clock.now() +
      Math.min(
        waits.patience,
        Math.max(SLOWNESS * (last?.outcome.ms ?? 0), last?.outcome.navigated ? ARRIVING_MS : 0, this.#onRecord() ? LEAVING_MS : 0),
      )
    );
  }

  /** A decision that leads away from what is wanted or recorded. One by a model was long enough in the making. */
  #leaves(agent: AgentName, { tentative }: Act): boolean {
    return tentative === true || (agent === 'builtin' && this.#onRecord());
  }

  /** There is a recording, and nobody has left it in this step. */
  #onRecord(): boolean {
    return (
      this.#context.agents.some(({ name }) => name === 'replay') &&
      this.#turns.every(({ agent }) => agent === 'replay' || agent === 'relocate')
    );
  }

  /** Looks on until the page shows something else, as long as there is patience. */
  async #changes(known: Observation, until: number): Promise<boolean> {
    const { session, clock, signal } = this.#context;
    while (clock.now() < until) {
      await clock.sleep(60, signal);
      const look = await session.observe({ focus: this.#focus, words: this.#words, signal });
      if (look.digest !== known.digest) return true;
    }
    return false;
  }

  /** Guards, does and records one action; an end when it must not be done. */
  async #act(agent: AgentName, decision: Act, on: Observation): Promise<StepEnd | undefined> {
    const { action, target } = decision;
    const words = tellAction(action, target);
    if (this.#leaves(agent, decision) && (await this.#changes(on, this.#unhurriedUntil))) return undefined;
    if (this.#turns.length >= this.#context.budget.actionsPerStep)
      return this.#spent(`${this.#context.budget.actionsPerStep} actions were not enough`, on);
    const answer = this.#guard.check(action, on, this.#turns);
    if (!answer.allow && answer.ambiguous) return { status: 'gave-up', why: answer.why, by: 'ambiguous-commit' };
    if (!answer.allow && ++this.#refusals > 1) return { status: 'gave-up', why: answer.why, by: 'gave-up' };
    const loop = answer.allow && !WAITING.has(action.kind) ? this.#loops.check(on.digest, action, words) : undefined;
    if (loop) return this.#spent(`went round in circles: ${loop}`, on);

    const { album, say, session } = this.#context;
    const pictures: Promise<Picture | undefined>[] = [];
    const outcome = answer.allow
      ? await perform(
          action,
          on,
          this.#step,
          this.#context,
          album.wanted && session.begun ? { onPicture: (picture) => pictures.push(picture), next: decision.next } : {},
        )
      : refused(answer.why);
    const committed = answer.allow && this.#guard.record(action, on, this.#turns, outcome.requests);
    const turn: Turn = { step: this.#step.index, agent, action, target, outcome, digest: on.digest, path: on.path, added: [] };
    this.#turns.push(turn);
    this.#unhurriedUntil = this.#unhurried(turn);
    const locked = recordAction(turn, on, this.#step, this.#context.names);
    if (locked) this.#way.push({ digest: on.digest, action: locked, lasting: committed || outcome.events.length > 0 });
    if (decision.adapted && outcome.ok) {
      this.#adaptations.push({ agent, adaptation: decision.adapted });
      say({ type: 'adaptation-made', ...this.#here, agent, adaptation: decision.adapted });
    }
    say({
      type: 'action-end',
      ...this.#here,
      agent,
      action: action.kind,
      line: words,
      target,
      ok: outcome.ok,
      error: outcome.error,
      miss: outcome.miss,
      effect: ACTION_EFFECT[action.kind],
      committed,
      requests: outcome.requests.map((request) => request.id),
      events: outcome.events,
      navigated: outcome.navigated,
      ms: outcome.ms,
    });
    const act = this.#turns.length - 1;
    for (const picture of pictures) album.keep(picture, (filed) => say({ type: 'picture-taken', ...this.#here, act, ...filed }));
    this.#bePatient();
    return undefined;
  }
}

/** What is wrong with a page on which nobody could do anything; a refusal (403, 404, a message) is nothing wrong. */
function brokenness(on: Observation): string | undefined {
  const { status, notices, candidates, passages, repeats, dialog, nativeDialog } = on;
  const error = notices.find(({ kind }) => kind === 'error-page');
  if (error && ((status ?? 0) >= 500 || status === undefined || status < 400)) return error.text;
  const bare =
    candidates.length === 0 &&
    passages.length === 0 &&
    repeats.length === 0 &&
    notices.length === 0 &&
    dialog === undefined &&
    nativeDialog === undefined;
  return bare ? 'the page is empty' : looksBusy(on) ? 'the page is still loading' : undefined;
}

/** Nobody sees anything else so soon after a look, ms. */
const FRESH_MS = 10;
/** A page that says it is still loading is waited for so many times as long. */
const BUSY = 6;
/** A page that took so long may owe something for so many times as long, */
const SLOWNESS = 2;
/** and one on which a recording missed its target for at least so long, ms. */
const LEAVING_MS = 250;
/** A page that changed by itself may do so again within this time, ms; */
const RESTLESS_MS = 900;
/** and one that was just come to may still lack its main part, ms. */
const ARRIVING_MS = 600;
/** What somebody does in their mailbox, before they have a page of the application. */
const NEEDS_NO_PAGE: ReadonlySet<Action['kind']> = new Set(['read-mail', 'mail']);
/** Doing these again on the same page is no circle. */
const WAITING: ReadonlySet<Action['kind']> = new Set(['wait', 'read-mail', 'reload']);
