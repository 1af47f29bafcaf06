import { describe, expect, test } from 'vitest';
import { IntentwrightError } from '../../src/core/errors.ts';
import type { BoundInvariant, Mode, Reading, Verdict } from '../../src/core/invariant.ts';
import { judgeReadings } from '../../src/oracle/judge.ts';
import type { ProbeReader } from '../../src/oracle/port.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { FakeClock } from './fake-clock.ts';

const LIMITS = { withinMs: 20_000, settleMs: 400, blindMs: 2_000 };
const invariant = (id: string, mode: Mode, more: Partial<BoundInvariant> = {}): BoundInvariant => ({
  id,
  name: id,
  says: id,
  mode,
  builtin: false,
  ...LIMITS,
  ...more,
});
const ask = (of: string) => ({ probe: 'fake', args: { of } });
const eventually = (of: string, expect: unknown, more?: Partial<BoundInvariant>) =>
  invariant(of, { kind: 'eventually', query: ask(of), expect }, more);

type World = Record<string, (now: number, asked: number) => unknown>;

/** A world whose states are functions of time, read through a reader that takes 5 ms. */
function observe(
  bound: BoundInvariant[],
  world: World,
  options: { journeyMs?: number; now?: boolean; random?: () => number; push?: number; looks?: number[] } = {},
) {
  const clock = new FakeClock();
  const asked: Record<string, number[]> = {};
  const readings: { id: string; reading: Reading }[] = [];
  const reader: ProbeReader = {
    async read({ probe, args }, signal) {
      const of = probe === 'access' ? `access ${String(args.as)}` : String(args.of);
      (asked[of] ??= []).push(clock.now());
      const answer = world[of]!(clock.now(), asked[of].length);
      if (answer === 'hang') await clock.sleep(1e9, signal);
      await clock.sleep(5, signal);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async watch(_, wake) {
      if (options.push !== undefined) void clock.sleep(options.push - clock.now()).then(wake);
      return () => undefined;
    },
    close: async () => undefined,
  };
  const oracle = openOracle({
    bound,
    reader,
    clock,
    emit: (id, reading) => readings.push({ id, reading }),
    signal: new AbortController().signal,
    random: options.random ?? (() => 0.5),
  });
  const run = async () => {
    await oracle.baseline();
    oracle.startWatching();
    for (const at of options.looks ?? []) {
      await clock.sleep(at - clock.now());
      oracle.look();
    }
    await clock.sleep((options.journeyMs ?? 1000) - clock.now());
    const journeyEndAt = oracle.endJourney();
    const verdicts = await (options.now ? oracle.judgeNow() : oracle.judge());
    await oracle.close();
    for (const verdict of verdicts) {
      const one = bound.find(({ id }) => id === verdict.invariant)!;
      expect(
        judgeReadings(
          one,
          readings.filter(({ id }) => id === one.id).map(({ reading }) => reading),
          journeyEndAt,
        ),
      ).toEqual(verdict);
    }
    return { verdicts, readings, asked, endedAt: clock.now() };
  };
  return run();
}

const only = ({ verdicts }: { verdicts: Verdict[] }): Verdict => verdicts[0]!;
const unreadable = new IntentwrightError('PROBE_UNREADABLE', 'connection refused');

describe('looks on the way', () => {
  test('are noted, and decide nothing: what held in the middle of the journey is judged after it', async () => {
    const { verdicts, readings } = await observe(
      [eventually('job', 'done')],
      { job: (now) => (now >= 400 && now < 900 ? 'done' : 'queued') },
      { looks: [200, 500, 950] },
    );
    expect(readings.filter(({ reading: { phase } }) => phase === 'watch').map(({ reading }) => reading.value)).toEqual([
      'queued',
      'done',
      'queued',
    ]);
    expect(verdicts[0]).toMatchObject({ status: 'violated', vacuous: false });
  });
  test('do not crowd each other, and come to nothing after the journey', async () => {
    const { asked } = await observe(
      [eventually('job', 'done')],
      { job: (now) => (now >= 1000 ? 'done' : 'queued') },
      { looks: [200, 210, 220, 400] },
    );
    expect(asked['job']!.filter((at) => at > 100 && at < 1000)).toEqual([200, 400]);
  });
  test('are for what is still to come about: what must only stay is watched in its own time', async () => {
    const { readings } = await observe(
      [invariant('rows', { kind: 'unchanged', query: ask('rows') })],
      { rows: () => 3 },
      { looks: [300, 600] },
    );
    expect(readings.map(({ reading: { phase } }) => phase)).not.toContain('watch');
  });
});

describe('eventually', () => {
  test('was false before, is true after: held and flipped', async () => {
    const result = await observe([eventually('job', 'done')], { job: (now) => (now >= 1300 ? 'done' : 'queued') });
    expect(only(result)).toMatchObject({
      status: 'held',
      reason: 'converged',
      flipped: true,
      vacuous: false,
      expected: 'done',
      found: 'done',
    });
    expect(only(result).convergedMs).toBeGreaterThanOrEqual(300);
    expect(only(result).convergedMs).toBeLessThan(600);
    expect(result.endedAt - (1000 + only(result).convergedMs!)).toBeLessThan(450);
  });
  test('true before the first step: held, but vacuous', async () => {
    expect(only(await observe([eventually('job', 'done')], { job: () => 'done' }))).toMatchObject({
      status: 'held',
      reason: 'already-true',
      vacuous: true,
      flipped: false,
    });
  });
  test('a minute passes in milliseconds, and it is violated at its deadline', async () => {
    const started = performance.now();
    const result = await observe([eventually('job', 'done', { withinMs: 60_000 })], { job: () => 'queued' });
    expect(only(result)).toMatchObject({
      status: 'violated',
      reason: 'did-not-converge',
      found: 'queued',
      diff: ['expected done, found queued'],
    });
    expect(result.asked.job!.filter((at) => at >= 61_000).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(3000);
  });
  test('true only after its deadline is violated, and says when it came', async () => {
    const other = eventually('other', 'done', { withinMs: 10_000 });
    const result = await observe([eventually('job', 'done', { withinMs: 2000 }), other], {
      job: (now) => (now > 4000 ? 'done' : 'queued'),
      other: (now) => (now > 6000 ? 'done' : 'queued'),
    });
    expect(only(result)).toMatchObject({ status: 'violated', reason: 'did-not-converge' });
    expect(only(result).found).toMatch(/^queued; it held \d+(\.\d)? s after the journey, later than the 2.0 s allowed$/);
  });
  test('true in the last moment before its deadline is held', async () => {
    expect(only(await observe([eventually('job', 'done')], { job: (now) => (now >= 20_995 ? 'done' : 'queued') }))).toMatchObject({
      status: 'held',
      reason: 'converged',
    });
  });
  test('provisioned and rolled back within the settle window did not stay', async () => {
    expect(
      only(await observe([eventually('job', 'done')], { job: (now) => (now >= 1200 && now < 1500 ? 'done' : 'queued') })),
    ).toMatchObject({ status: 'violated', reason: 'did-not-stay', flipped: false });
  });
  test('rolled back while another invariant still converges did not stay either', async () => {
    const result = await observe([eventually('job', 'done'), eventually('slow', 'done')], {
      job: (now) => (now >= 1200 && now < 4000 ? 'done' : 'queued'),
      slow: (now) => (now >= 6000 ? 'done' : ''),
    });
    expect(result.verdicts.map(({ reason }) => reason)).toEqual(['did-not-stay', 'converged']);
  });
  test('never readable after the journey is undecided', async () => {
    expect(only(await observe([eventually('job', 'done')], { job: (now) => (now < 1000 ? 'queued' : unreadable) }))).toMatchObject({
      status: 'undecided',
      reason: 'unreadable',
    });
  });
  test('not readable before the first step: what is true later is no flip', async () => {
    const result = only(
      await observe([eventually('job', 'done')], { job: (now) => (now < 3000 ? unreadable : 'done') }, { journeyMs: 5000 }),
    );
    expect(result).toMatchObject({ status: 'undecided', reason: 'unreadable', flipped: false });
    expect(result.found).toContain('nothing shows that it was not so before');
  });
  test('a baseline that fails once is read again', async () => {
    expect(
      only(
        await observe([eventually('job', 'done')], { job: (now, asked) => (asked === 1 ? unreadable : now > 1000 ? 'done' : 'queued') }),
      ),
    ).toMatchObject({ status: 'held', flipped: true });
  });
  test('a probe that hangs is unknown, and does not keep the others', async () => {
    const result = await observe([eventually('job', 'done', { withinMs: 3000 }), eventually('quick', 'done', { withinMs: 3000 })], {
      job: (now) => (now > 500 ? 'hang' : 'queued'),
      quick: (now) => (now > 1000 ? 'done' : ''),
    });
    expect(result.verdicts.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['undecided unreadable', 'held converged']);
  });
  test('a refusal of credentials during the run is undecided at once', async () => {
    const result = await observe([eventually('job', 'done')], {
      job: (now) => (now < 1000 ? 'queued' : new IntentwrightError('PROBE_DENIED', 'no select for reader', { hint: 'grant select' })),
    });
    expect(only(result)).toMatchObject({
      status: 'undecided',
      reason: 'denied',
      found: 'could not be read: no select for reader (grant select)',
    });
    expect(result.asked.job!.filter((at) => at >= 1000)).toHaveLength(1);
  });
  test('a refusal of credentials before the first step ends the attempt with the fix', async () => {
    await expect(
      observe([eventually('job', 'done')], { job: () => new IntentwrightError('PROBE_DENIED', 'no', { hint: 'grant select' }) }),
    ).rejects.toMatchObject({ code: 'PROBE_DENIED', hint: 'grant select' });
  });
  test('an expectation that cannot be tested is undecided without waiting', async () => {
    const result = await observe([eventually('job', { matches: '(' })], { job: () => 'x' });
    expect(only(result)).toMatchObject({ status: 'undecided', reason: 'invalid-expectation' });
    expect(result.endedAt).toBeLessThan(1500);
  });
});

describe('the other modes', () => {
  const always = (of: string, more?: Partial<BoundInvariant>) => invariant(of, { kind: 'always', query: ask(of), expect: 'none' }, more);
  test('always holds when no reading violates it', async () => {
    expect(only(await observe([always('failed')], { failed: () => [] }))).toMatchObject({
      status: 'held',
      reason: 'never-violated',
      flipped: false,
      blindMs: 0,
    });
  });
  test('always is violated by something that was there for a second of the journey', async () => {
    expect(
      only(await observe([always('failed')], { failed: (now) => (now > 2000 && now < 3000 ? [{ id: 1 }] : []) }, { journeyMs: 6000 })),
    ).toMatchObject({ status: 'violated', reason: 'violated-during' });
  });
  test('always violated before the first step says so', async () => {
    expect(only(await observe([always('failed')], { failed: () => [{ id: 1 }] }))).toMatchObject({
      status: 'violated',
      reason: 'wrong-start',
    });
  });
  test('always is undecided when it was unseen for longer than allowed, and tells how long when it was not', async () => {
    const world = (until: number): World => ({ failed: (now) => (now > 1000 && now < until ? unreadable : []) });
    expect(only(await observe([always('failed')], world(4500), { journeyMs: 6000 }))).toMatchObject({
      status: 'undecided',
      reason: 'blind-too-long',
    });
    const brief = only(await observe([always('failed')], world(2000), { journeyMs: 6000 }));
    expect(brief).toMatchObject({ status: 'held' });
    expect(brief.blindMs).toBeGreaterThan(500);
    expect(brief.found).toContain('unseen for');
  });
  test('unchanged compares before with the very end', async () => {
    const unchanged = invariant('rows', { kind: 'unchanged', query: ask('rows') });
    expect(only(await observe([unchanged], { rows: () => [{ id: 1 }] }))).toMatchObject({
      status: 'held',
      reason: 'same-before-and-after',
    });
    expect(only(await observe([unchanged], { rows: (now) => (now > 500 ? [{ id: 1 }, { id: 2 }] : [{ id: 1 }]) }))).toMatchObject({
      status: 'violated',
      reason: 'changed',
    });
  });
  test('changes needs the right start', async () => {
    const changes = invariant('plan', { kind: 'changes', query: ask('plan'), from: 'free', to: 'pro' });
    expect(only(await observe([changes], { plan: (now) => (now > 1100 ? 'pro' : 'free') }))).toMatchObject({
      status: 'held',
      reason: 'converged',
      flipped: true,
    });
    expect(only(await observe([changes], { plan: () => 'pro' }))).toMatchObject({ status: 'violated', reason: 'wrong-start' });
    expect(only(await observe([changes], { plan: () => 'free' }))).toMatchObject({ status: 'violated', reason: 'did-not-converge' });
  });
  test('increases_by is exact: twice is as wrong as never', async () => {
    const increases = invariant('n', { kind: 'increases_by', query: ask('n'), by: 1 }, { withinMs: 2000 });
    const count = (after: number) => ({ n: (now: number) => [{ n: now > 1100 ? after : 4 }] });
    expect(only(await observe([increases], count(5)))).toMatchObject({
      status: 'held',
      flipped: true,
      expected: 'increases by 1, from 4 to 5',
    });
    expect(only(await observe([increases], count(6)))).toMatchObject({ status: 'violated', reason: 'wrong-increase' });
    expect(only(await observe([increases], count(4)))).toMatchObject({ status: 'violated', reason: 'did-not-converge' });
    expect(only(await observe([increases], { n: (now) => (now > 1300 ? 6 : now > 1100 ? 5 : 4) }))).toMatchObject({
      status: 'violated',
      reason: 'wrong-increase',
    });
    expect(only(await observe([increases], { n: (now) => (now > 1100 && now < 1400 ? 5 : 4) }))).toMatchObject({
      status: 'violated',
      reason: 'did-not-stay',
    });
  });
});

describe('access', () => {
  const tried = { url: '/remove', method: 'POST' };
  const access = invariant('remove', {
    kind: 'access',
    mayNot: { as: 'viewer', request: tried },
    may: { as: 'admin', request: tried },
    unchanged: ask('members'),
  });
  const world = (viewer: unknown, admin: unknown, members: (now: number) => unknown = () => [1, 2]): World => ({
    'access viewer': () => viewer,
    'access admin': () => admin,
    members,
  });
  test.each<[string, World, string, string]>([
    ['refused, with a control that works', world({ status: 403 }, { status: 200 }), 'held', 'refused-with-control'],
    ['granted', world({ status: 200 }, { status: 200 }), 'violated', 'access-granted'],
    ['refused to everybody', world({ status: 403 }, { status: 403 }), 'violated', 'control-refused'],
    [
      'refused, but the state is another',
      world({ status: 403 }, { status: 200 }, (now) => (now > 1000 ? [1] : [1, 2])),
      'violated',
      'state-touched',
    ],
    ['a redirect, which may mean anything', world({ status: 303, location: '/login' }, { status: 200 }), 'undecided', 'unreadable'],
    ['a control nobody can read', world({ status: 403 }, unreadable), 'undecided', 'unreadable'],
  ])('%s', async (_, states, status, reason) => expect(only(await observe([access], states))).toMatchObject({ status, reason }));
  test('the control is sent once, after everything else was read, and not at all when access was granted', async () => {
    const result = await observe([access, eventually('job', 'done')], {
      ...world({ status: 403 }, unreadable),
      job: (now) => (now > 1000 ? 'done' : ''),
    });
    expect(result.asked['access admin']).toHaveLength(1);
    expect(result.asked['access viewer']![0]).toBeGreaterThan(Math.max(...result.asked.job!));
    expect((await observe([access], world({ status: 200 }, { status: 200 }))).asked['access admin']).toBeUndefined();
  });
  test('nobody is asked after a journey that was not carried out', async () => {
    const result = await observe([access], world({ status: 403 }, { status: 200 }), { now: true });
    expect(result.asked['access viewer']).toBeUndefined();
    expect(only(result)).toMatchObject({ status: 'undecided', reason: 'no-readings' });
  });
});

describe('load and time', () => {
  test('equal questions are asked once', async () => {
    const twice = [eventually('job', 'done'), { ...eventually('job', { ne: 'queued' }), id: 'job#2' }];
    const result = await observe(twice, { job: (now) => (now > 1000 ? 'done' : 'queued') });
    expect(result.verdicts.map(({ status }) => status)).toEqual(['held', 'held']);
    expect(result.readings.filter(({ id }) => id === 'job').length).toBe(result.asked.job!.length);
  });
  test('a green journey waits for one settle window, whatever the number of invariants', async () => {
    const many = Array.from({ length: 30 }, (_, index) => eventually(`job ${index}`, 'done'));
    const result = await observe(many, Object.fromEntries(many.map(({ id }) => [id, (now: number) => (now >= 1000 ? 'done' : 'queued')])));
    expect(result.verdicts.every(({ status }) => status === 'held')).toBe(true);
    expect(result.endedAt - 1000).toBeLessThanOrEqual(430);
  });
  test('a push ends the pause', async () => {
    const result = await observe([eventually('job', 'done')], { job: (now) => (now >= 4321 ? 'done' : 'queued') }, { push: 4321 });
    expect(only(result).convergedMs).toBeLessThan(3321 + 30);
  });
  test('what usually takes three seconds is read seldom before and often around', async () => {
    const world: World = { job: (now) => (now >= 4000 ? 'done' : 'queued') };
    const knowing = await observe([eventually('job', 'done', { expectedMs: 3000 })], world);
    const unknowing = await observe([eventually('job', 'done')], world);
    expect(only(knowing).convergedMs! - 3000).toBeLessThan(only(unknowing).convergedMs! - 3000);
    expect(knowing.asked.job!.length).toBeLessThanOrEqual(unknowing.asked.job!.length);
  });
  test('after a blocked journey one look tells what is there', async () => {
    const result = await observe(
      [eventually('job', 'done'), eventually('other', 'done')],
      { job: (now) => (now >= 1000 ? 'done' : ''), other: () => '' },
      { now: true },
    );
    expect(result.verdicts.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['held converged', 'violated did-not-converge']);
    expect(result.endedAt).toBeLessThan(1500);
  });
});

test('an expectation that holds a secret is compared, told and recorded masked', async () => {
  const mask = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('hunter22', '•••')) as T;
  const clock = new FakeClock();
  const reader: ProbeReader = {
    read: async () => mask(clock.now() > 1000 ? 'hunter22' : ''),
    watch: async () => () => undefined,
    close: async () => undefined,
  };
  const oracle = openOracle({
    bound: [eventually('token', 'hunter22')],
    reader,
    clock,
    emit: () => undefined,
    signal: new AbortController().signal,
    mask,
  });
  await oracle.baseline();
  await clock.sleep(1500);
  expect(await oracle.judge()).toMatchObject([{ status: 'held', expected: '•••', found: '•••', value: '•••' }]);
  await oracle.close();
});
