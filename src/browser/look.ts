import type { Candidate, MailItem, Notice, Observation, Passage } from '../core/observation.ts';
import { hash32 } from '../core/slug.ts';
import type { Fence } from './fence.ts';
import { pathOf } from './fence.ts';
import type { FrameLook, LookOptions } from './page/walk.ts';
import type { Tab } from './tab.ts';
import { DocumentGone, type World } from './world.ts';

/** Where a candidate lives: what the session needs to reach it again. */
export interface Place {
  world: World;
  document: string;
  /** Its number in that world. */
  number: number;
  /** Frames around it, outermost first: the world they stand in and their number there. */
  frames: { world: World; number: number }[];
  candidate: Candidate;
}

/** An observation and where its candidates live. */
export interface Look {
  tab: Tab;
  places: Map<number, Place>;
}

const MOST_FRAMES = 24;
const LIMITS = { maxCandidates: 400, maxPassages: 300, budget: 120 };
const TRIES = 4;
const PARSE_MS = 10_000;

/** Looks at one tab: every frame once, merged into one observation. */
export class Looker {
  readonly #fence: Fence;
  readonly #mask: (text: string) => string;
  /** Numbers shown to agents, by document and in-page number: an element keeps its number as long as its document lives. */
  readonly #numbers = new Map<string, number>();
  #numberedDocument = '';

  constructor(fence: Fence, mask: (text: string) => string) {
    this.#fence = fence;
    this.#mask = mask;
  }

  async look(tab: Tab, options: { focus: readonly string[]; mail: MailItem[]; tabs: Observation['tabs'] }): Promise<{ observation: Observation; look: Look }> {
    const start = performance.now();
    const look: Look = { tab, places: new Map() };
    const observation = this.#blank(tab, options.mail, options.tabs);
    if (!tab.dialog) {
      const focus = options.focus.map((word) => word.trim().toLowerCase()).filter((word) => word.length > 1);
      for (let tries = 1; ; tries++) {
        try {
          await this.#take(tab, { focus, ...LIMITS }, observation, look);
          break;
        } catch (error) {
          if (!(error instanceof DocumentGone) || tries === TRIES || tab.closed) throw error;
          await tab.parsed(PARSE_MS);
        }
      }
    }
    this.#finish(observation, tab);
    observation.ms = Math.round((performance.now() - start) * 10) / 10;
    return { observation, look };
  }

  async #take(tab: Tab, options: LookOptions, observation: Observation, look: Look): Promise<void> {
    await tab.parsed(PARSE_MS);
    let main = await frameLook(tab.world, options);
    if (!main.ready) {
      await tab.page.waitForLoadState('domcontentloaded', { timeout: PARSE_MS }).catch(() => undefined);
      main = await frameLook(tab.world, options);
    }
    if (tab.world.document !== this.#numberedDocument) {
      this.#numberedDocument = tab.world.document;
      this.#numbers.clear();
    }
    Object.assign(observation, { candidates: [], notices: [], passages: [], repeats: [], cut: [] });
    look.places.clear();
    observation.title = this.#mask(main.title);
    if (main.dialog !== undefined) observation.dialog = this.#mask(main.dialog);
    await this.#merge(tab, tab.world, main, options, observation, look, [], { count: 0 });
  }

  async #merge(tab: Tab, world: World, shown: FrameLook, options: LookOptions, observation: Observation, look: Look, frames: { world: World; number: number; name: string; x: number; y: number }[], seen: { count: number }): Promise<void> {
    const offset = frames.at(-1);
    const frame = frames.map(({ name }) => name).filter(Boolean).join(' / ');
    const inFrame = frames.length > 0 ? { frame: frame || 'frame' } : {};
    const about = new Map<number, number>();
    for (const raw of shown.candidates) {
      const id = this.#numberOf(world, raw.id);
      about.set(raw.id, id);
      const candidate = { ...this.#masked(raw), id };
      candidate.context = { ...candidate.context, ...inFrame };
      if (offset) candidate.print.box = { ...candidate.print.box, x: Math.round(candidate.print.box.x + offset.x), y: Math.round(candidate.print.box.y + offset.y) };
      observation.candidates.push(candidate);
      look.places.set(id, { world, document: world.document, number: raw.id, frames: frames.map((one) => ({ world: one.world, number: one.number })), candidate });
    }
    for (const notice of this.#masked(shown.notices)) {
      const belongs = notice.about === undefined ? undefined : about.get(notice.about);
      observation.notices.push({ kind: notice.kind, text: notice.text, ...(belongs === undefined ? {} : { about: belongs }) } satisfies Notice);
    }
    for (const passage of this.#masked(shown.passages)) observation.passages.push({ ...passage, context: { ...passage.context, ...inFrame } } satisfies Passage);
    observation.repeats.push(...this.#masked(shown.repeats));
    observation.cut.push(...shown.cut);
    if (frames.length > 0 && shown.dialog !== undefined) observation.dialog ??= this.#mask(shown.dialog);
    for (const inner of shown.frames) {
      if (++seen.count > MOST_FRAMES) {
        observation.cut.push('more frames');
        return;
      }
      const child = await tab.frameWorld(world, inner.number).catch(() => undefined);
      const content = child && (await frameLook(child, options).catch((error: unknown) => {
        if (error instanceof DocumentGone) return undefined;
        throw error;
      }));
      if (!child || !content) {
        observation.cut.push(`the frame ${inner.name || inner.number}, which has no document now`);
        continue;
      }
      await this.#merge(tab, child, content, options, observation, look, [...frames, { world, number: inner.number, name: this.#mask(inner.name), x: inner.x + (offset?.x ?? 0), y: inner.y + (offset?.y ?? 0) }], seen);
    }
  }

  #numberOf(world: World, number: number): number {
    const key = `${world.document} ${number}`;
    let id = this.#numbers.get(key);
    if (id === undefined) this.#numbers.set(key, (id = this.#numbers.size + 1));
    return id;
  }

  #blank(tab: Tab, mail: MailItem[], tabs: Observation['tabs']): Observation {
    const url = this.#mask(tab.page.url());
    const observation: Observation = {
      url, path: pathOf(url, this.#fence), title: '', digest: '', candidates: [], notices: [], passages: [], repeats: [], tabs, mail, cut: [], ms: 0,
    };
    const dialog = tab.dialog;
    if (dialog) {
      const initial = dialog.defaultValue();
      observation.nativeDialog = { type: dialog.type() as NonNullable<Observation['nativeDialog']>['type'], message: this.#mask(dialog.message()), ...(initial ? { defaultValue: this.#mask(initial) } : {}) };
      observation.cut.push('the page behind the dialog, which cannot be read until it is answered');
    }
    return observation;
  }

  #finish(observation: Observation, tab: Tab): void {
    const url = tab.page.url();
    observation.url = this.#mask(url);
    observation.path = this.#mask(pathOf(url, this.#fence));
    if (tab.status !== undefined) observation.status = tab.status;
    if (url.startsWith('chrome-error:') || (tab.status ?? 0) >= 400) {
      const text = observation.passages.slice(0, 3).map((passage) => passage.text).join(' · ').slice(0, 300);
      observation.notices.unshift({ kind: 'error-page', text: `${tab.status && !url.startsWith('chrome-error:') ? `HTTP ${tab.status}` : 'the page could not be loaded'}${text ? `: ${text}` : ''}` });
    }
    observation.digest = digestOf(observation);
  }

  #masked<T>(value: T): T {
    if (typeof value === 'string') return this.#mask(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#masked(item)) as T;
    if (value === null || typeof value !== 'object') return value;
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) copy[key] = this.#masked((value as Record<string, unknown>)[key]);
    return copy as T;
  }
}

const frameLook = async (world: World, options: LookOptions): Promise<FrameLook> => JSON.parse(await world.call('look', options)) as FrameLook;

/** Digest of what is shown, without numbers and places: the same page twice gives the same. */
function digestOf(observation: Observation): string {
  const parts: unknown[] = [observation.path, observation.dialog, observation.nativeDialog, observation.notices.map(({ kind, text }) => [kind, text]), observation.repeats, observation.passages.map(({ text }) => text)];
  for (const { role, name, value, disabled, checked, selected, expanded, pressed, invalid, inView, coveredBy, context } of observation.candidates) {
    parts.push([role, name, value, disabled, checked, selected, expanded, pressed, invalid, inView, coveredBy, context.row, context.dialog]);
  }
  const text = JSON.stringify(parts);
  return hash32(text) + hash32(`${text.length} ${text}`);
}
