import type { Conduct } from '../../core/decide.ts';
import type { Verdict } from '../../core/invariant.ts';
import { brokenPromise } from '../../core/broken-promise.ts';
import { formatDuration } from '../../core/duration.ts';
import { cameOutWrong } from '../../core/wrong-turn.ts';
import { clip } from '../escape/visible.ts';
import { brokenFrom, originOf } from '../origin.ts';
import { type AttemptStory, baselineOf, type IntentStory, lastAttempt, type StepStory, verdictsOf } from '../story.ts';
import { sameAnswer } from '../value.ts';
import { deed, failedDeed, stepAbout, whyNotDone } from './deed.ts';
import { jobsOf, sayDifference, sayJob } from './evidence.ts';
import { code, type Line, line, type Span, spans } from './line.ts';
import { sayFinding } from './parity.ts';
import { lowerFirst, negate, upperFirst } from './negate.ts';
import { lastNotice, noticesIn } from './notices.ts';

type Told = Verdict & { seq: number };

/** Every report says it, some of them twice; a story is not changed once it is told. */
const SAID = new WeakMap<IntentStory, Line>();

/** The first sentence of an intent's story: what is wrong, in business words, from facts alone. */
export function firstSentence(intent: IntentStory): Line {
  const known = SAID.get(intent);
  if (known) return known;
  const said = begin(intent);
  if (intent.ended) SAID.set(intent, said);
  return said;
}

function begin(intent: IntentStory): Line {
  const told = sentenceOf(intent);
  const [first, ...rest] = told.spans;
  const capital = typeof first === 'string' ? [upperFirst(first), ...rest] : told.spans;
  return { ...told, spans: closed(capital) };
}

function sentenceOf(intent: IntentStory): Line {
  const attempt = lastAttempt(intent);
  if (!attempt) return line()`was not run${intent.skipped === undefined ? ': the run ended before it was reached' : `: ${intent.skipped}`}`;
  if (!intent.ended) return interrupted(attempt);
  switch (intent.status) {
    case 'passed':
      return passed(attempt);
    case 'flaky':
      return flaky(intent);
    default:
      return redSentence(attempt);
  }
}

/** Of an attempt that did not pass. */
function redSentence(attempt: AttemptStory): Line {
  const told = outcome(attempt);
  const unfit = attempt.environment.filter(({ ok }) => !ok);
  if (unfit.length === 0) return told;
  // What was not there stands first: nobody should look for the rest in the product.
  return line(
    ...unfit.map(({ seq }) => seq),
    ...told.seqs,
  )`the environment was not fit (${unfit.map(({ says }) => negate(clip(says, 120))).join('; ')}): ${told.spans}`;
}

function outcome(attempt: AttemptStory): Line {
  switch (attempt.status) {
    case 'failed':
      return failed(attempt);
    case 'blocked':
      return blocked(attempt);
    case 'unproven':
      return unproven(attempt);
    case 'skipped':
      return line(attempt.seq)`was not reached: ${whyOf(attempt)}`;
    case undefined:
      return interrupted(attempt);
    default:
      return errored(attempt);
  }
}

/** Business facts first, in the order the team wrote them; what every journey has by default comes last. */
export function leadVerdict(verdicts: readonly Told[], status: Verdict['status']): Told | undefined {
  const those = verdicts.filter((verdict) => verdict.status === status);
  return those.find(({ builtin }) => !builtin) ?? those[0];
}

/** The step that the wrong answer goes back to, where one came; else the one that speaks of the same things. */
function stepBehind(verdict: Told, attempt: AttemptStory): StepStory | undefined {
  const invariant = attempt.invariants.find(({ id }) => id === verdict.invariant);
  const last = invariant?.readings.findLast(({ unreadable }) => unreadable === undefined);
  const came =
    invariant &&
    last &&
    invariant.readings.some(({ phase }) => phase === 'watch') &&
    !sameAnswer(last.value, baselineOf(invariant.readings));
  const origin = came ? (verdict.mode === 'always' || verdict.mode === 'unchanged' ? brokenFrom : originOf)(invariant, attempt) : undefined;
  return attempt.steps.find(({ index, actor }) => index === origin?.step && actor !== 'system') ?? stepAbout(verdict.says, attempt);
}

function failed(attempt: AttemptStory): Line {
  const lead = leadVerdict(verdictsOf(attempt), 'violated');
  if (!lead) return line(attempt.seq)`it failed: ${whyOf(attempt)}`;
  const behind = stepBehind(lead, attempt);
  const stopped = stoppedAt(attempt);
  // Who did not get on with it did not do it: told is what was done last before.
  const step =
    stopped && behind === stopped
      ? attempt.steps.findLast(({ index, actor, status }) => index < stopped.index && actor !== 'system' && status === 'done')
      : behind;
  const failedJob = jobsOf(attempt).find(({ state }) => state !== 'running');
  const because = failedJob && !isAbout(lead, failedJob.kind) ? [': ', ...sayJob(failedJob)] : [];
  const promise = promiseOf(attempt);
  const confirmed =
    promise && promise.verdict === lead && promise.step === step ? [' and the page said ', { quote: clip(promise.said, 120) }] : [];
  const start = step
    ? [deed(step), ...confirmed, ', but ']
    : attempt.conduct?.kind === 'carried-out'
      ? ['every step was carried out in the browser, but ']
      : [];
  const end = stopped && attempt.conduct?.kind !== 'carried-out' ? [`; ${failedDeed(stopped)}`] : [];
  return line(
    step?.seq,
    lead.seq,
    because.length > 0 ? failedJob?.seq : undefined,
    end.length > 0 ? stopped?.seq : undefined,
  )`${start}${wrongFact(lead, because)}${end}`;
}

/** The broken fact with what was found instead. */
function wrongFact(verdict: Told, because: Span[]): Span[] {
  const difference = sayDifference(verdict);
  switch (verdict.reason) {
    case 'did-not-stay':
      return [...spans`it did not stay true that ${lowerFirst(verdict.says)}: later `, ...difference, ...because];
    case 'access-granted':
      return spans`${negate(verdict.says)}: the request was accepted (${code(clip(verdict.found, 120))})`;
    case 'state-touched':
      return spans`${negate(verdict.says)}: ${clip(verdict.found, 240)}`;
    case 'control-refused':
      return spans`not even they who may can do it: ${code(clip(verdict.found, 160))}`;
    case 'wrong-start':
      return spans`it did not begin as expected: ${difference}`;
    default: {
      const withDifference = because.length > 0 ? [' (', ...difference, ')', ...because] : [': ', ...difference];
      return [negate(verdict.says), ...withDifference];
    }
  }
}

function isAbout(verdict: Told, kind: string): boolean {
  return JSON.stringify([verdict.found, verdict.diff]).includes(kind);
}

function blocked(attempt: AttemptStory): Line {
  const step = stoppedAt(attempt);
  const wrong = attempt.invariants.find(({ verdict, readings }) => verdict && cameOutWrong(verdict, baselineOf(readings)))?.verdict;
  if (wrong) return wrongOnTheWay(wrong, step, attempt);
  const promise = promiseOf(attempt);
  if (promise) return deniedOnTheWay(promise, step);
  const lead = leadVerdict(verdictsOf(attempt), 'violated');
  const already = verdictsOf(attempt).find(({ vacuous }) => vacuous);
  const missing =
    lead && !lead.builtin
      ? spans`; so far ${negate(lead.says)}`
      : already
        ? spans`; before the first step it was already so that ${lowerFirst(already.says)}`
        : [];
  if (!step) return line(attempt.seq, lead?.seq)`the journey was not carried out: ${whyOf(attempt)}${missing}`;
  const notice = lastNotice(step);
  const evidence = attempt.cause === 'product' || attempt.cause === 'environment' ? attempt.causeWhy : undefined;
  const said =
    notice && !step.why.includes(notice.text)
      ? [' (the page said ', { quote: clip(notice.text, 140) }, ')']
      : evidence && !step.why.includes(evidence) && !evidence.includes(step.why)
        ? [` (${clip(evidence, 160)})`]
        : [];
  return line(
    step.seq,
    attempt.seq,
    notice?.seq,
    lead?.seq,
  )`${failedDeed(step)}: ${step.why ? whyNotDone(step) : whyOf(attempt)}${said}${missing}`;
}

/** The business fact comes first; that the journey could not go on is what came of it. */
function wrongOnTheWay(wrong: Told, step: StepStory | undefined, attempt: AttemptStory): Line {
  const about = stepAbout(wrong.says, attempt);
  const start = about ? [deed(about), ', but '] : [];
  const end = step ? [`; ${failedDeed(step)}`] : [];
  return line(about?.seq, wrong.seq, step?.seq)`${start}${wrongFact(wrong, [])}${end}`;
}

/** The backend is wrong already, not only not there yet: it came out wrong, or denies what a page confirmed. */
export const isWrongAlready = (attempt: AttemptStory): boolean =>
  attempt.invariants.some(({ verdict, readings }) => verdict && cameOutWrong(verdict, baselineOf(readings))) ||
  promiseOf(attempt) !== undefined;

type Promised = NonNullable<ReturnType<typeof promiseOf>>;

/** What a page confirmed in this attempt and the backend denies. */
function promiseOf(attempt: AttemptStory): { verdict: Told; said: string; step: StepStory } | undefined {
  const promise = brokenPromise(
    verdictsOf(attempt),
    attempt.steps.map((step) => ({ status: step.status, notices: step.looks.flatMap((look) => noticesIn(step, look)) })),
  );
  return promise && { ...promise, step: attempt.steps[promise.step]! };
}

function deniedOnTheWay({ verdict, said, step: about }: Promised, step: StepStory | undefined): Line {
  const end = step ? [`; ${failedDeed(step)}`] : [];
  return line(about.seq, verdict.seq, step?.seq)`the page said ${{ quote: clip(said, 140) }}, but ${wrongFact(verdict, [])}${end}`;
}

/** The step at which the journey ended early. */
export const stoppedAt = (attempt: AttemptStory): StepStory | undefined =>
  attempt.steps.find(
    ({ status, began }) => status === 'gave-up' || status === 'out-of-budget' || status === 'fault' || (began && status === undefined),
  );

function errored(attempt: AttemptStory): Line {
  const { conduct } = attempt;
  const unknown = leadVerdict(verdictsOf(attempt), 'undecided');
  if (conduct?.kind !== 'errored' && unknown)
    return line(unknown.seq)`it is not known whether ${lowerFirst(unknown.says)}: ${whyUndecided(unknown)}`;
  if (conduct?.kind !== 'errored') return line(attempt.seq)`it could not be judged: ${whyOf(attempt)}`;
  const fixture = attempt.fixtures.find(({ ok, phase }) => !ok && phase !== 'undo');
  if (conduct.by !== 'fixture') return line(attempt.seq)`${BROKEN_OFF[conduct.by]}: ${clip(conduct.why, 240)}`;
  const why = clip(fixture?.error ?? conduct.why, 240);
  if (fixture?.phase === 'system') return line(fixture.seq)`the system step ${code(fixture.fixture)} could not be carried out: ${why}`;
  return line(
    fixture?.seq,
    attempt.seq,
  )`the starting state ${fixture ? code(fixture.fixture) : 'of the journey'} could not be made: ${why}`;
}

const BROKEN_OFF: Record<Exclude<Extract<Conduct, { kind: 'errored' }>['by'], 'fixture'>, string> = {
  model: 'the language model gave no usable answer, so the journey was not carried out',
  browser: 'the browser failed in the middle of the journey',
  environment: 'the environment was not fit for the journey',
  probe: 'the backend could not be asked',
  spec: 'The files of the intent do not fit together',
  harness: 'Intentwright itself failed',
};

/** Why a verdict could not be reached. */
export function whyUndecided(verdict: Verdict): Span[] {
  switch (verdict.reason) {
    case 'denied':
      return spans`the backend refused the credentials of its probe (${code(clip(verdict.found, 200))})`;
    case 'blind-too-long':
      return spans`it could not be watched for ${formatDuration(verdict.blindMs)}`;
    case 'no-readings':
      return ['it was never read'];
    case 'invalid-expectation':
      return spans`what it expects cannot be checked (${code(clip(verdict.found, 200))})`;
    case 'control-refused':
      return spans`the control request, by somebody who may, was refused too (${code(clip(verdict.found, 200))})`;
    default:
      return spans`it could not be read (${code(clip(verdict.found, 200))})`;
  }
}

function unproven(attempt: AttemptStory): Line {
  const verdicts = verdictsOf(attempt);
  const unmet = attempt.preconditions.find(({ met }) => !met);
  if (unmet) return line(unmet.seq)`nothing was proven, because the journey began in a wrong state: ${clip(unmet.why, 240)}`;
  if (verdicts.length === 0) return line(attempt.seq)`nothing was proven: the intent has no invariants`;
  const vacuous = verdicts.find((verdict) => verdict.vacuous);
  if (vacuous) return line(vacuous.seq)`nothing was proven: before the first step it was already true that ${lowerFirst(vacuous.says)}`;
  const doubt = attempt.doubts?.find(({ kind }) => kind !== 'others-too');
  if (attempt.reason === 'in-doubt' && doubt) return line(attempt.seq)`everything held, but that proves nothing: ${clip(doubt.says, 300)}`;
  const [unlike, ...others] = attempt.unlike ?? [];
  if (attempt.reason === 'unlike-production' && unlike)
    return line(
      attempt.seq,
    )`everything held here, but that proves nothing elsewhere: ${sayFinding(unlike)}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
  return line(attempt.seq)`nothing was proven: every invariant would also hold for somebody who does nothing`;
}

function passed(attempt: AttemptStory): Line {
  const proven = verdictsOf(attempt).filter(({ flipped, status }) => flipped && status === 'held');
  const lead = proven.find(({ builtin }) => !builtin) ?? proven[0];
  if (!lead) return line(attempt.seq)`all invariants held`;
  const step = stepAbout(lead.says, attempt);
  const others = verdictsOf(attempt).length - 1;
  const more = others === 0 ? '' : others === 1 ? '; one more invariant held' : `; ${others} more invariants held`;
  return line(step?.seq, lead.seq)`${step ? `${deed(step)}, and ` : 'every step was carried out, and '}${lowerFirst(lead.says)}${more}`;
}

function flaky(intent: IntentStory): Line {
  const bad = intent.attempts.findLast(({ status }) => status !== 'passed');
  if (!bad) return line()`it passed, but not reliably`;
  const why = redSentence(bad);
  return line(
    ...why.seqs,
    lastAttempt(intent)?.seq,
  )`passed only on attempt ${String(lastAttempt(intent)?.attempt)}${lastAttempt(intent)?.isolation ? ', alone after all others' : ''}; on attempt ${String(bad.attempt)} ${why.spans}`;
}

function interrupted(attempt: AttemptStory): Line {
  const step =
    attempt.steps.findLast(({ began, status }) => began && status === undefined) ??
    attempt.steps.findLast(({ status }) => status !== undefined);
  return step
    ? line(step.seq)`the run was interrupted while ${step.actor === 'system' ? 'the system' : step.actor} was at “${clip(step.text, 140)}”`
    : line(attempt.seq)`the run was interrupted before the first step`;
}

function whyOf(attempt: AttemptStory): string {
  const { conduct, reason } = attempt;
  return clip(conduct && 'why' in conduct ? conduct.why : (reason ?? 'for a reason that was not recorded'), 240);
}

function closed(parts: Span[]): Span[] {
  const last = parts.at(-1);
  if (typeof last !== 'string') return [...parts, '.'];
  return [...parts.slice(0, -1), /[.!?…]$/.test(last) ? last : `${last}.`];
}
