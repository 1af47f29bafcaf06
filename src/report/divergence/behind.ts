import { formatDuration } from '../../core/duration.ts';
import { contentWords } from '../../core/content-words.ts';
import { cameOutWrong } from '../../core/wrong-turn.ts';
import { clip } from '../escape/visible.ts';
import { type Footprint, leveller } from '../footprint.ts';
import { stepAbout } from '../narrative/deed.ts';
import { sayDifference } from '../narrative/evidence.ts';
import { code, type Line, line, quote, type Span, spans } from '../narrative/line.ts';
import { lowerFirst } from '../narrative/negate.ts';
import { brokenFrom, originOf, stepsWithDeeds } from '../origin.ts';
import { type AttemptStory, baselineOf, type InvariantStory, type StepStory } from '../story.ts';
import { sayAnswer } from '../value.ts';

type Before = Footprint['invariants'][number];

/** What takes this much longer than before, and this much in any case, has not come, ms. */
const LATE = { factor: 2, ms: 500 };

/** What the backend came to otherwise than before, by the step that brought it about then. `same`: the browser did and saw the same. */
export function behind(green: Footprint, now: Footprint, attempt: AttemptStory, same: boolean): Line[] {
  const carriedOut = attempt.conduct?.kind === 'carried-out';
  const lines: Line[] = [];
  for (const invariant of attempt.invariants) {
    const [before, after] = [green, now].map(({ invariants }) => invariants.find(({ id }) => id === invariant.id));
    const { verdict, readings } = invariant;
    if (!before || !after || !verdict || verdict.status === 'held') continue;
    // What differs from run to run by design looks the same; the verdict tells it from what is wrong.
    const alike = before.last === after.last;
    if (alike && (verdict.status !== 'violated' || verdict.diff.length === 0)) continue;
    const given = givenIn(invariant, attempt, before.step);
    const at = given?.step ?? stepOf(before, invariant, attempt);
    if (!carriedOut && !cameOutWrong(verdict, baselineOf(readings)) && !isOverdue(before, invariant, attempt)) continue;
    const lead: Span[] = given
      ? spans`Step ${String(given.step.index + 1)}, which said ${quote(given.value)}: `
      : at
        ? spans`Step ${String(at.index + 1)}${same ? ' looked the same in the browser; behind it' : ''}: `
        : same && lines.length === 0
          ? ['The browser did and saw the same as before; the difference is behind it: ']
          : [];
    const took = before.lagMs ?? before.convergedMs;
    const then = code(clip(before.last, 120));
    const since = alike ? sayDifference(verdict) : spans`it is ${code(clip(after.last, 120))}`;
    const was = took !== undefined && took > 0 ? spans` came about after ${formatDuration(took)} (${then})` : spans`: it was ${then}`;
    const told = line(
      verdict.seq,
      readings.at(-1)?.seq,
    )`${lead}${lead.length > 0 ? 'that' : 'That'} ${lowerFirst(verdict.says)}${was}; now ${since}.`;
    lines.push(at ? { ...told, step: at.index } : told);
  }
  for (const job of now.jobs.filter(({ state }) => (carriedOut && same) || state === 'failed')) {
    if (!green.jobs.some(({ kind, state }) => kind === job.kind && state === job.state))
      lines.push(
        line(
          attempt.seq,
        )`${same && lines.length === 0 ? 'The browser did and saw the same as before; the difference is behind it: job' : 'Job'} ${code(job.kind)} is ${job.state}, which it was not before.`,
      );
  }
  return lines;
}

/**
 * The step in which the value was given that is wrong now, where a later one only carried it on: who invites says the role, who accepts does not.
 * Only a value that came out as another one tells: what is merely missing may have got lost anywhere.
 */
function givenIn(
  { verdict, readings }: InvariantStory,
  attempt: AttemptStory,
  broughtBy: number | undefined,
): { step: StepStory; value: string } | undefined {
  if (!verdict || broughtBy === undefined || !cameOutWrong(verdict, baselineOf(readings))) return undefined;
  const carrier = attempt.steps.find(({ index }) => index === broughtBy);
  for (const value of verdict.diff.flatMap((difference) => /: expected (.+), found /.exec(difference)?.[1] ?? [])) {
    const wanted = contentWords(value);
    const says = (step: StepStory): boolean => {
      const words = contentWords(step.text);
      return wanted.length > 0 && wanted.every((word) => words.includes(word));
    };
    const giver = attempt.steps.findLast((step) => step.index < broughtBy && step.status === 'done' && says(step));
    if (giver && carrier && !says(carrier)) return { step: giver, value: clip(value, 80) };
  }
  return undefined;
}

/**
 * The step that brought it about when it was right; for what only had to stay as it was, the step after which it did not.
 * What was right here, too, and then came to something else: the step that did that.
 */
function stepOf(before: Before, invariant: InvariantStory, attempt: AttemptStory): StepStory | undefined {
  const index =
    (wasRight(before, invariant, attempt) ? originOf(invariant, attempt)?.step : undefined) ?? before.step ?? brokenBy(invariant, attempt);
  return attempt.steps.find((step) => step.index === index && step.began);
}

function wasRight({ last }: Before, { readings }: InvariantStory, attempt: AttemptStory): boolean {
  const level = leveller(attempt);
  return readings.some(
    ({ phase, unreadable, value }) => phase !== 'baseline' && unreadable === undefined && level(sayAnswer(value, 200)) === last,
  );
}

function brokenBy(invariant: InvariantStory, attempt: AttemptStory): number | undefined {
  const watched = invariant.readings.some(({ phase }) => phase === 'watch');
  // Who only looked cannot have broken it, whatever their sentence speaks of.
  const able = stepsWithDeeds(attempt);
  const about = stepAbout(invariant.verdict?.says ?? '', {
    ...attempt,
    steps: attempt.steps.filter(({ index }) => able.has(index)),
  })?.index;
  const origin = (staysAsItWas(invariant) ? brokenFrom : originOf)(invariant, attempt)?.step;
  return watched ? (origin ?? about) : (about ?? origin);
}

const staysAsItWas = ({ verdict }: InvariantStory): boolean => verdict?.mode === 'always' || verdict?.mode === 'unchanged';

/** Somebody got stuck: what an earlier step brings about has had the time that it took before, and more. */
function isOverdue(before: Before, { readings }: InvariantStory, attempt: AttemptStory): boolean {
  const { step: index, lagMs } = before;
  const step = attempt.steps.find((one) => one.index === index);
  const last = readings.findLast(({ unreadable }) => unreadable === undefined);
  if (lagMs === undefined || step?.status !== 'done' || step.startedMs === undefined || !last || attempt.readingsFromMs === undefined)
    return false;
  return attempt.readingsFromMs + last.at - (step.startedMs + step.durationMs) > lagMs * LATE.factor + LATE.ms;
}
