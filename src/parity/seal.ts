import { createHmac, randomBytes } from 'node:crypto';
import type { Sealed } from '../core/parity.ts';

/** Makes digests that mean nothing without its key. The key never leaves it, and `forget` ends it. */
export class Seal {
  readonly #key: Buffer | undefined;

  /** Without a key only shapes are kept, and equality cannot be told. */
  constructor(key?: Buffer) {
    this.#key = key;
  }

  /** For two sides that are read in one process: nobody ever learns the key. */
  static forOnce(): Seal {
    return new Seal(randomBytes(32));
  }

  /** For a snapshot that is compared later, elsewhere: both sides know the same key. */
  static of(secret: string | undefined): Seal {
    return new Seal(secret === undefined || secret === '' ? undefined : Buffer.from(secret, 'utf8'));
  }

  /** Tells keys apart, and tells nothing else of them. */
  get name(): string | undefined {
    return this.#digest('the name of this key')?.slice(0, 8);
  }

  seal(value: unknown): Sealed {
    if (Array.isArray(value)) return value.map((item) => this.seal(item));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, this.seal(item)]),
      );
    const digest = this.#digest(`${typeof value} ${String(value)}`);
    return { $leaf: leafShape(value), ...(digest === undefined ? {} : { digest }) };
  }

  /** Overwrites the key. */
  forget(): void {
    this.#key?.fill(0);
  }

  #digest(text: string): string | undefined {
    return this.#key && createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 32);
  }
}

/** "text 8-15": the kind of a value, its length only roughly. */
export function leafShape(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'boolean') return 'truth';
  const { length } = String(value);
  if (length === 0) return 'empty text';
  const from = 2 ** Math.floor(Math.log2(length));
  return `text ${from}-${from * 2 - 1}`;
}
