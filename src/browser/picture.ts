import type { Outline } from '../core/action.ts';
import type { Place } from './look.ts';
import type { Tab } from './tab.ts';

const QUALITY = 60;
/** What scripts put into fields, and what styles do, changes a page unseen: a picture is used no later than this, ms. */
const FRESH_MS = 500;

export interface Picture {
  jpeg: Uint8Array;
  /** Where the target stands in it. */
  outline?: Outline;
}

/** JPEG of the tab as it is, secret fields blotted out; undefined when it cannot be drawn now. */
export async function drawPicture(tab: Tab, outline?: Outline): Promise<Picture | undefined> {
  if (tab.dialog || tab.closed || tab.crashed) return undefined;
  try {
    const secretive = tab.secretive;
    await Promise.all(secretive.map((world) => world.call('blot')));
    try {
      const { data } = await tab.cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: QUALITY, optimizeForSpeed: true });
      return { jpeg: Buffer.from(data, 'base64'), ...(outline ? { outline } : {}) };
    } finally {
      for (const world of secretive) world.tell('unblot');
    }
  } catch {
    return undefined;
  }
}

/** A picture of a page that has come to rest, begun before anybody asks for it. It is good for as long as nothing changes in the page. */
export class Ahead {
  readonly #tab: Tab;
  readonly #document: string;
  readonly #at = performance.now();
  readonly #drawn: Promise<{ seen: number; picture: Picture } | undefined>;

  private constructor(tab: Tab) {
    this.#tab = tab;
    this.#document = tab.world.document;
    this.#drawn = this.#draw();
  }

  /** Undefined where a picture takes more than drawing: secrets to blot out, frames whose changes are not counted. */
  static of(tab: Tab): Ahead | undefined {
    return tab.secretive.length > 0 || tab.page.frames().length > 1 ? undefined : new Ahead(tab);
  }

  /** The picture, if this is still what is seen of the tab. */
  async as(tab: Tab, seen: number): Promise<Picture | undefined> {
    if (tab !== this.#tab || tab.world.document !== this.#document || tab.secretive.length > 0 || performance.now() - this.#at > FRESH_MS)
      return undefined;
    const drawn = await this.#drawn;
    return drawn?.seen === seen ? drawn.picture : undefined;
  }

  async #draw(): Promise<{ seen: number; picture: Picture } | undefined> {
    const before = await this.#tab.world.call('sight').catch(() => undefined);
    const picture = before && (await drawPicture(this.#tab));
    return before && picture && { seen: before.seen, picture };
  }
}

/** The picture that an action asks for: of the page as it is before it is touched. */
export class Shot {
  readonly #tab: Tab;
  readonly #ahead: Ahead | undefined;
  readonly #give: (picture: Promise<Picture | undefined>) => void;
  #begun: Promise<void> = Promise.resolve();
  #given = false;

  constructor(tab: Tab, ahead: Ahead | undefined, give: (picture: Promise<Picture | undefined>) => void) {
    this.#tab = tab;
    this.#ahead = ahead;
    this.#give = give;
  }

  /** Draws the page while the target is looked for, unless it has to be scrolled to. The page must not be touched before this resolves. */
  begin(target: Place | undefined): Promise<void> {
    return (this.#begun = this.#draw(target));
  }

  /** The target has been found, and stands here now. The page must not be touched before this resolves. */
  async found(outline: Outline | undefined): Promise<void> {
    await this.#begun;
    if (!this.#given) await this.#take(drawPicture(this.#tab, outline));
  }

  async #draw(target: Place | undefined): Promise<void> {
    const sight = await sightOf(this.#tab, target);
    if (sight?.outline && !isInView(sight.outline)) return;
    const ready = sight && (await this.#ahead?.as(this.#tab, sight.seen));
    await this.#take(
      ready ? Promise.resolve({ ...ready, ...(sight.outline ? { outline: sight.outline } : {}) }) : drawPicture(this.#tab, sight?.outline),
    );
  }

  async #take(drawn: Promise<Picture | undefined>): Promise<void> {
    this.#given = true;
    this.#give(drawn);
    await drawn;
  }
}

/** What stands in a frame is not outlined: its place is told within that frame. */
const sightOf = async (tab: Tab, target: Place | undefined): Promise<{ seen: number; outline?: Outline } | undefined> =>
  tab.world
    .call('sight', target && target.frames.length === 0 && target.world.document === target.document ? target.number : undefined)
    .catch(() => undefined);

const isInView = ({ box: [left, top, width, height], view: [across, down] }: Outline): boolean =>
  left >= 0 && top >= 0 && left + width <= across && top + height <= down;
