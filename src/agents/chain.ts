import type { Agent, AgentName, DecideInput } from '../core/decision.ts';
import type { Lockfile } from '../core/lock.ts';
import type { Model } from '../models/port.ts';
import type { ModelAgentOptions } from './model.ts';
import { createBuiltin } from './builtin/agent.ts';
import { passingOver } from './pass-over.ts';
import type { Resolve } from './recorded.ts';
import { createRelocate } from './relocate.ts';
import { createReplay } from './replay.ts';

export interface ChainOptions {
  /** In the order they are asked, cheapest first. */
  names: readonly AgentName[];
  lock?: Lockfile;
  /** Absent: a chain that names "model" is built without it. */
  model?: Model;
  /** Budget, masking and voice of the model agent. */
  modelOptions?: Omit<ModelAgentOptions, 'model'>;
  /** Resolves the lockfile's templates in the attempt's scope; secret handles stay handles. */
  scope: Resolve;
}

/**
 * The agents of one attempt, cheapest first. Whoever is unsure hands over before anything is done:
 * the journey asks the next one with the same observation, and asks the first one again after each action.
 */
export function createChain(options: ChainOptions): Agent[] {
  return options.names.flatMap((name): Agent[] => {
    switch (name) {
      case 'replay':
        return [createReplay(options.lock, options.scope)];
      case 'relocate':
        return [createRelocate(options.lock, options.scope)];
      case 'builtin':
        return [passingOver(createBuiltin(), options.lock, options.scope)];
      case 'model':
        return options.model ? [lazyModel({ ...options.modelOptions, model: options.model })] : [];
    }
  });
}

/** The model agent is loaded when it is first asked: a green day never pays for it. */
function lazyModel(options: ModelAgentOptions): Agent {
  let agent: Promise<Agent> | undefined;
  const open = async (): Promise<Agent> => {
    const { createModelAgent } = await import('./model.ts');
    return createModelAgent(options);
  };
  return { name: 'model', decide: async (input: DecideInput) => (await (agent ??= open())).decide(input) };
}
