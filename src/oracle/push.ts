import type { ProbeQuery } from '../core/invariant.ts';
import type { ProbeReader } from './port.ts';

/** What a source says about one question by itself, passed on to whoever waits for it now. */
export class Push {
  readonly #stop: Promise<(() => void) | undefined>;
  #listener: (() => void) | undefined;

  constructor(reader: ProbeReader, query: ProbeQuery) {
    this.#stop = reader
      .watch(query, () => this.#listener?.())
      .then(
        (stop) => {
          // What happened before the source was listened to was said to nobody.
          if (stop) this.#listener?.();
          return stop;
        },
        () => undefined,
      );
  }

  /** From now on `wake` is called; what was said before is not: whoever begins to wait reads first. */
  tell(wake: () => void): void {
    this.#listener = wake;
  }

  stop(): void {
    this.#listener = undefined;
    void this.#stop.then((stop) => stop?.());
  }
}
