import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ActorSession, BrowserHost } from '../browser/port.ts';
import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import type { RequestSeen } from '../core/action.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Actor, Intent, SessionSource } from '../core/intent.ts';
import type { MailItem } from '../core/observation.ts';
import type { RequestPolicy } from '../core/request-policy.ts';
import type { Redactor } from '../core/redact.ts';
import { Mailbox } from '../journey/mailbox.ts';
import type { Say } from '../journey/say.ts';
import type { VaultEntry } from '../journey/secret-vault.ts';
import type { ProbeServices } from '../oracle/port.ts';
import type { Application } from './application.ts';
import { newSpanId } from './names.ts';
import { paced, PRODUCTION_GAP_MS } from './pace.ts';
import type { Recordings } from './recordings.ts';
import { sessionFrom, sourceOf } from './sign-in.ts';

export interface ActorsOptions {
  intent: Intent;
  attempt: number;
  actors: Record<string, Actor>;
  browser: () => Promise<BrowserHost>;
  application: Application;
  config: Config;
  redactor: Redactor;
  workflow: string;
  traceId: string;
  dir: string;
  say: Say;
  clock: Clock;
  /** In production: what may be sent at all. */
  policy: RequestPolicy | undefined;
  startedAt: number;
  recordings: Recordings;
  /** Take the front end's coverage. */
  sources: boolean;
  readMail: (address: string, signal: AbortSignal) => Promise<MailItem[]>;
  /** Ids of the mail that was there before this attempt, by address. */
  mailBefore: ReadonlyMap<string, ReadonlySet<string>>;
  /** The journey has done something by now: what it brings about is not what was there before. */
  hasActed(): boolean;
  vault: readonly VaultEntry[];
  signal: AbortSignal;
}

/** Where what one attempt downloads is kept: another attempt is not judged by it. */
export const downloadsOf = (dir: string, intent: string, attempt: number): string => join(dir, 'downloads', intent, `attempt-${attempt}`);

/** The people of one attempt: their sessions, opened when first needed, their mailboxes, and what their browsers sent. */
export class Actors {
  readonly #options: ActorsOptions;
  readonly #prepared = new Map<string, Promise<ActorSession>>();
  readonly #sessions = new Map<string, Promise<ActorSession>>();
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #opened: { name: string; session: ActorSession }[] = [];
  /** The step that is being carried out: what requests and page events are told under. */
  step = -1;
  /** Who carries it out. */
  current = '';

  constructor(options: ActorsOptions) {
    this.#options = options;
  }

  session(name: string): Promise<ActorSession> {
    const known = this.#sessions.get(name);
    if (known) return known;
    const opening = this.prepare(name).then(async (session) => {
      this.#opened.push({ name, session });
      // Said to begin there: a person whose story does.
      if (this.#actor(name).start !== undefined) await session.begin();
      return this.#options.policy ? paced(session, this.#options.clock, PRODUCTION_GAP_MS) : session;
    });
    this.#sessions.set(name, opening);
    return opening;
  }

  /** What the browsers have sent, each with its status as soon as there is one: a request whose answer nobody reads never ends. */
  get requests(): (RequestSeen & { actor: string })[] {
    return this.#opened.flatMap(({ name, session }) => session.requests().map((request) => ({ ...request, actor: name })));
  }

  /** Opens an actor's browser context, with nothing in it yet: no request is sent, so that it can be done before the actor's turn. */
  prepare(name: string): Promise<ActorSession> {
    let prepared = this.#prepared.get(name);
    if (!prepared) this.#prepared.set(name, (prepared = this.#open(name)));
    return prepared;
  }

  /** Those who sign in by another intent's journey, and which. */
  get logins(): { actor: string; source: Extract<SessionSource, { login: string }> }[] {
    return Object.values(this.#options.actors).flatMap(({ name, session }) => {
      const source = sourceOf(session);
      return source && 'login' in source ? [{ actor: name, source }] : [];
    });
  }

  mailbox(name: string): Mailbox | undefined {
    const address = this.#actor(name).mailbox;
    if (!address) return undefined;
    let box = this.#mailboxes.get(name);
    if (!box) {
      const { clock, hasActed, mailBefore, readMail } = this.#options;
      box = new Mailbox(
        (signal) => readMail(address, signal),
        clock,
        (id) => hasActed() && mailBefore.get(address)?.has(id) === true,
      );
      this.#mailboxes.set(name, box);
    }
    return box;
  }

  /** Console errors and uncaught exceptions on the application's own pages. */
  readonly faults: { kind: string; text: string; at: number; actor: string }[] = [];

  async close(): Promise<void> {
    await Promise.all([...this.#prepared.values()].map(async (opening) => (await opening.catch(() => undefined))?.close()));
  }

  #actor(name: string): Actor {
    const actor = this.#options.actors[name];
    if (!actor) throw new IntentwrightError('SPEC_INVALID', `the intent has no actor called ${name}`);
    return actor;
  }

  async #open(name: string): Promise<ActorSession> {
    const { application, config, redactor, workflow, traceId, say, intent, attempt, clock, startedAt, dir } = this.#options;
    const actor = this.#actor(name);
    const browser = await this.#options.browser();
    const downloadsDir = join(downloadsOf(dir, intent.id, attempt), name);
    await mkdir(downloadsDir, { recursive: true });
    const artifacts = await this.#options.recordings.placeFor(name);
    const here = () => ({ step: this.step, actor: name, at: clock.now() - startedAt });
    return browser.prepareActor({
      actor: name,
      baseUrl: application.url,
      origins: application.origins,
      session: await sessionFrom(name, actor.session, {
        intent,
        baseUrl: application.url,
        vault: this.#options.vault,
        redactor,
        signal: this.#options.signal,
      }),
      start: actor.start,
      locale: actor.locale ?? config.browser.locale,
      timezone: config.browser.timezone,
      viewport: actor.viewport ?? config.browser.viewport,
      correlation: () => ({
        'x-workflow-id': workflow,
        traceparent: `00-${traceId}-${newSpanId()}-01`,
        baggage: `workflow.id=${workflow},workflow.step=${this.step + 1}`,
      }),
      serviceWorkers: config.browser.serviceWorkers,
      policy: this.#options.policy,
      downloadsDir,
      filesDir: dirname(intent.where.file),
      onRequest: (request) => say({ type: 'request-seen', ...here(), request }),
      onPageEvent: ({ kind, text }) => {
        const event = { kind, text: redactor.text(text).slice(0, 500), ...here() };
        if (kind === 'console-error' || kind === 'exception') this.faults.push({ kind, text: event.text, at: event.at, actor: name });
        say({ type: 'page-event', ...event });
      },
      ...(this.#options.sources
        ? {
            onSources: (files: string[]) => {
              if (files.length > 0) say({ type: 'sources-seen', files });
            },
          }
        : {}),
      mask: (text) => redactor.text(text),
      artifacts,
    });
  }

  /** For `access` and `http … as`: a request with an actor's own cookies. */
  async fetchAs(who: unknown, request: Parameters<ActorSession['fetch']>[0], signal: AbortSignal): ReturnType<ProbeServices['fetchAs']> {
    const actor = typeof who === 'string' ? this.#options.actors[who] : undefined;
    if (actor) {
      const session = await this.session(actor.name);
      // Whoever has never opened the application may be refused for want of a cookie, which says nothing of their rights.
      await session.begin();
      return { ...(await session.fetch(request, signal)), signedIn: actor.session !== undefined };
    }
    return fetchWithSession(who, request, { baseUrl: this.#options.application.url, policy: this.#options.policy }, signal);
  }
}

/** A request with a session value: a Cookie header, or an object with `headers` or `cookies`. */
export async function fetchWithSession(
  session: unknown,
  request: Parameters<ActorSession['fetch']>[0],
  { baseUrl, policy }: { baseUrl: string; policy: RequestPolicy | undefined },
  signal: AbortSignal,
): ReturnType<ProbeServices['fetchAs']> {
  const own = sessionHeaders(session);
  const headers: Record<string, string> = { ...own, ...request.headers };
  const body =
    request.json !== undefined ? JSON.stringify(request.json) : request.form ? new URLSearchParams(request.form).toString() : request.body;
  if (request.json !== undefined) headers['content-type'] = 'application/json';
  else if (request.form) headers['content-type'] = 'application/x-www-form-urlencoded';
  const url = new URL(request.url, `${baseUrl}/`);
  if (policy && !policy(request.method, url.href))
    throw new IntentwrightError('HOST_REFUSED', `${request.method} ${url.pathname} may not be sent in production`, {
      hint: 'list it under allows: of the target if it does no harm',
    });
  const answer = await fetch(url, { method: request.method, headers, signal, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (await answer.text()).slice(0, 1024 * 1024),
    signedIn: Object.keys(own).length > 0,
  };
}

function sessionHeaders(session: unknown): Record<string, string> {
  if (typeof session === 'string') return session ? { cookie: session } : {};
  if (typeof session !== 'object' || session === null) return {};
  const { headers, cookies } = session as { headers?: Record<string, string>; cookies?: { name: string; value: string }[] };
  return { ...headers, ...(cookies ? { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') } : {}) };
}
