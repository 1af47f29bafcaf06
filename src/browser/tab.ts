import type { BrowserContext, CDPSession, Dialog, FileChooser, Page } from 'playwright';
import { messageOf } from '../core/errors.ts';
import type { Pulse } from './pulse.ts';
import { World, WORLD, type WorldLink } from './world.ts';

export interface TabOptions {
  script: string;
  hangMs: number;
  pulse: Pulse;
  onDialog(dialog: Dialog): void;
  onChooser(): void;
  /** The protocol session is there, and the page has hardly begun. */
  onOpen(page: Page, cdp: CDPSession): Promise<void>;
}

/** One page of an actor: its protocol session, its script worlds, and the native dialog that may stand in front of it. */
export class Tab {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly world: World;
  /** Worlds in whose fields a secret was typed, each with the document that these fields are in. */
  readonly #secretive = new Map<World, string>();
  /** Counts the documents of the main frame. */
  documents = 0;
  /** HTTP status of the main document. */
  status: number | undefined;
  crashed = false;
  /** The last file chooser that the page opened. Listening keeps the system's own from opening. */
  chooser: FileChooser | undefined;
  readonly #options: TabOptions;
  readonly #context: BrowserContext;
  readonly #listeners = new Set<() => void>();
  #dialog: Dialog | undefined;
  #ready = true;

  private constructor(context: BrowserContext, page: Page, cdp: CDPSession, frameId: string, options: TabOptions) {
    this.#context = context;
    this.#options = options;
    this.page = page;
    this.cdp = cdp;
    this.world = new World(this.#link(cdp, frameId));
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return;
      this.documents++;
      this.#ready = false;
      options.pulse.beat();
    });
    page.on('domcontentloaded', () => {
      this.#ready = true;
      options.pulse.beat();
    });
    page.on('close', () => options.pulse.beat());
    page.on('response', (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.status = response.status();
    });
    page.on('crash', () => {
      this.crashed = true;
      options.pulse.beat();
    });
    page.on('filechooser', (chooser) => {
      this.chooser = chooser;
      options.onChooser();
    });
    page.on('dialog', (dialog) => this.#hold(dialog));
  }

  static async open(context: BrowserContext, page: Page, options: TabOptions): Promise<Tab> {
    const cdp = await context.newCDPSession(page);
    const [{ frameTree }] = await Promise.all([cdp.send('Page.getFrameTree'), announce(cdp, options.script), options.onOpen(page, cdp)]);
    return new Tab(context, page, cdp, frameTree.frame.id, options);
  }

  /** The native dialog that waits for an answer. */
  get dialog(): Dialog | undefined {
    return this.#dialog;
  }

  /** A secret is typed into a field of this world. */
  keepsSecret(world: World): void {
    this.#secretive.set(world, world.document);
  }

  /** Worlds whose documents have secrets in their fields. */
  get secretive(): World[] {
    return [...this.#secretive].flatMap(([world, document]) => (world.document === document ? [world] : []));
  }

  /** Longest time the page may take to answer, ms. */
  get hangMs(): number {
    return this.#options.hangMs;
  }

  /** Breaks off a script that runs without end, so that the page can at least be closed. */
  async interrupt(): Promise<void> {
    await Promise.race([
      this.cdp.send('Runtime.terminateExecution').catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]);
  }

  get closed(): boolean {
    return this.page.isClosed();
  }

  /** Answers the dialog that waits. */
  async answer(accept: boolean, text?: string): Promise<void> {
    const dialog = this.#dialog;
    this.#dialog = undefined;
    if (!dialog) return;
    await (accept ? dialog.accept(text) : dialog.dismiss()).catch((error: unknown) => void messageOf(error));
  }

  /** Resolves once the current document is parsed, or after `ms`. */
  async parsed(ms: number): Promise<void> {
    if (this.#ready) return;
    await this.page.waitForLoadState('domcontentloaded', { timeout: Math.max(1, ms) }).catch(() => undefined);
    this.#ready = true;
  }

  onDialog(listener: () => void): () => void {
    if (this.#dialog) listener();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** World of a frame by the number of its element in the world around it; undefined while it has no document. */
  async frameWorld(parent: World, number: number): Promise<World | undefined> {
    const known = parent.children.get(number);
    if (known) return known;
    const objectId = await parent.handle(number);
    if (!objectId) return undefined;
    const described = await parent.link.cdp.send('DOM.describeNode', { objectId }).catch(() => undefined);
    if (!described?.node.frameId) return undefined;
    const world = await this.#worldOf(parent, described.node.frameId);
    if (world) parent.children.set(number, world);
    return world;
  }

  async #worldOf(parent: World, frameId: string): Promise<World | undefined> {
    const inside = await parent.link.cdp.send('Page.createIsolatedWorld', { frameId, worldName: WORLD }).catch(() => undefined);
    if (inside) return new World(this.#link(parent.link.cdp, frameId));
    // a frame of another site runs in another process and has a session of its own
    for (const frame of this.page.frames()) {
      const cdp = await this.#context.newCDPSession(frame).catch(() => undefined);
      if (!cdp) continue;
      const { frameTree } = await cdp.send('Page.getFrameTree');
      if (frameTree.frame.id === frameId) {
        await announce(cdp, this.#options.script);
        return new World(this.#link(cdp, frameId));
      }
      await cdp.detach().catch(() => undefined);
    }
    return undefined;
  }

  #link(cdp: CDPSession, frameId: string): WorldLink {
    return { cdp, frameId, script: this.#options.script, hangMs: this.#options.hangMs, onDialog: (listener) => this.onDialog(listener) };
  }

  #hold(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#options.onDialog(dialog);
    this.#options.pulse.beat();
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Has the page scripts run in a world of their own at the beginning of every document. */
async function announce(cdp: CDPSession, source: string): Promise<void> {
  await cdp.send('Page.enable');
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD, runImmediately: true });
}
