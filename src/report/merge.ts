import { exitCodeOf } from '../core/decide.ts';
import { IntentwrightError } from '../core/errors.ts';
import { type EventBody, JOURNAL_VERSION, type JournalEvent } from '../core/events.ts';
import { countedStatuses } from '../core/quarantine.ts';
import { createFold } from './fold.ts';
import type { EventOf, PlannedIntent } from './story.ts';

/** One machine's part of a run, as its journal tells it. */
export interface Part {
  /** How people know it: its folder. */
  name: string;
  start: EventOf<'run-start'> & { shard: NonNullable<EventOf<'run-start'>['shard']> };
  /** Absent when the part was killed. */
  end?: EventOf<'run-end'>;
  /** The highest attempt at each intent. */
  attempts: Map<string, number>;
  /** Of its last event, ms since its start. */
  lastMs: number;
}

/** Reads what a merge must know of a part before it begins. @throws IntentwrightError USAGE when it is no part of a run */
export async function surveyPart(name: string, events: AsyncIterable<JournalEvent>): Promise<Part> {
  let start: EventOf<'run-start'> | undefined;
  let end: EventOf<'run-end'> | undefined;
  let lastMs = 0;
  const attempts = new Map<string, number>();
  for await (const event of events) {
    lastMs = Math.max(lastMs, event.t);
    if (event.type === 'run-start') start = event;
    else if (event.type === 'run-end') end = event;
    else if (event.type !== 'note-made' && 'intent' in event)
      attempts.set(event.intent, Math.max(attempts.get(event.intent) ?? 0, event.attempt));
  }
  if (!start) throw new IntentwrightError('USAGE', `${name} has no beginning: its journal cannot be merged`);
  const { shard } = start;
  if (!shard)
    throw new IntentwrightError('USAGE', `${name} is a run of its own, not a part of one`, {
      hint: 'parts are made by: intentwright run --shard 1/4',
    });
  return { name, start: { ...start, shard }, ...(end ? { end } : {}), attempts, lastMs };
}

/** Parts in the order they are told, and what is not there. */
export interface Joined {
  parts: Part[];
  /** Numbers of the shards that left no journal. */
  missingShards: number[];
  /** Ids that no part has planned. */
  missingIntents: string[];
  start: Extract<EventBody, { type: 'run-start' }>;
}

/**
 * Puts the parts of one run together. The same shard twice is a job that was run again: its attempts come after the earlier ones.
 * @throws IntentwrightError USAGE when they are not of one run
 */
export function joinParts(run: string, given: readonly Part[]): Joined {
  const parts = given.toSorted((a, b) => a.start.shard.index - b.start.shard.index || a.start.startedAt.localeCompare(b.start.startedAt));
  const [first] = parts;
  if (!first)
    throw new IntentwrightError('USAGE', 'there is nothing to merge', {
      hint: 'name the folders that the shards left, or one that holds them',
    });
  for (const part of parts) {
    const difference = differenceOf(first.start, part.start) ?? staleness(first, part);
    if (difference) throw new IntentwrightError('USAGE', `${first.name} and ${part.name} are not parts of one run: ${difference}`);
  }
  const { of, whole } = first.start.shard;
  const present = new Set(parts.map(({ start }) => start.shard.index));
  const missingShards = Array.from({ length: of }, (_, index) => index + 1).filter((index) => !present.has(index));
  const planned = new Map(parts.flatMap(({ start }) => start.intents.map((intent) => [intent.id, intent])));
  const missingIntents = whole.filter((id) => !planned.has(id));
  const lost =
    missingShards.length > 0
      ? `shard ${missingShards.join(' or ')} of ${of} left no journal`
      : 'the shards were cut differently: they did not know the same durations';
  const { v: _v, seq: _seq, time: _time, t: _t, shard: _shard, ...start } = first.start;
  return {
    parts,
    missingShards,
    missingIntents,
    start: {
      ...start,
      run,
      startedAt: parts.map((part) => part.start.startedAt).sort()[0]!,
      command: start.command.replace(/ --shard[= ]\S+/, ''),
      intents: whole
        .map(
          (id) =>
            planned.get(id) ?? {
              id,
              title: id,
              priority: 'normal',
              touches: [],
              where: { file: '', line: 0, col: 0 },
              steps: [],
              skipped: lost,
              lost: true,
            },
        )
        .concat(leftOut(planned.values(), whole)),
    },
  };
}

function differenceOf(a: Part['start'], b: Part['start']): string | undefined {
  if (a.shard.of !== b.shard.of) return `one is of ${a.shard.of} shards, the other of ${b.shard.of}`;
  if (a.target.name !== b.target.name) return `one ran against ${a.target.name}, the other against ${b.target.name}`;
  if (a.commit !== b.commit) return `one is of commit ${a.commit ?? '(none)'}, the other of ${b.commit ?? '(none)'}`;
  if (a.mode !== b.mode) return `one ran in mode ${a.mode}, the other in ${b.mode}`;
  return [...a.shard.whole].sort().join('\n') === [...b.shard.whole].sort().join('\n') ? undefined : 'they selected different intents';
}

/** Parts without a name of their whole that began so long apart are hardly of one run, ms. */
const LONGEST_APART_MS = 6 * 3_600_000;

/** A part that an earlier run of the same commit left behind would stand in for one that is lost. */
function staleness({ start: a }: Part, { start: b }: Part): string | undefined {
  if (a.whole !== b.whole) return `one is of ${a.whole ?? 'no run of CI'}, the other of ${b.whole ?? 'no run of CI'}`;
  const apart = Math.abs(Date.parse(a.startedAt) - Date.parse(b.startedAt));
  if (a.whole !== undefined || apart <= LONGEST_APART_MS) return undefined;
  return `they began ${Math.round(apart / 3_600_000)} hours apart, and neither says which run it is of; set INTENTWRIGHT_WHOLE to the same name on all machines of a run`;
}

/** Intents that a change did not reach: no shard's to run, and told by the first. */
const leftOut = (planned: Iterable<PlannedIntent>, whole: readonly string[]): PlannedIntent[] =>
  [...planned].filter(({ id, skipped }) => skipped !== undefined && !whole.includes(id));

/** The journal of the whole run. What is missing is said in it, and makes its exit code 3: nothing is known of it. */
export async function* mergedEvents(joined: Joined, eventsOf: (part: Part) => AsyncIterable<JournalEvent>): AsyncGenerator<JournalEvent> {
  const { parts, missingShards, missingIntents, start } = joined;
  const began = Date.parse(start.startedAt);
  const fold = createFold();
  let seq = 0;
  const stamped = (body: EventBody, time: string, t: number): JournalEvent => {
    const event: JournalEvent = { v: JOURNAL_VERSION, seq: seq++, time, t, ...body };
    fold.add(event);
    return event;
  };
  yield stamped(start, start.startedAt, 0);

  const before = new Map<string, number>();
  let lastMs = 0;
  let lastTime = start.startedAt;
  for (const part of parts) {
    const shift = Date.parse(part.start.startedAt) - began;
    lastMs = Math.max(lastMs, shift + (part.end?.durationMs ?? part.lastMs));
    for await (const { v: _v, seq: _seq, time, t, ...body } of eventsOf(part)) {
      if (time > lastTime) lastTime = time;
      if (body.type === 'run-start' || body.type === 'run-end') continue;
      const earlier = 'intent' in body && body.intent !== undefined ? (before.get(body.intent) ?? 0) : 0;
      yield stamped('attempt' in body && body.attempt !== undefined ? { ...body, attempt: body.attempt + earlier } : body, time, t + shift);
    }
    for (const [intent, attempts] of part.attempts) before.set(intent, (before.get(intent) ?? 0) + attempts);
  }

  for (const shard of missingShards)
    yield stamped(
      {
        type: 'note-made',
        level: 'error',
        code: 'SHARD_MISSING',
        message: `shard ${shard} of ${parts[0]!.start.shard.of} left no journal`,
      },
      lastTime,
      lastMs,
    );
  if (missingIntents.length > 0)
    yield stamped(
      { type: 'note-made', level: 'error', code: 'INTENTS_MISSING', message: `no shard ran ${missingIntents.join(', ')}` },
      lastTime,
      lastMs,
    );
  const interrupted = parts.find(({ end }) => !end || end.interrupted !== undefined);
  const browser = parts.find(({ end }) => end?.browser)?.end?.browser;
  const { whole } = parts[0]!.start.shard;
  const known = exitCodeOf(countedStatuses(fold.story().intents.filter(({ id }) => whole.includes(id))));
  const exitCode = missingShards.length > 0 || missingIntents.length > 0 ? 3 : interrupted ? known || 3 : known;
  yield stamped(
    {
      type: 'run-end',
      exitCode,
      durationMs: lastMs,
      ...(interrupted ? { interrupted: interrupted.end?.interrupted ?? 'killed' } : {}),
      ...(browser ? { browser } : {}),
    },
    lastTime,
    lastMs,
  );
}
