import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from '../suite.ts';

/** What a running Teamspace says of itself. */
export interface Ready extends Record<string, unknown> {
  url: string;
  mail: string;
  payments: string;
  db: string;
  token: string;
}

/** One Teamspace for a whole benchmark: both sides of every pair meet the same application. */
export async function startTeamspace(): Promise<{ ready: Ready; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['demo/start.ts'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) return { ready: JSON.parse(line) as Ready, stop };
  throw new Error('Teamspace did not start');
}
