// The whole demo suite on two workers: wall time of a first run without lockfiles and of runs from them, and the runner's peak memory.
//   node evals/bench/demo.ts [replays=3] [--built]
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resultSchema, type RunResult } from '../../src/core/result.ts';
import { root } from '../suite.ts';
import { keepResults, table } from './figures.ts';
import { cli } from './timed.ts';

const args = process.argv.slice(2);
const replays = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 3);
const built = args.includes('--built');
const project = await mkdtemp(join(tmpdir(), 'iw-bench-demo-'));

/** The repository's own suite in a folder of its own, so that a bench never writes the repository's lockfiles. */
async function copySuite(): Promise<void> {
  for (const name of ['intents', 'invariants'])
    await cp(join(root, name), join(project, name), { recursive: true, filter: (file) => !file.endsWith('.lock.yaml') });
  const config = await readFile(join(root, 'intentwright.config.yaml'), 'utf8');
  await writeFile(join(project, 'intentwright.config.yaml'), config.replace('demo/start.ts', join(root, 'demo/start.ts')));
}

interface End {
  wallMs: number;
  peakMiB: number;
  result: RunResult;
}

async function runOnce(): Promise<End> {
  const peak = join(project, 'peak');
  const begin = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', fileURLToPath(new URL('peak.mjs', import.meta.url)), cli(built), 'run'], {
      cwd: project,
      env: { ...process.env, CI: '', NO_COLOR: '1', BENCH_PEAK: peak },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  const wallMs = performance.now() - begin;
  const result = resultSchema.parse(JSON.parse(await readFile(join(project, '.intentwright/runs/latest/result.json'), 'utf8')));
  return { wallMs, peakMiB: Number(await readFile(peak, 'utf8')) / 1024, result };
}

const row = (name: string, { wallMs, peakMiB, result }: End): (string | number)[] => {
  const passed = result.intents.filter((intent) => intent.status === 'passed').length;
  const replayed = result.intents.filter((intent) => intent.agent.builtin + intent.agent.model + intent.agent.relocate === 0).length;
  return [name, `${passed} of ${result.intents.length}`, replayed, (wallMs / 1000).toFixed(1), peakMiB.toFixed(0)];
};

try {
  await copySuite();
  const rows = [row('first run, no lockfiles', await runOnce())];
  for (let count = 1; count <= replays; count++) rows.push(row(`from lockfiles, ${count}`, await runOnce()));
  await keepResults(
    'The demo suite',
    `node evals/bench/demo.ts${built ? ' --built' : ''}`,
    `
Two workers, the film strip on, Teamspace started and stopped by each run. Peak memory is the runner's own, without the browser and without Teamspace.
A journey that did not pass has no lockfile and is carried out by the embedded agent again.

${table(['run', 'passed', 'by replay alone', 'wall s', 'peak MiB'], rows)}
`,
  );
} finally {
  await rm(project, { recursive: true, force: true });
}
