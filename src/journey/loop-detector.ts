import type { Action } from '../core/action.ts';

/** Notices that a step goes round in circles: the same action on the same page again and again, or two pages in turn. */
export class LoopDetector {
  #seen = new Map<string, number>();
  #trail: string[] = [];

  /** Returns the loop in words when this action would close one for the third time. */
  check(digest: string, action: Action, words: string): string | undefined {
    const key = `${digest}|${JSON.stringify(action)}`;
    const times = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, times);
    this.#trail.push(words);
    if (times < 3) return undefined;
    return `${words}, three times on the same page (${this.#trail.slice(-6).join(' → ')})`;
  }
}
