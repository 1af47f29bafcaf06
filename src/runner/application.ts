import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Target } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { resolveDeep } from '../core/template.ts';
import type { ProductionGuard } from './production-guard.ts';

/** The application under test: where it is, and how it ends when we began it. */
export interface Application {
  url: string;
  origins: string[];
  /** The origins with the address that each was found at when it was checked. */
  places: { origin: string; address?: string }[];
  /** `${app.…}`: what its start command printed. */
  outputs: Record<string, unknown>;
  stop(): Promise<void>;
}

type Env = Record<string, string | undefined>;

/**
 * Starts the target when the config says how, and checks that it answers.
 * @throws IntentwrightError TARGET_UNREACHABLE | TARGET_REFUSED
 */
export async function openApplication(
  target: Target,
  root: string,
  env: Env,
  extraEnv: Record<string, string>,
  signal: AbortSignal,
  guard?: Pick<ProductionGuard, 'checkOrigins' | 'env'>,
): Promise<Application> {
  const started = target.start ? await startApplication(target.start, root, guard?.env ?? env, extraEnv, signal) : undefined;
  const outputs = started?.outputs ?? {};
  try {
    const scope = { app: outputs };
    const url = resolveDeep(target.url, scope, env).replace(/\/$/, '');
    const origins = [...new Set([new URL(url).origin, ...resolveDeep(target.origins, scope, env).map((origin) => new URL(origin).origin)])];
    const places = guard ? await guard.checkOrigins(url, origins) : origins.map((origin) => ({ origin }));
    await checkAnswers(url, signal);
    return { url, origins, places, outputs, stop: async () => started?.stop() };
  } catch (error) {
    await started?.stop();
    throw error;
  }
}

async function checkAnswers(url: string, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]), redirect: 'manual' });
    await answer.body?.cancel();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Error && IntentwrightError.is(error.cause, 'TARGET_REFUSED')) throw error.cause;
    const cause = error instanceof Error && error.cause ? ` (${messageOf(error.cause)})` : '';
    throw new IntentwrightError('TARGET_UNREACHABLE', `the application does not answer at ${url}${cause}`, {
      hint: 'start it, or let the config start it with target.start.command; `intentwright doctor` checks the rest',
      cause: error,
    });
  }
}

async function startApplication(
  start: NonNullable<Target['start']>,
  root: string,
  env: Env,
  extraEnv: Record<string, string>,
  signal: AbortSignal,
) {
  const [program = '', ...args] = start.command;
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: start.cwd ?? root,
    env: { ...env, ...start.env, ...extraEnv } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: Ctrl-C in the terminal reaches us first, and we end it in order.
    detached: process.platform !== 'win32',
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-2000);
  });
  const stop = () => endProcess(child);
  try {
    const outputs = await readyLine(child, AbortSignal.any([signal, AbortSignal.timeout(start.timeoutMs)]), () => stderr);
    child.stdout.resume();
    return { outputs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyLine(child: ChildProcess, signal: AbortSignal, stderr: () => string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    const fail = (why: string) => {
      lines.close();
      reject(
        new IntentwrightError(
          'TARGET_UNREACHABLE',
          `the application's start command ${why}${stderr() ? `: ${tellingLine(stderr())}` : ''}`,
          { hint: 'run the command by hand; it must print one JSON line {"ready":true, …}' },
        ),
      );
    };
    child.once('error', (error) => fail(`could not be run (${error.message})`));
    child.once('exit', (code) => fail(`ended with code ${code} before it was ready`));
    signal.addEventListener('abort', () => fail('was not ready in time'), { once: true });
    lines.on('line', (line) => {
      const outputs = readyOutputs(line);
      if (!outputs) return;
      lines.close();
      resolve(outputs);
    });
  });
}

/** The line of a program's complaints that says what is wrong: the error itself, not the stack below it. */
function tellingLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (lines.find((line) => /^(\w*Error|error|fatal)\b/i.test(line)) ?? lines.at(-1) ?? '').slice(0, 300);
}

function readyOutputs(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'ready' in value ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Asks it to end, then ends it: by the pid we started, never by name. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  child.kill('SIGTERM');
  const grace = setTimeout(() => killGroup(child.pid!), 5000);
  await ended;
  clearTimeout(grace);
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
