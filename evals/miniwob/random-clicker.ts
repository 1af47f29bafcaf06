import type { Agent } from '../../src/core/decision.ts';

/** The floor: clicks whatever, as often as it may. */
export function randomClicker(seed: number): Agent {
  let state = (seed * 2654435761) >>> 0;
  const random = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state / 2 ** 32;
  };
  return {
    name: 'builtin',
    decide: async ({ observation, turns }) => {
      const all = observation.candidates.filter((candidate) => !candidate.disabled);
      const candidate = all[Math.floor(random() * all.length)];
      if (!candidate || turns.length >= 10) return { kind: 'give-up', why: 'nothing to click' };
      return { kind: 'act', action: { kind: 'click', target: candidate.id }, why: 'by chance', confidence: 0 };
    },
  };
}
