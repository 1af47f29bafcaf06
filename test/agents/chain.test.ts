import { describe, expect, it } from 'vitest';
import { createChain } from '../../src/agents/chain.ts';

describe('the chain', () => {
  it('has its agents in the order they are named, and no model without one', () => {
    const names = createChain({ names: ['replay', 'relocate', 'builtin', 'model'], scope: (text) => text }).map((agent) => agent.name);
    expect(names).toEqual(['replay', 'relocate', 'builtin']);
  });

  it('is made anew for each attempt', () => {
    const options = { names: ['builtin'] as const, scope: (text: string) => text };
    expect(createChain({ ...options, names: [...options.names] })[0]).not.toBe(createChain({ ...options, names: [...options.names] })[0]);
  });
});
