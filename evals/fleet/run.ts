// The fleet under harm: 2,000 synthetic intents over four worker processes, workers killed at random, Redis killed once.
// node evals/fleet/run.ts [intents]     needs redis-server; writes what it found to standard output.
import { setTimeout as sleep } from 'node:timers/promises';
import { dispatch, hire, OwnRedis, type Told } from './fleet.ts';

const intents = Number(process.argv[2] ?? 2000);
const redis = await OwnRedis.start();
const setting = { url: redis.url, intents, workers: 4, concurrency: 4, ms: 400 };
const rate = (count: number, { seconds }: Told): number => count / seconds;

try {
  const alone: number[] = [];
  for (let worker = 0; worker < 4; worker++) {
    const one = { ...setting, workers: 1, intents: Math.ceil(intents / 16) };
    const crew = await hire(one);
    alone.push(rate(one.intents, await dispatch(one, crew.queue)));
    await crew.stop();
  }
  const sum = alone.reduce((total, one) => total + one, 0);

  const calm = await hire(setting);
  const together = await dispatch(setting, calm.queue);
  await calm.stop();
  const fleet = rate(intents, together);
  say('throughput', { alone: alone.map(round), sum: round(sum), fleet: round(fleet), share: `${((fleet / sum) * 100).toFixed(1)} %`, ...verdict(together, intents) });

  const crew = await hire(setting);
  let killed = 0;
  let restarted = 0;
  const harmed = await dispatch(setting, crew.queue, async (heard) => {
    while (heard() < intents * 0.9) {
      await sleep(800 + Math.random() * 1500);
      await crew.replaceOne();
      killed++;
      if (restarted === 0 && heard() > intents / 2) {
        await redis.restart();
        restarted++;
      }
    }
  });
  say('harm', { killed, restarted, seconds: round(harmed.seconds), ...verdict(harmed, intents) });

  const drained: (number | null)[] = [];
  const before = crew.carried().length;
  const some = { ...setting, intents: Math.ceil(intents / 10) };
  const drain = await dispatch(some, crew.queue, async (heard) => {
    for (let one = 0; one < 3; one++) {
      while (heard() < (one + 1) * some.intents * 0.15) await sleep(20);
      drained.push(await crew.drainOne());
    }
  });
  say('drain', { drained: drained.length, exitCodes: drained, carriedOutMoreThanOnce: crew.carried().length - before - some.intents, ...verdict(drain, some.intents) });
  await crew.stop();
} finally {
  await redis.stop();
}

/** One result each, none lost, none twice. */
function verdict({ results, begun, ends }: Told, wanted: number) {
  const status = [...results.values()].filter((result) => result.status === 'passed').length;
  return { intents: wanted, results: results.size, passed: status, lost: wanted - results.size, endsHeardTwice: [...ends.values()].filter((count) => count > 1).length, deliveredAgain: [...begun.values()].filter((count) => count > 1).length };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function say(what: string, figures: object): void {
  process.stdout.write(`${what} ${JSON.stringify(figures)}\n`);
}
