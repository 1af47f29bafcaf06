import { closeSync, createReadStream, fsync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type EventType, eventBody, JOURNAL_VERSION, type JournalEvent, type Subscriber } from '../core/events.ts';

const MAX_LINE_BYTES = 64 * 1024 * 1024;
const SYNC_AFTER: ReadonlySet<EventType> = new Set(['run-start', 'step-end', 'intent-end', 'run-end']);

/**
 * Appends events to a file, one JSON line each. Lines are handed to the system at once, so a killed process loses none;
 * they are forced to the disk at the end of every step, intent and run.
 * @throws when the file cannot be opened: a run without evidence must not begin.
 */
export function journalWriter(file: string): Subscriber {
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'a');
  let torn = false;
  let syncing = false;
  let again = false;
  let broken: unknown;
  let idle: (() => void) | undefined;

  const sync = (): void => {
    if (syncing) {
      again = true;
      return;
    }
    syncing = true;
    fsync(fd, (error) => {
      broken ??= error ?? undefined;
      syncing = false;
      if (again) {
        again = false;
        sync();
      } else idle?.();
    });
  };

  return {
    name: 'journal',
    on(event) {
      if (broken !== undefined) {
        const error = broken;
        broken = undefined;
        write(event);
        throw error;
      }
      write(event);
      if (SYNC_AFTER.has(event.type)) sync();
    },
    async close() {
      if (syncing)
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      try {
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      if (broken !== undefined) throw broken;
    },
  };

  function write(event: JournalEvent): void {
    const bytes = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(event)}\n`);
    torn = true;
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    torn = false;
  }
}

/** A line that is not an event of this version. */
export interface IgnoredLine {
  line: number;
  why: 'not-json' | 'cut-off' | 'foreign-version' | 'unknown-event' | 'malformed-event' | 'too-long';
}

/** Reads a journal line by line. Whatever cannot be an event is skipped and told to `onIgnored`, never trusted. */
export async function* readJournal(
  file: string,
  onIgnored: (ignored: IgnoredLine) => void = () => undefined,
): AsyncGenerator<JournalEvent> {
  let line = 0;
  for await (const { text, ended } of linesOf(file)) {
    line++;
    if (text === undefined) onIgnored({ line, why: 'too-long' });
    else if (text.trim() !== '') {
      const parsed = parseLine(text, ended);
      if (typeof parsed === 'string') onIgnored({ line, why: parsed });
      else yield parsed;
    }
  }
}

const EVENT_TYPES: ReadonlySet<string> = new Set(eventBody.options.map((option) => option.shape.type.value));

function parseLine(text: string, ended: boolean): JournalEvent | IgnoredLine['why'] {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return ended ? 'not-json' : 'cut-off';
  }
  if (raw === null || typeof raw !== 'object') return 'not-json';
  const { v, seq, time, t, type } = raw as Record<string, unknown>;
  if (v !== JOURNAL_VERSION) return 'foreign-version';
  if (typeof type !== 'string' || !EVENT_TYPES.has(type)) return 'unknown-event';
  if (typeof seq !== 'number' || typeof time !== 'string' || typeof t !== 'number') return 'malformed-event';
  const body = eventBody.safeParse(raw);
  return body.success ? Object.assign(body.data, { v: JOURNAL_VERSION, seq, time, t } as const) : 'malformed-event';
}

/** Split on line feeds only: JSON strings may hold U+2028, which `readline` would split on. */
async function* linesOf(file: string): AsyncGenerator<{ text: string | undefined; ended: boolean }> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const text = take(chunk.subarray(from, end));
      yield { text, ended: true };
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) yield { text: take(Buffer.alloc(0)), ended: false };

  function keep(part: Buffer): void {
    size += part.length;
    if (size <= MAX_LINE_BYTES) held.push(part);
    else held = [];
  }
  function take(part: Buffer): string | undefined {
    keep(part);
    const text = size > MAX_LINE_BYTES ? undefined : Buffer.concat(held).toString('utf8');
    held = [];
    size = 0;
    return text;
  }
}
