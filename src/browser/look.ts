import { hash } from 'node:crypto';
import type { Candidate, MailItem, Observation } from '../core/observation.ts';
import { pathOf, type Fence } from './fence.ts';
import { Merge } from './merge.ts';
import type { FrameLook, LookOptions } from './page/frame-look.ts';
import type { Identity } from './page/same.ts';
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
  /** Who it was shown as, in its own frame. */
  shown: Identity;
}

/** An observation and where its candidates live. */
export interface Look {
  tab: Tab;
  places: Map<number, Place>;
}

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

  async look(
    tab: Tab,
    options: { focus: readonly string[]; words: readonly string[]; mail: MailItem[]; tabs: Observation['tabs'] },
  ): Promise<{ observation: Observation; look: Look }> {
    const start = performance.now();
    const observation = this.#blank(tab, options.mail, options.tabs);
    let places = new Map<number, Place>();
    if (!tab.dialog) {
      const folded = (texts: readonly string[]): string[] =>
        texts.map((text) => text.trim().toLowerCase()).filter((text) => text.length > 1);
      places = await this.#read(tab, { focus: folded(options.focus), words: folded(options.words), ...LIMITS }, observation);
    }
    this.#finish(observation, tab);
    observation.ms = Math.round((performance.now() - start) * 10) / 10;
    return { observation, look: { tab, places } };
  }

  /** Reads the page into the observation; again when the document changes meanwhile. */
  async #read(tab: Tab, options: LookOptions, observation: Observation): Promise<Map<number, Place>> {
    for (let tries = 1; ; tries++) {
      try {
        await tab.parsed(PARSE_MS);
        let main = await frameLook(tab.world, options);
        if (!main.ready) {
          await tab.page.waitForLoadState('domcontentloaded', { timeout: PARSE_MS }).catch(() => undefined);
          main = await frameLook(tab.world, options);
        }
        return await this.#merged(tab, main, options, observation);
      } catch (error) {
        if (!(error instanceof DocumentGone) || tries === TRIES || tab.closed) throw error;
      }
    }
  }

  async #merged(tab: Tab, main: FrameLook, options: LookOptions, observation: Observation): Promise<Map<number, Place>> {
    if (tab.world.document !== this.#numberedDocument) {
      this.#numberedDocument = tab.world.document;
      this.#numbers.clear();
    }
    const merge = new Merge(
      tab,
      this.#mask,
      (world, number) => this.#numberOf(world, number),
      (world) => frameLook(world, options),
    );
    await merge.add(tab.world, main, []);
    const { candidates, notices, passages, repeats, cut, veiled, dialog, places } = merge;
    Object.assign(observation, {
      title: this.#mask(main.title),
      candidates,
      notices,
      passages,
      repeats,
      cut,
      ...(veiled.length > 0 ? { veiled } : {}),
      ...(dialog === undefined ? {} : { dialog }),
    });
    return places;
  }

  #numberOf(world: World, number: number): number {
    const key = `${world.document} ${number}`;
    let id = this.#numbers.get(key);
    if (id === undefined) this.#numbers.set(key, (id = this.#numbers.size + 1));
    return id;
  }

  #blank(tab: Tab, mail: MailItem[], tabs: Observation['tabs']): Observation {
    const observation: Observation = {
      url: '',
      path: '',
      title: '',
      digest: '',
      candidates: [],
      notices: [],
      passages: [],
      repeats: [],
      tabs,
      mail,
      cut: [],
      ms: 0,
    };
    const { dialog } = tab;
    if (dialog) {
      const initial = dialog.defaultValue();
      observation.nativeDialog = {
        type: dialog.type() as NonNullable<Observation['nativeDialog']>['type'],
        message: this.#mask(dialog.message()),
        ...(initial ? { defaultValue: this.#mask(initial) } : {}),
      };
      observation.cut.push('the page behind the dialog, which cannot be read until it is answered');
    }
    return observation;
  }

  #finish(observation: Observation, tab: Tab): void {
    const url = tab.page.url();
    const broken = url.startsWith('chrome-error:');
    observation.url = this.#mask(url);
    observation.path = this.#mask(pathOf(url, this.#fence));
    if (tab.status !== undefined) observation.status = tab.status;
    if (broken || (tab.status ?? 0) >= 400) {
      const text = observation.passages
        .slice(0, 3)
        .map((passage) => passage.text)
        .join(' · ')
        .slice(0, 300);
      observation.notices.unshift({
        kind: 'error-page',
        text: `${tab.status && !broken ? `HTTP ${tab.status}` : 'the page could not be loaded'}${text ? `: ${text}` : ''}`,
      });
    }
    observation.digest = digestOf(observation);
  }
}

const frameLook = async (world: World, options: LookOptions): Promise<FrameLook> =>
  JSON.parse(await world.call('look', options)) as FrameLook;

/** What tells two states of a control apart. */
const FELT = ['role', 'name', 'value', 'disabled', 'checked', 'selected', 'expanded', 'pressed', 'invalid', 'inView', 'coveredBy'] as const;

/** Digest of what is shown, without numbers and places: the same page twice gives the same. */
function digestOf(observation: Observation): string {
  const parts: unknown[] = [
    observation.path,
    observation.dialog,
    observation.nativeDialog,
    observation.notices.map(({ kind, text }) => [kind, text]),
    observation.repeats,
    observation.passages.map(({ text }) => text),
  ];
  for (const candidate of observation.candidates)
    parts.push([...FELT.map((key) => candidate[key]), candidate.context.row, candidate.context.dialog]);
  return hash('sha1', JSON.stringify(parts), 'base64url').slice(0, 16);
}
