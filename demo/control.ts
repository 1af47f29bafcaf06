import { createServer, type Server } from 'node:http';
import type { Part } from './part.ts';
import { readBody } from './web/body.ts';

/** Stops, slows and restarts the worker while everything else goes on. */
export function createControl(token: string, worker: Part, addresses: Record<string, string>): Server {
  let delayMs = 0;
  return createServer((request, response) => {
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const change = async (): Promise<void> => {
      if (request.headers.authorization !== `Bearer ${token}`) return reply(401, { error: 'token' });
      if (request.url !== '/worker') return reply(404, { error: 'not found' });
      if (request.method === 'POST') {
        const { state, delayMs: delay } = (await readBody(request)).fields;
        if (state !== 'stopped' && state !== 'running') return reply(422, { error: 'state is "stopped" or "running"' });
        delayMs = Number(delay ?? 0);
        await worker.stop();
        if (state === 'running') {
          await worker.start({ WORKER_DELAY_MS: String(delayMs) });
          worker.introduce(addresses);
        }
      }
      return reply(200, { state: worker.running ? 'running' : 'stopped', delayMs });
    };
    change().catch((error: unknown) => reply(500, { error: String(error) }));
  });
}
