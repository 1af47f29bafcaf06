/** One read for all who ask the same question before it begins. It is broken off when nobody waits for it any more. */
export class SharedRead {
  readonly #over = new AbortController();
  readonly #answer: Promise<unknown>;
  /** Nobody may join any more: it begins, or it was given up. */
  readonly #onClosed: () => void;
  #waiting = 0;

  constructor(read: (signal: AbortSignal, begins: () => void) => Promise<unknown>, onClosed: () => void) {
    this.#onClosed = onClosed;
    // In the next turn, so that all who ask in this one are there.
    this.#answer = Promise.resolve().then(() => read(this.#over.signal, onClosed));
    this.#answer.catch(() => undefined);
  }

  join(signal: AbortSignal): Promise<unknown> {
    this.#waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener('abort', abort);
        if (--this.#waiting > 0) return;
        this.#onClosed();
        this.#over.abort(signal.reason);
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#answer.then(resolve, reject).finally(leave);
    });
  }
}
