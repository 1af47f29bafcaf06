import { formatDuration } from '../../core/duration.ts';
import type { AttemptStory, StepStory } from '../story.ts';

/** The time of one attempt as shares of a chart's width: the journey at the left, the system's time to converge at the right. */
export interface Axis {
  /** Readings' clock, ms → percent. */
  x(ms: number): number;
  /** Percent at which the journey ended; undefined when it did not. */
  end: number | undefined;
  steps: { step: StepStory; from: number; to: number }[];
  ticks: { at: number; text: string }[];
}

/** Neither half may crowd the other out, however long the system was waited for. */
const [LEAST, MOST] = [0.35, 0.65];

export function axisOf(attempt: AttemptStory): Axis {
  const from = attempt.readingsFromMs ?? attempt.startedMs;
  const readings = attempt.invariants.flatMap(({ readings: all }) => all);
  const journeyEnd = attempt.journeyEndAt;
  const lastStep = Math.max(
    0,
    ...attempt.steps.map((step) => (step.startedMs === undefined ? 0 : step.startedMs - from + step.durationMs)),
  );
  const last = Math.max(1, lastStep, journeyEnd ?? 0, ...readings.map(({ at, ms }) => at + ms));
  const first = Math.min(0, ...readings.map(({ at }) => at));
  const parts = journeyEnd !== undefined && journeyEnd > first && last - journeyEnd > 1;
  const share = parts ? Math.min(MOST, Math.max(LEAST, (journeyEnd - first) / (last - first))) : 1;
  const x = (ms: number): number => {
    const at = Math.min(last, Math.max(first, ms));
    if (!parts) return ((at - first) / (last - first)) * 100;
    return at <= journeyEnd
      ? ((at - first) / (journeyEnd - first)) * share * 100
      : (share + ((at - journeyEnd) / (last - journeyEnd)) * (1 - share)) * 100;
  };
  return {
    x,
    end: parts ? share * 100 : undefined,
    steps: attempt.steps
      .filter(({ began, startedMs }) => began && startedMs !== undefined)
      .map((step) => ({ step, from: x(step.startedMs! - from), to: x(step.startedMs! - from + step.durationMs) }))
      .filter(({ from: a, to: b }) => b > a),
    ticks: parts ? ticksAfter(last - journeyEnd).map((ms) => ({ at: x(journeyEnd + ms), text: `+${formatDuration(ms)}` })) : [],
  };
}

const NICE = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000];

function ticksAfter(span: number): number[] {
  const step = NICE.find((nice) => span / nice <= 4.2) ?? span;
  return Array.from({ length: Math.floor(span / step) }, (_, index) => (index + 1) * step).filter((ms) => ms < span * 0.9);
}
