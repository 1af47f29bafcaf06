import type { BrowserContext, Page, Request, Response } from 'playwright';
import type { RequestSeen } from '../core/action.ts';
import { pathTemplate } from '../core/path-template.ts';
import { pathname, withoutValues } from './address.ts';
import type { Fence } from './fence.ts';
import type { Pulse } from './pulse.ts';

/** Requests that tell somebody how a page is used: they change nothing of the business and hold nothing up. */
const TELEMETRY = /(^|\/)(analytics|telemetry|collect|beacon|metrics|rum|csp-report|sentry|_vercel\/insights|cdn-cgi\/rum)(\/|$)/i;
/** What the page does not need to be ready. */
const NEVER_AWAITED = new Set([
  'websocket',
  'eventsource',
  'ping',
  'media',
  'image',
  'font',
  'cspviolationreport',
  'manifest',
  'prefetch',
  'texttrack',
]);
const ENDLESS = /text\/event-stream|multipart\/x-mixed-replace|application\/(x-)?(ndjson|json-seq|stream\+json)/;
/** What a page asks for this often while nobody acts, it asks for by itself. */
const OFTEN = 3;
/** A read that takes longer than this is not what the click was for, ms. */
const PATIENCE_FOR_READS = 2500;
/** After its headers, a body may take so long before it counts as a stream, ms. */
const PATIENCE_FOR_BODIES = 1000;

interface Open {
  seen: RequestSeen;
  page: Page | undefined;
  key: string;
  startedAt: number;
  answeredAt?: number;
  awaited: boolean;
}

/** Every request of an actor's browser, oldest first, each told once it has ended. */
export class Ledger {
  readonly #seen: RequestSeen[] = [];
  readonly #open = new Map<Request, Open>();
  /** Requests the page keeps sending by itself: polls are not what an action waits for. */
  readonly #polls = new Map<string, number>();
  readonly #fence: Fence;
  readonly #mask: (text: string) => string;
  readonly #tell: (request: RequestSeen) => void;
  readonly #pulse: Pulse;
  #acting = false;
  #foreign: string | undefined;

  constructor(
    context: BrowserContext,
    options: { fence: Fence; mask(text: string): string; tell(request: RequestSeen): void; pulse: Pulse },
  ) {
    this.#fence = options.fence;
    this.#mask = options.mask;
    this.#tell = options.tell;
    this.#pulse = options.pulse;
    context.on('request', (request) => this.#begin(request));
    context.on('response', (response) => this.#answer(response));
    context.on('requestfinished', (request) => this.#finish(request));
    context.on('requestfailed', (request) => this.#finish(request, request.failure()?.errorText ?? 'failed'));
  }

  all(): readonly RequestSeen[] {
    return this.#seen;
  }

  /** Begins an action: what is requested from here on is put down to it. */
  begin(): number {
    this.#acting = true;
    this.#foreign = undefined;
    return this.#seen.length;
  }

  /** Ends an action. */
  end(mark: number): RequestSeen[] {
    this.#acting = false;
    return this.#seen.slice(mark);
  }

  /** What the page's readiness still depends on, of the requests since a mark. */
  pending(mark: number, page: Page): number {
    const now = performance.now();
    let count = 0;
    for (const open of this.#open.values()) {
      if (open.seen.id <= mark || !open.awaited || (open.page && open.page !== page)) continue;
      if (!open.seen.changes && open.seen.kind !== 'document' && now - open.startedAt > PATIENCE_FOR_READS) continue;
      if (open.answeredAt !== undefined && now - open.answeredAt > PATIENCE_FOR_BODIES) continue;
      count++;
    }
    return count;
  }

  /** Whether a document was asked for since a mark. */
  askedForDocument(mark: number): boolean {
    return this.#seen.some((seen) => seen.id > mark && (seen.kind === 'document' || seen.kind === 'form'));
  }

  /** Where a document outside the application was asked for during this action. */
  foreignDocument(): string | undefined {
    return this.#foreign;
  }

  /** Tells what never ended. */
  close(): void {
    for (const [request, open] of this.#open) {
      open.seen.failed ??= open.seen.status === undefined ? 'still open at the end' : undefined;
      this.#open.delete(request);
      this.#tell(open.seen);
    }
  }

  addSocket(url: string): void {
    const seen = this.#record('GET', url.replace(/^ws/, 'http'), 'websocket', false);
    this.#tell(seen);
  }

  #record(method: string, address: string, kind: string, changes: boolean): RequestSeen {
    const own = this.#fence.owns(address);
    const seen: RequestSeen = {
      id: this.#seen.length + 1,
      method,
      url: this.#mask(withoutValues(address)),
      template: this.#mask(pathTemplate(pathname(address))),
      kind,
      changes: changes && own,
      own,
    };
    this.#seen.push(seen);
    return seen;
  }

  #begin(request: Request): void {
    const method = request.method();
    const type = request.resourceType();
    const address = request.url();
    if (/^(data|blob|about|chrome|chrome-error):/.test(address)) return;
    if (type === 'document' && !this.#fence.owns(address)) this.#foreign = address;
    const kind = type === 'document' && method !== 'GET' ? 'form' : type;
    const changes =
      !/^(GET|HEAD|OPTIONS)$/.test(method) && type !== 'ping' && !TELEMETRY.test(pathname(address)) && !isGraphqlRead(request, address);
    const seen = this.#record(method, address, kind, changes);
    const key = `${method} ${seen.template}`;
    if (!this.#acting && type !== 'document') this.#polls.set(key, (this.#polls.get(key) ?? 0) + 1);
    const poll = (this.#polls.get(key) ?? 0) >= OFTEN;
    const prefetch = request.headers()['purpose'] === 'prefetch' || request.headers()['sec-purpose']?.startsWith('prefetch') === true;
    const awaited = !NEVER_AWAITED.has(type) && !prefetch && !TELEMETRY.test(pathname(address)) && (changes || !poll);
    this.#open.set(request, { seen, page: pageOf(request), key, startedAt: performance.now(), awaited });
    this.#pulse.beat();
  }

  #answer(response: Response): void {
    const open = this.#open.get(response.request());
    if (!open) return;
    open.seen.status = response.status();
    open.answeredAt = performance.now();
    if (ENDLESS.test(response.headers()['content-type'] ?? '')) {
      open.awaited = false;
      this.#finish(response.request());
    }
    this.#pulse.beat();
  }

  #finish(request: Request, failed?: string): void {
    const open = this.#open.get(request);
    if (!open) return;
    this.#open.delete(request);
    open.seen.ms = Math.round(performance.now() - open.startedAt);
    if (failed && open.seen.status === undefined) open.seen.failed = this.#mask(failed);
    this.#pulse.beat();
    this.#tell(open.seen);
  }
}

function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    // a service worker's request, or a navigation whose frame is not there yet
    return undefined;
  }
}

/** GraphQL asks by POST; only mutations change anything. */
function isGraphqlRead(request: Request, address: string): boolean {
  if (!/graphql/i.test(pathname(address))) return false;
  const body = request.postData() ?? '';
  return body.includes('"query"') && !/"query"\s*:\s*"[^"]*\bmutation\b/.test(body) && !/"operationType"\s*:\s*"mutation"/.test(body);
}
