import type { Outline } from '../core/action.ts';
import type { Cause, Conduct, Status } from '../core/decide.ts';
import type { AgentName } from '../core/decision.ts';
import type { Doubt } from '../core/doubt.ts';
import type { JournalEvent } from '../core/events.ts';
import type { Finding } from '../core/parity.ts';
import type { BoundInvariant, Reading, Verdict } from '../core/invariant.ts';

/** An event of one type, envelope included. */
export type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** What a fact keeps of the event it was told by; `seq` traces every sentence back to it. The story says the rest by where it stands. */
export type Fact<T extends JournalEvent['type']> = Omit<EventOf<T>, 'v' | 'time' | 't' | 'type' | 'intent' | 'attempt' | 'step' | 'actor'>;

/** Without the lists of what came and went on the page: they are for agents, and a run has thousands. */
export type Look = Omit<Fact<'observation-taken'>, 'added' | 'removed' | 'cut' | 'digest' | 'ms'>;
/** `atMs`: since the run's start. */
export type Choice = Fact<'decision-made'> & { atMs: number };
/** `picture`: an attachment's id; `outline`: where the target stands in it. */
export type Act = Fact<'action-end'> & { outline?: Outline };
/** Known by its template; the address itself stays in the journal. */
export type RequestFact = Omit<Fact<'request-seen'>, 'request'> & { request: Omit<Fact<'request-seen'>['request'], 'url'> };
export type PageFact = Fact<'page-event'>;
export type AdaptationFact = Fact<'adaptation-made'>;
export type ModelCall = Fact<'model-called'>;
export type FixtureFact = Fact<'fixture-end'>;
export type Precondition = Fact<'precondition-end'>;
export type EnvironmentCheck = Fact<'environment-checked'>;
/** `actor` is told here: a recording is of no step. */
export type RecordingFact = Fact<'recording-end'> & { actor: string };
export type LockfileFact = Fact<'lockfile-end'>;
export type Note = Fact<'note-made'>;

export type StepStatus = EventOf<'step-end'>['status'];

/** One sentence of the journey and all that belongs to it. */
export interface StepStory {
  /** 0-based, in the journey. */
  index: number;
  actor: string;
  /** With its variables filled in once the step began; as written before. */
  text: string;
  /** As the intent's file says it; absent where the plan did not tell. */
  written?: string;
  tries: boolean;
  /** Line in the intent's file. */
  line?: number;
  /** Absent: it began and the run ended, or it never began. */
  status?: StepStatus;
  began: boolean;
  why: string;
  by?: AgentName;
  between?: string[];
  /** The page when the step ended, where the journey stopped or was over. */
  picture?: string;
  startedMs?: number;
  durationMs: number;
  looks: Look[];
  choices: Choice[];
  acts: Act[];
  requests: RequestFact[];
  pageEvents: PageFact[];
  adaptations: AdaptationFact[];
  modelCalls: ModelCall[];
  /** Of the step-end event, or of the step-start. */
  seq: number;
}

export type ReadingFact = Omit<Reading, 'note'> & { note?: string; seq: number };

/** An invariant through one attempt: what was asked, every reading, the verdict. */
export interface InvariantStory {
  id: string;
  bound?: BoundInvariant;
  readings: ReadingFact[];
  verdict?: Verdict & { seq: number };
}

export interface AttemptStory {
  attempt: number;
  /** Sent to the application as `x-workflow-id`. */
  workflow: string;
  isolation: boolean;
  /** Since the run's start, ms. */
  startedMs: number;
  durationMs: number;
  /** Absent when the attempt never ended. */
  status?: Status;
  reason?: string;
  cause?: Cause;
  causeWhy?: string;
  conduct?: Conduct;
  fixtures: FixtureFact[];
  preconditions: Precondition[];
  /** Asked after what did not pass. */
  environment: EnvironmentCheck[];
  steps: StepStory[];
  invariants: InvariantStory[];
  /** When the readings' own clock began, ms since the run's start: what sets steps and readings on one axis. */
  readingsFromMs?: number;
  /** On the readings' clock. */
  journeyEndAt?: number;
  /** Traces, videos and HARs, kept or refused. */
  recordings: RecordingFact[];
  /** What kept its pass from counting. */
  unlike?: Finding[];
  doubts?: Doubt[];
  lockfile?: LockfileFact;
  /** Source files of the front end that ran, where coverage was taken. */
  sources: string[];
  notes: Note[];
  /** Of the intent-end event, or of the intent-start. */
  seq: number;
}

export type PlannedIntent = EventOf<'run-start'>['intents'][number];

export interface IntentStory extends Omit<PlannedIntent, 'steps' | 'skipped'> {
  /** From intent-end events alone. An intent without one is never green: errored when it had begun, skipped when not. */
  status: Status;
  /** False when the run ended before the intent did. */
  ended: boolean;
  cause?: Cause;
  causeWhy?: string;
  /** Why it was not run. */
  skipped?: string;
  planned: PlannedIntent['steps'];
  /** Oldest first; empty when it was not reached. */
  attempts: AttemptStory[];
  durationMs: number;
}

/** A whole run, folded from its journal. What every report is written from. */
export interface RunStory {
  run: string;
  startedAt: string;
  durationMs: number;
  /** Absent when the run never ended. */
  exitCode?: number;
  /** Why it ended early; "killed" when its journal just stops. */
  interrupted?: string;
  version: string;
  node: string;
  platform: string;
  browser?: string;
  target: { name: string; url: string; production: boolean };
  mode: string;
  agents: AgentName[];
  frozen: boolean;
  ci: boolean;
  command: string;
  model?: string;
  commit?: string;
  /** Set when this is one machine's part of a run. */
  shard?: EventOf<'run-start'>['shard'];
  /** What the change was compared with, where the run was selected by it or measured it. */
  selection?: EventOf<'run-start'>['selection'];
  /** How the environment compared with the one that the run is to speak for. */
  parity?: Fact<'parity-end'>;
  intents: IntentStory[];
  /** Notes of the run itself. */
  notes: Note[];
}

/** The attempt that an intent is judged by: its last one. A retry that proves nothing, because what it was to bring about is there already, leaves the word to the one before. */
export function lastAttempt({ attempts }: Pick<IntentStory, 'attempts'>): AttemptStory | undefined {
  const last = attempts.at(-1);
  return last?.status === 'unproven' ? (attempts.findLast(({ status }) => status !== undefined && status !== 'unproven') ?? last) : last;
}

export const verdictsOf = (attempt: AttemptStory | undefined): (Verdict & { seq: number })[] =>
  (attempt?.invariants ?? []).flatMap(({ verdict }) => (verdict ? [verdict] : []));

/** What was read before the first step; undefined when nothing could be. */
export const baselineOf = (readings: readonly ReadingFact[]): unknown =>
  readings.findLast(({ phase, unreadable }) => phase === 'baseline' && unreadable === undefined)?.value;

/** Left out on purpose: a change does not reach it. */
export const isLeftOut = ({ status, skipped, lost }: IntentStory): boolean => status === 'skipped' && skipped !== undefined && !lost;

/** It was to be run, and was not: the run was interrupted, or a shard is lost. To say "skipped" would be to say that this is in order. */
export const isUnknown = (intent: IntentStory): boolean => intent.status === 'skipped' && !isLeftOut(intent);

/** How many intents ended in each status. */
export function countStatuses(story: RunStory): Map<Status, number> {
  const counts = new Map<Status, number>();
  for (const { status } of story.intents) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}
