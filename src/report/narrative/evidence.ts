import type { Verdict } from '../../core/invariant.ts';
import { clip } from '../escape/visible.ts';
import type { AttemptStory } from '../story.ts';
import { sayAnswer } from '../value.ts';
import { sayChanges } from './changes.ts';
import { code, quote, type Span, spans } from './line.ts';

/** A background job that did not do its work, as some reading returned it. */
export interface JobEvidence {
  kind: string;
  state: 'failed' | 'waiting' | 'running';
  error?: string;
  attempts?: number;
  queue?: string;
  seq: number;
}

const FAILED = /^(failed|dead|errored|error|discarded|exhausted|killed|retryable)$/i;
const WAITING = /^(queued|waiting|pending|scheduled|delayed|ready|available|new)$/i;
const RUNNING = /^(running|active|started|processing|in_progress)$/i;

/** Jobs that the last readable answers of an attempt show as not done. Rows are known by their shape: a kind and a state, an error or attempts. */
export function jobsOf(attempt: AttemptStory): JobEvidence[] {
  const jobs = new Map<string, JobEvidence>();
  for (const invariant of attempt.invariants) {
    const last = invariant.readings.findLast((reading) => reading.unreadable === undefined);
    if (!last) continue;
    for (const row of rowsOf(last.value)) {
      const job = jobOf(row, last.seq);
      if (job) jobs.set(`${job.kind} ${job.state} ${String(row['id'] ?? '')}`, job);
    }
  }
  return [...jobs.values()];
}

function jobOf(row: Record<string, unknown>, seq: number): JobEvidence | undefined {
  const kind = textOf(row['kind'] ?? row['job'] ?? row['job_name'] ?? row['queue_job']);
  const error = textOf(row['error'] ?? row['last_error'] ?? row['failed_reason'] ?? row['failedReason']);
  const attempts = [row['attempts'], row['tries'], row['attempts_made']].find((value) => typeof value === 'number') as number | undefined;
  const status = textOf(row['status'] ?? row['state']);
  const looksLikeJob = kind !== undefined && (error !== undefined || attempts !== undefined || row['queue'] !== undefined);
  if (!looksLikeJob) return undefined;
  const state =
    status === undefined
      ? error
        ? 'failed'
        : undefined
      : FAILED.test(status)
        ? 'failed'
        : WAITING.test(status)
          ? 'waiting'
          : RUNNING.test(status)
            ? 'running'
            : undefined;
  if (!state) return undefined;
  const queue = textOf(row['queue']);
  return { kind, state, seq, ...(error ? { error } : {}), ...(attempts === undefined ? {} : { attempts }), ...(queue ? { queue } : {}) };
}

/** "job provision_workspace failed 3 times (“permission denied”)" */
export function sayJob(job: JobEvidence): Span[] {
  if (job.state !== 'failed') {
    const where = job.queue ? [' on queue ', code(job.queue)] : [];
    return [...spans`job ${code(job.kind)} is still ${job.state}`, ...where];
  }
  const times = job.attempts === undefined || job.attempts < 2 ? '' : job.attempts === 2 ? ' twice' : ` ${job.attempts} times`;
  return [
    ...spans`job ${code(job.kind)} failed`,
    ...(times ? [times] : []),
    ...(job.error ? [' (', quote(clip(job.error, 120)), ')'] : []),
  ];
}

/** What differs, in as few words as it takes: "role is viewer, expected editor". */
export function sayDifference(verdict: Pick<Verdict, 'says' | 'diff' | 'expected' | 'found' | 'value'>): Span[] {
  const late = latenessOf(verdict);
  if (late) return [`so it became only ${late.after} after the journey, and ${late.allowed} are allowed`];
  const wanted = /^count (\d+|[≥≤<>] \d+)$/.exec(verdict.expected)?.[1];
  if (wanted !== undefined && Array.isArray(verdict.value))
    return spans`found ${code(verdict.value.length === 0 ? 'none' : String(verdict.value.length))}, expected ${/^\d/.test(wanted) ? 'exactly ' : ''}${code(wanted)}`;
  if (/^none\b/.test(verdict.expected) && Array.isArray(verdict.value) && verdict.value.length > 0) {
    const telling = tellingPart(verdict.value[0], verdict.says);
    const count = verdict.value.length;
    if (telling === undefined) return spans`found ${code(String(count))}, expected ${code('none')}`;
    return spans`found ${count > 1 ? `${count}, the first ` : ''}${code(clip(sayAnswer(telling, 100), 100))}, expected ${code('none')}`;
  }
  const changes = /^the same as before\b/.test(verdict.expected) ? sayChanges(verdict.diff) : undefined;
  if (changes) return changes;
  const many = tooMany(verdict);
  if (many) return spans`found ${code(many.found)}, expected ${code(many.wanted)}`;
  const told = verdict.diff.map(parseDifference).filter((part) => part !== undefined);
  if (told.length > 0 && told.length === verdict.diff.length && told.length <= 6) {
    return told
      .slice(0, 2)
      .flatMap(({ field, expected, found }, index) => [
        ...(index > 0 ? ['; '] : []),
        `${field} is `,
        code(found),
        ', expected ',
        code(expected),
      ]);
  }
  const found = withoutPages(verdict.found)
    .replace(/^nothing \(\[\]\)/, 'nothing')
    .replace(/, although it held .+$/, '');
  return [...spans`found ${code(clip(found, 160))}, expected ${code(clip(verdict.expected, 160))}`];
}

/** Keys of no meaning to a person, times of no meaning here. */
const UNTELLING = /(?:^|_)(?:id|uuid|guid|key|token|hash|etag)$|Id$|(?:_at|At)$|^(?:at|date|time|timestamp|created|updated)$/;

/** Of something that should not be there: without its keys and times, its long texts, and what the sentence says already. */
function tellingPart(row: unknown, says: string): unknown {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return row;
  const telling = Object.entries(row).filter(
    ([name, value]) =>
      !UNTELLING.test(name) &&
      value !== null &&
      typeof value !== 'object' &&
      String(value).length <= 60 &&
      !(typeof value === 'string' && says.includes(value)),
  );
  return telling.length > 0 ? Object.fromEntries(telling.slice(0, 4)) : undefined;
}

/** "found 2 times plan: pro": the same thing too often is told by number, not row by row. */
function tooMany({ expected, value }: Pick<Verdict, 'expected' | 'value'>): { found: string; wanted: string } | undefined {
  if (!/^exactly (?:one|\d+): /.test(expected) || !Array.isArray(value) || value.length < 2) return undefined;
  const [first, ...others] = value.map((item) => JSON.stringify(item));
  const wanted = /^exactly (one|\d+)/.exec(expected)![1]!;
  if (wanted === String(value.length) || !others.every((item) => item === first)) return undefined;
  return { found: `${value.length} times ${clip(sayAnswer(value.slice(0, 1), 120), 120)}`, wanted: `exactly ${wanted}` };
}

const WORDS: Record<string, string> = {
  null: 'empty',
  'exists true': 'something',
  'exists false': 'nothing',
  'nothing (the field is missing)': 'missing',
  'nothing ([])': 'nothing',
};

const inWords = (text: string): string => WORDS[text] ?? text;

/** A whole page as a value tells a reader nothing. */
export const withoutPages = (text: string): string => text.replace(/"?<(?:!doctype|html)\b[\s\S]*$/i, 'an HTML page …');

/** The oracle's words for what came true after the business's deadline. */
export function latenessOf({ found }: Pick<Verdict, 'found'>): { after: string; allowed: string } | undefined {
  const match = /; it (?:held|was first seen to hold) (.+?) after the journey, later than the (.+?) allowed/.exec(found);
  return match ? { after: match[1]!, allowed: match[2]! } : undefined;
}

/** "[0].role: expected editor, found viewer". Only a named field reads well; rows and counts are told by found and expected. */
function parseDifference(line: string): { field: string; expected: string; found: string } | undefined {
  const match = /^(?:\$|row \d+)?\.?((?:\[\d+\]|[\w$-]+)(?:\.[\w$-]+|\[\d+\])*): expected (.+?), found (.+)$/.exec(line);
  const field = match?.[1]!.split('.').at(-1);
  if (!match || field === undefined || !/^[A-Za-z_]/.test(field)) return undefined;
  return { field: field.replace(/_/g, ' '), expected: clip(inWords(match[2]!), 60), found: clip(inWords(withoutPages(match[3]!)), 60) };
}

/** Objects anywhere in the first levels of an answer: rows, or a list under a key. */
function* rowsOf(value: unknown, depth = 0): Generator<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || depth > 3) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 200)) yield* rowsOf(item, depth + 1);
    return;
  }
  yield value as Record<string, unknown>;
  for (const item of Object.values(value)) if (item !== null && typeof item === 'object') yield* rowsOf(item, depth + 1);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
