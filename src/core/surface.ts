import { z } from 'zod';

const names = z.array(z.string()).default([]);

/** What of the application an intent was seen to use when it was green: kept in its footprint, and what selection compares changes with. */
export const surfaceSchema = z.object({
  /** Pages, as path templates. */
  routes: names,
  /** "POST /orders/:id": what pages and forms sent to the application's own origins. */
  requests: names,
  tables: names,
  /** Kinds of background jobs, and queues. */
  jobs: names,
  /** Kinds of events and audit entries. */
  events: names,
  /** Subjects of mails. */
  mails: names,
  flags: names,
  /** Source files of the front end that ran, by coverage and source maps. */
  sources: names,
});

export type Surface = z.infer<typeof surfaceSchema>;

export const emptySurface = (): Surface => surfaceSchema.parse({});

/** The tables that a statement names. */
export function tablesIn(sql: string): string[] {
  const found = sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .matchAll(
      /\b(?:from|join|into|update|table(?:\s+if\s+(?:not\s+)?exists)?|references)\s+(?:only\s+)?["'`[]?(?:[a-z_]\w*["'`\]]?\.["'`[]?)?([a-z_]\w*)/gi,
    );
  return [...new Set([...found].map((match) => match[1]!.toLowerCase()))].filter((name) => !SQL_WORDS.has(name));
}

const SQL_WORDS = new Set([
  'select',
  'where',
  'set',
  'values',
  'lateral',
  'unnest',
  'delete',
  'update',
  'conflict',
  'if',
  'only',
  'not',
  'exists',
  'as',
  'commit',
  'json_each',
]);
