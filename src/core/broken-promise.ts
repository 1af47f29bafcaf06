import { contentWords } from './content-words.ts';
import type { Verdict } from './invariant.ts';

/** What a page confirmed and the backend denies. */
export interface BrokenPromise<V> {
  verdict: V;
  /** What the page said. */
  said: string;
  /** 0-based step in which it said so. */
  step: number;
}

type Denied = Pick<Verdict, 'says' | 'status' | 'mode' | 'builtin'>;

/** Words that a confirmation and an invariant must share to be about the same thing. */
const SHARED = 2;

/**
 * A confirmation ("Acme is on Pro now.") that shares its words with an invariant that does not hold.
 * What a page says is in progress promises nothing yet.
 */
export function brokenPromise<V extends Denied>(
  verdicts: readonly V[],
  steps: readonly { status?: string; notices: readonly { kind: string; text: string }[] }[],
): BrokenPromise<V> | undefined {
  let best: (BrokenPromise<V> & { shared: number }) | undefined;
  for (const verdict of verdicts) {
    if (verdict.status !== 'violated' || verdict.builtin || (verdict.mode !== 'eventually' && verdict.mode !== 'changes')) continue;
    const wanted = contentWords(verdict.says);
    for (const [step, { status, notices }] of steps.entries()) {
      if (status !== 'done') continue;
      for (const { kind, text } of notices) {
        if ((kind !== 'toast' && kind !== 'status') || IN_PROGRESS.test(text)) continue;
        const words = contentWords(text);
        const shared = wanted.filter((word) => words.includes(word)).length;
        if (shared >= SHARED && shared > (best?.shared ?? 0)) best = { verdict, said: text, step, shared };
      }
    }
  }
  return best && { verdict: best.verdict, said: best.said, step: best.step };
}

const IN_PROGRESS =
  /\b(?:importing|syncing|exporting|processing|preparing|loading|sending|saving|being|in progress|pending|queued|shortly|soon|will|we'?ll|please|open it|check your|sent)\b|…$/i;
