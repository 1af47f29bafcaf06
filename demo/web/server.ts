import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { causeOf, within } from '../correlation.ts';
import type { Db } from '../state/port.ts';
import { BodyTooLarge, readBody } from './body.ts';
import type { Context } from './context.ts';
import { parseCookies } from './cookies.ts';
import { missing, refused, type Outcome } from './outcome.ts';
import { findRoute, type Route } from './router.ts';
import { write } from './write.ts';

export interface ServeOptions {
  /** For the log on stderr. */
  name: string;
  db: Db;
  routes: readonly Route[];
  /** Fills in who is asking, before a route is taken. */
  identify?(context: Context): Promise<void>;
  /** After the handler, before the answer is written. */
  answering?(context: Context, outcome: Outcome): void;
  /** After the answer. */
  answered?(context: Context, status: number, ms: number): Promise<void>;
}

/** An HTTP server over routes: one request in, one outcome out. */
export function serve(options: ServeOptions): Server {
  return createServer((request, response) => {
    within(causeOf(request.headers), () => {
      answer(options, request, response).catch((error: unknown) => {
        process.stderr.write(`${options.name}: ${String(error)}\n`);
        response.destroy();
      });
    });
  });
}

async function answer(options: ServeOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const began = performance.now();
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const context: Context = {
    db: options.db,
    url,
    method: request.method ?? 'GET',
    params: {},
    headers: request.headers,
    cookies: parseCookies(request.headers.cookie),
    fields: {},
    files: {},
    text: '',
    wantsJson: (request.headers.accept ?? '').includes('application/json'),
    user: undefined,
    session: undefined,
    setCookies: [],
  };
  const outcome = await decide(options, request, context).catch((error: unknown): Outcome => {
    process.stderr.write(`${options.name}: ${context.method} ${url.pathname}: ${error instanceof Error ? error.stack : String(error)}\n`);
    return refused(500, 'internal', 'Something went wrong on our side. Please try again.');
  });
  const status = await write(context, outcome, response);
  await options.answered?.(context, status, Math.round(performance.now() - began));
}

async function decide(options: ServeOptions, request: IncomingMessage, context: Context): Promise<Outcome> {
  const found = findRoute(options.routes, context.method === 'HEAD' ? 'GET' : context.method, context.url.pathname);
  if (found === 'method') return refused(405, 'method', 'This address does not take that method.');
  if (!found) return missing();
  if (context.method !== 'GET' && foreign(request)) return refused(403, 'origin', 'This request came from another site.');
  if (!context.url.pathname.startsWith('/assets/')) await options.identify?.(context);
  try {
    if (context.method !== 'GET') Object.assign(context, await readBody(request));
  } catch (error) {
    return refused(error instanceof BodyTooLarge ? 413 : 400, 'body', 'The request could not be read.');
  }
  context.params = found.params;
  const outcome = await found.handler(context);
  options.answering?.(context, outcome);
  return outcome;
}

/** A browser says where a form was; machines do not. */
const foreign = (request: IncomingMessage): boolean => {
  const origin = request.headers.origin;
  return origin !== undefined && origin !== 'null' && new URL(origin).host !== request.headers.host;
};

/** Listens on 127.0.0.1; resolves with the port. */
export const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Ends a server and the connections that browsers keep open. */
export const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
