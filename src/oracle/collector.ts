import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { Lingering } from './lingering.ts';

/** Something that was sent to us. */
export interface Delivery {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** ISO time of arrival. */
  at: string;
}

/** Between two attempts the application may go on sending, ms. */
const LINGER_MS = 60_000;
const MOST_DELIVERIES = 5000;
const MOST_BODY = 4 * 1024 * 1024;

/** A server on 127.0.0.1 that keeps what it is sent. Lives as long as somebody reads from it, and a little longer. */
export class Collector {
  readonly deliveries: Delivery[] = [];
  readonly #server: Server;
  readonly #wakes = new Set<() => void>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async listen(port: number): Promise<Collector> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      let size = 0;
      request.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= MOST_BODY) parts.push(part);
      });
      request.on('end', () => {
        const kept = size <= MOST_BODY;
        if (kept)
          collector.#keep({
            method: request.method ?? 'GET',
            path: new URL(request.url ?? '/', 'http://collector').pathname,
            headers: request.headers,
            body: Buffer.concat(parts),
            at: new Date().toISOString(),
          });
        response.writeHead(kept ? 200 : 413, { 'content-type': 'application/json' }).end('{}');
      });
      request.on('error', () => undefined);
    });
    const collector = new Collector(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) =>
        reject(
          new IntentwrightError('PROBE_CONFIG', `cannot listen on port ${port}: ${messageOf(error)}`, {
            hint: 'choose a free port, and let the application send there',
          }),
        ),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    // It must not keep a finished run alive.
    server.unref();
    return collector;
  }

  onDelivery(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #keep(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (this.deliveries.length > MOST_DELIVERIES) this.deliveries.shift();
    for (const wake of this.#wakes) wake();
  }
}

/** The collectors of this process, by port. */
export const collectors = new Lingering(
  (port) => Collector.listen(Number(port)),
  (collector) => collector.close(),
  LINGER_MS,
);
