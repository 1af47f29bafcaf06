import { pathTemplate } from '../core/path-template.ts';
import type { Surface } from '../core/surface.ts';
import { jobsOf } from './narrative/evidence.ts';
import { noticesIn } from './narrative/notices.ts';
import { originOf } from './origin.ts';
import type { AttemptStory, StepStory } from './story.ts';
import { surfaceOf } from './surface.ts';
import { sayAnswer } from './value.ts';

/** What an attempt left behind, small enough to be kept for ever: what the next red run is compared with. Texts are levelled. */
export interface Footprint {
  v: 1;
  run: string;
  startedAt: string;
  commit?: string;
  steps: {
    text: string;
    /** The sentence as it is written, variables and all; absent in older ones. */
    written?: string;
    durationMs: number;
    acts: string[];
    /** "POST /orders 303", in order; reading requests once each. */
    requests: string[];
    notices: { kind: string; text: string }[];
    path: string;
  }[];
  jobs: { kind: string; state: string }[];
  /** `step`: 0-based, brought the last answer about, `lagMs` before it was seen; only where it is not the answer of the baseline. */
  invariants: { id: string; says: string; last: string; convergedMs?: number; step?: number; lagMs?: number }[];
  /** What of the application it used; absent in older ones. */
  surface?: Surface;
}

/** What history gives back was JSON once, of some version. */
export const isFootprint = (value: unknown): value is Footprint => {
  const { v, run, startedAt, steps, jobs, invariants } = (value ?? {}) as Partial<Footprint>;
  return v === 1 && typeof run === 'string' && typeof startedAt === 'string' && [steps, jobs, invariants].every(Array.isArray);
};

/** The footprint of an attempt of a run. */
export function footprintOf(attempt: AttemptStory, run: { run: string; startedAt: string; commit?: string }): Footprint {
  const level = leveller(attempt);
  return {
    v: 1,
    run: run.run,
    startedAt: run.startedAt,
    ...(run.commit ? { commit: run.commit } : {}),
    steps: attempt.steps.map((step) => ({
      text: level(step.text),
      ...(step.written === undefined ? {} : { written: step.written }),
      durationMs: Math.round(step.durationMs),
      acts: step.acts.filter(({ ok }) => ok).map(({ line }) => level(line)),
      requests: requestsOf(step),
      notices: noticesOf(step).map(({ kind, text }) => ({ kind, text: level(text) })),
      path: pathTemplate((step.looks.at(-1)?.path ?? '').replace(/^(https?:\/\/[^/:]+):\d+/, '$1')),
    })),
    jobs: jobsOf(attempt).map(({ kind, state }) => ({ kind, state })),
    invariants: attempt.invariants.flatMap((invariant) => {
      const { id, verdict, readings } = invariant;
      const last = readings.findLast(({ unreadable }) => unreadable === undefined);
      return verdict && last
        ? [
            {
              id,
              says: level(verdict.says),
              last: level(sayAnswer(last.value, 200)),
              ...(verdict.convergedMs === undefined ? {} : { convergedMs: verdict.convergedMs }),
              ...(verdict.flipped ? originOf(invariant, attempt) : {}),
            },
          ]
        : [];
    }),
    surface: surfaceOf(attempt, level),
  };
}

/** How pages say when: "21 Nov, 18:44", "Nov 21, 2026", "6:44 pm", "3 minutes ago". */
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const CLOCK = new RegExp(
  `\\b(?:\\d{1,2}\\.? ${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?)(?:,? \\d{4})?\\b|\\b\\d{1,2}:\\d\\d(?::\\d\\d)?(?: ?[ap]m)?\\b|\\b(?:\\d+|an?) (?:second|minute|hour|day)s? ago\\b|\\bjust now\\b`,
  'gi',
);

/** Takes out what differs from run to run by design: the run's own id, addresses, times, numbers and keys made for it. */
export function leveller(attempt: Pick<AttemptStory, 'workflow'>): (text: string) => string {
  const own = attempt.workflow.length > 3 ? attempt.workflow : undefined;
  return (text) =>
    (own ? text.replaceAll(own, '…') : text)
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/g, '…')
      .replace(CLOCK, '…')
      .replace(/\b[a-z]{1,12}_[A-Za-z0-9]{8,}\b/g, '…')
      .replace(/\b[\w-]*\d[\w-]{7,}\b/g, '…')
      .replace(/\b(?=[a-f0-9]*\d)[a-f0-9]{4,}\b/gi, '…')
      .slice(0, 300);
}

function requestsOf(step: StepStory): string[] {
  const told: string[] = [];
  for (const { request } of step.requests) {
    if (!request.own || (!request.changes && request.kind !== 'document' && (request.status ?? 0) < 400)) continue;
    const line = `${request.method} ${request.template} ${request.failed ?? request.status ?? 'unanswered'}`;
    if (request.changes || !told.includes(line)) told.push(line);
  }
  return told;
}

function noticesOf(step: StepStory): { kind: string; text: string }[] {
  const seen = new Map<string, { kind: string; text: string }>();
  for (const notice of step.looks.flatMap((look) => noticesIn(step, look))) seen.set(`${notice.kind} ${notice.text}`, notice);
  return [...seen.values()];
}
