import type { BrowserContext, CDPSession, Page } from 'playwright';
import type { Fence } from './fence.ts';

/** Requests whose senders are worth knowing: pages and what pages ask for, not their pictures. */
const CARRIERS = ['Document', 'XHR', 'Fetch'] as const;

/**
 * Puts the headers of the moment on requests to the application's own origins, and on no others.
 * An application of one origin gets them from the browser for nothing: the fence keeps every other out. With several, a header
 * would turn simple requests between them into ones that need permission, so there they are added after that has been decided.
 */
export class Correlation {
  readonly #context: BrowserContext;
  readonly #fence: Fence;
  readonly #headers: () => Record<string, string>;
  #sent = '';

  constructor(context: BrowserContext, fence: Fence, headers: () => Record<string, string>) {
    this.#context = context;
    this.#fence = fence;
    this.#headers = headers;
  }

  /** Headers for the context to begin with. */
  static initial(fence: Fence, headers: Record<string, string>): Record<string, string> | undefined {
    return fence.origins.length === 1 ? headers : undefined;
  }

  /** Brings them up to date before an action; the browser keeps the order, so nobody waits. */
  refresh(): void {
    if (this.#fence.origins.length > 1) return;
    const headers = this.#headers();
    const text = JSON.stringify(headers);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#context.setExtraHTTPHeaders(headers).catch(() => undefined);
  }

  /** Adds them to what one page sends. */
  async join(_page: Page, cdp: CDPSession): Promise<void> {
    if (this.#fence.origins.length === 1) return;
    cdp.on('Fetch.requestPaused', ({ requestId, request }) => {
      const added = this.#fence.owns(request.url) ? this.#headers() : {};
      const headers = Object.entries({ ...request.headers, ...added }).map(([name, value]) => ({ name, value: String(value) }));
      cdp.send('Fetch.continueRequest', { requestId, headers }).catch(() => undefined);
    });
    await cdp.send('Fetch.enable', {
      patterns: this.#fence.origins.flatMap((origin) => CARRIERS.map((resourceType) => ({ urlPattern: `${origin}/*`, resourceType }))),
    });
  }
}
