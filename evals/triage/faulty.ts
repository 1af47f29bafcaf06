// Teamspace with a fault in its environment, for evals/triage/environment.ts: started as demo/start.ts is, told by FAULT what to break.
import { execFile } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { MailCatcher } from '../../demo/mail/catcher.ts';
import { startTeamspace } from '../../demo/teamspace.ts';

const fault = process.env['FAULT'] ?? '';
const run = promisify(execFile);

/** The one that Teamspace makes is kept, so that it can be broken. */
let catcher: MailCatcher | undefined;
const listen = MailCatcher.prototype.listen;
MailCatcher.prototype.listen = function (port) {
  catcher = this;
  return listen.call(this, port);
};

/** A way to the database that is cut as soon as somebody is seen to open a page of a workspace. */
async function cuttable(url: string): Promise<string> {
  const there = new URL(url);
  const target = { port: Number(there.port || 5432), host: there.hostname };
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()));
    near.pipe(far).pipe(near);
    near.on('data', (chunk) => {
      if (!/GET[^]{0,40}\/o\//.test(chunk.toString('latin1'))) return;
      server.close();
      for (const socket of sockets) socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  there.port = String((server.address() as { port: number }).port);
  there.hostname = '127.0.0.1';
  return there.href;
}

if (fault === 'database-down')
  process.env['DATABASE_URL'] = await cuttable(process.env['PG_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test');

const { ready, stop } = await startTeamspace(process.env, { onLost: () => undefined });
const end = (): void => void stop().finally(() => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
process.stdin.on('end', end).resume();
process.on('uncaughtException', () => undefined);

const BREAK: Record<string, () => Promise<unknown> | void> = {
  'worker-stopped': () =>
    fetch(`${ready.control}/worker`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'stopped' }),
    }),
  'mail-catcher-down': async () => {
    await catcher?.close();
    catcher?.http.close();
    catcher?.http.closeAllConnections();
  },
  'payments-down': async () => {
    const { stdout } = await run('pgrep', ['-P', String(process.pid), '-f', 'payments/main']);
    process.kill(Number(stdout.trim()), 'SIGKILL');
  },
  'seed-token-expired': () => {
    ready.token = 'a-token-of-last-month';
  },
};

await BREAK[fault]?.();
process.stdout.write(`${JSON.stringify(ready)}\n`);
