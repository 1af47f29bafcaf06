import type { Ledger } from './ledger.ts';
import type { Voice } from './work.ts';

/** What is said is sent together after so long, ms. */
const GATHER_MS = 25;
/** As many entries may wait for the dispatcher before workers wait for it, too. */
const MOST_WAITING = 20_000;
const PAUSE_MS = 100;

/** Sends what an attempt says, in order and in batches; slows down when nobody reads. */
export class Speaker implements Voice {
  readonly #ledger: Ledger;
  readonly #job: string;
  readonly #delivery: string;
  readonly #onSuperseded: () => void;
  #held: { kind: 'event' | 'file'; body: string }[] = [];
  #sending: Promise<void> | undefined;
  #batch = 0;
  #silenced = false;

  constructor(ledger: Ledger, job: string, delivery: string, onSuperseded: () => void) {
    this.#ledger = ledger;
    this.#job = job;
    this.#delivery = delivery;
    this.#onSuperseded = onSuperseded;
  }

  event(body: unknown): void {
    this.#say({ kind: 'event', body: JSON.stringify(body) });
  }

  file(bytes: Uint8Array, type: string): void {
    this.#say({ kind: 'file', body: `${type} ${Buffer.from(bytes).toString('base64')}` });
  }

  /** Resolves when everything that was said has arrived. */
  async end(): Promise<void> {
    while (this.#sending !== undefined) await this.#sending;
  }

  #say(entry: { kind: 'event' | 'file'; body: string }): void {
    if (this.#silenced) return;
    this.#held.push(entry);
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  async #send(): Promise<void> {
    await pause(GATHER_MS);
    while (this.#held.length > 0) {
      const batch = this.#held;
      this.#held = [];
      const waiting = await this.#ledger.say(this.#job, this.#delivery, ++this.#batch, batch);
      if (waiting === undefined) {
        this.#silenced = true;
        this.#held = [];
        this.#onSuperseded();
      } else if (waiting > MOST_WAITING) await pause(PAUSE_MS);
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
