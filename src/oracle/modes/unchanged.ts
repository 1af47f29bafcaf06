import { denied, type Judge, undecided } from '../finding.ts';
import { canonical, equal } from '../equal.ts';
import { isRecord } from '../expectation.ts';
import { sayValue } from '../say.ts';
import { finalOf, isReadable, whyUnreadable } from '../timeline.ts';

const EXPECTED = 'the same as before the first step';
const MOST_LINES = 20;

/** The same before the first step and at the very end. */
export const judgeUnchanged: Judge<'unchanged'> = (bound, timeline) => {
  const refusal = [...timeline.before, ...timeline.after].find((reading) => reading.denied);
  if (refusal) return denied(refusal);
  const start = timeline.before.findLast(isReadable);
  if (!start) {
    const unread = timeline.before.at(-1);
    return unread
      ? undecided('unreadable', `could not be read before the first step: ${whyUnreadable(unread)}`, unread)
      : undecided('no-readings', 'it was not read before the first step');
  }
  const final = finalOf(timeline, (timeline.journeyEndAt ?? 0) + bound.settleMs);
  if ('missing' in final) return { ...undecided(final.missing, final.why, final.reading), expected: EXPECTED };
  const { reading } = final;
  if (equal(start.value, reading.value))
    return {
      status: 'held',
      reason: 'same-before-and-after',
      expected: EXPECTED,
      found: `the same: ${sayValue(reading.value)}`,
      by: reading,
    };
  const diff = [...changesBetween(start.value, reading.value, '')];
  return {
    status: 'violated',
    reason: 'changed',
    expected: EXPECTED,
    found: diff.length > 3 ? `${diff.slice(0, 3).join('; ')}; and ${diff.length - 3} more` : diff.join('; '),
    diff: cutLines(diff),
    by: reading,
  };
};

/** "gone: {…}", "new: {…}", "[0].role: was editor, is viewer". Rows are told apart by their content, not by their place. */
export function* changesBetween(before: unknown, after: unknown, where: string): Generator<string> {
  if (equal(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) yield* listChanges(before, after, where);
  else if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* changesBetween(before[key], after[key], where ? `${where}.${key}` : key);
  } else yield `${where ? `${where}: ` : ''}was ${sayValue(before)}, is ${sayValue(after)}`;
}

function* listChanges(before: unknown[], after: unknown[], where: string): Generator<string> {
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length === 0 && come.length === 0) {
    yield `${where ? `${where}: ` : ''}the same ${before.length} in another order`;
    return;
  }
  if (gone.length === 1 && come.length === 1 && before.length === after.length) {
    yield* changesBetween(gone[0], come[0], `${where}[${before.indexOf(gone[0])}]`);
    return;
  }
  for (const item of gone) yield `${where ? `${where} ` : ''}gone: ${sayValue(item)}`;
  for (const item of come) yield `${where ? `${where} ` : ''}new: ${sayValue(item)}`;
}

/** The items of a list that another does not have, as often as it does not have them. */
function without(list: unknown[], other: unknown[]): unknown[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(canonical(item), (left.get(canonical(item)) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(canonical(item)) ?? 0;
    if (count > 0) left.set(canonical(item), count - 1);
    return count === 0;
  });
}

const cutLines = (lines: string[]): string[] =>
  lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more changes`] : lines;
