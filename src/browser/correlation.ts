import type { BrowserContext, CDPSession, Page } from 'playwright';
import type { Fence } from './fence.ts';
import { answerPreflight } from './preflight.ts';

/**
 * Puts the headers of the moment on everything an actor's browser sends. The fence keeps other hosts from being reached, so
 * nobody else gets them.
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

  /** Brings them up to date before an action; the browser keeps the order, so nobody waits. */
  refresh(): void {
    const headers = this.#headers();
    const text = JSON.stringify(headers);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#context.setExtraHTTPHeaders(headers).catch(() => undefined);
  }

  /**
   * Where an application has several origins, an added header makes a simple request between them ask for permission first, and
   * a server that was never asked before says no. Those questions are answered here; nothing else is held up.
   */
  async join(page: Page, cdp: CDPSession): Promise<void> {
    const { origins } = this.#fence;
    if (origins.length === 1) return;
    cdp.on('Fetch.requestPaused', (paused) => answerPreflight(cdp, paused, Object.keys(this.#headers())));
    let home = '';
    // what a page asks of its own origin needs no permission; while it moves to another, either may be asked
    const watch = (others: readonly string[]): Promise<unknown> =>
      cdp.send('Fetch.enable', { patterns: others.flatMap((origin) => (['XHR', 'Fetch'] as const).map((resourceType) => ({ urlPattern: `${origin}/*`, resourceType }))) }).catch(() => undefined);
    page.on('request', (request) => {
      if (!request.isNavigationRequest() || originOf(request.url()) === home) return;
      home = '';
      void watch(origins);
    });
    page.on('framenavigated', (frame) => {
      if (frame.parentFrame() || home === originOf(frame.url())) return;
      home = originOf(frame.url());
      void watch(origins.filter((origin) => origin !== home));
    });
    await watch(origins);
  }
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return '';
  }
}
