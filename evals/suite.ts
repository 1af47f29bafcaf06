import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultSchema, type RunResult } from '../src/core/result.ts';

export const root = new URL('..', import.meta.url).pathname;
export type IntentResult = RunResult['intents'][number];

export interface SuiteOptions {
  ids?: string[];
  defects?: string[];
  ui?: string;
  /** More flags for the command line. */
  flags?: string[];
  env?: Record<string, string>;
  /** Lockfiles are never written by an eval unless it says so. */
  writeLocks?: boolean;
  /** Another project than this repository. */
  cwd?: string;
}

export interface SuiteEnd {
  exitCode: number;
  result?: RunResult;
  wallMs: number;
  output: string;
}

/** Runs the real command line over Teamspace and reads what it wrote. */
export async function runSuite(options: SuiteOptions): Promise<SuiteEnd> {
  const report = await mkdtemp(join(tmpdir(), 'iw-eval-'));
  const args = [join(root, 'src/cli/main.ts'), 'run', ...(options.ids ?? []), '--report', report, ...(options.flags ?? [])];
  const env = {
    ...process.env,
    ...(options.writeLocks ? { CI: '' } : { CI: 'true' }),
    DEFECTS: options.defects?.join(',') ?? '',
    UI: options.ui ?? '',
    NO_COLOR: '1',
    ...options.env,
  };
  const started = performance.now();
  const { exitCode, output } = await runNode(args, options.cwd ?? root, env);
  const wallMs = performance.now() - started;
  const text = await readFile(join(report, 'result.json'), 'utf8').catch(() => undefined);
  await rm(report, { recursive: true, force: true });
  return { exitCode, output, wallMs, ...(text ? { result: resultSchema.parse(JSON.parse(text)) } : {}) };
}

/** Runs a program of ours to its end, whatever its exit code; what it said on both streams, the last of it. */
export function runNode(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-200_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** A share with its 95 % Wilson interval: "34 of 34 (100 %, 90–100 %)". */
export function share(right: number, n: number): string {
  if (n === 0) return '0 of 0';
  const p = right / n;
  const z = 1.96;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  const percent = (value: number) => `${(Math.max(0, Math.min(1, value)) * 100).toFixed(1).replace(/\.0$/, '')} %`;
  return `${right} of ${n} (${percent(p)}, 95 % interval ${percent(middle - half)}–${percent(middle + half)})`;
}

/** Text for a cell of a Markdown table. */
export const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
