interface Held<T> {
  thing: Promise<T>;
  holders: number;
  linger?: NodeJS.Timeout;
}

/** Things that outlive one attempt: one per key, shared by all who hold it, and kept for a while after the last of them. */
export class Lingering<T> {
  readonly #make: (key: string) => Promise<T>;
  readonly #end: (thing: T) => Promise<void>;
  readonly #lingerMs: number;
  readonly #held = new Map<string, Held<T>>();

  constructor(make: (key: string) => Promise<T>, end: (thing: T) => Promise<void>, lingerMs: number) {
    this.#make = make;
    this.#end = end;
    this.#lingerMs = lingerMs;
  }

  /** The thing of this key, made if need be. A second `release` does nothing. */
  async hold(key: string): Promise<{ thing: T; release(): void }> {
    let held = this.#held.get(key);
    if (!held) this.#held.set(key, (held = { thing: this.#make(key), holders: 0 }));
    held.holders++;
    clearTimeout(held.linger);
    let released = false;
    const release = () => {
      if (!released) this.#leave(key, held);
      released = true;
    };
    try {
      return { thing: await held.thing, release };
    } catch (error) {
      this.#held.delete(key);
      throw error;
    }
  }

  #leave(key: string, held: Held<T>): void {
    if (--held.holders > 0) return;
    held.linger = setTimeout(() => {
      this.#held.delete(key);
      void held.thing.then(this.#end).catch(() => undefined);
    }, this.#lingerMs);
    held.linger.unref();
  }
}
