import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { dispatch, hire, OwnRedis } from '../../../evals/fleet/fleet.ts';
import { openDispatcher } from '../../../src/runner/queue/dispatch.ts';
import type { FleetJob } from '../../../src/runner/queue/job.ts';
import { workFleet } from '../../../src/runner/queue/work.ts';

let redis: OwnRedis;
beforeAll(async () => {
  redis = await OwnRedis.start();
});
afterAll(() => redis.stop());

describe('a fleet', () => {
  test('gives every intent exactly one result, though workers are killed and Redis dies once; a drain loses nothing', async () => {
    const setting = { url: redis.url, intents: 160, workers: 3, concurrency: 4, ms: 200 };
    const crew = await hire(setting);
    onTestFinished(() => crew.stop());
    const told = await dispatch(setting, crew.queue, async (heard) => {
      for (const share of [0.1, 0.2, 0.35, 0.45, 0.6]) {
        while (heard() < setting.intents * share) await sleep(20);
        await crew.replaceOne();
        if (share === 0.35) await redis.restart();
      }
      while (heard() < setting.intents * 0.7) await sleep(20);
      expect(await crew.drainOne()).toBe(0);
    });
    expect(told.results.size).toBe(setting.intents);
    expect(new Set([...told.results.values()].map(({ status }) => status))).toEqual(new Set(['passed']));
    // A worker may be killed between its last word and its result: then another attempt ends, too, and still only one counts.
    expect([...told.ends].filter(([job, ends]) => ends > told.begun.get(job)!)).toEqual([]);
    // Somebody was killed in the middle of something: the test did harm.
    expect([...told.begun.values()].some((count) => count > 1)).toBe(true);

    const before = crew.carried().length;
    const calm = await dispatch({ ...setting, intents: 60 }, crew.queue, async (heard) => {
      while (heard() < 10) await sleep(10);
      expect(await crew.drainOne()).toBe(0);
    });
    expect(calm.results.size).toBe(60);
    expect([...calm.begun.values()].every((count) => count === 1)).toBe(true);
    expect(crew.carried().length - before).toBe(60);
  });

  test('sets aside what takes its workers down, and goes on', async () => {
    // One at a time: who dies beside it twice would be set aside with it.
    const setting = { url: redis.url, intents: 20, workers: 3, concurrency: 1, ms: 50, mostLost: 2, poison: 1 };
    const crew = await hire(setting);
    onTestFinished(() => crew.stop());
    const told = await dispatch(setting, crew.queue);
    expect(told.results.size).toBe(20);
    expect(told.results.get('0')).toEqual({ status: 'errored', why: expect.stringContaining('set aside') });
    expect([...told.results.values()].filter(({ status }) => status === 'passed')).toHaveLength(19);
  });

  test('runs what holds the same resource one after the other, and a fault of a worker is a result, too', async () => {
    const stop = new AbortController();
    const inside = new Set<string>();
    let together = 0;
    const queue = 'eval-leases';
    const order = { target: 'none', agents: [], frozen: false, fresh: false, mode: 'test', ci: false };
    const jobOf = (run: string, job: string, locks: string[] = []): FleetJob => ({ run, job, intent: job, locks, order, digest: '' });
    const open = (run: string) =>
      openDispatcher({
        url: redis.url,
        queue,
        run,
        signal: stop.signal,
        note: () => undefined,
        checkMs: 200,
        listener: { begun: () => undefined, event: () => undefined, file: () => undefined },
      });
    const carried: string[] = [];
    const working = workFleet({
      url: redis.url,
      queue,
      concurrency: 6,
      signal: stop.signal,
      tuning: { lockMs: 2000, stalledMs: 500, mostLost: 1 },
      async carryOut({ job, locks }) {
        if (job === 'throws') throw new Error('the harness broke');
        for (const lock of locks) {
          if (inside.has(lock)) together++;
          inside.add(lock);
        }
        await sleep(30);
        for (const lock of locks) inside.delete(lock);
        carried.push(job);
        return 'passed';
      },
    });
    const dispatcher = await open('leases');
    const jobs = [
      ...Array.from({ length: 12 }, (_, index) =>
        jobOf('leases', `job-${index}`, [`lock-${index % 2}`, 'lock-all'].slice(0, 1 + (index % 3 === 0 ? 1 : 0))),
      ),
      jobOf('leases', 'throws'),
    ];
    const results = await dispatcher.run(jobs);
    expect(results.size).toBe(13);
    expect(results.get('throws')).toEqual({ status: 'errored', why: 'the harness broke' });
    expect(together).toBe(0);
    await dispatcher.close();
    stop.abort();
    await working;
    expect(carried).toHaveLength(12);
  });
});
