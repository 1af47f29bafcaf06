import type { JournalEvent } from '../core/events.ts';
import type { BoundInvariant } from '../core/invariant.ts';
import {
  type AttemptStory,
  type Fact,
  type InvariantStory,
  type IntentStory,
  lastAttempt,
  type Look,
  type Note,
  type PlannedIntent,
  type RequestFact,
  type RunStory,
  type StepStory,
} from './story.ts';

/** Takes events one by one, so that a journal larger than memory's idea of a string can be told. */
export interface Fold {
  add(event: JournalEvent): void;
  /** The story so far. Call once, at the end. */
  story(): RunStory;
}

/** Folds the events of one run into its story. Pure: the same events tell the same story for ever. */
export function foldEvents(events: Iterable<JournalEvent>): RunStory {
  const fold = createFold();
  for (const event of events) fold.add(event);
  return fold.story();
}

export function createFold(): Fold {
  const story: RunStory = {
    run: '',
    startedAt: '',
    durationMs: 0,
    version: '',
    node: '',
    platform: '',
    target: { name: '', url: '', production: false },
    mode: '',
    agents: [],
    frozen: false,
    ci: false,
    command: '',
    intents: [],
    notes: [],
  };
  const intents = new Map<string, IntentStory>();
  const attempts = new Map<string, AttemptStory>();
  let ended = false;
  let lastMs = 0;

  const intentOf = (id: string): IntentStory => {
    const known = intents.get(id);
    if (known) return known;
    const added = newIntent({ id, title: id, priority: 'normal', touches: [], where: { file: '', line: 0, col: 0 }, steps: [] });
    intents.set(id, added);
    story.intents.push(added);
    return added;
  };

  const attemptOf = (event: { intent: string; attempt: number; seq: number; t: number }): AttemptStory => {
    const key = `${event.attempt} ${event.intent}`;
    const known = attempts.get(key);
    if (known) return known;
    const intent = intentOf(event.intent);
    const added = newAttempt(event.attempt, event.t, event.seq, intent.planned);
    attempts.set(key, added);
    intent.attempts.push(added);
    return added;
  };

  /** A note never makes an attempt of its own: it would look like one that did not end. */
  const notesFor = ({ intent, attempt }: { intent?: string; attempt?: number }): Note[] => {
    const known =
      intent === undefined
        ? undefined
        : attempt === undefined
          ? intents.get(intent)?.attempts.at(-1)
          : attempts.get(`${attempt} ${intent}`);
    return known?.notes ?? story.notes;
  };

  const add = (event: JournalEvent): void => {
    lastMs = Math.max(lastMs, event.t);
    switch (event.type) {
      case 'run-start': {
        const { v: _v, seq: _seq, time: _time, t: _t, type: _type, intents: planned, ...meta } = event;
        Object.assign(story, meta);
        for (const plan of planned) {
          const { steps, skipped, ...known } = plan;
          Object.assign(intentOf(plan.id), known, { planned: steps }, skipped === undefined ? {} : { skipped });
        }
        return;
      }
      case 'run-end':
        ended = true;
        story.exitCode = event.exitCode;
        story.durationMs = event.durationMs;
        if (event.interrupted !== undefined) story.interrupted = event.interrupted;
        if (event.browser !== undefined) story.browser = event.browser;
        return;
      case 'parity-end':
        story.parity = factOf(event);
        return;
      case 'intent-start':
        Object.assign(attemptOf(event), { workflow: event.workflow, isolation: event.isolation ?? false, startedMs: event.t });
        return;
      case 'intent-end': {
        const { status, reason, cause, causeWhy, conduct, durationMs, unlike, doubts, seq } = event;
        Object.assign(
          attemptOf(event),
          { status, reason, cause, causeWhy, conduct, durationMs, seq },
          unlike ? { unlike } : {},
          doubts ? { doubts } : {},
        );
        return;
      }
      case 'note-made':
        notesFor(event).push(factOf(event));
        return;
      case 'fixture-end':
        attemptOf(event).fixtures.push(factOf(event));
        return;
      case 'precondition-end':
        attemptOf(event).preconditions.push(factOf(event));
        return;
      case 'environment-checked':
        attemptOf(event).environment.push(factOf(event));
        return;
      case 'recording-end':
        attemptOf(event).recordings.push({ ...factOf(event), actor: event.actor });
        return;
      case 'journey-end':
        Object.assign(attemptOf(event), { journeyEndAt: event.at, conduct: event.conduct });
        return;
      case 'sources-seen':
        attemptOf(event).sources.push(...event.files);
        return;
      case 'lockfile-end':
        attemptOf(event).lockfile = factOf(event);
        return;
      case 'invariant-start':
        addBound(attemptOf(event), event.bound);
        return;
      case 'reading-taken': {
        const attempt = attemptOf(event);
        attempt.readingsFromMs ??= event.t - event.reading.at - event.reading.ms;
        const invariant = invariantOf(attempt, event.invariant);
        const { same, ...reading } = event.reading;
        const before = same ? invariant.readings.findLast((earlier) => earlier.unreadable === undefined) : undefined;
        invariant.readings.push({ ...reading, ...(before && 'value' in before ? { value: before.value } : {}), seq: event.seq });
        return;
      }
      case 'invariant-end':
        invariantOf(attemptOf(event), event.verdict.invariant).verdict = { ...event.verdict, seq: event.seq };
        return;
      default:
        addToStep(event.type === 'request-seen' ? stepOfRequest(attemptOf(event), event) : stepOf(attemptOf(event), event), event);
    }
  };

  return {
    add,
    story() {
      if (!ended) {
        story.durationMs = lastMs;
        story.interrupted ??= 'killed';
      }
      for (const intent of story.intents) settle(intent, lastMs);
      return story;
    },
  };
}

/** A run of a thousand intents must fit into memory: what a fact's place in the story says is not kept again. */
function factOf<E extends JournalEvent>(event: E): Fact<E['type']> {
  const {
    v: _v,
    time: _time,
    t: _t,
    type: _type,
    intent: _intent,
    attempt: _attempt,
    step: _step,
    actor: _actor,
    ...fact
  } = event as E & Record<string, unknown>;
  return fact as unknown as Fact<E['type']>;
}

function lookOf(event: Extract<JournalEvent, { type: 'observation-taken' }>): Look {
  const { added: _added, removed: _removed, cut: _cut, digest: _digest, ms: _ms, ...look } = factOf(event);
  return look;
}

function requestOf(event: Extract<JournalEvent, { type: 'request-seen' }>): RequestFact {
  const {
    request: { url: _url, ...request },
    ...fact
  } = factOf(event);
  return {
    ...fact,
    request: { ...request, method: shared(request.method), template: shared(request.template), kind: shared(request.kind) },
  };
}

/** Few words, said very often: kept once. */
const WORDS = new Map<string, string>();
const MOST_WORDS = 20_000;

function shared(word: string): string {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  if (WORDS.size < MOST_WORDS) WORDS.set(word, word);
  return word;
}

type StepEvent = Extract<JournalEvent, { step: number }>;

function addToStep(step: StepStory, event: StepEvent): void {
  switch (event.type) {
    case 'step-start':
      Object.assign(step, { text: event.text, tries: event.tries, startedMs: event.t, began: true, seq: event.seq });
      return;
    case 'step-end':
      Object.assign(step, {
        status: event.status,
        why: event.why,
        durationMs: event.durationMs,
        by: event.by,
        between: event.between,
        picture: event.picture,
        seq: event.seq,
      });
      return;
    case 'observation-taken':
      step.looks.push(lookOf(event));
      return;
    case 'decision-made':
      step.choices.push({ ...factOf(event), atMs: event.t });
      return;
    case 'action-end':
      step.acts.push(factOf(event));
      return;
    case 'picture-taken':
      addPicture(step, event);
      return;
    case 'request-seen':
      step.requests.push(requestOf(event));
      return;
    case 'page-event':
      step.pageEvents.push(factOf(event));
      return;
    case 'adaptation-made':
      step.adaptations.push(factOf(event));
      return;
    case 'model-called':
      step.modelCalls.push(factOf(event));
      return;
  }
}

function addPicture(step: StepStory, { act, picture, outline }: Extract<JournalEvent, { type: 'picture-taken' }>): void {
  const shown = act === undefined ? step : step.acts[act];
  if (shown) Object.assign(shown, { picture }, outline ? { outline } : {});
}

/** What was seen before the first step or after the last belongs to that one. */
function stepOf(attempt: AttemptStory, event: StepEvent): StepStory {
  const [first, last] = [attempt.steps[0], attempt.steps.at(-1)];
  const known =
    first && event.step < first.index
      ? first
      : last && event.step > last.index && event.type !== 'step-start'
        ? last
        : attempt.steps.find(({ index }) => index === event.step);
  if (known) return known;
  const added = newStep(event.step, { actor: event.actor, text: '', tries: false }, event.seq);
  attempt.steps.push(added);
  attempt.steps.sort((a, b) => a.index - b.index);
  return added;
}

/** A request is told when it is answered, and belongs to the step in which it was sent: a slow answer may come in the next one. */
function stepOfRequest(attempt: AttemptStory, event: Extract<JournalEvent, { type: 'request-seen' }>): StepStory {
  const step = stepOf(attempt, event);
  const sentMs = event.t - (event.request.ms ?? 0);
  if (step.startedMs === undefined || sentMs >= step.startedMs) return step;
  return attempt.steps.findLast(({ startedMs }) => startedMs !== undefined && startedMs <= sentMs) ?? step;
}

function invariantOf(attempt: AttemptStory, id: string): InvariantStory {
  const known = attempt.invariants.find((invariant) => invariant.id === id);
  if (known) return known;
  const added: InvariantStory = { id, readings: [] };
  attempt.invariants.push(added);
  return added;
}

function addBound(attempt: AttemptStory, bound: unknown): void {
  const id = (bound as { id?: unknown } | null)?.id;
  if (typeof id === 'string') invariantOf(attempt, id).bound = bound as BoundInvariant;
}

const newIntent = (plan: PlannedIntent): IntentStory => {
  const { steps, ...rest } = plan;
  return { ...rest, planned: steps, status: 'skipped', ended: false, attempts: [], durationMs: 0 };
};

const newAttempt = (attempt: number, startedMs: number, seq: number, planned: PlannedIntent['steps']): AttemptStory => ({
  attempt,
  workflow: '',
  isolation: false,
  startedMs,
  durationMs: 0,
  fixtures: [],
  preconditions: [],
  environment: [],
  recordings: [],
  steps: planned.map((step, index) => newStep(index, { ...step, written: step.text }, seq)),
  invariants: [],
  sources: [],
  notes: [],
  seq,
});

const newStep = (
  index: number,
  plan: { actor: string; text: string; written?: string; tries: boolean; line?: number },
  seq: number,
): StepStory => ({
  index,
  ...plan,
  began: false,
  why: '',
  durationMs: 0,
  looks: [],
  choices: [],
  acts: [],
  requests: [],
  pageEvents: [],
  adaptations: [],
  modelCalls: [],
  seq,
});

/** The last attempt speaks for the intent; a pass after an attempt that did not is flaky, never plain green. */
function settle(intent: IntentStory, lastMs: number): void {
  intent.attempts.sort((a, b) => a.attempt - b.attempt);
  const last = lastAttempt(intent);
  for (const attempt of intent.attempts) if (attempt.status === undefined) attempt.durationMs = Math.max(0, lastMs - attempt.startedMs);
  intent.durationMs = intent.attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
  intent.ended = intent.attempts.at(-1)?.status !== undefined;
  if (!last) return;
  intent.status = last.status ?? 'errored';
  if (intent.status === 'passed' && intent.attempts.some(({ status }) => status !== 'passed')) intent.status = 'flaky';
  const blamed = intent.status === 'flaky' ? intent.attempts.findLast(({ status }) => status !== 'passed') : last;
  if (blamed?.cause !== undefined) intent.cause = blamed.cause;
  if (blamed?.causeWhy !== undefined) intent.causeWhy = blamed.causeWhy;
}
