// The fleet on a real Redis: 2,000 synthetic intents over four worker processes, first in peace and measured against single workers,
// then with workers killed at random and Redis killed once, then with workers that are asked to end.
// node evals/fleet/run.ts [intents]     needs redis-server, and an idle machine for the figures; writes evals/fleet/table.md.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dispatch, hire, OwnRedis, type Told } from './fleet.ts';

const intents = Number(process.argv[2] ?? 2000);
const WORKERS = 4;
const redis = await OwnRedis.start();
const setting = { url: redis.url, intents, workers: WORKERS, concurrency: 4, ms: 400 };
const lines: string[] = [];
let sound = true;

try {
  // One single worker and the fleet in turns, so that whatever else the machine does meets both alike.
  const alone: number[] = [];
  const together: Told[] = [];
  for (let round = 0; round < WORKERS; round++) {
    const one = { ...setting, workers: 1, intents: Math.ceil(intents / WORKERS / WORKERS) };
    alone.push(one.intents / (await run(one)).seconds);
    together.push(await run({ ...setting, intents: Math.ceil(intents / WORKERS) }));
  }
  const sum = alone.reduce((total, rate) => total + rate, 0);
  const calm = {
    seconds: together.reduce((total, { seconds }) => total + seconds, 0),
    told: together.map((told) => verdict(told, Math.ceil(intents / WORKERS))),
  };
  const fleet = (Math.ceil(intents / WORKERS) * WORKERS) / calm.seconds;
  const share = fleet / sum;
  tell(
    '| in peace | ' +
      figures(calm.told.reduce(added)) +
      ` | ${fixed(fleet)} intents a second; the single workers ${alone.map(fixed).join(' + ')} = ${fixed(sum)}: ${fixed(share * 100)} % of the sum |`,
  );
  sound &&= share >= 0.9;

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
  tell(
    `| ${killed} workers killed (SIGKILL), Redis killed ${restarted === 1 ? 'once' : `${restarted} times`} | ${figures(verdict(harmed, intents))} | ${fixed(intents / harmed.seconds)} intents a second, harm and all |`,
  );

  const codes: (number | null)[] = [];
  const before = crew.carried().length;
  const some = { ...setting, intents: Math.ceil(intents / 10) };
  const drain = await dispatch(some, crew.queue, async (heard) => {
    for (let one = 0; one < 3; one++) {
      while (heard() < (one + 1) * some.intents * 0.15) await sleep(20);
      codes.push(await crew.drainOne());
    }
  });
  tell(
    `| three of the four asked to end (SIGTERM) | ${figures(verdict(drain, some.intents))} | exit codes ${codes.join(', ')}; carried out more than once: ${crew.carried().length - before - some.intents} |`,
  );
  sound &&= codes.every((code) => code === 0) && crew.carried().length - before === some.intents;
  await crew.stop();
} finally {
  await redis.stop();
}

const head = `# The fleet, on a real Redis

Made by \`node evals/fleet/run.ts\` on ${availableParallelism()} cores: ${intents} synthetic intents over ${WORKERS} worker processes, ${setting.concurrency} at a time in each.
An intent waits ${setting.ms} ms and computes next to nothing, as a real journey mostly waits for a browser and a backend. That is what lets four processes sum up on ${availableParallelism()} cores:
intents that kept a core busy could not. Single workers and the fleet were measured in turns on the same machine.

| what was done | intents | results | passed | lost | ended twice | delivered again | |
|---|---|---|---|---|---|---|---|
`;
if (intents >= 2000) writeFileSync(join(import.meta.dirname, 'table.md'), `${head}${lines.join('\n')}\n`);
process.exitCode = sound ? 0 : 1;

async function run(one: Parameters<typeof hire>[0]): Promise<Told> {
  const crew = await hire(one);
  const told = await dispatch(one, crew.queue);
  await crew.stop();
  return told;
}

interface Verdict {
  intents: number;
  results: number;
  passed: number;
  lost: number;
  twice: number;
  again: number;
}

/** One result each, none lost, none twice. */
function verdict({ results, begun, ends }: Told, wanted: number): Verdict {
  const found = {
    intents: wanted,
    results: results.size,
    passed: [...results.values()].filter((result) => result.status === 'passed').length,
    lost: wanted - results.size,
    // A worker that is killed between its last word and its result ends its intent once more by another; without a loss nothing ends twice.
    twice: [...ends].filter(([job, count]) => count > (begun.get(job) ?? 0)).length,
    again: [...begun.values()].filter((count) => count > 1).length,
  };
  sound &&= found.results === wanted && found.passed === wanted && found.twice === 0;
  return found;
}

function added(a: Verdict, b: Verdict): Verdict {
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + b[key as keyof Verdict]])) as unknown as Verdict;
}

function figures({ intents: all, results, passed, lost, twice, again }: Verdict): string {
  return [all, results, passed, lost, twice, again].join(' | ');
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function tell(line: string): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}
