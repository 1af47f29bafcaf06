// One journey by a hand-written Playwright script and by our replay of its lockfile, in turns, on one browser and one application.
//   node evals/bench/replay.ts [rounds=15] [--built]     --built: the package that `npm run build` made, as people install it
import { rm } from 'node:fs/promises';
import { findBrowser } from '../../src/browser/find.ts';
import { keepResults, median, table } from './figures.ts';
import { benchProject } from './project.ts';
import { startTeamspace } from './teamspace.ts';
import { byHand, byReplay, cli, type Timed } from './timed.ts';

const args = process.argv.slice(2);
const rounds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 15);
const built = args.includes('--built');
const browser = findBrowser({ config: { channel: 'headless-shell', headless: true }, env: process.env }).executable;
const app = await startTeamspace();
const bare = await benchProject(app.ready, 'none');
const filmed = await benchProject(app.ready, 'each-step');
try {
  const env = { ...process.env, BENCH_READY: JSON.stringify(app.ready) };
  const sides: Record<string, () => Promise<Timed>> = {
    'by hand': () => byHand(env, browser),
    'replay, no pictures': () => byReplay(bare, process.env, cli(built)),
    'replay, film strip': () => byReplay(filmed, process.env, cli(built)),
  };
  const names = Object.keys(sides);
  const seen = new Map<string, Timed[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    // Each round begins with another side, so that none always follows the same one. The first round warms caches up.
    for (let at = 0; at < names.length; at++) {
      const name = names[(round + at) % names.length]!;
      const timed = await sides[name]!();
      if (round > 0) seen.get(name)!.push(timed);
    }
  }
  const hand = seen.get('by hand')!;
  const row = (name: string): (string | number)[] => {
    const times = seen.get(name)!;
    const ratio = (of: (timed: Timed) => number): string => median(times.map((timed, round) => of(timed) / of(hand[round]!))).toFixed(2);
    const ms = (of: (timed: Timed) => number): string => median(times.map(of)).toFixed(0);
    return [
      name,
      ms((one) => one.flowMs),
      ratio((one) => one.flowMs),
      ms((one) => one.wallMs),
      ratio((one) => one.wallMs),
      ms((one) => one.firstActionMs),
      median(times.map((one, round) => one.firstActionMs - hand[round]!.firstActionMs)).toFixed(0),
    ];
  };
  await keepResults(
    'Replay beside a hand-written script',
    `node evals/bench/replay.ts${built ? ' --built' : ''}`,
    `
Twelve actions, two people, ${rounds} rounds in turns; medians, ratios are medians of the ratios within a round.
In-flow is from the first address opened to the end of the journey, ours with what is done between steps; the whole process includes seeding, assertions and clean-up, and of ours
reports, and one second in which the invariants must go on holding, which the script does not have.

${table(['', 'in-flow ms', 'ratio', 'whole process ms', 'ratio', 'start → first action ms', 'more than by hand ms'], names.map(row))}
`,
  );
} finally {
  await app.stop();
  await Promise.all([bare, filmed].map((folder) => rm(folder, { recursive: true, force: true })));
}
