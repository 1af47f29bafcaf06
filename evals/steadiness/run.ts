// The whole suite again and again with no defect and no redesign: any red or flaky is a bug of ours.
//   node evals/steadiness/run.ts [runs=30] [--fresh]     What was red is kept in .intentwright/red-runs.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runSuite } from '../suite.ts';

const args = process.argv.slice(2);
const fresh = args.includes('--fresh');
const runs = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 30);
let bad = 0;
const times: number[] = [];
for (let run = 1; run <= runs; run++) {
  const { result, exitCode, wallMs, output } = await runSuite({ flags: fresh ? ['--fresh'] : [] });
  const red = result?.intents.filter((intent) => intent.status !== 'passed') ?? [];
  if (exitCode !== 0 || red.length > 0) {
    bad += 1;
    if (result)
      await cp(join(root, '.intentwright/runs', result.run), join(root, '.intentwright/red-runs', result.run), { recursive: true }).catch(
        (error: unknown) => console.log(`   not kept: ${String(error)}`),
      );
  }
  times.push(wallMs);
  console.log(
    `run ${run}: exit ${exitCode}, ${result?.intents.length ?? 0} intents, ${(wallMs / 1000).toFixed(1)} s${red.map((intent) => `\n   ${intent.id} ${intent.status}: ${intent.sentence}`).join('')}${result ? '' : output.slice(-500)}`,
  );
}
times.sort((a, b) => a - b);
console.log(
  `${runs - bad} of ${runs} runs green; wall time min ${(times[0]! / 1000).toFixed(1)} s, median ${(times[times.length >> 1]! / 1000).toFixed(1)} s, max ${(times.at(-1)! / 1000).toFixed(1)} s`,
);
process.exitCode = bad === 0 ? 0 : 1;
