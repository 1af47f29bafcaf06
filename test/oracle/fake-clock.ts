import type { Clock } from '../../src/core/clock.ts';

/** A clock that jumps to the next sleeper whenever nothing else is left to do: a minute passes in a millisecond. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #sleepers: { until: number; resolve: () => void }[] = [];
  #jumping = false;

  now(): number {
    return this.#now;
  }

  wall(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { until: this.#now + Math.max(0, ms), resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          const at = this.#sleepers.indexOf(sleeper);
          if (at >= 0) this.#sleepers.splice(at, 1);
          reject(signal.reason);
        },
        { once: true },
      );
      this.#jumpSoon();
    });
  }

  #jumpSoon(): void {
    if (this.#jumping) return;
    this.#jumping = true;
    // After every promise and message that is already on its way.
    setImmediate(() => {
      this.#jumping = false;
      const next = this.#sleepers.reduce<{ until: number; resolve: () => void } | undefined>(
        (first, one) => (first && first.until <= one.until ? first : one),
        undefined,
      );
      if (!next) return;
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.until);
      next.resolve();
      if (this.#sleepers.length > 0) this.#jumpSoon();
    });
  }
}
