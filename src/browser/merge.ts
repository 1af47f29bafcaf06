import type { Candidate, Context, Notice, Passage, Repeat } from '../core/observation.ts';
import type { Place } from './look.ts';
import type { FrameLook, InnerFrame } from './page/frame-look.ts';
import type { Tab } from './tab.ts';
import { DocumentGone, type World } from './world.ts';

/** A frame on the way down, and the world its element stands in. */
interface Around extends InnerFrame {
  world: World;
}

const MOST_FRAMES = 24;

/** What the frames of a page show, put together as one page: masked, numbered, and told which frame it is in. */
export class Merge {
  readonly candidates: Candidate[] = [];
  readonly notices: Notice[] = [];
  readonly passages: Passage[] = [];
  readonly repeats: Repeat[] = [];
  readonly cut: string[] = [];
  readonly veiled: string[] = [];
  readonly places = new Map<number, Place>();
  dialog: string | undefined;
  readonly #tab: Tab;
  readonly #mask: (text: string) => string;
  readonly #numberOf: (world: World, number: number) => number;
  readonly #lookAt: (world: World) => Promise<FrameLook>;
  #frames = 0;

  constructor(
    tab: Tab,
    mask: (text: string) => string,
    numberOf: (world: World, number: number) => number,
    lookAt: (world: World) => Promise<FrameLook>,
  ) {
    this.#tab = tab;
    this.#mask = mask;
    this.#numberOf = numberOf;
    this.#lookAt = lookAt;
  }

  /** Adds what one frame shows, then the frames in it. */
  async add(world: World, shown: FrameLook, around: readonly Around[]): Promise<void> {
    for (const raw of shown.candidates) this.#candidate(world, raw, around);
    for (const { kind, text, about } of shown.notices) {
      this.notices.push({ kind, text: this.#mask(text), ...(about === undefined ? {} : { about: this.#numberOf(world, about) }) });
    }
    for (const { text, role, context } of shown.passages)
      this.passages.push({ text: this.#mask(text), role, context: this.#context(context, around) });
    this.repeats.push(...this.#masked(shown.repeats));
    this.cut.push(...shown.cut);
    this.veiled.push(...this.#masked(shown.veiled));
    if (shown.dialog !== undefined) this.dialog ??= this.#mask(shown.dialog);
    for (const inner of shown.frames) await this.#frame(world, inner, around);
  }

  async #frame(world: World, inner: InnerFrame, around: readonly Around[]): Promise<void> {
    if (++this.#frames > MOST_FRAMES) {
      if (this.#frames === MOST_FRAMES + 1) this.cut.push('more frames');
      return;
    }
    const content = await this.#contentOf(world, inner.number);
    if (!content) {
      this.cut.push(`the frame ${this.#mask(inner.name) || inner.number}, which has no document now`);
      return;
    }
    const outer = around.at(-1);
    await this.add(content.world, content.shown, [
      ...around,
      { ...inner, world, x: inner.x + (outer?.x ?? 0), y: inner.y + (outer?.y ?? 0), inView: inner.inView && (outer?.inView ?? true) },
    ]);
  }

  async #contentOf(parent: World, number: number): Promise<{ world: World; shown: FrameLook } | undefined> {
    try {
      const world = await this.#tab.frameWorld(parent, number);
      return world && { world, shown: await this.#lookAt(world) };
    } catch (error) {
      if (error instanceof DocumentGone) return undefined;
      throw error;
    }
  }

  #candidate(world: World, raw: Candidate, around: readonly Around[]): void {
    const outer = around.at(-1);
    const masked = this.#masked(raw);
    const { row, dialog } = masked.context;
    const shown = {
      role: masked.role,
      name: masked.name,
      ...(row === undefined ? {} : { row }),
      ...(dialog === undefined ? {} : { dialog }),
    };
    const candidate = { ...masked, id: this.#numberOf(world, raw.id), context: this.#context(raw.context, around) };
    if (outer) {
      const { box } = candidate.print;
      candidate.print.box = { ...box, x: Math.round(box.x + outer.x), y: Math.round(box.y + outer.y) };
      candidate.inView &&= outer.inView;
    }
    this.candidates.push(candidate);
    this.places.set(candidate.id, {
      world,
      document: world.document,
      number: raw.id,
      frames: around.map((frame) => ({ world: frame.world, number: frame.number })),
      candidate,
      shown,
    });
  }

  /** Where something stands, the frames around it included. */
  #context(own: Context, around: readonly Around[]): Context {
    const context = this.#masked(own);
    const outer = around.at(-1);
    if (!outer) return context;
    context.frame = this.#mask(
      around
        .map(({ name }) => name)
        .filter(Boolean)
        .join(' / ') || 'frame',
    );
    const dialog = context.dialog ?? outer.dialog;
    const landmark = context.landmark ?? outer.landmark;
    return {
      ...context,
      ...(dialog === undefined ? {} : { dialog: this.#mask(dialog) }),
      ...(landmark === undefined ? {} : { landmark: this.#mask(landmark) }),
    };
  }

  #masked<T>(value: T): T {
    if (typeof value === 'string') return this.#mask(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.#masked(item)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#masked(item as unknown)])) as T;
  }
}
