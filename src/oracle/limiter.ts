/** Lets at most `most` pieces of work run at a time, first come first served. */
export class Limiter {
  readonly #most: number;
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
