import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/models/budget.ts';
import { ModelError } from '../../src/models/port.ts';

const usage = (promptTokens: number, completionTokens: number) => ({ promptTokens, completionTokens, estimated: false });
const faultOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof ModelError ? `${error.fault}: ${error.message}` : String(error);
  }
};

describe('a model budget', () => {
  it('refuses the call after the last one', () => {
    const budget = createBudget({ modelCalls: 2, tokens: 1_000, dollars: 1 });
    budget.admit(10);
    budget.admit(10);
    expect(faultOf(() => budget.admit(10))).toBe('over_budget: the budget of 2 model calls is spent');
  });

  it('refuses a prompt that would not fit into what is left of the tokens', () => {
    const budget = createBudget({ modelCalls: 10, tokens: 1_000, dollars: 1 });
    budget.admit(10);
    budget.add(usage(600, 100));
    expect(faultOf(() => budget.admit(301))).toContain('1000 tokens');
    expect(faultOf(() => budget.admit(300))).toBeUndefined();
  });

  it('counts dollars where the price is known, and says nothing of them where it is not', () => {
    const priced = createBudget({ modelCalls: 10, tokens: 10_000_000, dollars: 1, pricePerMillion: { prompt: 1, completion: 10 } });
    priced.add(usage(500_000, 45_000));
    expect(priced.spent.dollars).toBeCloseTo(0.95);
    expect(faultOf(() => priced.admit(60_000))).toContain('$1');
    const free = createBudget({ modelCalls: 10, tokens: 10_000_000, dollars: 0 });
    free.add(usage(500_000, 45_000));
    expect(free.spent.dollars).toBeUndefined();
    expect(faultOf(() => free.admit(60_000))).toBeUndefined();
  });
});
