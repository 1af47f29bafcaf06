import { describe, expect, it } from 'vitest';
import { EffectGuard } from '../../src/journey/effect-guard.ts';
import { LoopDetector } from '../../src/journey/loop-detector.ts';
import type { Turn } from '../../src/core/decision.ts';
import { candidate, page, request } from './page.ts';

const look = page({
  candidates: [
    candidate(1, 'button', 'Send invitation'),
    candidate(2, 'textbox', 'Email', { value: 'a' }),
    candidate(3, 'button', 'Remove', { context: { row: 'Dana' } }),
    candidate(4, 'button', 'Remove', { context: { row: 'Eli' } }),
  ],
});
const click = (target: number) => ({ kind: 'click' as const, target });
const turnOf = (value: string): Turn => ({
  step: 0,
  agent: 'builtin',
  action: { kind: 'fill', target: 2, value: { from: 'step', text: value } },
  target: { role: 'textbox', name: 'Email' },
  outcome: { ok: true, requests: [], events: [], navigated: false, ms: 1 },
  digest: 'd',
  path: '/',
  added: [],
});

describe('the effect guard', () => {
  it('lets a commit through once and refuses the same again', () => {
    const guard = new EffectGuard();
    expect(guard.check(click(1), look, [])).toEqual({ allow: true });
    expect(guard.record(click(1), look, [], [request()])).toBe(true);
    expect(guard.check(click(1), look, [])).toMatchObject({ allow: false, ambiguous: false });
  });

  it('does not mind an action that sent nothing that changes state', () => {
    const guard = new EffectGuard();
    expect(guard.record(click(1), look, [], [request({ method: 'GET', changes: false })])).toBe(false);
    expect(guard.check(click(1), look, [])).toEqual({ allow: true });
  });

  it('lets the same button of another row through', () => {
    const guard = new EffectGuard();
    guard.record(click(3), look, [], [request()]);
    expect(guard.check(click(4), look, [])).toEqual({ allow: true });
    expect(guard.check(click(3), look, [])).toMatchObject({ allow: false });
  });

  it('lets the same form through with other values', () => {
    const guard = new EffectGuard();
    guard.record(click(1), look, [turnOf('a')], [request()]);
    expect(guard.check(click(1), look, [turnOf('a'), turnOf('b')])).toEqual({ allow: true });
  });

  it('lets it through again when the application visibly refused it', () => {
    const guard = new EffectGuard();
    guard.record(click(1), look, [], [request({ status: 422 })]);
    expect(guard.check(click(1), look, [])).toEqual({ allow: true });
  });

  it.each([
    ['no answer', request({ status: undefined, failed: 'net::ERR_CONNECTION_RESET' })],
    ['a 502', request({ status: 502 })],
  ])('calls a commit with %s ambiguous and does not repeat it', (_, sent) => {
    const guard = new EffectGuard();
    guard.record(click(1), look, [], [sent]);
    expect(guard.check(click(1), look, [])).toMatchObject({ allow: false, ambiguous: true });
  });

  it('never stands in the way of reading', () => {
    const guard = new EffectGuard();
    guard.record(click(1), look, [], [request()]);
    expect(guard.check({ kind: 'scroll', direction: 'down' }, look, [])).toEqual({ allow: true });
  });
});

describe('the loop detector', () => {
  it('names the loop when the same action is tried a third time on the same page', () => {
    const loops = new LoopDetector();
    expect(loops.check('d1', click(1), 'click A')).toBeUndefined();
    expect(loops.check('d2', click(2), 'click B')).toBeUndefined();
    expect(loops.check('d1', click(1), 'click A')).toBeUndefined();
    expect(loops.check('d1', click(1), 'click A')).toMatch(/click A → click B → click A/);
  });
});
