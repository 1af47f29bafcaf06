import type { JournalEvent } from '../../core/events.ts';
import type { Outline } from '../../core/action.ts';
import type { Status } from '../../core/decide.ts';
import { judgeReadings } from '../../oracle/judge.ts';
import { foldEvents } from '../../report/fold.ts';
import { type AttemptStory, type InvariantStory, lastAttempt, type IntentStory, type StepStory } from '../../report/story.ts';

export interface LiveInvariant {
  id: string;
  says: string;
  builtin: boolean;
  /** "waiting": not there yet, which is how every goal begins. */
  status: 'waiting' | 'held' | 'violated' | 'undecided';
  /** True once the verdict is given; until then it is what the readings so far come to. */
  final: boolean;
  expected: string;
  found: string;
  readings: number;
  /** ms, once it has come true. */
  convergedMs?: number;
}

export interface LiveStep {
  actor: string;
  text: string;
  tries: boolean;
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'not-reached';
  why: string;
  by?: string;
  ms: number;
  /** What was done, oldest first: "click button “Invite”". */
  acts: { line: string; ok: boolean; picture?: string }[];
}

export interface LiveIntent {
  id: string;
  title: string;
  state: 'waiting' | 'running' | Status;
  attempt: number;
  cause: string;
  ms: number;
  /** Each actor with the newest picture of what they see. */
  actors: { name: string; picture?: string; outline?: Outline; page: string }[];
  steps: LiveStep[];
  invariants: LiveInvariant[];
  notes: string[];
}

/** A run as it happens, for somebody who watches. What it says before the end is a look at the readings so far, never a status. */
export function liveView(events: readonly JournalEvent[]): LiveIntent[] {
  return foldEvents(events).intents.map(intentView);
}

function intentView(intent: IntentStory): LiveIntent {
  const attempt = lastAttempt(intent);
  const steps = attempt?.steps.length ? attempt.steps : [];
  const state = intent.ended || intent.skipped !== undefined ? intent.status : attempt ? 'running' : 'waiting';
  return {
    id: intent.id,
    title: intent.title,
    state,
    attempt: attempt?.attempt ?? 0,
    cause: attempt?.causeWhy ?? intent.skipped ?? '',
    ms: attempt?.durationMs ?? 0,
    actors: actorsOf(steps),
    steps:
      steps.length > 0
        ? steps.map((step) => stepView(step, state === 'running'))
        : intent.planned.map(({ actor, text, tries }) => ({ actor, text, tries, state: 'waiting', why: '', ms: 0, acts: [] })),
    invariants: (attempt?.invariants ?? []).flatMap((invariant) => invariantView(invariant, attempt!)),
    notes: (attempt?.notes ?? []).map(({ message }) => message),
  };
}

function actorsOf(steps: readonly StepStory[]): LiveIntent['actors'] {
  const seen = new Map<string, LiveIntent['actors'][number]>();
  for (const step of steps) {
    if (step.actor === 'system' || !step.began) continue;
    const actor = seen.get(step.actor) ?? { name: step.actor, page: '' };
    const shown: { picture?: string | undefined; outline?: Outline | undefined } = step.picture
      ? { picture: step.picture }
      : (step.acts.findLast((act) => act.picture !== undefined) ?? actor);
    const look = step.looks.at(-1);
    seen.set(step.actor, {
      name: step.actor,
      page: look ? `${look.title} · ${look.path}` : actor.page,
      ...(shown.picture ? { picture: shown.picture } : {}),
      ...(shown.outline ? { outline: shown.outline } : {}),
    });
  }
  return [...seen.values()];
}

function stepView({ actor, text, tries, began, status, why, by, durationMs, acts }: StepStory, running: boolean): LiveStep {
  const state =
    status === undefined
      ? began
        ? running
          ? 'running'
          : 'stopped'
        : 'waiting'
      : status === 'done' || status === 'refused'
        ? 'done'
        : status === 'not-reached'
          ? 'not-reached'
          : 'stopped';
  return {
    actor,
    text,
    tries,
    state,
    why,
    ...(by ? { by } : {}),
    ms: durationMs,
    acts: acts.map(({ line, ok, picture }) => ({ line, ok, ...(picture ? { picture } : {}) })),
  };
}

function invariantView({ id, bound, readings, verdict }: InvariantStory, attempt: AttemptStory): LiveInvariant[] {
  // While the journey goes on, what was read last is taken for its end.
  const found = verdict ?? (bound && judgeReadings(bound, readings, attempt.journeyEndAt ?? readings.at(-1)?.at));
  if (!found || !bound) return [];
  const goal = bound.mode.kind !== 'always' && bound.mode.kind !== 'unchanged' && bound.mode.kind !== 'access';
  const early = !verdict && (goal || bound.mode.kind === 'access' || found.status === 'undecided');
  // What nothing speaks against, and what has come true, holds so far: only the last look is missing.
  const soFar = early && found.reason === 'no-readings' && readings.length > 0 && (!goal || found.found.startsWith('it held'));
  const status = soFar ? 'held' : early && found.status !== 'held' ? 'waiting' : found.status;
  return [
    {
      id,
      says: bound.says,
      builtin: bound.builtin,
      status,
      final: verdict !== undefined,
      expected: found.expected,
      found: found.found,
      readings: readings.length,
      ...(found.convergedMs === undefined ? {} : { convergedMs: found.convergedMs }),
    },
  ];
}
