import { formatDuration } from '../../core/duration.ts';
import { denied, type Finding, type Judge, undecided } from '../finding.ts';
import { match } from '../match.ts';
import { sayExpectation, sayValue } from '../say.ts';
import { finalOf, isReadable, type Readable, type Timeline, whyUnreadable } from '../timeline.ts';
import { blindnessOf } from './blindness.ts';

/** No reading violates it, from before the first step to the end of the settle window, and it was not unseen for longer than allowed. */
export const judgeAlways: Judge<'always'> = (bound, timeline) => {
  const { expect } = bound.mode;
  const blindMs = blindnessOf(timeline);
  const broken = timeline.all.filter(isReadable).find((reading) => !match(reading.value, expect).ok);
  const finding = broken ? violatedBy(broken, expect) : unbroken(timeline, bound.settleMs, bound.blindMs, blindMs);
  return { expected: sayExpectation(expect), ...finding, blindMs };
};

function violatedBy(reading: Readable, expect: unknown): Finding {
  const early = reading.phase === 'baseline';
  return {
    status: 'violated',
    reason: early ? 'wrong-start' : 'violated-during',
    by: reading,
    diff: match(reading.value, expect).diff,
    found: `${sayValue(reading.value)}${early ? ', already before the first step' : ''}`,
  };
}

function unbroken(timeline: Timeline, settleMs: number, allowedMs: number, blindMs: number): Finding {
  const refusal = timeline.all.find((reading) => reading.denied);
  if (refusal) return denied(refusal);
  const last = timeline.all.at(-1);
  if (!last) return undecided('no-readings', 'it was never read');
  if (!timeline.all.some(isReadable)) return undecided('unreadable', `could never be read: ${whyUnreadable(last)}`, last);
  const final = finalOf(timeline, (timeline.journeyEndAt ?? 0) + settleMs);
  if ('missing' in final) return undecided(final.missing, final.why, final.reading);
  const { reading } = final;
  if (blindMs > allowedMs)
    return undecided(
      'blind-too-long',
      `${sayValue(reading.value)}, but it could not be watched for ${formatDuration(blindMs)}, longer than the ${formatDuration(allowedMs)} allowed`,
      reading,
    );
  return {
    status: 'held',
    reason: 'never-violated',
    found: `${sayValue(reading.value)}${blindMs > 0 ? `; unseen for ${formatDuration(blindMs)}` : ''}`,
    by: reading,
  };
}
