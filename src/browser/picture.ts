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
export async function drawPicture(tab: Tab, target?: Place): Promise<Picture | undefined> {
  if (tab.dialog || tab.closed || tab.crashed) return undefined;
  try {
    await Promise.all([...tab.secretive].map((world) => world.call('blot')));
    try {
      const [outline, { data }] = await Promise.all([
        target && target.frames.length === 0 && target.world.document === target.document ? target.world.call('standsAt', target.number) : undefined,
        tab.cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: QUALITY, optimizeForSpeed: true }),
      ]);
      return { jpeg: Buffer.from(data, 'base64'), ...(outline ? { outline } : {}) };
    } finally {
      for (const world of tab.secretive) world.tell('unblot');
    }
  } catch {
    return undefined;
  }
}

/** Takes the picture that an action asks for: of the page as it is when it is touched. */
export class Shot {
  readonly #tab: Tab;
  readonly #give: (picture: Promise<Picture | undefined>) => void;
  #moment: { at: number; since: number; documents: number; outline?: Outline } | undefined;

  constructor(tab: Tab, give: (picture: Promise<Picture | undefined>) => void) {
    this.#tab = tab;
    this.#give = give;
  }

  /** Before the target is found. Of a tab that is filmed nobody need wait for a picture; where a secret stands or is about to be typed nothing is, and the page must not be touched before this resolves. */
  async begin(target: Place | undefined, secret: boolean): Promise<void> {
    if (!secret && this.#tab.film?.rolling) {
      this.#moment = { at: Date.now(), since: this.#tab.shownSince, documents: this.#tab.documents };
      return;
    }
    const drawn = drawPicture(this.#tab, target);
    this.#give(drawn);
    await drawn;
  }

  /** The target has been found, and is touched now: by the clock of the browser, which also tells when a frame was shown. */
  touch(moment: { at: number; since: number }, outline: Outline | undefined): void {
    if (this.#moment && this.#moment.outline === undefined) this.#moment = { ...moment, documents: this.#tab.documents, ...(outline ? { outline } : {}) };
  }

  /** The action is over, whatever came of it. */
  end(): void {
    const { film } = this.#tab;
    if (!this.#moment || !film) return;
    const { at, since, documents, outline } = this.#moment;
    this.#give(film.shown({ at, since, isCurrent: () => this.#tab.documents === documents }).then((frame) => frame && { jpeg: Buffer.from(frame.data, 'base64'), ...(outline ? { outline } : {}) }));
  }
}
