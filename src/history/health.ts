import { medianOf } from './median.ts';
import type { History, PastIntent } from './store.ts';

/** What history says about an intent. */
export interface Health {
  intent: string;
  runs: number;
  /** Share of runs that were flaky, or whose status differed from both neighbours: 0 to 1. */
  flakeRate: number;
  lastGreen?: PastIntent;
  /** The run in which the present red began; absent when it is green. */
  firstRed?: PastIntent;
  /** Invariants that take markedly longer than they used to. */
  slowing: { invariant: string; fromMs: number; toMs: number; withinMs?: number }[];
}

const RED = new Set(['failed', 'blocked', 'errored', 'unproven']);

/** Folds the past of one intent into what a person wants to know of it. */
export function healthOf(history: History, intent: string, options: { target?: string; invariants?: readonly string[] } = {}): Health {
  const past = history
    .past(intent, { ...(options.target ? { target: options.target } : {}), limit: 50 })
    .filter(({ status }) => status !== 'skipped');
  const lastGreen = past.find(({ status }) => status === 'passed');
  const redSince = past.findIndex(({ status }) => !RED.has(status));
  const firstRed = past.length > 0 && RED.has(past[0]!.status) ? past[redSince === -1 ? past.length - 1 : redSince - 1] : undefined;
  return {
    intent,
    runs: past.length,
    flakeRate: past.length === 0 ? 0 : past.filter((run, index) => run.status === 'flaky' || isAlone(past, index)).length / past.length,
    ...(lastGreen ? { lastGreen } : {}),
    ...(firstRed ? { firstRed } : {}),
    slowing: (options.invariants ?? []).flatMap((invariant) => slowingOf(history, intent, invariant)),
  };
}

/** Red between two greens on the same commit, or green between two reds: the product did not change, the outcome did. */
function isAlone(past: readonly PastIntent[], index: number): boolean {
  const [after, run, before] = [past[index - 1], past[index]!, past[index + 1]];
  if (!after || !before || run.commit === undefined || run.commit !== after.commit || run.commit !== before.commit) return false;
  return RED.has(run.status) !== RED.has(after.status) && RED.has(run.status) !== RED.has(before.status);
}

/** The last five green runs against those before, when both medians stand on something. */
function slowingOf(history: History, intent: string, invariant: string): Health['slowing'] {
  const runs = history.convergences(intent, invariant, 30);
  const [earlier, late] = [runs.slice(0, -5), runs.slice(-5)];
  if (earlier.length < 5 || late.length < 5) return [];
  const fromMs = medianOf(earlier.map(({ convergedMs }) => convergedMs))!;
  const toMs = medianOf(late.map(({ convergedMs }) => convergedMs))!;
  const withinMs = late.at(-1)?.withinMs;
  return toMs > fromMs * 1.5 && toMs - fromMs > 250 ? [{ invariant, fromMs, toMs, ...(withinMs === undefined ? {} : { withinMs }) }] : [];
}
