import type { BrowserContext } from 'playwright';
import type { Action, ActionOutcome, RequestSeen, Target } from '../core/action.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { MailItem, Observation, ObservationChange } from '../core/observation.ts';
import { failureOf, perform } from './act.ts';
import { Miss, type Deed } from './acts/deed.ts';
import { openAddress } from './acts/navigate.ts';
import { changeBetween } from './change.ts';
import { closeContext } from './close.ts';
import { Correlation } from './correlation.ts';
import { Fault } from './fault.ts';
import type { Fence } from './fence.ts';
import { Happenings } from './happenings.ts';
import { request } from './http.ts';
import { Input } from './input.ts';
import { Ledger } from './ledger.ts';
import { Looker, type Look } from './look.ts';
import { Ahead, drawPicture, Shot, type Picture } from './picture.ts';
import type { ActOptions, ActorSession, HttpAnswer, HttpRequest, OpenActorOptions } from './port.ts';
import { Pulse } from './pulse.ts';
import { Recall } from './recall.ts';
import { SourceCoverage } from './source-coverage.ts';
import { settle, type Settled, type SettleOptions } from './settle.ts';
import { stayHome } from './stay-home.ts';
import type { Tab } from './tab.ts';
import { Tabs } from './tabs.ts';

/** Nothing may have changed for so long after a press, ms; */
const GAP = 16;
/** and in a page that was just opened. */
const OPEN_GAP = 8;
const OPEN_MS = 5000;
const DOWNLOAD_MS = 2000;

export interface SessionParts {
  context: BrowserContext;
  fence: Fence;
  /** Headers of the moment: the actor's own and those that correlate. */
  headers(): Record<string, string>;
  options: OpenActorOptions;
  /** Source of the page scripts. */
  script: string;
  hangMs: number;
}

/** What was going on when an action began. */
interface Start {
  tab: Tab;
  url: string;
  documents: number;
  /** Requests after it belong to the action. */
  mark: number;
  /** Tabs opened so far. */
  tabs: number;
}

/** One actor's browser: looks, acts, remembers what was sent. */
export class Session implements ActorSession {
  readonly actor: string;
  readonly #parts: SessionParts;
  readonly #pulse = new Pulse();
  readonly #fault = new Fault(() => void this.#front?.interrupt());
  readonly #happenings: Happenings;
  readonly #correlation: Correlation;
  readonly #ledger: Ledger;
  readonly #tabs: Tabs;
  readonly #looker: Looker;
  readonly #coverage: SourceCoverage | undefined;
  readonly #recall = new Recall();
  #mail: MailItem[] = [];
  /** Of the page as the last action left it. */
  #ahead: Ahead | undefined;
  #closed = false;
  #begun = false;
  #beginning: Promise<void> | undefined;

  constructor(parts: SessionParts) {
    const { context, fence, headers, options, script, hangMs } = parts;
    this.actor = options.actor;
    this.#parts = parts;
    this.#happenings = new Happenings(context, fence, options, this.#pulse);
    this.#correlation = new Correlation(context, fence, headers);
    this.#ledger = new Ledger(context, { fence, mask: options.mask, tell: options.onRequest, pulse: this.#pulse });
    this.#coverage = options.onSources && new SourceCoverage(context, fence);
    this.#looker = new Looker(fence, options.mask);
    this.#tabs = new Tabs(
      context,
      {
        script,
        hangMs,
        pulse: this.#pulse,
        onOpen: async (page, cdp) => void (await Promise.all([this.#correlation.join(page, cdp), this.#coverage?.watch(page)])),
        onDialog: (dialog) => this.#happenings.dialog(dialog),
        onChooser: () => this.#happenings.note('the page asked for a file'),
      },
      (tab) => this.#onTab(tab),
    );
    context.on('close', () => {
      if (!this.#closed) this.#fault.crashed('the browser was closed or died');
    });
  }

  async openTab(): Promise<void> {
    await this.#tabs.first();
  }

  get begun(): boolean {
    return this.#begun;
  }

  async begin(): Promise<void> {
    if (!this.#begun) await (this.#beginning ??= this.#goToStart());
  }

  async #goToStart(): Promise<void> {
    const { fence, options } = this.#parts;
    try {
      const url = fence.resolve(options.start ?? '/');
      if (!url)
        throw new IntentwrightError('SPEC_INVALID', `${this.actor} begins at “${options.start}”, which is not a page of the application`);
      const tab = this.#tabs.current;
      this.#correlation.refresh();
      const failed = await openAddress(tab, url, OPEN_MS * 6);
      if (failed) throw new IntentwrightError('TARGET_UNREACHABLE', `${options.mask(url)} could not be opened: ${failed}`);
      await this.#settle(tab, tab.world, this.#startAt(tab, 0), { gap: OPEN_GAP, most: OPEN_MS, signal: new AbortController().signal });
      tab.world.tell('disarm');
      await this.#stayHome(tab);
      this.#begun = true;
    } catch (error) {
      const fault = this.#fault.of(error);
      await this.close();
      throw fault;
    }
  }

  async observe({
    focus = [],
    words = [],
    signal,
  }: {
    focus?: string[];
    words?: string[];
    signal?: AbortSignal;
  } = {}): Promise<Observation> {
    signal?.throwIfAborted();
    this.#fault.throwIfAny();
    try {
      await this.#tabs.arrived();
      const tabs = await this.#tabs.told(this.#parts.fence, this.#parts.options.mask);
      const { observation, look } = await this.#looker.look(this.#tabs.current, { focus, words, mail: this.#mail, tabs });
      this.#recall.keep(observation, look);
      return observation;
    } catch (error) {
      throw this.#fault.of(error);
    }
  }

  change(before: Observation, after: Observation): ObservationChange {
    return changeBetween(before, after);
  }

  async act(action: Action, on: Observation, options: ActOptions): Promise<ActionOutcome> {
    const began = performance.now();
    const mark = this.#ledger.begin();
    this.#happenings.begin();
    const outcome: ActionOutcome = { ok: true, requests: [], events: [], navigated: false, ms: 0 };
    let start: Start | undefined;
    try {
      this.#fault.throwIfAny();
      options.signal.throwIfAborted();
      const tab = this.#tabs.current;
      start = this.#startAt(tab, mark);
      this.#correlation.refresh();
      await this.#perform(action, this.#recall.of(on), start, options);
    } catch (error) {
      const { error: why, miss } = failureOf(error);
      Object.assign(outcome, { ok: false, error: this.#parts.options.mask(why) }, miss ? { miss } : {});
      this.#fault.keep(error);
    }
    if (start) {
      const front = this.#front ?? start.tab;
      outcome.navigated =
        front !== start.tab || front.documents !== start.documents || withoutHash(front.page.url()) !== withoutHash(start.url);
      await this.#stayHome(front).catch((error: unknown) => this.#fault.keep(error));
    }
    this.#ahead = outcome.ok && options.pictureNext && this.#front ? Ahead.of(this.#front) : undefined;
    return Object.assign(outcome, {
      requests: this.#ledger.end(mark),
      events: this.#happenings.lines(),
      ms: Math.round(performance.now() - began),
    });
  }

  targetOf(observation: Observation, id: number): Target | undefined {
    const candidate = observation.candidates.find((one) => one.id === id);
    if (!candidate) return undefined;
    const { column: _, ...context } = candidate.context;
    return { role: candidate.role, name: candidate.name, ...context };
  }

  requests(): readonly RequestSeen[] {
    return this.#ledger.all();
  }

  faults(): readonly { kind: 'console-error' | 'exception'; text: string; at: number }[] {
    return this.#happenings.faults;
  }

  async fetch(wanted: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    return request(this.#parts.context.request, this.#parts.fence, this.#parts.headers(), wanted, signal, this.#parts.options.policy);
  }

  async picture(): Promise<Picture | undefined> {
    return this.#front && drawPicture(this.#front);
  }

  showMail(mail: MailItem[]): void {
    this.#mail = mail;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { context, options } = this.#parts;
    for (const tab of this.#tabs.all) if (tab.dialog) await tab.answer(tab.dialog.type() === 'beforeunload');
    await this.#happenings.downloaded(DOWNLOAD_MS);
    if (this.#coverage) options.onSources?.(await this.#coverage.files());
    this.#ledger.close();
    if (options.artifacts?.trace) await context.tracing.stop({ path: options.artifacts.trace }).catch(() => undefined);
    await closeContext(context);
  }

  async #perform(action: Action, look: Look | undefined, start: Start, options: ActOptions): Promise<void> {
    const { tab } = start;
    if (action.kind === 'tab') {
      if (!(await this.#tabs.show(action.index))) throw new Miss('gone', `there is no tab ${action.index}`);
      return;
    }
    this.#begun = true;
    if (!look) throw new Miss('gone', 'this look at the page is too old to act on');
    if ('target' in action && action.target !== undefined && look.tab !== tab) throw new Miss('gone', 'another tab is in front now');
    if (tab.dialog && action.kind !== 'dialog') throw new Miss('covered', `a native ${tab.dialog.type()} waits for an answer`);
    const shot = options.onPicture && new Shot(tab, this.#ahead, options.onPicture);
    void shot?.begin('target' in action && action.target !== undefined ? look.places.get(action.target) : undefined);
    // A press is aimed meanwhile; to look for any other target may be to touch it.
    if (action.kind !== 'click') await shot?.found(undefined);
    const deed: Deed = {
      tab,
      look,
      options,
      fence: this.#parts.fence,
      ledger: this.#ledger,
      actor: this.#parts.options,
      pulse: this.#pulse,
      input: new Input(tab),
      gap: GAP,
      world: tab.world,
      shot,
      say: (line) => this.#happenings.note(line),
      rest: () => this.#rest(deed, start),
    };
    await perform(deed, action, this.#mail);
    if (deed.input.used) await deed.rest();
    for (const world of new Set([deed.world, tab.world])) world.tell('disarm');
  }

  /** Waits for what was done to come to rest, in the tab it was done in and in one that it opened, and checks where a press landed. */
  async #rest(deed: Deed, start: Start): Promise<void> {
    const { tab, input, gap } = deed;
    const { pressed } = input;
    input.used = input.pressed = false;
    const { settleMs: most, signal } = deed.options;
    const settled = await this.#settle(tab, deed.world, start, { gap, most, signal });
    await this.#tabs.arrived();
    const front = this.#front;
    if (front && front !== tab && !front.dialog)
      await this.#settle(front, front.world, { ...start, documents: front.documents }, { gap, most, signal });
    await this.#happenings.downloaded(most);
    if (settled.restless) deed.say('the page was still busy when the wait ended');
    if (!pressed) return;
    if (settled.press === 'none' && tab.documents === start.documents && !tab.dialog)
      throw new Miss('covered', 'the press did not reach the page');
    if (typeof settled.press === 'object')
      throw new Miss('covered', `the press landed on ${settled.press.missed} instead, and was held back`);
  }

  #startAt(tab: Tab, mark: number): Start {
    return { tab, url: tab.page.url(), documents: tab.documents, mark, tabs: this.#tabs.opened };
  }

  #settle(
    tab: Tab,
    world: Tab['world'],
    { mark, documents, tabs }: Start,
    limits: Pick<SettleOptions, 'gap' | 'most' | 'signal'>,
  ): Promise<Settled> {
    return settle(tab, {
      ...limits,
      mark,
      documents,
      world,
      ledger: this.#ledger,
      pulse: this.#pulse,
      downloading: () => this.#happenings.downloading,
      opened: () => this.#tabs.opened > tabs,
    });
  }

  #stayHome(tab: Tab): Promise<void> {
    return stayHome(tab, {
      fence: this.#parts.fence,
      ledger: this.#ledger,
      happenings: this.#happenings,
      alone: this.#tabs.all.length < 2,
    });
  }

  get #front(): Tab | undefined {
    return this.#tabs.all.length > 0 ? this.#tabs.current : undefined;
  }

  #onTab({ page }: Tab): void {
    if (this.#tabs.all.length > 1) this.#happenings.tell('popup', `a new tab opened: ${page.url()}`);
    page.on('close', () => {
      if (!this.#closed && this.#front) this.#happenings.note('a tab was closed');
    });
    page.on('crash', () => {
      this.#fault.crashed('the page crashed');
      this.#happenings.tell('crash', 'the page crashed');
    });
    page.on('websocket', (socket) => this.#ledger.addSocket(socket.url()));
    page.on('download', (download) => this.#happenings.download(download));
  }
}

const withoutHash = (url: string): string => url.split('#')[0]!;
