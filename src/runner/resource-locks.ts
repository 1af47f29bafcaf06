/** Named resources that only one intent may hold at a time; taken all at once and in order, so that nobody waits in a circle. */
export class ResourceLocks {
  readonly #tails = new Map<string, Promise<void>>();

  async hold<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const sorted = [...new Set(names)].sort();
    const before = sorted.map((name) => this.#tails.get(name) ?? Promise.resolve());
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const name of sorted) this.#tails.set(name, mine);
    await Promise.all(before);
    try {
      return await work();
    } finally {
      release();
    }
  }
}
