import type { Clock } from '../core/clock.ts';

/** A pause that a push can end early. A push that came before the pause is not lost. */
export class Pause {
  readonly #clock: Clock;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly wake = (): void => {
    this.#woken = true;
    this.#wake?.();
  };

  /** Resolves after `ms`, or when woken (true). Rejects with the signal's reason. */
  async wait(ms: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const early = new AbortController();
    if (!this.#woken) {
      this.#wake = () => early.abort();
      await this.#clock.sleep(ms, AbortSignal.any([signal, early.signal])).catch(() => undefined);
      this.#wake = undefined;
    }
    signal.throwIfAborted();
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }
}
