import type { Budget } from '../core/intent.ts';
import type { ModelConfig } from '../core/config.ts';
import { ModelError, type ModelBudget, type ModelUsage } from './port.ts';

export interface ModelLimits extends Pick<Budget, 'modelCalls' | 'tokens' | 'dollars'> {
  pricePerMillion?: ModelConfig['pricePerMillion'];
}

/** Counts calls, tokens and, where a price is known, dollars. What is exhausted is refused before it is asked for. */
export function createBudget(limits: ModelLimits): ModelBudget {
  const price = limits.pricePerMillion;
  const spent: ModelBudget['spent'] = { calls: 0, tokens: 0, dollars: price ? 0 : undefined };
  const costOf = (usage: Pick<ModelUsage, 'promptTokens' | 'completionTokens'>): number =>
    price ? (usage.promptTokens * price.prompt + usage.completionTokens * price.completion) / 1_000_000 : 0;
  const refuse = (what: string): never => {
    throw new ModelError('over_budget', `the budget of ${what} is spent`);
  };
  return {
    spent,
    admit(promptTokens) {
      if (spent.calls + 1 > limits.modelCalls) refuse(`${limits.modelCalls} model calls`);
      if (spent.tokens + promptTokens > limits.tokens) refuse(`${limits.tokens} tokens`);
      if (spent.dollars !== undefined && spent.dollars + costOf({ promptTokens, completionTokens: 0 }) > limits.dollars)
        refuse(`$${limits.dollars}`);
      spent.calls += 1;
    },
    add(usage) {
      spent.tokens += usage.promptTokens + usage.completionTokens;
      if (spent.dollars !== undefined) spent.dollars += costOf(usage);
    },
  };
}
