import { formatDuration } from '../../core/duration.ts';
import { cameOutWrong } from '../../core/wrong-turn.ts';
import { clip } from '../escape/visible.ts';
import { type AttemptStory, baselineOf, type InvariantStory, verdictsOf } from '../story.ts';
import { withoutPages } from './evidence.ts';
import { code, type Line, line, type Span, spans, strong } from './line.ts';
import { lowerFirst, upperFirst } from './negate.ts';
import { whyUndecided } from './sentence.ts';

/** Every broken invariant: expected, found, since when, how often it was read. */
export function sayBroken(attempt: AttemptStory): Line[] {
  const violated = attempt.invariants.filter(({ verdict }) => verdict?.status === 'violated');
  const missing = violated.filter((invariant) => isOnlyMissing(invariant, attempt));
  // Where all of it is only not there yet, that is what there is to tell.
  const aside = missing.length < violated.length ? missing : [];
  const facts = aside.flatMap(({ verdict }, index): Span[] => [...(index > 0 ? ['; '] : []), lowerFirst(verdict!.says)]);
  return [
    ...sayViolated(
      violated.filter((invariant) => !aside.includes(invariant)),
      attempt,
    ),
    ...(aside.length > 0
      ? [line(...aside.map(({ verdict }) => verdict!.seq))`Not there either, since the journey could not go on: ${facts}.`]
      : []),
  ];
}

/** The journey stopped before it, or in the middle of it: nobody can say that it would not have come. */
function isOnlyMissing({ verdict, readings }: InvariantStory, attempt: AttemptStory): boolean {
  return (
    verdict !== undefined &&
    attempt.conduct?.kind !== 'carried-out' &&
    verdict.reason === 'did-not-converge' &&
    !cameOutWrong(verdict, baselineOf(readings))
  );
}

function sayViolated(invariants: readonly InvariantStory[], attempt: AttemptStory): Line[] {
  return invariants.flatMap((invariant) => {
    const verdict = invariant.verdict!;
    const lines = [
      line(
        verdict.seq,
      )`Does not hold: ${strong(lowerFirst(verdict.says))} (${code(verdict.name)}). Expected ${code(clip(verdict.expected, 240))}, found ${code(clip(withoutPages(verdict.found), 240))}${sinceWhen(invariant, attempt)}; read ${times(verdict.readings)}${verdict.unreadable > 0 ? `, ${String(verdict.unreadable)} of them unreadable` : ''}.`,
    ];
    const cut = verdict.found.length > 200 || verdict.expected.length > 200;
    const differences = verdict.diff
      .slice(0, 5)
      .flatMap((difference, index): Span[] => [...(index > 0 ? ['; '] : []), code(clip(withoutPages(difference), 160))]);
    return cut && differences.length > 1
      ? [...lines, line(verdict.seq)`It differs in ${differences}${verdict.diff.length > 5 ? ` and ${verdict.diff.length - 5} more` : ''}.`]
      : lines;
  });
}

/** How long it has been wrong, on the readings' own time axis. */
function sinceWhen({ verdict, readings }: InvariantStory, attempt: AttemptStory): Span[] {
  const end = attempt.journeyEndAt;
  const last = readings.findLast((reading) => reading.unreadable === undefined);
  if (!verdict || !last) return [];
  if (verdict.reason === 'did-not-converge' && end !== undefined && last.at - end > 250)
    return spans` for all of the ${formatDuration(last.at - end)} after the journey`;
  if (verdict.decidedAt === undefined) return [];
  const when =
    end !== undefined && verdict.decidedAt >= end
      ? `${formatDuration(verdict.decidedAt - end)} after the journey's end`
      : `${formatDuration(verdict.decidedAt)} after the first reading`;
  return spans` since ${when}`;
}

/** Undecided, watched with gaps, or true from the start. */
export function sayUnjudged(attempt: AttemptStory): Line[] {
  return verdictsOf(attempt).flatMap((verdict) => {
    if (verdict.status === 'undecided')
      return [line(verdict.seq)`Not known: whether ${lowerFirst(verdict.says)}; ${whyUndecided(verdict)}.`];
    if (verdict.vacuous) return [line(verdict.seq)`Proves nothing: ${lowerFirst(verdict.says)}; it was already so before the first step.`];
    if (verdict.blindMs > 0) return [line(verdict.seq)`${upperFirst(verdict.says)}: not watched for ${formatDuration(verdict.blindMs)}.`];
    return [];
  });
}

/** What held, and how long it took. */
export function sayProven(attempt: AttemptStory): Line[] {
  return verdictsOf(attempt)
    .filter(({ status, vacuous }) => status === 'held' && !vacuous)
    .map((verdict) => {
      const took =
        verdict.convergedMs === undefined
          ? ''
          : verdict.convergedMs <= 0
            ? ', by the end of the journey'
            : `, ${formatDuration(verdict.convergedMs)} after the journey`;
      return line(verdict.seq)`${upperFirst(verdict.says)}${took}${verdict.flipped ? ' (was not so before)' : ''}.`;
    });
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
