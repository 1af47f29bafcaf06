/**
 * The temporal semantics once more, written from the design's sentences and from nothing else: each verdict is a statement about
 * sets of readings, none is a walk over them. It knows no values: a reading says true, false, unknown or denied.
 */
export type Says = 'true' | 'false' | 'unknown' | 'denied';

export interface Look {
  at: number;
  ms: number;
  phase: 'baseline' | 'watch' | 'poll' | 'settle' | 'final';
  says: Says;
}

export interface Case {
  looks: Look[];
  journeyEndAt: number | undefined;
  withinMs: number;
  settleMs: number;
  blindMs: number;
}

export type Answer = 'held' | 'held vacuously' | 'violated' | 'undecided';

/** A read that begins this late is still the one at the deadline. */
const GRACE = 100;

const byTime = (looks: Look[]): Look[] => [...looks].sort((a, b) => a.at - b.at);
const known = (look: Look): boolean => look.says === 'true' || look.says === 'false';

function parts({ looks, journeyEndAt }: Case) {
  const before = looks.filter((look) => look.phase === 'baseline' && (journeyEndAt === undefined || look.at + look.ms <= journeyEndAt));
  const after = journeyEndAt === undefined ? [] : byTime(looks.filter((look) => look.phase !== 'baseline' && look.at >= journeyEndAt));
  return { before, after };
}

/** "All invariants are read once more at the very end": the last look, known, and not before `from`. */
const endSays = (after: Look[], from: number): Says | undefined => {
  const last = after[after.length - 1];
  return last && known(last) && last.phase === 'final' && last.at >= from ? last.says : undefined;
};

/** "holds within the deadline and still holds after the settle window"; "if it already holds, the journey proves nothing". */
export function eventually(given: Case): Answer {
  const { before, after } = parts(given);
  if (before.some((look) => look.says === 'denied')) return 'undecided';
  if (given.journeyEndAt === undefined) return 'undecided';
  const deadline = given.journeyEndAt + given.withinMs;
  const refusedAt = after.findIndex((look) => look.says === 'denied');
  const until = refusedAt === -1 ? after : after.slice(0, refusedAt);

  const firstTrue = until.findIndex((look) => look.says === 'true');
  const untilTrue = firstTrue === -1 ? until : until.slice(0, firstTrue);
  const wasFalseAtDeadline = untilTrue.some((look) => look.says === 'false' && (look.at + look.ms >= deadline || look.phase === 'final'));
  if (wasFalseAtDeadline) return 'violated';
  const truth = until[firstTrue];
  if (!truth || truth.at > deadline + GRACE) return 'undecided';
  if (until.slice(firstTrue).some((look) => look.says === 'false')) return 'violated';
  if (refusedAt !== -1) return 'undecided';
  if (endSays(after, truth.at + truth.ms + given.settleMs) !== 'true') return 'undecided';
  if (!before.some(known)) return 'undecided';
  return before.some((look) => look.says === 'true') ? 'held vacuously' : 'held';
}

/** "no violating reading from before the first step to the end of the settle window"; blind for longer than allowed is undecided. */
export function always(given: Case): Answer {
  if (given.looks.some((look) => look.says === 'false')) return 'violated';
  if (given.looks.some((look) => look.says === 'denied')) return 'undecided';
  const { after } = parts(given);
  if (given.journeyEndAt === undefined || endSays(after, given.journeyEndAt + given.settleMs) !== 'true') return 'undecided';
  return blind(given.looks) > given.blindMs ? 'undecided' : 'held';
}

/** Time from the first failed look to the next that succeeded, over all such stretches; and silences of more than five seconds. */
export function blind(looks: Look[]): number {
  const all = byTime(looks);
  const seen = all.filter(known);
  let sum = 0;
  for (const [index, look] of seen.entries()) {
    const earlier = seen.slice(0, index);
    const seenUntil = Math.max(0, ...earlier.map(({ at, ms }) => at + ms));
    const place = all.indexOf(look);
    const previous = index === 0 ? -1 : all.indexOf(seen[index - 1]!);
    const failed = all.slice(previous + 1, place)[0];
    const silentUntil = failed ? failed.at : look.at;
    if (silentUntil - seenUntil > 5000) sum += silentUntil - seenUntil;
    if (failed) sum += look.at - failed.at;
  }
  return sum;
}

/** "same before and after", over values. */
export function unchanged(given: Case, valueOf: (look: Look) => string): Answer {
  const { before, after } = parts(given);
  if ([...before, ...after].some((look) => look.says === 'denied')) return 'undecided';
  const readable = byTime(before).filter(known);
  const start = readable[readable.length - 1];
  if (!start || given.journeyEndAt === undefined) return 'undecided';
  if (endSays(after, given.journeyEndAt + given.settleMs) === undefined) return 'undecided';
  return valueOf(start) === valueOf(after[after.length - 1]!) ? 'held' : 'violated';
}
