/** Something happened: a request moved on, a page went elsewhere, a dialog opened. Wakes whoever waits for the next such thing. */
export class Pulse {
  readonly #waiting = new Set<() => void>();

  beat(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves at the next beat, or after `ms`. */
  next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(1, ms));
      this.#waiting.add(wake);
    });
  }
}
