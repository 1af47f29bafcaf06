import { IntentwrightError } from '../core/errors.ts';

/** The first fault that makes a session unusable. It stays: everything asked afterwards fails by it. */
export class Fault {
  #first: IntentwrightError | undefined;
  readonly #hung: () => void;

  /** `hung` is called once, when the fault is a page that hangs. */
  constructor(hung: () => void) {
    this.#hung = hung;
  }

  crashed(message: string): void {
    this.keep(new IntentwrightError('BROWSER_CRASHED', message));
  }

  /** Keeps an error if it is one that nothing comes after. */
  keep(error: unknown): void {
    if (this.#first || !IntentwrightError.is(error) || (error.code !== 'PAGE_HUNG' && error.code !== 'BROWSER_CRASHED')) return;
    this.#first = error;
    if (error.code === 'PAGE_HUNG') this.#hung();
  }

  throwIfAny(): void {
    if (this.#first) throw this.#first;
  }

  /** The error to throw for one that was caught. */
  of(error: unknown): unknown {
    this.keep(error);
    if (this.#first) return this.#first;
    if (IntentwrightError.is(error)) return error;
    if (error instanceof Error && /has been closed|Target crashed|Target closed/.test(error.message)) {
      return new IntentwrightError('BROWSER_CRASHED', 'the page or the browser went away', { cause: error });
    }
    return error;
  }
}
