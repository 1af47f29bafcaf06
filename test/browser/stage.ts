import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Action, ActionOutcome, RequestSeen, ValueRef } from '../../src/core/action.ts';
import type { Config } from '../../src/core/config.ts';
import type { Candidate, Observation } from '../../src/core/observation.ts';
import { launchBrowser, type LaunchOptions } from '../../src/browser/host.ts';
import type { Picture } from '../../src/browser/picture.ts';
import type { ActOptions, ActorSession, BrowserHost, OpenActorOptions, PageEvent } from '../../src/browser/port.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
/** Path → HTML, or what answers it. Without a query. */
export type Pages = Record<string, string | Handler>;

export const BROWSER: Config['browser'] = {
  channel: 'auto',
  headless: true,
  serviceWorkers: 'allow',
  viewport: { width: 1280, height: 720 },
  locale: 'en-US',
  timezone: 'UTC',
};

/** A browser for the tests of one file, and sites on 127.0.0.1 that live as long as one test. */
export function stage(launch: Partial<LaunchOptions> = {}): Stage {
  const made = new Stage(launch);
  beforeAll(() => made.begin());
  afterEach(() => made.clear());
  afterAll(() => made.end());
  return made;
}

export class Stage {
  host!: BrowserHost;
  folder!: string;
  readonly #launch: Partial<LaunchOptions>;
  readonly #undo: (() => Promise<unknown>)[] = [];

  constructor(launch: Partial<LaunchOptions>) {
    this.#launch = launch;
  }

  async begin(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'intentwright-browser-'));
    this.host = await launchBrowser({ config: BROWSER, hosts: ['127.0.0.1', 'localhost'], env: process.env, ...this.#launch });
  }

  async clear(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
  }

  async end(): Promise<void> {
    await this.host?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A site of these pages; anything else is 404. */
  async site(pages: Pages): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const page = pages[new URL(request.url ?? '/', 'http://x').pathname];
        if (page === undefined) return void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
        if (typeof page !== 'string') return page(request, response, Buffer.concat(chunks).toString());
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(
            page.includes('<!doctype')
              ? page
              : `<!doctype html>${page.includes('<title>') ? '' : '<title>Test</title>'}<link rel=icon href=data:,>${page}`,
          );
      });
    });
    await listen(server);
    this.#undo.push(
      () =>
        new Promise((resolve) => {
          server.closeAllConnections();
          server.close(resolve);
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** An actor on a page, or on a site of pages. */
  async open(pages: string | Pages, options: Partial<OpenActorOptions> = {}): Promise<Actor> {
    const actor = await this.prepare(pages, options);
    await actor.session.begin();
    await actor.look();
    return actor;
  }

  /** An actor in front of an empty tab. */
  async prepare(pages: string | Pages, options: Partial<OpenActorOptions> = {}): Promise<Actor> {
    const base = options.baseUrl ?? (await this.site(typeof pages === 'string' ? { '/': pages } : pages));
    const events: PageEvent[] = [];
    const ended: RequestSeen[] = [];
    const session = await this.host.prepareActor({
      actor: 'admin',
      baseUrl: base,
      origins: [base],
      correlation: () => ({}),
      serviceWorkers: 'allow',
      viewport: BROWSER.viewport,
      downloadsDir: join(this.folder, 'downloads'),
      filesDir: this.folder,
      onRequest: (request) => void ended.push(request),
      onPageEvent: (event) => void events.push(event),
      mask: (text) => text,
      ...options,
    });
    this.#undo.push(() => session.close());
    return new Actor(session, base, events, ended);
  }
}

/** A session with the last look at hand, and actions by name. */
export class Actor {
  readonly session: ActorSession;
  readonly base: string;
  readonly events: PageEvent[];
  readonly ended: RequestSeen[];
  seen!: Observation;
  valueOf: ActOptions['valueOf'] = (ref) => ('text' in ref ? ref.text : ref.name);

  constructor(session: ActorSession, base: string, events: PageEvent[], ended: RequestSeen[]) {
    this.session = session;
    this.base = base;
    this.events = events;
    this.ended = ended;
  }

  async look(focus: string[] = [], words: string[] = []): Promise<Observation> {
    return (this.seen = await this.session.observe({ focus, words }));
  }

  find(name: string, role?: string): Candidate {
    const found = this.seen.candidates.filter((candidate) => candidate.name === name && (role === undefined || candidate.role === role));
    if (found.length !== 1) throw new Error(`${found.length} candidates are called “${name}”: ${this.names().join(' · ')}`);
    return found[0]!;
  }

  /** "role name" of every candidate. */
  names(): string[] {
    return this.seen.candidates.map(({ role, name }) => `${role} ${name}`.trim());
  }

  /** Acts, then looks. */
  async act(action: Action, options: Partial<Omit<ActOptions, 'valueOf'>> = {}): Promise<ActionOutcome> {
    const outcome = await this.session.act(action, this.seen, {
      valueOf: this.valueOf,
      signal: AbortSignal.timeout(120_000),
      settleMs: 4000,
      ...options,
    });
    await this.look();
    return outcome;
  }

  /** Acts, and gives the picture that was asked for. */
  async pictured(action: Action): Promise<Picture | undefined> {
    let picture: Promise<Picture | undefined> = Promise.resolve(undefined);
    const outcome = await this.act(action, {
      onPicture: (drawn) => {
        picture = drawn;
      },
      pictureNext: true,
    });
    if (!outcome.ok) throw new Error(outcome.error);
    return picture;
  }

  click(name: string, role?: string): Promise<ActionOutcome> {
    return this.act({ kind: 'click', target: this.find(name, role).id });
  }

  fill(name: string, text: string): Promise<ActionOutcome> {
    return this.act({ kind: 'fill', target: this.find(name).id, value: say(text) });
  }

  choose(name: string, option: string): Promise<ActionOutcome> {
    return this.act({ kind: 'select', target: this.find(name).id, option: say(option) });
  }

  /** Everything that can be read, joined. */
  text(): string {
    return this.seen.passages.map(({ text }) => text).join(' | ');
  }
}

export const say = (text: string): ValueRef => ({ from: 'step', text });

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
