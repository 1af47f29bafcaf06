import type { AccessTry } from '../../core/invariant.ts';
import { type AccessValue, accessValue, answerOf, sayAnswer } from '../access-answer.ts';
import { equal } from '../equal.ts';
import { type BoundMode, denied, type Finding, type Judge, undecided } from '../finding.ts';
import { sayValue } from '../say.ts';
import { finalOf, isReadable, type Readable, type Timeline, whyUnreadable } from '../timeline.ts';

/** Refused to one, accepted from the other (the control), and what the refused request could have touched is untouched. */
export const judgeAccess: Judge<'access'> = (bound, timeline) => {
  const { mode } = bound;
  return { expected: `refused to ${who(mode.mayNot)}, accepted from ${who(mode.may)}`, ...judge(mode, bound.settleMs, timeline) };
};

function judge(mode: BoundMode<'access'>, settleMs: number, timeline: Timeline): Finding {
  const readable = timeline.after.filter(isReadable);
  const granted = readable.find(({ value }) => answerTo(mode.mayNot, accessValue(value).mayNot) === 'accepted');
  if (granted)
    return { status: 'violated', reason: 'access-granted', found: `${who(mode.mayNot)} got ${said(granted, 'mayNot')}`, by: granted };
  const start = timeline.before.findLast((reading): reading is Readable => isReadable(reading) && 'state' in accessValue(reading.value));
  const touched = start && readable.find((reading) => isTouched(reading, start));
  if (touched) return { status: 'violated', reason: 'state-touched', found: sayTouched(touched, start), by: touched };
  const refusal = [...timeline.before, ...timeline.after].find((reading) => reading.denied);
  if (refusal) return denied(refusal);
  if (mode.unchanged && !start) {
    const unread = timeline.before.at(-1);
    return undecided(
      unread ? 'unreadable' : 'no-readings',
      `the state before the first step ${unread ? `could not be read: ${whyUnreadable(unread)}` : 'was not read'}`,
      unread,
    );
  }
  const final = finalOf(timeline, (timeline.journeyEndAt ?? 0) + settleMs);
  if ('missing' in final) return undecided(final.missing, final.why, final.reading);
  return judgeFinal(mode, final.reading);
}

function judgeFinal(mode: BoundMode<'access'>, by: Readable): Finding {
  const value = accessValue(by.value);
  if (mode.unchanged && !('state' in value)) return undecided('no-readings', 'the state was not read after the refused request', by);
  const refused = answerTo(mode.mayNot, value.mayNot);
  if (refused !== 'refused')
    return undecided(refused ? 'unreadable' : 'no-readings', `${who(mode.mayNot)} ${unclear(value, 'mayNot')}`, by);
  const control = answerTo(mode.may, value.may);
  // What another control took away is not this one's refusal.
  if (control === 'refused' && value.after)
    return undecided(
      'invalid-expectation',
      `${who(mode.may)} got ${said(by, 'may')}, but only after the control of ${value.after.join(' and ')} was accepted, which may be why; let each control act on something of its own`,
      by,
    );
  if (control === 'refused')
    return { status: 'violated', reason: 'control-refused', found: `${who(mode.may)} is refused too: ${said(by, 'may')}`, by };
  if (control !== 'accepted') return undecided(control ? 'unreadable' : 'no-readings', `${who(mode.may)} ${unclear(value, 'may')}`, by);
  return {
    status: 'held',
    reason: 'refused-with-control',
    flipped: true,
    found: `${who(mode.mayNot)} got ${said(by, 'mayNot')}, ${who(mode.may)} got ${said(by, 'may')}`,
    by,
  };
}

const answerTo = (side: AccessTry, answer: AccessValue['may']) => (answer ? answerOf(side, answer) : undefined);

/** By the journey, when it is another one before the request than before the first step; by the request, when it is another one after it. */
function isTouched(reading: Readable, start: Readable): boolean {
  const value = accessValue(reading.value);
  return 'state' in value && !equal(value.state, 'before' in value ? value.before : stateOf(start));
}

function sayTouched(reading: Readable, start: Readable): string {
  const { before = stateOf(start), state, mayNot } = accessValue(reading.value);
  return `the state became ${sayValue(state)}, it was ${sayValue(before)}${mayNot ? `, although the request was answered ${sayAnswer(mayNot)}` : ' before the first step'}`;
}

const stateOf = (reading: Readable): unknown => accessValue(reading.value).state;

const said = (reading: Readable, side: 'may' | 'mayNot'): string => {
  const answer = accessValue(reading.value)[side];
  return answer ? sayAnswer(answer) : 'no answer';
};

function unclear(value: AccessValue, side: 'may' | 'mayNot'): string {
  const answer = value[side];
  if (!answer) return 'was not asked';
  if (answer.status === 401)
    return 'got 401 although it came with a session: is that still good? If 401 is the answer, list it under the request’s refused:';
  return `got ${sayAnswer(answer)}, which is neither a refusal nor a success; list it under the request's refused: or accepted:`;
}

const who = (side: AccessTry): string => (typeof side.as === 'string' && /^[\w-]{1,40}$/.test(side.as) ? side.as : 'a session');
