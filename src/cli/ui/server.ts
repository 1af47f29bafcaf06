import { timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isAttachmentId } from '../../report/attachments.ts';
import { CLIENT } from './client.ts';
import { PAGE, STYLE } from './page.ts';

/** What the page may ask of the command behind it. */
export interface UiDesk {
  /** Everything the page shows, as plain JSON. */
  state(): unknown;
  /** Called back whenever it has changed. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Begins a run; says why not otherwise. */
  run(ids: string[], options: { fresh: boolean }): string | undefined;
  stop(): void;
  /** Switches running again whenever a file is saved. */
  watch(on: boolean): void;
  /** Folder of the attachments of the run that is shown. */
  attachments(): string | undefined;
}

export interface UiServer {
  readonly port: number;
  close(): Promise<void>;
}

const SAFE = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
const ASSETS: Record<string, [type: string, text: string]> = {
  '/': ['text/html; charset=utf-8', PAGE],
  '/ui.css': ['text/css; charset=utf-8', STYLE],
  '/ui.js': ['text/javascript; charset=utf-8', CLIENT],
};
const LARGEST_REQUEST = 64 * 1024;

/**
 * Serves the page on this machine alone. The page itself holds nothing; everything else needs the token, which stands in the fragment of its
 * address and is sent to nobody by the browser. Requests under another name or from another origin are refused: a page elsewhere can ask for nothing.
 */
export async function openUiServer(desk: UiDesk, { token, port }: { token: string; port: number }): Promise<UiServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => refuse(response, 500, 'fault'));
  });
  const own = (): number => (server.address() as AddressInfo).port;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hosts = [`127.0.0.1:${own()}`, `localhost:${own()}`];
    if (!hosts.includes(request.headers.host ?? '')) return refuse(response, 421, 'another host');
    const { origin } = request.headers;
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return refuse(response, 403, 'another origin');
    const path = (request.url ?? '/').split('?')[0]!;
    const asset = ASSETS[path];
    if (asset && request.method === 'GET') return void response.writeHead(200, { ...SAFE, 'content-type': asset[0] }).end(asset[1]);
    if (!isToken(request.headers.authorization, token)) return refuse(response, 401, 'no token');
    if (request.method === 'GET' && path === '/api/state') return stream(request, response, desk);
    if (request.method === 'GET' && path.startsWith('/api/pictures/')) return picture(response, desk, path.slice('/api/pictures/'.length));
    if (request.method !== 'POST') return refuse(response, 404, 'not found');
    // A form of another page can send neither this type nor the token.
    if (origin === undefined || request.headers['content-type'] !== 'application/json') return refuse(response, 403, 'not from the page');
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, 400, 'no JSON');
    if (path === '/api/run') {
      const ids = Array.isArray(body['ids']) ? body['ids'].map(String) : [];
      const why = desk.run(ids, { fresh: body['fresh'] === true });
      return why === undefined ? accept(response) : refuse(response, 409, why);
    }
    if (path === '/api/stop') desk.stop();
    else if (path === '/api/watch') desk.watch(body['on'] === true);
    else return refuse(response, 404, 'not found');
    accept(response);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: own(), close: () => closed(server) };
}

/** One JSON line for each change, the whole state each time; at most one every tenth of a second. */
function stream(request: IncomingMessage, response: ServerResponse, desk: UiDesk): void {
  response.writeHead(200, { ...SAFE, 'content-type': 'application/x-ndjson' });
  let due: NodeJS.Timeout | undefined;
  const send = (): void => {
    due = undefined;
    response.write(`${JSON.stringify(desk.state())}\n`);
  };
  const leave = desk.onChange(() => {
    due ??= setTimeout(send, 100);
  });
  send();
  request.once('close', () => {
    clearTimeout(due);
    leave();
  });
}

function picture(response: ServerResponse, desk: UiDesk, id: string): void {
  const folder = desk.attachments();
  if (folder === undefined || !isAttachmentId(id)) return refuse(response, 404, 'not found');
  createReadStream(join(folder, id))
    .once('error', () => refuse(response, 404, 'not found'))
    .once('open', () => response.writeHead(200, { ...SAFE, 'content-type': 'image/jpeg' }))
    .pipe(response);
}

function isToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_REQUEST) return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const accept = (response: ServerResponse): void => void response.writeHead(202, SAFE).end();

function refuse(response: ServerResponse, status: number, why: string): void {
  if (!response.headersSent) response.writeHead(status, { ...SAFE, 'content-type': 'text/plain; charset=utf-8' });
  response.end(why);
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
