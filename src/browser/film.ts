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

const SHAPE = { format: 'jpeg', quality: 60 } as const;
/** What is drawn so shortly after a moment was on its way before it, ms. */
const ONE_FRAME = 16;
/** The first frame of a document is there by then, ms. */
const DRAWN = 1000;
/** A page that moves on and on is filmed for so many frames; then a picture of it has to be drawn. */
const MOST = 30;

/**
 * Films a tab from a look at it to the action that follows: the browser hands over what it draws anyway, while the page goes on.
 * A picture asked for when the target has been found would keep the action waiting for a whole frame.
 */
export class Film {
  readonly #cdp: CDPSession;
  #frames: Frame[] = [];
  #rolling = false;
  #forbidden = false;
  #arrived: (() => void) | undefined;

  constructor(cdp: CDPSession) {
    this.#cdp = cdp;
    cdp.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
      cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      if (!this.#rolling) return;
      this.#frames.push({ data, shownAt: shownAt(metadata.timestamp) });
      this.#arrived?.();
      if (this.#frames.length > MOST) this.cut();
    });
  }

  get rolling(): boolean {
    return this.#rolling;
  }

  roll(): void {
    if (this.#rolling || this.#forbidden) return;
    this.#rolling = true;
    this.#cdp.send('Page.startScreencast', SHAPE).catch(() => undefined);
  }

  cut(): void {
    if (!this.#rolling) return;
    this.#rolling = false;
    this.#frames = [];
    this.#arrived?.();
    this.#cdp.send('Page.stopScreencast').catch(() => undefined);
  }

  /** Nothing may be filmed, or it may again. */
  forbid(forbidden: boolean): void {
    this.#forbidden = forbidden;
    if (forbidden) this.cut();
  }

  /** What was on the screen at a moment, or first came on it of that moment's document; undefined when that document is gone before it was drawn. The film is cut then. */
  async shown(scene: Scene): Promise<Frame | undefined> {
    const deadline = performance.now() + DRAWN;
    while (this.#rolling && scene.isCurrent() && !this.#best(scene) && performance.now() < deadline) await this.#next(deadline - performance.now());
    const frame = this.#best(scene);
    this.cut();
    return frame;
  }

  #best({ at, since, isCurrent }: Scene): Frame | undefined {
    const ofDocument = this.#frames.filter((frame) => frame.shownAt >= since);
    return ofDocument.findLast((frame) => frame.shownAt <= at + ONE_FRAME) ?? (isCurrent() ? ofDocument[0] : undefined);
  }

  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#arrived = () => {
        clearTimeout(timer);
        this.#arrived = undefined;
        resolve();
      };
    });
  }
}

/** By the browser's clock if that agrees with ours, else by ours. */
function shownAt(timestamp: number | undefined): number {
  const now = Date.now();
  const told = (timestamp ?? 0) * 1000;
  return Math.abs(now - told) < 2000 ? Math.min(told, now) : now;
}
