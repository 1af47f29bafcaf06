import type { Clock } from '../core/clock.ts';
import { Pause } from './pause.ts';
import { pauseMs } from './poll.ts';
import type { Push } from './push.ts';
import { progressOf } from './progress.ts';
import { isConverging, type Question, type Take } from './question.ts';

/** The last read before a deadline is given at least this long, ms. */
const SHORTEST_LIMIT_MS = 1000;
/** Between two reads, however often a source pushes, ms. */
const SHORTEST_PAUSE_MS = 15;
/** Reads spread over a settle window: what flaps within it is seen. */
const SETTLE_READS = 3;

export interface ConvergeOptions {
  /** Where the source can push; listened to since before the journey. */
  push: Push;
  clock: Clock;
  /** On the clock of readings. */
  now(): number;
  journeyEndAt: number;
  take: Take;
  readLimitMs: number;
  random: () => number;
  signal: AbortSignal;
}

/** Polls one question until every invariant that asks it has converged and settled, or is decided. */
export async function convergeQuestion(question: Question, options: ConvergeOptions): Promise<void> {
  if (!question.tracked.some(isConverging)) return;
  const pause = new Pause(options.clock);
  options.push.tell(pause.wake);
  try {
    await poll(question, pause, options);
  } finally {
    options.push.stop();
  }
}

async function poll(question: Question, pause: Pause, options: ConvergeOptions): Promise<void> {
  const { now, take, readLimitMs, signal } = options;
  let lastMs: number | undefined;
  for (let first = true; ; first = false) {
    const { waiting, settling } = outlook(question, options);
    if (waiting.length > 0) {
      if (!first) {
        lastMs = pauseMs({
          elapsedMs: now() - options.journeyEndAt,
          lastMs,
          expectedMs: shortest(waiting.flatMap(({ expectedMs }) => expectedMs ?? [])),
          random: options.random(),
        });
        const nextDeadline = Math.min(...waiting.map(({ deadline }) => deadline)) - now();
        const woken = await pause.wait(Math.max(SHORTEST_PAUSE_MS, Math.min(lastMs, nextDeadline)), signal);
        if (woken) lastMs = undefined;
      }
      const left = Math.max(...waiting.map(({ deadline }) => deadline)) - now();
      await take(question, 'poll', Math.min(readLimitMs, Math.max(SHORTEST_LIMIT_MS, left)));
    } else if (settling.length > 0) {
      const ends = Math.max(...settling.map(({ until }) => until)) - now();
      const every = Math.max(SHORTEST_PAUSE_MS, Math.min(...settling.map((one) => one.every)));
      await pause.wait(Math.min(every, ends), signal);
      // The final reading of everything follows the end of the window; a read here would be the same one twice.
      if (every < ends) await take(question, 'settle', readLimitMs);
    } else return;
  }
}

/** What the invariants of a question still wait for, and until when those that hold must go on holding. */
function outlook(question: Question, { journeyEndAt, now }: ConvergeOptions) {
  const waiting: { deadline: number; expectedMs: number | undefined }[] = [];
  const settling: { until: number; every: number }[] = [];
  for (const { bound, readings } of question.tracked) {
    const progress = progressOf(bound, readings, journeyEndAt);
    if (progress.kind === 'waiting') waiting.push({ deadline: progress.deadline, expectedMs: bound.expectedMs });
    if (progress.kind === 'settling' && progress.until > now())
      settling.push({ until: progress.until, every: bound.settleMs / SETTLE_READS });
  }
  return { waiting, settling };
}

const shortest = (times: number[]): number | undefined => (times.length > 0 ? Math.min(...times) : undefined);
