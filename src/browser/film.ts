import type { CDPSession } from 'playwright';

/** What the screen of a tab showed. */
export interface Frame {
  /** JPEG. */
  data: string;
  /** When it came on the screen, ms since the epoch. */
  shownAt: number;
}

/** What a picture is wanted of: the moment, since when the document of that moment can have been on the screen (ms since the epoch), and whether it still is. */
export interface Scene {
  at: number;
  since: number;
  isCurrent(): boolean;
}

interface Wish extends Scene {
  give(frame: Frame | undefined): void;
}

const SHAPE = { format: 'jpeg', quality: 60 } as const;
/** What is drawn so shortly after a moment was on its way before it, ms. */
const ONE_FRAME = 16;
/** A frame comes so long after it was shown, at most; ms. */
const LATE = 150;
/** A new document is drawn by then, ms. */
const FIRST_DRAWN = 1000;
const KEPT = 8;

/** Keeps the last frames of a tab as the browser draws them: a picture asked for afterwards costs the page nothing, where one taken holds it up. */
export class Film {
  readonly #cdp: CDPSession;
  #frames: Frame[] = [];
  readonly #wishes = new Set<Wish>();
  #paused = false;

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
    cdp.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
      cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      if (!this.#paused) this.#keep({ data, shownAt: shownAt(metadata.timestamp) });
    });
  }

  /** Undefined where the browser cannot do it. */
  static async of(cdp: CDPSession): Promise<Film | undefined> {
    const film = new Film(cdp);
    return cdp.send('Page.startScreencast', SHAPE).then(() => film, () => undefined);
  }

  /** What was on the screen at a moment; of a document that came on it later, the first frame. */
  shown({ at, since, isCurrent }: Scene): Promise<Frame | undefined> {
    return new Promise((resolve) => {
      const give = (frame: Frame | undefined): void => {
        clearTimeout(timer);
        this.#wishes.delete(wish);
        resolve(frame);
      };
      const wish: Wish = { at: at + ONE_FRAME, since, isCurrent, give };
      // Where nothing moves there is no next frame to wait for.
      let timer = setTimeout(() => {
        const frame = this.#best(wish);
        if (frame || !isCurrent()) return give(frame);
        // A document can be on the screen without a frame of it having been sent: beginning anew brings one.
        if (!this.#paused) for (const method of ['Page.stopScreencast', 'Page.startScreencast'] as const) this.#send(method);
        timer = setTimeout(() => give(this.#best(wish)), FIRST_DRAWN - LATE);
      }, LATE);
      this.#wishes.add(wish);
      this.#grant(wish);
    });
  }

  get running(): boolean {
    return !this.#paused;
  }

  /** Nothing that is drawn from now on is kept. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    for (const wish of [...this.#wishes]) wish.give(this.#best(wish));
    this.#frames = [];
    this.#send('Page.stopScreencast');
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#send('Page.startScreencast');
  }

  #send(method: 'Page.startScreencast' | 'Page.stopScreencast'): void {
    this.#cdp.send(method, method === 'Page.startScreencast' ? SHAPE : undefined).catch(() => undefined);
  }

  #keep(frame: Frame): void {
    this.#frames = [...this.#frames.slice(1 - KEPT), frame];
    for (const wish of [...this.#wishes]) this.#grant(wish);
  }

  /** Given as soon as a later frame says that there is none between. */
  #grant(wish: Wish): void {
    const last = this.#frames.at(-1);
    if (last && last.shownAt > wish.at) {
      const frame = this.#best(wish);
      if (frame) wish.give(frame);
    }
  }

  #best({ at, since, isCurrent }: Wish): Frame | undefined {
    const ofDocument = this.#frames.filter(({ shownAt }) => shownAt >= since);
    return ofDocument.findLast(({ shownAt }) => shownAt <= at) ?? (isCurrent() ? ofDocument[0] : undefined);
  }
}

/** By the browser's clock if that agrees with ours, else by ours. */
function shownAt(timestamp: number | undefined): number {
  const now = Date.now();
  const told = (timestamp ?? 0) * 1000;
  return Math.abs(now - told) < 2000 ? Math.min(told, now) : now;
}
