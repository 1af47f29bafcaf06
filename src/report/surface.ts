import { pathTemplate } from '../core/path-template.ts';
import { type Surface, tablesIn } from '../core/surface.ts';
import type { ProbeQuery } from '../core/invariant.ts';
import type { AttemptStory, InvariantStory } from './story.ts';

const ASSETS = new Set(['script', 'stylesheet', 'image', 'font', 'media', 'manifest']);

/** Most names kept of each kind: a footprint is kept for ever. */
const MOST = 200;

/** What of the application an attempt used: pages, requests, tables, jobs, events, mails, flags, sources of its front end. */
export function surfaceOf(attempt: AttemptStory, level: (text: string) => string): Surface {
  const routes = new Set<string>();
  const requests = new Set<string>();
  const flags = new Set<string>();
  for (const step of attempt.steps) {
    for (const { path } of step.looks) routes.add(pathTemplate(path.replace(/^https?:\/\/[^/]+/, '') || '/'));
    for (const { request } of step.requests) {
      if (!request.own || ASSETS.has(request.kind)) continue;
      const path = request.template.replace(/^https?:\/\/[^/]+/, '') || '/';
      if (request.kind === 'document') routes.add(path);
      requests.add(`${request.method} ${path}`);
    }
  }
  const tables = new Set<string>();
  const jobs = new Set<string>();
  const events = new Set<string>();
  const mails = new Set<string>();
  for (const invariant of attempt.invariants) {
    for (const query of queriesOf(invariant)) {
      const { probe, args } = query;
      if (probe === 'sql') for (const table of tablesIn(textOf(args['query']))) tables.add(table);
      if (probe === 'flags') for (const key of [args['key'], args['flag']]) if (typeof key === 'string') flags.add(key);
      for (const row of rowsOf(invariant)) {
        if (probe === 'mail') add(mails, typeof row['subject'] === 'string' ? level(row['subject']) : undefined);
        if (probe === 'events') for (const key of ['kind', 'type', 'name', 'event']) add(events, row[key]);
        if (probe === 'jobs' || 'queue' in row || 'attempts' in row) for (const key of ['kind', 'queue', 'job']) add(jobs, row[key]);
      }
      for (const name of ['queue', 'kind', 'subject', 'event', 'type']) {
        const named = args[name];
        if (probe === 'sql' || typeof named !== 'string' || named === '') continue;
        (name === 'subject' ? mails : name === 'queue' || probe === 'jobs' ? jobs : events).add(level(named));
      }
    }
  }
  const list = (names: Set<string>): string[] => [...names].toSorted().slice(0, MOST);
  return {
    routes: list(routes),
    requests: list(requests),
    tables: list(tables),
    jobs: list(jobs),
    events: list(events),
    mails: list(mails),
    flags: list(flags),
    sources: [...new Set(attempt.sources)].toSorted(),
  };
}

function queriesOf({ bound }: InvariantStory): ProbeQuery[] {
  // A journal may be of any age: what it does not tell is left out.
  const mode = bound?.mode as { query?: ProbeQuery; unchanged?: ProbeQuery } | undefined;
  return [mode?.query, mode?.unchanged].flatMap((query) => (query?.args === undefined ? [] : [query]));
}

/** Objects that any readable answer held, in its first levels. */
function rowsOf({ readings }: InvariantStory): Record<string, unknown>[] {
  return readings.flatMap(({ value }) => [...objectsIn(value)]);
}

function* objectsIn(value: unknown, depth = 0): Generator<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || depth > 3) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 50)) yield* objectsIn(item, depth + 1);
    return;
  }
  yield value as Record<string, unknown>;
  for (const item of Object.values(value)) if (Array.isArray(item)) yield* objectsIn(item, depth + 1);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function add(names: Set<string>, value: unknown): void {
  if (typeof value === 'string' && value !== '' && value.length < 120) names.add(value);
}
