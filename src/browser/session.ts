import type { Browser, BrowserContext, Dialog } from 'playwright';
import type { Action, ActionOutcome, RequestSeen, Target } from '../core/action.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { MailItem, Observation, ObservationChange } from '../core/observation.ts';
import { failureOf, perform } from './act.ts';
import { Miss, type Deed } from './acts/deed.ts';
import { hostOf } from './address.ts';
import { changeBetween } from './change.ts';
import { Correlation } from './correlation.ts';
import { keepDownload } from './downloads.ts';
import { Fence } from './fence.ts';
import { request } from './http.ts';
import { Input } from './input.ts';
import { killBrowser } from './kill.ts';
import { Ledger } from './ledger.ts';
import { Looker, type Look } from './look.ts';
import type { PageScripts } from './page-script.ts';
import { drawPicture } from './picture.ts';
import type { ActOptions, ActorSession, HttpAnswer, HttpRequest, OpenActorOptions, PageEvent, PreparedActor } from './port.ts';
import { Pulse } from './pulse.ts';
import { settle, type Settled, type SettleOptions } from './settle.ts';
import { readSignin } from './signin.ts';
import type { Tab } from './tab.ts';
import { Tabs } from './tabs.ts';

const HANG_MS = 8000;
const NAVIGATION_MS = 30_000;
/** Nothing may have changed for so long after a press, ms. */
const GAP = 16;
const KEPT_LOOKS = 8;
/** A context that is not closed by then is kept open by a page that hangs, ms. */
const CLOSE_MS = 5000;

export interface SessionWorkings {
  scripts: PageScripts;
  hangMs?: number;
}

/** Opens an isolated browser context for one actor, with an empty tab in it. */
export async function prepareSession(browser: Browser, options: OpenActorOptions, workings: SessionWorkings): Promise<PreparedActor> {
  const fence = new Fence(options.baseUrl, options.origins);
  const signin = readSignin(options.session, fence);
  const headers = (): Record<string, string> => ({ ...signin.headers, ...options.correlation() });
  const initial = Correlation.initial(fence, headers());
  const context = await browser.newContext({
    baseURL: options.baseUrl,
    ...(initial ? { extraHTTPHeaders: initial } : {}),
    serviceWorkers: options.serviceWorkers,
    acceptDownloads: true,
    ...(options.locale ? { locale: options.locale } : {}),
    ...(options.timezone ? { timezoneId: options.timezone } : {}),
    ...(options.viewport ? { viewport: options.viewport } : {}),
    ...(signin.storageState ? { storageState: signin.storageState } : {}),
    ...(options.artifacts?.video ? { recordVideo: { dir: options.artifacts.video } } : {}),
  });
  try {
    await Promise.all([signin.apply(context), context.addInitScript({ content: workings.scripts.hook }), ...(options.artifacts?.trace ? [context.tracing.start({ snapshots: true, screenshots: false })] : [])]);
    const session = new Session(context, fence, headers, options, workings);
    await session.openTab();
    return session;
  } catch (error) {
    await context.close().catch(() => undefined);
    throw error;
  }
}

class Session implements ActorSession, PreparedActor {
  readonly actor: string;
  readonly #context: BrowserContext;
  readonly #options: OpenActorOptions;
  readonly #fence: Fence;
  readonly #pulse = new Pulse();
  readonly #ledger: Ledger;
  readonly #tabs: Tabs;
  readonly #looker: Looker;
  readonly #headers: () => Record<string, string>;
  readonly #correlation: Correlation;
  readonly #looks = new WeakMap<Observation, Look>();
  readonly #recent = new Map<string, Look>();
  readonly #faults: { kind: 'console-error' | 'exception'; text: string; at: number }[] = [];
  readonly #downloads = new Set<Promise<void>>();
  #happened: string[] = [];
  #mail: MailItem[] = [];
  #downloaded = 0;
  #fault: IntentwrightError | undefined;
  #closed = false;

  constructor(context: BrowserContext, fence: Fence, headers: () => Record<string, string>, options: OpenActorOptions, workings: SessionWorkings) {
    this.actor = options.actor;
    this.#context = context;
    this.#options = options;
    this.#fence = fence;
    this.#headers = headers;
    this.#correlation = new Correlation(context, fence, headers);
    this.#ledger = new Ledger(context, { fence, mask: options.mask, tell: options.onRequest, pulse: this.#pulse });
    this.#looker = new Looker(fence, options.mask);
    this.#tabs = new Tabs(context, { script: workings.scripts.page, pulse: this.#pulse, hangMs: workings.hangMs ?? HANG_MS, onDialog: (dialog) => this.#onDialog(dialog), onChooser: () => {
      this.#happened.push('the page asked for a file');
      this.#pulse.beat();
    }, onOpen: (cdp) => this.#correlation.join(cdp) }, (tab) => this.#onTab(tab));
    context.setDefaultTimeout(NAVIGATION_MS);
    context.on('console', (message) => {
      if (message.type() === 'error' && this.#fence.owns(message.location().url || message.page()?.url() || '')) this.#onFault('console-error', message.text());
    });
    context.on('weberror', (error) => {
      if (this.#fence.allows(error.page()?.url() ?? '')) this.#onFault('exception', messageOf(error.error()));
    });
    context.on('close', () => { if (!this.#closed) this.#fault ??= new IntentwrightError('BROWSER_CRASHED', 'the browser was closed or died'); });
  }

  async openTab(): Promise<void> {
    await this.#tabs.first();
  }

  async begin(): Promise<ActorSession> {
    try {
      await this.#begin();
      return this;
    } catch (error) {
      const fault = this.#faultOf(error);
      await this.close();
      throw fault;
    }
  }

  /** Opens the first page where the actor begins. */
  async #begin(): Promise<void> {
    const tab = this.#tabs.current;
    this.#correlation.refresh();
    const url = this.#fence.resolve(this.#options.start ?? '/');
    if (!url) throw new IntentwrightError('SPEC_INVALID', `${this.actor} begins at “${this.#options.start}”, which is not a page of the application`);
    try {
      await tab.page.goto(url, { waitUntil: 'commit' });
    } catch (error) {
      const why = messageOf(error);
      if (!/interrupted by another navigation|ERR_ABORTED/.test(why)) {
        throw new IntentwrightError('TARGET_UNREACHABLE', `${url} could not be opened: ${/net::[A-Z_]+/.exec(why)?.[0] ?? why}`, { cause: error });
      }
    }
    await this.#settle(tab, tab.world, { mark: 0, documents: tab.documents, gap: 8, most: 5000, signal: new AbortController().signal });
    tab.world.tell('disarm');
    await this.#checkHost(tab);
  }

  async observe(options: { focus?: string[]; signal?: AbortSignal } = {}): Promise<Observation> {
    options.signal?.throwIfAborted();
    this.#throwFault();
    try {
      await this.#tabs.arrived();
      const { observation, look } = await this.#looker.look(this.#tabs.current, { focus: options.focus ?? [], mail: this.#mail, tabs: await this.#tabs.told(this.#fence, this.#options.mask) });
      this.#looks.set(observation, look);
      this.#remember(observation, look);
      return observation;
    } catch (error) {
      throw this.#faultOf(error);
    }
  }

  change(before: Observation, after: Observation): ObservationChange {
    return changeBetween(before, after);
  }

  async act(action: Action, on: Observation, options: ActOptions): Promise<ActionOutcome> {
    const start = performance.now();
    const mark = this.#ledger.begin();
    this.#happened = [];
    const outcome: ActionOutcome = { ok: true, requests: [], events: [], navigated: false, ms: 0 };
    const look = this.#lookOf(on);
    let tab: Tab | undefined;
    let documents = 0;
    try {
      this.#throwFault();
      options.signal.throwIfAborted();
      tab = this.#tabs.current;
      documents = tab.documents;
      this.#correlation.refresh();
      if (action.kind === 'tab') await this.#switchTab(action.index);
      else {
        if (!look) throw new Miss('gone', 'this look at the page is too old to act on');
        if ('target' in action && action.target !== undefined && look.tab !== tab) throw new Miss('gone', 'another tab is in front now');
        await this.#do(action, look, tab, documents, mark, options);
      }
    } catch (error) {
      Object.assign(outcome, failureOf(error), { ok: failureOf(error).error === undefined });
      if (outcome.error) outcome.error = this.#options.mask(outcome.error);
      this.#keepFault(error);
    }
    if (tab) {
      outcome.navigated = tab.documents !== documents || this.#current() !== tab;
      await this.#checkHost(this.#current() ?? tab).catch((error: unknown) => this.#keepFault(error));
    }
    outcome.requests = this.#ledger.end(mark);
    outcome.events = this.#happened;
    outcome.ms = Math.round(performance.now() - start);
    return outcome;
  }

  targetOf(observation: Observation, id: number): Target | undefined {
    const candidate = observation.candidates.find((one) => one.id === id);
    if (!candidate) return undefined;
    const { row, dialog, group, landmark, frame, heading } = candidate.context;
    return Object.fromEntries(Object.entries({ role: candidate.role, name: candidate.name, row, dialog, group, landmark, frame, heading }).filter(([, value]) => value !== undefined)) as unknown as Target;
  }

  requests(): readonly RequestSeen[] {
    return this.#ledger.all();
  }

  faults(): readonly { kind: 'console-error' | 'exception'; text: string; at: number }[] {
    return this.#faults;
  }

  async fetch(wanted: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    return request(this.#context.request, this.#fence, this.#headers(), wanted, signal);
  }

  async picture(outline?: number): Promise<Uint8Array | undefined> {
    const tab = this.#current();
    const look = [...this.#recent.values()].at(-1);
    return tab && drawPicture(tab, outline === undefined || look?.tab !== tab ? undefined : look.places.get(outline));
  }

  showMail(mail: MailItem[]): void {
    this.#mail = mail;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const tab of this.#tabs.all) if (tab.dialog) await tab.answer(tab.dialog.type() === 'beforeunload');
    await Promise.all(this.#downloads);
    this.#ledger.close();
    if (this.#options.artifacts?.trace) await this.#context.tracing.stop({ path: this.#options.artifacts.trace }).catch(() => undefined);
    await this.#closeContext();
  }

  /** A page that hangs can keep its context from closing: then its browser goes with it, and the host starts another. */
  async #closeContext(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => { timer = setTimeout(() => resolve('late'), CLOSE_MS); });
    const closed = this.#context.close().then(() => 'closed' as const, () => 'closed' as const);
    const end = await Promise.race([closed, late]);
    clearTimeout(timer);
    if (end === 'late') await killBrowser(this.#context.browser());
  }

  async #do(action: Action, look: Look, tab: Tab, documents: number, mark: number, options: ActOptions): Promise<void> {
    const deed: Deed = {
      tab, look, fence: this.#fence, ledger: this.#ledger, actor: this.#options, options, pulse: this.#pulse, input: new Input(tab), gap: GAP, world: tab.world,
      say: (line) => void this.#happened.push(this.#options.mask(line)),
      rest: () => this.#rest(deed, documents, mark),
    };
    await perform(deed, action, this.#mail);
    if (deed.input.used) await deed.rest();
    deed.world.tell('disarm');
    if (deed.world !== deed.tab.world) deed.tab.world.tell('disarm');
  }

  async #rest(deed: Deed, documents: number, mark: number): Promise<void> {
    const { pressed } = deed.input;
    deed.input.used = deed.input.pressed = false;
    const { settleMs: most, signal } = deed.options;
    const settled = await this.#settle(deed.tab, deed.world, { mark, documents, gap: deed.gap, most, signal });
    await this.#tabs.arrived();
    const front = this.#current();
    if (front && front !== deed.tab && !front.dialog) await this.#settle(front, front.world, { mark, documents: front.documents, gap: deed.gap, most, signal });
    if (this.#downloads.size > 0) await Promise.race([Promise.all(this.#downloads), new Promise((resolve) => setTimeout(resolve, most).unref())]);
    if (settled.restless) deed.say('the page was still busy when the wait ended');
    if (pressed && settled.press === 'none' && deed.tab.documents === documents && !deed.tab.dialog) throw new Miss('covered', 'the press did not reach the page');
    if (pressed && typeof settled.press === 'object') throw new Miss('covered', `the press landed on ${this.#options.mask(settled.press.missed)} instead, and was held back`);
  }

  #settle(tab: Tab, world: Tab['world'], options: Pick<SettleOptions, 'mark' | 'documents' | 'gap' | 'most' | 'signal'>): Promise<Settled> {
    return settle(tab, { ...options, world, ledger: this.#ledger, pulse: this.#pulse, downloading: () => this.#downloads.size > 0 });
  }

  async #switchTab(index: number): Promise<void> {
    if (!(await this.#tabs.show(index))) throw new Miss('gone', `there is no tab ${index}`);
  }

  /** The page must stand on the application: what it was led to otherwise is said, and left. */
  async #checkHost(tab: Tab): Promise<void> {
    if (tab.closed || tab.dialog) return;
    const url = tab.page.url();
    if (this.#fence.allows(url)) return;
    const failed = url.startsWith('chrome-error:') ? this.#ledger.foreignDocument() : url;
    if (failed === undefined) return;
    this.#tell('host-refused', `the page went to ${hostOf(failed)}, which is not the application’s; went back`);
    const popup = this.#tabs.all.length > 1 && (await tab.page.evaluate('history.length').catch(() => 1)) === 1;
    if (popup) return tab.page.close();
    await tab.page.goBack({ waitUntil: 'domcontentloaded', timeout: 5000 }).catch(() => undefined);
    if (!this.#fence.allows(tab.page.url())) await tab.page.goto(this.#fence.base.href, { waitUntil: 'domcontentloaded' }).catch(() => undefined);
  }

  #lookOf(observation: Observation): Look | undefined {
    return this.#looks.get(observation) ?? this.#recent.get(keyOf(observation));
  }

  /** A copy of an observation is as good as the observation, for a while. */
  #remember(observation: Observation, look: Look): void {
    const key = keyOf(observation);
    this.#recent.delete(key);
    this.#recent.set(key, look);
    if (this.#recent.size > KEPT_LOOKS) this.#recent.delete(this.#recent.keys().next().value!);
  }

  #current(): Tab | undefined {
    try {
      return this.#tabs.current;
    } catch {
      return undefined;
    }
  }

  #onTab(tab: Tab): void {
    const { page } = tab;
    if (this.#tabs.all.length > 1) this.#tell('popup', `a new tab opened: ${this.#options.mask(page.url())}`);
    page.on('close', () => { if (!this.#closed && this.#tabs.all.length > 0) this.#happened.push('a tab was closed'); });
    page.on('crash', () => {
      this.#fault ??= new IntentwrightError('BROWSER_CRASHED', 'the page crashed');
      this.#tell('crash', 'the page crashed');
    });
    page.on('websocket', (socket) => this.#ledger.addSocket(socket.url()));
    page.on('download', (download) => {
      const kept = keepDownload(download, this.#options.downloadsDir, ++this.#downloaded).then((line) => this.#tell('download', line));
      this.#downloads.add(kept);
      this.#pulse.beat();
      void kept.finally(() => this.#downloads.delete(kept));
    });
  }

  #onDialog(dialog: Dialog): void {
    this.#tell('dialog', `${dialog.type()}: ${dialog.message()}`);
  }

  #onFault(kind: 'console-error' | 'exception', text: string): void {
    const masked = this.#options.mask(text).slice(0, 500);
    this.#faults.push({ kind, text: masked, at: performance.now() });
    this.#options.onPageEvent({ kind, text: masked });
  }

  #tell(kind: PageEvent['kind'], text: string): void {
    const masked = this.#options.mask(text);
    this.#happened.push(masked);
    this.#options.onPageEvent({ kind, text: masked });
  }

  #keepFault(error: unknown): void {
    if (!IntentwrightError.is(error) || (error.code !== 'PAGE_HUNG' && error.code !== 'BROWSER_CRASHED') || this.#fault) return;
    this.#fault = error;
    if (error.code === 'PAGE_HUNG') void this.#current()?.interrupt();
  }

  #throwFault(): void {
    if (this.#fault) throw this.#fault;
  }

  #faultOf(error: unknown): unknown {
    this.#keepFault(error);
    if (this.#fault) return this.#fault;
    if (IntentwrightError.is(error)) return error;
    if (error instanceof Error && /has been closed|Target crashed|Target closed/.test(error.message)) return new IntentwrightError('BROWSER_CRASHED', 'the page or the browser went away', { cause: error });
    return error;
  }
}

const keyOf = (observation: Observation): string =>
  `${observation.digest} ${observation.candidates.length} ${observation.candidates[0]?.id} ${observation.candidates.at(-1)?.id}`;
