import { denied, type Judge, undecided } from '../finding.ts';
import { equal } from '../equal.ts';
import { differencesAt, linesOf } from '../match.ts';
import { sayValue } from '../say.ts';
import { finalOf, isReadable, whyUnreadable } from '../timeline.ts';

/** The same before the first step and at the very end. */
export const judgeUnchanged: Judge<'unchanged'> = (bound, timeline) => {
  const refusal = [...timeline.before, ...timeline.after].find((reading) => reading.denied);
  if (refusal) return denied(refusal);
  const start = timeline.before.findLast(isReadable);
  if (!start) {
    const unread = timeline.before.at(-1);
    return unread ? undecided('unreadable', `could not be read before the first step: ${whyUnreadable(unread)}`, unread) : undecided('no-readings', 'it was not read before the first step');
  }
  const expected = `unchanged: ${sayValue(start.value)}`;
  const final = finalOf(timeline, (timeline.journeyEndAt ?? 0) + bound.settleMs);
  if ('missing' in final) return { ...undecided(final.missing, final.why, final.reading), expected };
  const { reading } = final;
  if (equal(start.value, reading.value)) return { status: 'held', reason: 'same-before-and-after', expected, found: sayValue(reading.value), by: reading };
  return { status: 'violated', reason: 'changed', expected, found: sayValue(reading.value), diff: changesBetween(start.value, reading.value), by: reading };
};

/** Row by row where the shape allows; what was there is the expectation, read literally. */
function changesBetween(before: unknown, after: unknown): string[] {
  const lines = linesOf([...differencesAt(after, literally(before), '')]);
  return lines.length > 0 ? lines : [`expected ${sayValue(before)}, found ${sayValue(after)}`];
}

/** Data that must not be taken for operators. */
function literally(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(literally);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).map(([key, item]) => [key, literally(item)] as const);
  return fields.some(([key]) => OPERATOR_LIKE.test(key)) ? { eq: value } : Object.fromEntries(fields);
}

const OPERATOR_LIKE = /^(eq|ne|gte?|lte?|in|contains|matches|exists|absent|count|each|any|none|between|cel)$/;
