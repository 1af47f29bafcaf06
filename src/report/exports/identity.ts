import { createHash } from 'node:crypto';
import type { RunStory } from '../story.ts';

/** A UUID that the same parts always give: dashboards know an intent again, and a report written twice is one report. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Hex of `bytes` bytes, never all zero. */
export const hexOf = (bytes: number, ...parts: readonly string[]): string =>
  createHash('sha256')
    .update(parts.join('\u0000'))
    .digest('hex')
    .slice(0, bytes * 2)
    .replace(/^0+$/, '1'.padStart(bytes * 2, '0'));

/** Milliseconds since the run's start → Unix milliseconds. */
export function epochOf(story: RunStory, ms: number): number {
  const start = Date.parse(story.startedAt);
  return Math.round((Number.isFinite(start) ? start : 0) + ms);
}
