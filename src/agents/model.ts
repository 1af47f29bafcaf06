import type { Action, Target } from '../core/action.ts';
import type { Agent, DecideInput, Decision, Turn } from '../core/decision.ts';
import { ModelError, type Model, type ModelBudget, type ModelMessage } from '../models/port.ts';
import type { ModelAnswer } from './model/answer.ts';
import { ask, type ModelCall } from './model/ask.ts';
import { suspiciousTexts } from './model/injection.ts';
import { actionsOf } from './model/interpret.ts';
import { quotedControl } from './model/literal.ts';
import { masked } from './model/masked.ts';
import { RULES } from './model/prompt.ts';
import { completed, nextOf, openQueue, undisturbed, type Queue } from './model/queue.ts';
import { situationOf } from './model/situation.ts';
import { viewOf, type Shown } from './model/view.ts';
import { describe } from './identity.ts';

export type { ModelCall } from './model/ask.ts';

export interface ModelAgentOptions {
  model: Model;
  /** What the attempt may still spend; absent, nothing is counted. */
  budget?: ModelBudget;
  /** Masks secrets; the last thing done to a prompt before it leaves. */
  mask?(text: string): string;
  onCall?(call: ModelCall): void;
  /** Page text that reads like an instruction to the agent, once each. */
  onInjection?(text: string): void;
  /** Monotonic milliseconds. */
  now?(): number;
}

const PAGE = 12_000;
const SMALL_PAGE = 4_000;
const ANSWER = 1_500;
const SURE = 0.8;

/** Looking into the mailbox changes nothing and needs no opinion. */
const SPEAKS_OF_MAIL =
  /\b(?:open|read|check|find|follow|get|use|take|click|from|in|with)\b[^.]*\b(?:e-?mails?|mails?|mailbox|inbox|letter)\b/i;

type Plan = { actions: Action[]; why: string; done: boolean } | Extract<Decision, { kind: 'unsure' | 'give-up' }>;

/** The agent that asks a language model. A fresh one per attempt; it remembers what it showed and what it was told to do next. */
export function createModelAgent(options: ModelAgentOptions): Agent {
  const {
    model,
    budget,
    mask = (text) => text,
    onCall = () => undefined,
    onInjection = () => undefined,
    now = () => performance.now(),
  } = options;
  const suspected = new Set<string>();
  const shown = new Map<string, Shown>();
  const queues = new Map<string, Queue>();
  let idle: { about: string; decision: Decision } | undefined;

  async function decide(input: DecideInput): Promise<Decision> {
    const { observation, step, turns } = input;
    note(input);
    const about = `${step.actor} ${step.index} ${turns.length} ${observation.digest}`;
    // The same page with nothing done since gets the same word, and is not paid for twice.
    if (idle?.about === about) return idle.decision;
    idle = undefined;

    const queue = queues.get(step.actor);
    if (queue && undisturbed(queue, step, turns)) {
      const next = nextOf(queue, observation, turns.at(-1)!);
      if (next) {
        queue.turns = turns.length;
        queue.digest = observation.digest;
        return act(next.action, next.target, queue);
      }
      if (completed(queue, observation, turns.at(-1)!)) return { kind: 'step-done', why: queue.why };
    }
    queues.delete(step.actor);
    const no = step.tries && turns.at(-1)?.agent === 'model' ? refusalOf(turns.at(-1)!) : undefined;
    if (no) return { kind: 'step-done', why: `the application refused it: ${no}` };

    if (turns.length === 0 && step.hasMailbox && observation.mail.length === 0 && SPEAKS_OF_MAIL.test(step.text)) {
      return { kind: 'act', action: { kind: 'read-mail' }, why: 'the sentence speaks of a mail', confidence: SURE };
    }
    const quoted = turns.length === 0 ? quotedControl(step, observation) : undefined;
    const plan: Plan = quoted
      ? { actions: [{ kind: 'click', target: quoted.id }], why: `the sentence calls it by its name`, done: true }
      : await consult(input);
    const first = 'actions' in plan ? plan.actions[0] : undefined;
    if (!('actions' in plan)) return remember(about, plan);
    if (!first)
      return remember(
        about,
        plan.done ? { kind: 'step-done', why: plan.why } : { kind: 'give-up', why: `the model sees no way: ${plan.why}` },
      );
    const fresh = openQueue(plan.actions, step, observation, {
      turns: turns.length,
      why: plan.why,
      completes: plan.done,
      mayOpen: quoted !== undefined,
    });
    queues.set(step.actor, fresh);
    const { target } = fresh.pending.shift()!;
    return act(first, target?.target, fresh);
  }

  function remember(about: string, decision: Decision): Decision {
    idle = { about, decision };
    return decision;
  }

  /** One answer that can be used. Wrong answers are told back once, a page that is too long is asked about once more in short. */
  async function consult({ observation, step, turns, left, signal }: DecideInput): Promise<Plan> {
    const told = masked(observation, mask);
    let [whole, maxChars, maxTokens] = [false, PAGE, ANSWER];
    let [toldBack, looked] = [false, false];
    let aside: ModelMessage[] = [];
    for (;;) {
      const view = viewOf(told, step.index, { before: shown.get(step.actor), turns, whole, maxChars });
      const messages: ModelMessage[] = [
        { role: 'system', content: RULES },
        { role: 'user', content: situationOf({ step, turns, left }, told, view.text, mask) },
        ...aside,
      ];
      let reading: ReturnType<typeof read> | undefined;
      try {
        const answer = await ask(
          { model, budget, onCall, mask, now },
          {
            messages,
            maxTokens,
            signal,
            outcomeOf: (said) => {
              reading = read(said, view.partial && !looked, { observation: told, step, turns });
              return 'complaint' in reading ? `refused: ${reading.complaint}` : 'ok';
            },
          },
        );
        shown.set(step.actor, view.shown);
        if (!reading || 'look' in reading) {
          [whole, looked, aside] = [true, true, []];
          continue;
        }
        if ('plan' in reading) return reading.plan;
        if (toldBack) return { kind: 'unsure', why: `the model’s answer was refused twice: ${reading.complaint}`, because: 'model' };
        toldBack = true;
        aside = [
          { role: 'assistant', content: JSON.stringify(answer) },
          { role: 'user', content: `Refused: ${reading.complaint}. Answer again.` },
        ];
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        if (error.fault === 'truncated' && maxChars === PAGE) {
          [maxChars, maxTokens, whole] = [SMALL_PAGE, ANSWER * 2, false];
          continue;
        }
        if (error.fault === 'malformed' && !toldBack) {
          toldBack = true;
          aside = [
            { role: 'user', content: `Refused: ${error.message}. Answer again with the one JSON object {"why","do","done","sure"}.` },
          ];
          continue;
        }
        return error.fault === 'over_budget'
          ? { kind: 'give-up', why: error.message, because: 'budget' }
          : { kind: 'unsure', why: `${error.fault}: ${error.message}`, because: 'model' };
      }
    }
  }

  function read(
    answer: ModelAnswer,
    mayLook: boolean,
    about: Pick<DecideInput, 'observation' | 'step' | 'turns'>,
  ): { plan: Plan } | { look: true } | { complaint: string } {
    const why = mask(answer.why).replace(/\s+/g, ' ').slice(0, 200);
    if (answer.do.length > 0 && answer.do.every((wish) => wish.act === 'look'))
      return mayLook ? { look: true } : { complaint: 'there is no more of the page to see' };
    if (!answer.sure) {
      const between = answer.do.flatMap((wish) =>
        about.observation.candidates.filter((candidate) => candidate.id === wish.on).map(describe),
      );
      return {
        plan: { kind: 'unsure', why: `the model is not sure: ${why}`, ...(between.length > 0 ? { between: [...new Set(between)] } : {}) },
      };
    }
    const reading = actionsOf(answer, about.step, about.observation);
    if ('complaint' in reading) return reading;
    if (reading.actions[0] && changedNothing(reading.actions[0], about.observation.digest, about.turns))
      return { complaint: 'this was done already, and the page did not change' };
    return { plan: { actions: reading.actions, why, done: answer.done && reading.whole } };
  }

  function note({ observation }: DecideInput): void {
    for (const text of suspiciousTexts(observation)) {
      if (suspected.has(text)) continue;
      suspected.add(text);
      onInjection(mask(text).slice(0, 300));
    }
  }

  return { name: 'model', decide };
}

function act(action: Action, target: Target | undefined, queue: Queue): Decision {
  return {
    kind: 'act',
    action,
    why: queue.why,
    confidence: SURE,
    ...(target ? { target } : {}),
    ...(queue.completes && queue.pending.length === 0 ? { last: true } : {}),
  };
}

/** What was to be refused was: nobody needs to be asked what that means. */
function refusalOf(last: Turn): string | undefined {
  const refused = last.outcome.requests.find(
    (request) => request.changes && request.own && (request.status === 401 || request.status === 403),
  );
  return refused && `${refused.method} ${refused.template} answered ${refused.status}`;
}

function changedNothing(action: Action, digest: string, turns: readonly Turn[]): boolean {
  if (['wait', 'scroll', 'press', 'read-mail', 'back', 'reload'].includes(action.kind)) return false;
  const last = turns.at(-1);
  return last !== undefined && last.digest === digest && JSON.stringify(last.action) === JSON.stringify(action);
}
