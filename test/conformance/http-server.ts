import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage & { text: string }, response: ServerResponse) => void;

/** A server on 127.0.0.1 that answers by path, "/path" or "POST /path"; 404 for the rest. Counts what was asked. */
export async function serve(routes: Record<string, Answer>): Promise<{ url: string; asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = [];
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += String(part);
    const path = new URL(request.url ?? '/', 'http://server').pathname;
    asked.push(`${request.method} ${request.url}`);
    const answer = routes[`${request.method} ${path}`] ?? routes[path];
    if (answer) answer(Object.assign(request, { text }), response);
    else json({ error: 'not found' }, 404)(Object.assign(request, { text }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}

export const json =
  (body: unknown, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

export const text =
  (body: string, type = 'text/plain', status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': type }).end(body);

export const redirect =
  (to: string): Answer =>
  (_, response) =>
    response.writeHead(302, { location: to }).end();

/** Headers and the first bytes, and then nothing. */
export const stall: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
};

/** As much as the other side takes. */
export const flood: Answer = (_, response) => {
  const part = Buffer.alloc(256 * 1024, 0x61);
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(part));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

export const hangUp: Answer = (request) => request.socket.destroy();
