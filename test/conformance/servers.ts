import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of our own on a free port, gone with `stop`; or why this machine cannot run it. */
export interface Started {
  port: number;
  dir: string;
  stop(): Promise<void>;
}

/** Starts a program that listens on the port it is given, in a folder of its own. */
export async function start(
  program: string,
  args: (port: number, dir: string) => string[],
  prepare: (dir: string) => Promise<void> = async () => undefined,
): Promise<Started | string> {
  const dir = await mkdtemp(join(tmpdir(), 'iw-server-'));
  const port = await freePort();
  const words = args(port, dir);
  await prepare(dir);
  const child = spawn(program, words, { cwd: dir, stdio: 'ignore' });
  // A suite that fails before it could stop its server leaves none behind.
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${program}: ${error.message}`));
    child.once('exit', (code) => resolve(`${program} ended with code ${code}`));
  });
  const stop = async () => {
    process.off('exit', leave);
    await end(child);
    await rm(dir, { recursive: true, force: true });
  };
  const outcome = await Promise.race([failed, listening(port)]);
  if (typeof outcome !== 'string') return { port, dir, stop };
  await stop();
  return outcome;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });

/** Resolves when something takes connections there; to a reason after 20 s. */
async function listening(port: number): Promise<true | string> {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    if (await answers(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return `nothing listened on port ${port} within 20 s`;
}

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(hard);
}
