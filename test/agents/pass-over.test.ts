import { describe, expect, it } from 'vitest';
import { createChain } from '../../src/agents/chain.ts';
import { rivalsOf } from '../../src/agents/kinship.ts';
import type { Decision } from '../../src/core/decision.ts';
import type { Lockfile } from '../../src/core/lock.ts';
import type { Observation } from '../../src/core/observation.ts';
import { keptPrint } from '../../src/journey/record.ts';
import { control, page, step } from './pages.ts';

const header = control('link', 'Talk', { href: '/user/admin', context: { landmark: 'navigation Personal' } });
const own = control('link', 'Talk', { href: '/page/talk', context: { landmark: 'main' } });
const lockOf = (before: Observation, id: number): Lockfile => {
  const recorded = before.candidates.find((candidate) => candidate.id === id)!;
  const { landmark, heading } = recorded.context;
  const target = { role: recorded.role, name: recorded.name, ...(landmark ? { landmark } : {}), ...(heading ? { heading } : {}) };
  return {
    version: 1,
    intent: 'talk',
    actors: ['admin'],
    steps: [
      {
        actor: 'admin',
        text: 'Click "Talk"',
        actions: [{ kind: 'click', target, page: '/page', commits: [], print: keptPrint(recorded, before, []) }],
      },
    ],
    converges: {},
  };
};
const asked = async (lock: Lockfile, observation: Observation): Promise<Decision> => {
  let decision: Decision | undefined;
  for (const agent of createChain({ names: ['replay', 'relocate', 'builtin'], lock, scope: (text) => text })) {
    decision = await agent.decide({
      observation,
      step: step('Click "Talk"'),
      turns: [],
      earlier: [],
      signal: new AbortController().signal,
    });
    if (decision.kind === 'act' || decision.kind === 'step-done') break;
  }
  return decision!;
};

describe('what the recording knows to be another control', () => {
  it('is not used instead of the recorded one, though the sentence calls both the same', async () => {
    const before = page({ path: '/page', controls: [header, own] });
    expect(rivalsOf(before, before.candidates[1]!)).toEqual(['link “Talk” · navigation Personal']);
    expect(await asked(lockOf(before, 2), before)).toMatchObject({ kind: 'act', action: { kind: 'click', target: 2 } });
    const decision = await asked(lockOf(before, 2), page({ path: '/page', controls: [header] }));
    expect(decision).not.toMatchObject({ kind: 'act', action: { target: 1 } });
  });

  it('is what the sentence says on another page than the recorded one', async () => {
    const before = page({ path: '/page', controls: [header, own] });
    expect(await asked(lockOf(before, 2), page({ path: '/elsewhere', controls: [header] }))).toMatchObject({
      kind: 'act',
      action: { kind: 'click', target: 1 },
    });
  });

  it('is not replayed where only the heading told the two apart', async () => {
    const [first, second] = ['Edit', 'Move'].map((heading) => control('option', 'Talk', { context: { landmark: 'main', heading } }));
    const before = page({ path: '/page', controls: [first!, second!] });
    expect(await asked(lockOf(before, 1), before)).toMatchObject({ kind: 'act', action: { target: 1 } });
    const decision = await asked(lockOf(before, 1), page({ path: '/page', controls: [second!] }));
    expect(decision).not.toMatchObject({ kind: 'act', action: { target: 1 } });
  });
});
