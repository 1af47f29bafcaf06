import type { VerdictReason } from '../../core/invariant.ts';
import { type Counted, counted } from '../counted.ts';
import { type BoundMode, type Finding, type Goal, undecided } from '../finding.ts';
import type { Match } from '../match.ts';
import { sayValue } from '../say.ts';
import { isReadable, type Timeline } from '../timeline.ts';

/** A number, or how many items there are, grows by exactly so much: twice is as wrong as never. */
export function increasesByGoal({ by }: BoundMode<'increases_by'>, timeline: Timeline): Goal | Finding {
  const start = timeline.before.findLast(isReadable);
  if (!start) return { expected: signed(by), test: anyAnswer };
  const from = counted(start.value);
  if (!from)
    return {
      ...undecided('invalid-expectation', `${sayValue(start.value)} before the first step, which is no number and no list`, start),
      expected: signed(by),
    };
  const target = from.n + by;
  return {
    expected: `${signed(by)}, from ${from.n} to ${target}`,
    test: (value) => increased(value, from, target),
    reasonFor: (value, otherwise) => reasonFor(counted(value), from, otherwise),
  };
}

/** Without a number from before the first step no number after it is wrong, and none is right: the judge asks for the baseline. */
const anyAnswer = (): Match => ({ ok: true, diff: [] });

function increased(value: unknown, from: Counted, target: number): Match {
  const now = counted(value);
  if (now?.of === from.of) return now.n === target ? { ok: true, diff: [] } : { ok: false, diff: [`expected ${target}, found ${now.n}`] };
  const hint = from.of === 'items' && now ? ' (to compare a number, pick it or select count(*))' : '';
  return {
    ok: false,
    diff: [`expected ${from.of === 'items' ? `${target} items` : `the number ${target}`}, found ${sayValue(value)}${hint}`],
  };
}

/** Still, or again, the old number is no increase at all; any other number is a wrong one. */
const reasonFor = (now: Counted | undefined, from: Counted, otherwise: VerdictReason): VerdictReason =>
  now?.of === from.of && now.n !== from.n ? 'wrong-increase' : otherwise;

const signed = (by: number): string => (by < 0 ? `decreases by ${-by}` : `increases by ${by}`);
