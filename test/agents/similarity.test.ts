import { describe, expect, it } from 'vitest';
import { distance, fingerprintLikeness, textLikeness, wordOverlap } from '../../src/agents/similarity.ts';
import type { Fingerprint } from '../../src/core/observation.ts';

const print = (more: Partial<Fingerprint> = {}): Fingerprint => ({
  tag: 'button',
  attrs: { id: 'invite', type: 'button' },
  path: 'main/header/button',
  box: { x: 100, y: 40, w: 80, h: 32 },
  text: 'Invite',
  near: 'Members 12 people',
  ...more,
});

describe('text likeness', () => {
  it('counts edits for short texts and shared words for long ones', () => {
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(textLikeness('Invite', 'invite')).toBe(1);
    expect(textLikeness('Invite', 'Invited')).toBeCloseTo(6 / 7);
    expect(textLikeness('', 'Invite')).toBe(0);
    expect(wordOverlap('a quick brown fox', 'a slow brown fox')).toBeCloseTo(3 / 5);
  });
});

describe('fingerprint likeness', () => {
  it('counts against them what one side lacks, and says nothing of what both lack', () => {
    expect(fingerprintLikeness(print(), print())).toBe(1);
    expect(fingerprintLikeness(print(), print())).toBeGreaterThan(fingerprintLikeness(print(), print({ attrs: {} })));
  });

  it('falls with distance on the page, with another text and with another neighbourhood', () => {
    const same = fingerprintLikeness(print(), print());
    for (const other of [print({ box: { x: 700, y: 900, w: 80, h: 32 } }), print({ text: 'Remove' }), print({ near: 'Billing Plans' })])
      expect(fingerprintLikeness(print(), other)).toBeLessThan(same);
  });
});
