// How soon a state that flips after a while is seen, and how often it was asked for: our oracle beside the schedule of Playwright's expect.poll.
//   node evals/bench/polling.ts [trials=300]
import { expect } from 'playwright/test';
import type { Clock } from '../../src/core/clock.ts';
import { openOracle } from '../../src/oracle/watch.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { FakeClock } from '../../test/oracle/fake-clock.ts';
import { keepResults, mean, table } from './figures.ts';

const trials = Number(process.argv[2] ?? 300);
const QUERY_MS = 15;
const WITHIN_MS = 30_000;
const FLIPS_MS = [20, 50, 100, 200, 400, 700, 1000, 2000, 3000, 5000, 9000, 14_000, 20_000];
/** The pauses of expect.poll, the last one again and again. */
const PAUSES = [100, 250, 500, 1000];

interface Seen {
  delayMs: number;
  reads: number;
}

/** A backend that answers after a while, with what was so when it was asked. */
function backend(clock: Clock, flipMs: number) {
  let reads = 0;
  let start = Number.POSITIVE_INFINITY;
  let seenAt: number | undefined;
  return {
    begin: () => {
      start = clock.now();
      reads = 0;
    },
    async read(): Promise<string> {
      const answer = clock.now() - start >= flipMs ? 'done' : 'queued';
      if (seenAt === undefined) reads++;
      await clock.sleep(QUERY_MS);
      if (answer === 'done') seenAt ??= clock.now();
      return answer;
    },
    seen: (): Seen => ({ delayMs: (seenAt ?? Number.NaN) - start - flipMs, reads }),
  };
}

async function byOracle(clock: Clock, flipMs: number, expectedMs?: number): Promise<Seen> {
  const source = backend(clock, flipMs);
  const oracle = openOracle({
    bound: [
      {
        id: 'job',
        name: 'job',
        says: 'the job is done',
        mode: { kind: 'eventually', query: { probe: 'bench', args: {} }, expect: 'done' },
        builtin: false,
        withinMs: WITHIN_MS,
        settleMs: 0,
        blindMs: WITHIN_MS,
        ...(expectedMs === undefined ? {} : { expectedMs }),
      },
    ],
    reader: { read: () => source.read(), watch: async () => undefined, close: async () => undefined },
    clock,
    emit: () => undefined,
    signal: new AbortController().signal,
  });
  await oracle.baseline();
  source.begin();
  oracle.endJourney();
  const [verdict] = await oracle.judge();
  await oracle.close();
  if (verdict?.status !== 'held') throw new Error(`not seen: ${JSON.stringify(verdict)}`);
  return source.seen();
}

/** The schedule of expect.poll, simulated. */
async function bySchedule(clock: Clock, flipMs: number): Promise<Seen> {
  const source = backend(clock, flipMs);
  source.begin();
  for (let at = 0; (await source.read()) !== 'done'; at++) await clock.sleep(PAUSES[Math.min(at, PAUSES.length - 1)]!);
  return source.seen();
}

async function byExpectPoll(flipMs: number): Promise<Seen> {
  const source = backend(systemClock, flipMs);
  source.begin();
  await expect.poll(() => source.read(), { timeout: WITHIN_MS }).toBe('done');
  return source.seen();
}

const spread = (value: number, by: number): number => value * (1 - by + 2 * by * Math.random());

/** Trials around one point: states do not flip at round numbers. */
async function around(flipMs: number, trial: (flip: number) => Promise<Seen>): Promise<Seen> {
  const seen: Seen[] = [];
  for (let count = 0; count < trials; count++) seen.push(await trial(spread(flipMs, 0.15)));
  return { delayMs: mean(seen.map((one) => one.delayMs)), reads: mean(seen.map((one) => one.reads)) };
}

const cell = ({ delayMs, reads }: Seen): string => `${delayMs.toFixed(0)} / ${reads.toFixed(1)}`;
const rows: string[][] = [];
const worse: string[] = [];
for (const flipMs of FLIPS_MS) {
  const playwright = await around(flipMs, (flip) => bySchedule(new FakeClock(), flip));
  const unlearned = await around(flipMs, (flip) => byOracle(new FakeClock(), flip));
  const learned = await around(flipMs, (flip) => byOracle(new FakeClock(), flip, flipMs));
  const misled = await around(flipMs, (flip) => byOracle(new FakeClock(), flip, flipMs * 3 ** (2 * Math.random() - 1)));
  rows.push([`${flipMs / 1000} s`, ...[playwright, unlearned, learned, misled].map(cell)]);
  if (learned.delayMs > playwright.delayMs * 1.02 || learned.reads > playwright.reads + 0.05) worse.push(`${flipMs / 1000} s`);
}

const real: string[][] = [];
for (const flipMs of [130, 1100, 3300]) {
  const [playwright, unlearned, learned] = await Promise.all([
    byExpectPoll(flipMs),
    byOracle(systemClock, flipMs),
    byOracle(systemClock, flipMs, flipMs),
  ]);
  real.push([`${flipMs / 1000} s`, cell(playwright), cell(unlearned), cell(learned)]);
}

await keepResults(
  'Polling',
  'node evals/bench/polling.ts',
  `
Mean delay in ms until a flipped state was seen / reads until then. Simulated clock, a query takes ${QUERY_MS} ms, ${trials} trials a point, flips spread by ±15 %.
"Learned" knows the usual time; "misled" was told one that is wrong by up to a factor of three either way.

${table(['flips after', 'expect.poll', 'unlearned', 'learned', 'misled'], rows)}

Points at which learned polling is later or reads more than expect.poll: ${worse.join(', ') || 'none'}.

The same on a real clock, once each, beside the real \`expect.poll\`:

${table(['flips after', 'expect.poll', 'unlearned', 'learned'], real)}
`,
);
