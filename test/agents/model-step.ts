import type { Decision, StepTask, Turn } from '../../src/core/decision.ts';
import type { Observation } from '../../src/core/observation.ts';
import { createModelAgent, type ModelCall } from '../../src/agents/model.ts';
import type { Act } from '../../src/agents/model/answer.ts';
import { createBudget } from '../../src/models/budget.ts';
import { scriptedModel, type ScriptedReply } from '../../src/models/scripted.ts';

export const task = (more: Partial<StepTask> = {}): StepTask => ({
  index: 0,
  actor: 'admin',
  template: 'Invite ${invitee} as an editor',
  text: 'Invite casey@example.test as an editor',
  tries: false,
  values: [{ name: 'invitee', value: 'casey@example.test' }],
  title: 'Invite a teammate',
  before: [],
  after: [],
  hasMailbox: false,
  files: [],
  ...more,
});

/** What a model answers: `wish('click', 4)`. */
export const wish = (act: Act, on = 0, value = ''): { act: Act; on: number; value: string } => ({ act, on, value });
export const answer = (
  wishes: ReturnType<typeof wish>[],
  more: Partial<{ done: boolean; sure: boolean; why: string }> = {},
): ScriptedReply => ({ why: 'as the sentence says', do: wishes, done: false, sure: true, ...more });

/** A model agent with a scripted model, carried along a list of pages as a journey would. */
export function agentWith(replies: readonly ScriptedReply[], more: { calls?: number; mask?: (text: string) => string } = {}) {
  const calls: ModelCall[] = [];
  const injections: string[] = [];
  const model = scriptedModel(replies);
  const agent = createModelAgent({
    model,
    budget: createBudget({ modelCalls: more.calls ?? 20, tokens: 100_000, dollars: 1 }),
    now: () => 0,
    onCall: (call) => calls.push(call),
    onInjection: (text) => injections.push(text),
    ...(more.mask ? { mask: more.mask } : {}),
  });
  const turns: Turn[] = [];
  return {
    calls,
    injections,
    model,
    turns,
    prompt: (index = -1): string =>
      model.requests
        .at(index)!
        .messages.map((message) => message.content)
        .join('\n'),
    decide: (observation: Observation, step = task(), left?: number): Promise<Decision> =>
      agent.decide({
        observation,
        step,
        turns: [...turns],
        ...(left === undefined ? {} : { left }),
        earlier: [],
        signal: new AbortController().signal,
      }),
    /** The journey did what was decided. */
    did(decision: Decision, observation: Observation, outcome: Partial<Turn['outcome']> = {}): void {
      if (decision.kind !== 'act') throw new Error(`nothing was decided: ${decision.why}`);
      turns.push({
        step: 0,
        agent: 'model',
        action: decision.action,
        digest: observation.digest,
        path: observation.path,
        added: [],
        ...(decision.target ? { target: decision.target } : {}),
        outcome: { ok: true, requests: [], events: [], navigated: false, ms: 1, ...outcome },
      });
    },
  };
}
