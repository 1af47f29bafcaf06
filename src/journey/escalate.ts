import type { Clock } from '../core/clock.ts';
import type { Agent, AgentName, DecideInput, Decision } from '../core/decision.ts';
import type { StepTask } from '../core/decision.ts';
import type { Say } from './say.ts';
import { tellAction } from './words.ts';

export interface Decided {
  agent: AgentName;
  decision: Decision;
}

/**
 * Asks the chain, cheapest first. Whoever is unsure or finds nothing hands over before anything is done;
 * the last one's word stands.
 */
export async function decideWith(
  agents: readonly Agent[],
  input: Omit<DecideInput, 'handedOver'>,
  say: Say,
  clock: Clock,
): Promise<Decided> {
  let handedOver: { agent: AgentName; why: string } | undefined;
  let last: Decided | undefined;
  for (const agent of agents) {
    const started = clock.now();
    const decision = await agent.decide({ ...input, ...(handedOver ? { handedOver } : {}) });
    say(decisionEvent(agent.name, decision, input.step, clock.now() - started));
    last = { agent: agent.name, decision };
    if (decision.kind === 'act' || decision.kind === 'step-done') return last;
    handedOver = { agent: agent.name, why: decision.why };
  }
  return last ?? { agent: 'builtin', decision: { kind: 'give-up', why: 'no agent is configured' } };
}

function decisionEvent(agent: AgentName, decision: Decision, step: StepTask, ms: number): Parameters<Say>[0] {
  const base = { type: 'decision-made' as const, step: step.index, actor: step.actor, agent, kind: decision.kind, why: decision.why, ms };
  if (decision.kind === 'act') {
    const { target, confidence, runnerUp, margin } = decision;
    return { ...base, does: decision.action.kind, action: tellAction(decision.action, target), target, confidence, runnerUp, margin };
  }
  return 'between' in decision ? { ...base, between: decision.between } : base;
}
