import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { RunResult } from '../../src/core/result.ts';

export interface Ran {
  exitCode: number;
  /** What a pipe got: no colours. */
  stdout: string;
  stderr: string;
  /** The project's folder; removed when the test file ends. */
  dir: string;
  /** `.intentwright/runs/latest/result.json`, when the command left one. */
  result: RunResult | undefined;
  /** Text of a file of the project. */
  read(path: string): string;
  has(path: string): boolean;
}

export interface InlineOptions {
  env?: Record<string, string>;
  /** Runs in this folder instead of a new one. */
  dir?: string;
  /** Called with every piece of output; may send signals. */
  watch?(child: Watched): void;
  /** Called once it runs. */
  begun?(child: Watched): void;
  stdin?: string;
  /** The signal that it is meant to die of; its exit code is -1 then. */
  dies?: NodeJS.Signals;
}

export interface Watched {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  stdout: string;
  stderr: string;
}

export const cli = join(import.meta.dirname, '../../src/cli/main.ts');

/** The real command line, as a child process, on files that the test writes. */
export async function runInline(files: Record<string, string | Uint8Array>, args: string[], options: InlineOptions = {}): Promise<Ran> {
  const dir = options.dir ?? (await newFolder());
  await writeFiles(dir, files);
  const child = spawn(process.execPath, [cli, ...args], { cwd: dir, env: environment(options.env), stdio: ['pipe', 'pipe', 'pipe'] });
  const said: Watched = { pid: child.pid ?? 0, stdout: '', stderr: '', kill: (signal) => void child.kill(signal) };
  options.begun?.(said);
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      options.watch?.(said);
    });
  }
  child.stdin.end(options.stdin ?? '');
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== null || signal === options.dies) resolve(code ?? -1);
      else reject(new Error(`the command line died of ${signal}\n${said.stderr}`));
    });
  });
  const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
  const has = (path: string): boolean => existsSync(join(dir, path));
  const latest = '.intentwright/runs/latest/result.json';
  return {
    exitCode,
    stdout: said.stdout,
    stderr: said.stderr,
    dir,
    read,
    has,
    result: has(latest) ? (JSON.parse(read(latest)) as RunResult) : undefined,
  };
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true }))));

/** A folder that goes when the test file ends. */
export async function newFolder(): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'intentwright-inline-')));
  folders.push(dir);
  return dir;
}

export async function writeFiles(dir: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

/** A developer's or a CI's settings must not decide a test. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { CI: _ci, FORCE_COLOR: _colour, DEFECTS: _defects, UI: _ui, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1', ...extra };
}
