// Four journeys of two people each at once: by a hand-written Playwright script in one browser, and by our replay, in turns.
//   node evals/bench/at-once.ts [rounds=7] [--built]
import { rm } from 'node:fs/promises';
import { findBrowser } from '../../src/browser/find.ts';
import { keepResults, median, table } from './figures.ts';
import { benchProject } from './project.ts';
import { startTeamspace } from './teamspace.ts';
import { byHand, byReplay, cli } from './timed.ts';

const AT_ONCE = 4;
const args = process.argv.slice(2);
const rounds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 7);
const built = args.includes('--built');
const browser = findBrowser({ config: { channel: 'headless-shell', headless: true }, env: process.env }).executable;
const app = await startTeamspace();
const [bare, filmed] = [await benchProject(app.ready, 'none', AT_ONCE), await benchProject(app.ready, 'each-step', AT_ONCE)];
try {
  const env = { ...process.env, BENCH_READY: JSON.stringify(app.ready) };
  const sides: Record<string, () => Promise<{ flowMs: number }>> = {
    'by hand': () => byHand(env, browser, AT_ONCE),
    'replay, no pictures': () => byReplay(bare, process.env, cli(built), AT_ONCE),
    'replay, film strip': () => byReplay(filmed, process.env, cli(built), AT_ONCE),
  };
  const names = Object.keys(sides);
  const spans = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (let at = 0; at < names.length; at++) {
      const name = names[(round + at) % names.length]!;
      const { flowMs } = await sides[name]!();
      if (round > 0) spans.get(name)!.push(flowMs);
    }
  }
  const hand = spans.get('by hand')!;
  await keepResults(
    'Four journeys at once',
    `node evals/bench/at-once.ts${built ? ' --built' : ''}`,
    `
The journey of the replay bench ${AT_ONCE} times at once, eight people in one browser; from the first journey's first page to the last journey's end, seeding and judging left out. ${rounds} rounds in turns; medians, the share is the median within a round.

${table(
  ['', 'ms', 'journeys a second', 'share of by hand'],
  names.map((name) => {
    const ms = median(spans.get(name)!);
    return [
      name,
      ms.toFixed(0),
      (AT_ONCE / (ms / 1000)).toFixed(2),
      `${(100 * median(spans.get(name)!.map((one, round) => hand[round]! / one))).toFixed(0)} %`,
    ];
  }),
)}
`,
  );
} finally {
  await app.stop();
  await Promise.all([bare, filmed].map((folder) => rm(folder, { recursive: true, force: true })));
}
