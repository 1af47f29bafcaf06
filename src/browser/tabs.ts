import type { BrowserContext, Page } from 'playwright';
import { IntentwrightError } from '../core/errors.ts';
import type { Observation } from '../core/observation.ts';
import { pathOf, type Fence } from './fence.ts';
import { Tab, type TabOptions } from './tab.ts';

/** The pages of an actor: the newest that a page opens comes to the front, and the one before when it closes. */
export class Tabs {
  readonly #context: BrowserContext;
  readonly #options: TabOptions;
  readonly #opened: (tab: Tab) => void;
  readonly #list: Tab[] = [];
  readonly #opening = new Set<Promise<unknown>>();
  /** Tabs there have been so far. */
  opened = 0;
  #current: Tab | undefined;

  constructor(context: BrowserContext, options: TabOptions, opened: (tab: Tab) => void) {
    this.#context = context;
    this.#options = options;
    this.#opened = opened;
    context.on('page', (page) => {
      const opening = this.#adopt(page).catch(() => undefined);
      this.#opening.add(opening);
      void opening.finally(() => this.#opening.delete(opening));
    });
  }

  /** The tab in front. */
  get current(): Tab {
    if (this.#current && !this.#current.closed) return this.#current;
    const last = this.all.at(-1);
    if (!last) throw new IntentwrightError('BROWSER_CRASHED', 'the actor’s last page was closed');
    return (this.#current = last);
  }

  get all(): Tab[] {
    return this.#list.filter((tab) => !tab.closed);
  }

  async first(): Promise<Tab> {
    await this.#context.newPage();
    await this.arrived();
    return this.current;
  }

  /** Resolves when pages that were opening can be used. */
  async arrived(): Promise<void> {
    while (this.#opening.size > 0) await Promise.all(this.#opening);
  }

  async show(index: number): Promise<Tab | undefined> {
    const tab = this.all[index];
    if (!tab) return undefined;
    this.#current = tab;
    await tab.page.bringToFront();
    return tab;
  }

  async told(fence: Fence, mask: (text: string) => string): Promise<Observation['tabs']> {
    const all = this.all;
    const titles = all.length > 1 ? await Promise.all(all.map((tab) => (tab.dialog ? '' : tab.page.title().catch(() => '')))) : [];
    return all.map((tab, index) => ({
      index,
      title: mask(titles[index] ?? ''),
      path: mask(pathOf(tab.page.url(), fence)),
      current: tab === this.current,
    }));
  }

  async #adopt(page: Page): Promise<void> {
    const tab = await Tab.open(this.#context, page, this.#options);
    this.#list.push(tab);
    this.#current = tab;
    this.opened++;
    this.#options.pulse.beat();
    this.#opened(tab);
  }
}
