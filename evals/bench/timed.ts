import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../suite.ts';

/** The command line: its sources, which Node strips of their types at each start, or the package as `npm run build` makes it. */
export const cli = (built: boolean): string => join(root, built ? 'dist/src/cli/main.js' : 'src/cli/main.ts');

/** One process from start to end. Times in ms. */
export interface Timed {
  wallMs: number;
  flowMs: number;
  /** From the start of the process to the first action on a page. */
  firstActionMs: number;
}

/** The script that was written by hand; `atOnce` journeys share a browser. */
export async function byHand(env: NodeJS.ProcessEnv, browser: string, atOnce = 1): Promise<Timed> {
  const { wallMs, output, startedAt } = await runNode([join(root, 'evals/bench/by-hand.ts'), browser, String(atOnce)], root, env);
  const { flowMs, firstAction } = JSON.parse(output.trim().split('\n').at(-1)!) as { flowMs: number; firstAction: number };
  return { wallMs, flowMs, firstActionMs: firstAction - startedAt };
}

interface Line {
  type: string;
  t: number;
  time: string;
  ms?: number;
}

/** Our replay of a project's lockfiles, and nothing but the lockfiles, all at once; its times are those of the journal, from the first journey's first step to the end of the last. */
export async function byReplay(
  project: string,
  env: NodeJS.ProcessEnv,
  program = cli(false),
  atOnce = 1,
): Promise<Timed & { lines: Line[]; startedAt: number }> {
  const { wallMs, startedAt } = await runNode([program, 'run', '--frozen', '--workers', String(atOnce)], project, {
    ...env,
    CI: 'true',
    NO_COLOR: '1',
  });
  const runs = join(project, '.intentwright/runs');
  const newest = (await readdir(runs))
    .filter((name) => name !== 'latest')
    .toSorted()
    .at(-1)!;
  const lines = (await readFile(join(runs, newest, 'events.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const find = (type: string): Line => lines.find((line) => line.type === type)!;
  const action = find('action-end');
  return {
    wallMs,
    flowMs: lines.findLast((line) => line.type === 'journey-end')!.t - find('step-start').t,
    firstActionMs: Date.parse(action.time) - (action.ms ?? 0) - startedAt,
    lines,
    startedAt,
  };
}

/** Runs a program of ours to its end; anything but exit code 0 is an error with its output. */
export function runNode(
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ wallMs: number; output: string; startedAt: number }> {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const begin = performance.now();
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ wallMs: performance.now() - begin, output, startedAt });
      else reject(new Error(`${args[0]} ended with ${code}\n${output}\n${errors}`));
    });
  });
}
