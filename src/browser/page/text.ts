import type { Context } from '../../core/observation.ts';
import { cut, fold } from './dom.ts';
import type { Scope } from './scope.ts';
import { contextOf } from './scope.ts';

export interface RawPassage {
  text: string;
  role: string;
  context: Context;
}

const MAX = 500;

/** Gathers running text into passages, one for each block. */
export class Passages {
  readonly list: RawPassage[] = [];
  readonly #max: number;
  full = 0;
  #parts = '';
  #plain = false;
  #scope: Scope | undefined;

  constructor(max: number) {
    this.#max = max;
  }

  /** Text of the current block. What belongs to a control is kept only inside a sentence. */
  add(text: string, scope: Scope, ofControl: boolean): void {
    if (!/\S/.test(text)) {
      if (this.#parts) this.#parts += ' ';
      return;
    }
    this.#scope ??= scope;
    this.#parts += text;
    if (!ofControl) {
      this.#plain ||= /[\p{L}\p{N}]/u.test(text);
      this.#scope = scope;
    }
  }

  space(): void {
    if (this.#parts) this.#parts += ' ';
  }

  /** What comes next goes on with the last word. */
  join(): void {
    this.#parts = this.#parts.trimEnd();
  }

  /** Ends the block. */
  end(): void {
    const text = fold(this.#parts);
    const scope = this.#scope;
    const plain = this.#plain;
    this.#parts = '';
    this.#plain = false;
    this.#scope = undefined;
    if (!plain || !text || !scope) return;
    if (this.list.length >= this.#max) {
      this.full++;
      return;
    }
    this.list.push({ text: cut(text, MAX), role: scope.textRole, context: contextOf(scope, text) });
  }
}
