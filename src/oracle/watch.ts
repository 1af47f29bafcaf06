import type { Clock } from '../core/clock.ts';
import type { IntentwrightError } from '../core/errors.ts';
import type { BoundInvariant, Reading, ReadingPhase, Verdict } from '../core/invariant.ts';
import { AccessTries } from './access-reading.ts';
import { convergeQuestion } from './converge-question.ts';
import { judgeReadings } from './judge.ts';
import type { ProbeReader } from './port.ts';
import { progressOf } from './progress.ts';
import { Push } from './push.ts';
import { isConverging, isRefused, isWatched, type Question, questionsOf, type Tracked } from './question.ts';
import { takeReading } from './take-reading.ts';

export interface OracleOptions {
  bound: readonly BoundInvariant[];
  reader: ProbeReader;
  clock: Clock;
  /** Every reading, as soon as it was taken. */
  emit(invariantId: string, reading: Reading): void;
  signal: AbortSignal;
  random?: () => number;
  /** Longest time of one read, ms. */
  readLimitMs?: number;
  /** Hides secrets in expectations, as the reader hides them in values and the journal in both: a recheck then judges the same. */
  mask?<T>(value: T): T;
}

/** Reads the invariants of one attempt over its life, and judges what was read. */
export interface Oracle {
  /** Reads everything before the first step. Rejects with PROBE_DENIED or PROBE_CONFIG when a backend cannot be asked at all. */
  baseline(): Promise<void>;
  /** Watches every `always` while the journey goes on, and begins to listen to the sources that push. */
  startWatching(): void;
  /** A look at what is still to come about: tells later by which step it came, and decides nothing. Returns at once; looks that come too soon are left out. */
  look(): void;
  /** The journey is over now; the time of it on the clock of readings, for the journal. Later calls give the same time. */
  endJourney(): number;
  /** Waits for the system to converge and settle, reads everything once more, and judges. */
  judge(): Promise<Verdict[]>;
  /** After a journey that was not carried out: what is there now, without waiting for what is not. Tries no access. */
  judgeNow(): Promise<Verdict[]>;
  /** What was read for an invariant so far, oldest first; nothing for one that is not bound. */
  readingsOf(invariantId: string): readonly Reading[];
  close(): Promise<void>;
}

const READ_LIMIT_MS = 5000;
/** Between two looks at an `always`, and at least this many times the time one takes. */
const WATCH_MS = 400;
const WATCH_REST = 4;
/** Between two looks at what is still to come about, ms; longer where looking takes longer. */
const LOOK_MS = 150;
/** A baseline or final read that fails is tried again after these pauses, ms; not any more when that took longer than this altogether. */
const RETRIES_MS = [150, 400, 800];
const RETRYING_MS = 6000;

/** The questions stay as they are: a backend knows no masks. */
function maskExpectations(bound: BoundInvariant, mask: <T>(value: T) => T): BoundInvariant {
  const { mode } = bound;
  const masked =
    mode.kind === 'eventually' || mode.kind === 'always'
      ? { ...mode, expect: mask(mode.expect) }
      : mode.kind === 'changes'
        ? { ...mode, from: mask(mode.from), to: mask(mode.to) }
        : mode;
  return { ...bound, says: mask(bound.says), mode: masked };
}

/** As the reader tells it: "sql app". */
const askedOf = (mode: BoundInvariant['mode']): string =>
  mode.kind === 'access'
    ? 'access'
    : mode.query.on === undefined || mode.query.on === mode.query.probe
      ? mode.query.probe
      : `${mode.query.probe} ${mode.query.on}`;

export const openOracle = (options: OracleOptions): Oracle => new Watch(options);

class Watch implements Oracle {
  readonly #options: Required<OracleOptions>;
  readonly #tracked: Tracked[];
  readonly #questions: Question[];
  readonly #accesses: { tracked: Tracked; tries: AccessTries }[];
  readonly #pushes = new Map<Question, Push>();
  readonly #end = new AbortController();
  readonly #signal: AbortSignal;
  readonly #watching = new AbortController();
  readonly #rested = new Map<Question, number>();
  #watches: Promise<unknown> = Promise.resolve();
  #origin: number | undefined;
  #journeyEndAt: number | undefined;

  constructor(options: OracleOptions) {
    this.#options = { random: Math.random, readLimitMs: READ_LIMIT_MS, mask: (value) => value, ...options };
    this.#signal = AbortSignal.any([options.signal, this.#end.signal]);
    this.#tracked = options.bound.map((bound) => ({ bound: maskExpectations(bound, this.#options.mask), readings: [] }));
    this.#questions = questionsOf(this.#tracked);
    this.#accesses = this.#tracked.flatMap((tracked) =>
      tracked.bound.mode.kind === 'access' ? [{ tracked, tries: new AccessTries(tracked.bound.mode, options.reader) }] : [],
    );
  }

  async baseline(): Promise<void> {
    this.#now();
    const readings = await Promise.all([
      ...this.#questions.map((question) => this.#surely(() => this.#take(question, 'baseline'))),
      ...this.#accesses.map(({ tracked, tries }) =>
        this.#surely(() => this.#takeFor([tracked], (signal) => tries.look(signal), 'baseline')),
      ),
    ]);
    const refusal = readings.find((reading) => reading?.refusal)?.refusal;
    if (refusal) throw refusal;
  }

  startWatching(): void {
    const signal = AbortSignal.any([this.#signal, this.#watching.signal]);
    for (const question of this.#questions) if (question.tracked.some(isConverging)) this.#pushOf(question);
    this.#watches = Promise.all(
      this.#questions.filter((question) => question.tracked.some(isWatched)).map((question) => this.#watch(question, signal)),
    );
  }

  look(): void {
    if (this.#journeyEndAt !== undefined || this.#watching.signal.aborted) return;
    for (const question of this.#questions) {
      const now = this.#now();
      if (!question.tracked.some(isConverging) || now < (this.#rested.get(question) ?? 0)) continue;
      this.#rested.set(question, Number.POSITIVE_INFINITY);
      const rest = (ms: number): void => void this.#rested.set(question, this.#now() + Math.max(LOOK_MS, ms * WATCH_REST));
      this.#take(question, 'watch').then(
        (reading) => rest(reading?.ms ?? 0),
        () => rest(0),
      );
    }
  }

  endJourney(): number {
    this.#journeyEndAt ??= this.#now();
    return this.#journeyEndAt;
  }

  async judge(): Promise<Verdict[]> {
    const journeyEndAt = this.endJourney();
    await this.#unlessAborted(async () => {
      const { clock, random, readLimitMs } = this.#options;
      const take = (question: Question, phase: ReadingPhase, limitMs?: number) => this.#take(question, phase, limitMs);
      await Promise.all(
        this.#questions.map((question) =>
          convergeQuestion(question, {
            push: this.#pushOf(question),
            clock,
            now: () => this.#now(),
            journeyEndAt,
            take,
            readLimitMs,
            random,
            signal: this.#signal,
          }),
        ),
      );
      await this.#reach(journeyEndAt + Math.max(0, ...this.#tracked.map(({ bound }) => bound.settleMs)));
      await this.#finish(true);
    });
    return this.#verdicts();
  }

  async judgeNow(): Promise<Verdict[]> {
    const journeyEndAt = this.endJourney();
    await this.#unlessAborted(async () => {
      await Promise.all(
        this.#questions.filter((question) => question.tracked.some(isConverging)).map((question) => this.#take(question, 'poll')),
      );
      const windows = this.#tracked.map(({ bound, readings }) => {
        const progress = progressOf(bound, readings, journeyEndAt);
        return progress.kind === 'settling' ? progress.until : isConverging({ bound, readings }) ? 0 : journeyEndAt + bound.settleMs;
      });
      await this.#reach(Math.max(0, ...windows));
      await this.#finish(false);
    });
    return this.#verdicts();
  }

  readingsOf(invariantId: string): readonly Reading[] {
    return this.#tracked.find(({ bound }) => bound.id === invariantId)?.readings ?? [];
  }

  async close(): Promise<void> {
    this.#end.abort(new Error('the oracle was closed'));
    for (const push of this.#pushes.values()) push.stop();
    await this.#watches.catch(() => undefined);
  }

  /** Everything once more, all at the same time; then, disturbing nobody, who may do what. */
  async #finish(access: boolean): Promise<void> {
    this.#watching.abort(new Error('the journey was judged'));
    await this.#watches.catch(() => undefined);
    await Promise.all(this.#questions.map((question) => this.#surely(() => this.#take(question, 'final'))));
    if (access) await this.#tryAccesses();
  }

  /** Nobody's try or control may spoil what another one looks at: all look, then each tries, and the controls, which change state, come last. */
  async #tryAccesses(): Promise<void> {
    for (const { tracked, tries } of this.#accesses)
      if (tries.hasState) await this.#surely(() => this.#takeFor([tracked], (signal) => tries.look(signal), 'final'));
    for (const { tracked, tries } of this.#accesses)
      await this.#surely(() => this.#takeFor([tracked], (signal) => tries.try(signal), 'final'));
    const accepted: string[] = [];
    for (const { tracked, tries } of this.#accesses) {
      if (!tries.refused) continue;
      await this.#takeFor([tracked], (signal) => tries.control(signal, accepted), 'final');
      if (tries.accepted) accepted.push(tracked.bound.id);
    }
  }

  #pushOf(question: Question): Push {
    const push = this.#pushes.get(question) ?? new Push(this.#options.reader, question.query);
    this.#pushes.set(question, push);
    return push;
  }

  async #watch(question: Question, signal: AbortSignal): Promise<void> {
    let lastMs = 0;
    try {
      for (;;) {
        await this.#options.clock.sleep(Math.max(WATCH_MS * (0.9 + 0.2 * this.#options.random()), lastMs * WATCH_REST), signal);
        const reading = await this.#take(question, 'watch');
        if (!reading) return;
        lastMs = reading.ms;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** One failed read at a decisive moment is not the last word. */
  async #surely<T extends Reading | undefined>(take: () => Promise<T>, again: () => boolean = () => true): Promise<T> {
    const until = this.#now() + RETRYING_MS;
    let reading = await take();
    for (const pause of RETRIES_MS) {
      if (reading?.unreadable === undefined || reading.denied || !again() || this.#now() > until) break;
      await this.#options.clock.sleep(pause, this.#signal);
      reading = await take();
    }
    return reading;
  }

  #take(question: Question, phase: ReadingPhase, limitMs?: number) {
    const asking = question.tracked.filter((tracked) => !isRefused(tracked));
    return this.#takeFor(asking, (signal) => this.#options.reader.read(question.query, signal), phase, limitMs);
  }

  /** One reading for all who ask the same. Undefined when nobody asks any more. */
  async #takeFor(
    asking: readonly Tracked[],
    ask: (signal: AbortSignal) => Promise<unknown>,
    phase: ReadingPhase,
    limitMs = this.#options.readLimitMs,
  ): Promise<(Reading & { refusal?: IntentwrightError }) | undefined> {
    if (asking.length === 0) return undefined;
    this.#now();
    const reading = await takeReading(ask, {
      clock: this.#options.clock,
      origin: this.#origin!,
      phase,
      limitMs,
      signal: this.#signal,
      of: askedOf(asking[0]!.bound.mode),
    });
    for (const { bound, readings } of asking) {
      readings.push(reading);
      this.#options.emit(bound.id, { ...reading });
    }
    return reading;
  }

  async #reach(time: number): Promise<void> {
    for (let left = time - this.#now(); left > 0; left = time - this.#now()) await this.#options.clock.sleep(left, this.#signal);
  }

  /** Whole milliseconds since the first baseline reading began. */
  #now(): number {
    this.#origin ??= this.#options.clock.now();
    return Math.round(this.#options.clock.now() - this.#origin);
  }

  /** An interrupted run is judged by what was read so far. */
  async #unlessAborted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    }
  }

  #verdicts(): Verdict[] {
    return this.#tracked.map(({ bound, readings }) => judgeReadings(bound, readings, this.#journeyEndAt));
  }
}
