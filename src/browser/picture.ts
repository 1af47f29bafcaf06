import type { Outline } from '../core/action.ts';
import type { Place } from './look.ts';
import type { Tab } from './tab.ts';

const QUALITY = 60;

export interface Picture {
  jpeg: Uint8Array;
  /** Where the target stands in it. */
  outline?: Outline;
}

/** JPEG of the tab as it is, secret fields blotted out; undefined when it cannot be drawn now. */
export async function drawPicture(tab: Tab, outline?: Outline): Promise<Picture | undefined> {
  if (tab.dialog || tab.closed || tab.crashed) return undefined;
  try {
    await Promise.all([...tab.secretive].map((world) => world.call('blot')));
    try {
      const { data } = await tab.cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: QUALITY, optimizeForSpeed: true });
      return { jpeg: Buffer.from(data, 'base64'), ...(outline ? { outline } : {}) };
    } finally {
      for (const world of tab.secretive) world.tell('unblot');
    }
  } catch {
    return undefined;
  }
}

/** The picture that an action asks for: of the page as it is before it is touched. */
export class Shot {
  readonly #tab: Tab;
  readonly #give: (picture: Promise<Picture | undefined>) => void;
  #begun: Promise<void> = Promise.resolve();
  #given = false;

  constructor(tab: Tab, give: (picture: Promise<Picture | undefined>) => void) {
    this.#tab = tab;
    this.#give = give;
  }

  /** Draws the page while the target is looked for, unless it has to be scrolled to. The page must not be touched before this resolves. */
  begin(target: Place | undefined): Promise<void> {
    return (this.#begun = this.#draw(target));
  }

  /** The target has been found, and stands here now. The page must not be touched before this resolves. */
  async found(outline: Outline | undefined): Promise<void> {
    await this.#begun;
    if (!this.#given) await this.#take(outline);
  }

  async #draw(target: Place | undefined): Promise<void> {
    const outline = target && (await standsAt(target));
    if (!outline || isInView(outline)) await this.#take(outline);
  }

  async #take(outline: Outline | undefined): Promise<void> {
    this.#given = true;
    const drawn = drawPicture(this.#tab, outline);
    this.#give(drawn);
    await drawn;
  }
}

/** What stands in a frame is not outlined: its place is told within that frame. */
const standsAt = async ({ world, document, number, frames }: Place): Promise<Outline | undefined> =>
  (frames.length === 0 && world.document === document ? world.call('standsAt', number).catch(() => undefined) : undefined);

const isInView = ({ box: [left, top, width, height], view: [across, down] }: Outline): boolean => left >= 0 && top >= 0 && left + width <= across && top + height <= down;
