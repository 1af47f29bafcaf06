import { describe, expect, test } from 'vitest';
import { IntentwrightError } from '../../src/core/errors.ts';
import type { BoundInvariant, Mode, Verdict } from '../../src/core/invariant.ts';
import type { ProbeReader } from '../../src/oracle/port.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { FakeClock } from './fake-clock.ts';

const ask = (of: string) => ({ probe: 'fake', args: { of } });
const invariant = (id: string, mode: Mode): BoundInvariant => ({
  id,
  name: id,
  says: id,
  mode,
  builtin: false,
  withinMs: 3000,
  settleMs: 200,
  blindMs: 1000,
});
const invariants = [
  invariant('job', { kind: 'eventually', query: ask('job'), expect: 'done' }),
  invariant('count', { kind: 'increases_by', query: ask('count'), by: 1 }),
  invariant('plan', { kind: 'changes', query: ask('plan'), from: 'free', to: 'pro' }),
  invariant('failed', { kind: 'always', query: ask('failed'), expect: 'none' }),
  invariant('others', { kind: 'unchanged', query: ask('others') }),
];
/** Over the time since the journey began. It takes 1000; the healthy system has converged at 1400. */
const HEALTHY: Record<string, (now: number) => unknown> = {
  job: (now) => (now >= 1400 ? 'done' : 'queued'),
  count: (now) => (now >= 1200 ? 5 : 4),
  plan: (now) => (now >= 1300 ? 'pro' : 'free'),
  failed: () => [],
  others: () => [{ id: 1 }],
};
const BROKEN: typeof HEALTHY = {
  job: () => 'queued',
  count: (now) => (now >= 1200 ? 6 : 4),
  plan: () => 'free',
  failed: (now) => (now >= 500 ? [{ id: 1 }] : []),
  others: (now) => (now >= 500 ? [] : [{ id: 1 }]),
};

const FAULTS: Record<string, (clock: FakeClock, signal: AbortSignal) => Promise<unknown>> = {
  'cannot be read': () => Promise.reject(new IntentwrightError('PROBE_UNREADABLE', 'connection refused')),
  'never answers': (clock, signal) => clock.sleep(1e9, signal),
  'is refused': () => Promise.reject(new IntentwrightError('PROBE_DENIED', 'no', { hint: 'grant select' })),
  'throws what is no error': () => Promise.reject('boom'),
};

/** One attempt in which the n-th read goes wrong; how many reads there were. */
async function attempt(
  world: typeof HEALTHY,
  nth: number,
  fault: keyof typeof FAULTS,
): Promise<{ reads: number; verdicts: Verdict[] | 'refused at the baseline' }> {
  const clock = new FakeClock();
  let reads = 0;
  let began = Number.POSITIVE_INFINITY;
  const reader: ProbeReader = {
    async read({ args }, signal) {
      if (++reads === nth) return FAULTS[fault]!(clock, signal);
      const value = world[String(args.of)]!(clock.now() - began);
      await clock.sleep(3, signal);
      return value;
    },
    watch: async () => () => undefined,
    close: async () => undefined,
  };
  const oracle = openOracle({
    bound: invariants,
    reader,
    clock,
    emit: () => undefined,
    signal: new AbortController().signal,
    random: () => 0.5,
  });
  try {
    await oracle.baseline();
  } catch (error) {
    if (!IntentwrightError.is(error, 'PROBE_DENIED')) throw error;
    await oracle.close();
    return { reads, verdicts: 'refused at the baseline' };
  }
  began = clock.now();
  oracle.startWatching();
  await clock.sleep(1000);
  const verdicts = await oracle.judge();
  await oracle.close();
  return { reads, verdicts };
}

describe.each(Object.keys(FAULTS))('the n-th read %s, for every n', (fault) => {
  test('no fault makes a broken system pass, and none makes a healthy one fail', async () => {
    let n = 1;
    for (let most = Number.POSITIVE_INFINITY; n <= most; n++) {
      const broken = await attempt(BROKEN, n, fault);
      const healthy = await attempt(HEALTHY, n, fault);
      if (broken.verdicts !== 'refused at the baseline')
        expect(
          broken.verdicts.filter(({ status }) => status === 'held'),
          `read ${n}`,
        ).toEqual([]);
      if (healthy.verdicts !== 'refused at the baseline')
        expect(
          healthy.verdicts.filter(({ status }) => status === 'violated'),
          `read ${n}`,
        ).toEqual([]);
      if (n > broken.reads && n > healthy.reads) most = n;
    }
    const clean = await attempt(HEALTHY, n, fault);
    expect(clean.verdicts).toMatchObject(invariants.map(() => ({ status: 'held', vacuous: false })));
    expect(n).toBeGreaterThan(20);
  });
});

test('an attempt that is interrupted at any moment is never held', async () => {
  for (let at = 10; at < 1900; at += 60) {
    const clock = new FakeClock();
    const stop = new AbortController();
    const reader: ProbeReader = {
      async read({ args }, signal) {
        const value = HEALTHY[String(args.of)]!(clock.now());
        await clock.sleep(3, signal);
        return value;
      },
      watch: async () => () => undefined,
      close: async () => undefined,
    };
    const oracle = openOracle({ bound: invariants, reader, clock, emit: () => undefined, signal: stop.signal, random: () => 0.5 });
    await oracle.baseline();
    oracle.startWatching();
    void clock.sleep(at - clock.now()).then(() => stop.abort(new Error('interrupted')));
    await clock.sleep(1000 - clock.now()).catch(() => undefined);
    const verdicts = await oracle.judge();
    await oracle.close();
    const finished = clock.now() > 1600;
    if (!finished) expect(verdicts.map(({ status }) => status)).not.toContain('held');
    expect(verdicts.map(({ status }) => status)).not.toContain('violated');
  }
});
