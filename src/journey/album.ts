import type { Picture } from '../browser/picture.ts';
import type { Outline } from '../core/action.ts';

export interface FiledPicture {
  /** Attachment id. */
  picture: string;
  outline?: Outline;
}

/** The pictures of a journey: filed while it goes on, so that it need not wait for them; or, when only a failure wants them, in the end. */
export class Album {
  readonly #save: ((jpeg: Uint8Array) => Promise<string>) | undefined;
  readonly #atOnce: boolean;
  #held: (() => void)[] = [];
  readonly #filing = new Set<Promise<void>>();

  /** `save` gives the attachment's id; without it nobody wants pictures. */
  constructor(save: ((jpeg: Uint8Array) => Promise<string>) | undefined, { atOnce = true }: { atOnce?: boolean } = {}) {
    this.#save = save;
    this.#atOnce = atOnce;
  }

  get wanted(): boolean {
    return this.#save !== undefined;
  }

  /** Files a picture as soon as it is there, and tells of it. One that cannot be had is not told of. */
  keep(picture: Promise<Picture | undefined>, tell: (filed: FiledPicture) => void): void {
    const file = (): void => {
      const filing = this.#file(picture, tell)
        .catch(() => undefined)
        .finally(() => this.#filing.delete(filing));
      this.#filing.add(filing);
    };
    if (this.#atOnce) file();
    else this.#held.push(file);
  }

  /** Forgets what is not filed yet. */
  drop(): void {
    this.#held = [];
  }

  /** Resolves when every picture that is not forgotten is filed. */
  async settled(): Promise<void> {
    for (const file of this.#held.splice(0)) file();
    await Promise.all(this.#filing);
  }

  async #file(promised: Promise<Picture | undefined>, tell: (filed: FiledPicture) => void): Promise<void> {
    const picture = await promised;
    if (picture && this.#save) tell({ picture: await this.#save(picture.jpeg), ...(picture.outline ? { outline: picture.outline } : {}) });
  }
}
