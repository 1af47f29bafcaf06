import type { RequestSeen } from './action.ts';
import { brokenPromise } from './broken-promise.ts';
import type { Cause, Conduct, Status } from './decide.ts';
import type { Doubt } from './doubt.ts';
import { formatDuration } from './duration.ts';
import type { Verdict } from './invariant.ts';
import { whyLost } from './lost-control.ts';
import { cameOutWrong } from './wrong-turn.ts';

/** One step, as far as a cause can be read from it. */
export interface StepFacts {
  actor: string;
  text: string;
  status: 'done' | 'refused' | 'gave-up' | 'out-of-budget' | 'fault' | 'not-reached';
  why: string;
  requests: readonly Pick<RequestSeen, 'method' | 'template' | 'status' | 'failed' | 'own' | 'changes' | 'kind'>[];
  /** What the page told the person, in order. */
  notices: readonly { kind: string; text: string }[];
  /** Why actions did not work: "covered", "disabled" … */
  misses: readonly string[];
  /** Pages on which the person found themselves: where it began, and where an action led that was not meant to go there. */
  foundAt: readonly string[];
  /** Agents that handed this step over, cheapest first, with why. */
  handedOver: readonly { agent: string; why: string }[];
}

/** Everything the rules look at. Small and plain, so that the runner and an offline recheck can both fill it in. */
export interface CauseFacts {
  status: Status;
  conduct: Conduct;
  verdicts: readonly (Pick<Verdict, 'name' | 'says' | 'status' | 'reason' | 'mode' | 'builtin' | 'vacuous' | 'found'> &
    Partial<Pick<Verdict, 'invariant' | 'diff' | 'value' | 'unreadable' | 'blindMs'>>)[];
  /** Invariant id → what was read before the first step. */
  baselines?: Readonly<Record<string, unknown>>;
  fixtures: readonly { fixture: string; phase: string; ok: boolean; error?: string }[];
  preconditions: readonly { met: boolean; why: string }[];
  /** What the config asks of the environment, asked after the fact. */
  environment: readonly { says: string; ok: boolean; why: string }[];
  steps: readonly StepFacts[];
  /** A lockfile told the way at the start: what cannot be found now was there once. */
  hadLockfile: boolean;
  /** What keeps a pass from counting: systems that are not as in the environment it is to speak for. */
  unlike?: readonly { fact: string; says: string }[];
  /** What else keeps it from counting. */
  doubts?: readonly Doubt[];
}

/** The cause and the evidence it rests on, in one line. */
export interface CauseFound {
  cause: Cause;
  why: string;
}

/** Is it the product, the interface, the environment or the test? By rules, in order; undefined for what passed or was not run. */
export function causeOf(facts: CauseFacts): CauseFound | undefined {
  switch (facts.status) {
    case 'passed':
    case 'flaky':
    case 'skipped':
      return undefined;
    case 'errored':
      return unfit(facts) ?? ofFixture(facts) ?? ofError(facts);
    case 'unproven':
      return unfit(facts) ?? ofUnproven(facts);
    case 'blocked':
      return unfit(facts) ?? unseen(facts) ?? ofBlocked(facts);
    case 'failed':
      return unfit(facts) ?? unseen(facts) ?? ofFailed(facts);
  }
}

/** Something that every journey needs is not there: whatever went wrong, that comes first. */
function unfit({ environment }: CauseFacts): CauseFound | undefined {
  const wrong = environment.find(({ ok }) => !ok);
  return wrong && { cause: 'environment', why: `it is not so that ${wrong.says}: ${wrong.why}` };
}

/** A backend that cannot be read explains a journey that broke off and errors of the application, but nothing that it was seen to hold. */
function unseen({ verdicts, baselines = {} }: CauseFacts): CauseFound | undefined {
  // A gap in which nobody read, because this machine was busy, says nothing about the backend.
  const blind = verdicts.find(
    ({ status, reason, unreadable = 1 }) =>
      status === 'undecided' && (reason === 'unreadable' || (reason === 'blind-too-long' && unreadable > 0)),
  );
  if (
    !blind ||
    verdicts.some((verdict) => verdict.invariant !== undefined && cameOutWrong({ diff: [], ...verdict }, baselines[verdict.invariant]))
  )
    return undefined;
  return { cause: 'environment', why: `a backend could not be asked: invariant ${blind.name} ${blind.found}` };
}

const BY_FAULT: Record<Extract<Conduct, { kind: 'errored' }>['by'], [cause: Cause, lead: string]> = {
  fixture: ['fixture', ''],
  model: ['model', ''],
  spec: ['spec', ''],
  harness: ['agent', 'a fault of Intentwright itself: '],
  browser: ['environment', 'the browser failed: '],
  probe: ['environment', 'a backend could not be asked: '],
  environment: ['environment', ''],
};

/** A starting state that could not be made. */
function ofFixture({ conduct, fixtures }: CauseFacts): CauseFound | undefined {
  const fixture = fixtures.find(({ ok, phase }) => !ok && phase !== 'undo');
  if (conduct.kind !== 'errored' || conduct.by !== 'fixture' || !fixture) return undefined;
  const why = fixture.error ?? conduct.why;
  return { cause: 'fixture', why: why.startsWith(`fixture ${fixture.fixture} failed`) ? why : `fixture ${fixture.fixture} failed: ${why}` };
}

function ofError({ conduct, verdicts }: CauseFacts): CauseFound {
  if (conduct.kind === 'errored') {
    const [cause, lead] = BY_FAULT[conduct.by];
    return { cause, why: lead + conduct.why };
  }
  const undecided = verdicts.find(({ status }) => status === 'undecided');
  if (undecided?.reason === 'invalid-expectation')
    return { cause: 'spec', why: `invariant ${undecided.name} expects something that cannot be checked: ${undecided.found}` };
  if (undecided?.reason === 'denied')
    return { cause: 'environment', why: `the backend refused the credentials of invariant ${undecided.name}: ${undecided.found}` };
  if (undecided?.reason === 'control-refused')
    return { cause: 'fixture', why: `the control of invariant ${undecided.name}, somebody who may, was refused: ${undecided.found}` };
  if (undecided?.reason === 'blind-too-long' && undecided.unreadable === 0)
    return {
      cause: 'environment',
      why: `this machine was too busy to watch invariant ${undecided.name} throughout: nothing was read for ${formatDuration(undecided.blindMs ?? 0)}`,
    };
  return {
    cause: 'environment',
    why: undecided ? `invariant ${undecided.name} could not be read: ${undecided.found}` : 'the backend could not be read',
  };
}

function ofUnproven({ verdicts, preconditions, unlike = [], doubts = [] }: CauseFacts): CauseFound {
  const unmet = preconditions.find(({ met }) => !met);
  if (unmet) return { cause: 'fixture', why: `a precondition is not met: ${unmet.why}` };
  const vacuous = verdicts.find((verdict) => verdict.vacuous);
  if (vacuous) return { cause: 'spec', why: `invariant ${vacuous.name} was already true before the first step` };
  const doubt = doubts.find(({ kind }) => kind !== 'others-too');
  if (doubt) return { cause: 'spec', why: doubt.says };
  if (unlike[0])
    return { cause: 'environment', why: `the environment is not like the one it is to speak for: ${unlike[0].fact}: ${unlike[0].says}` };
  return {
    cause: 'spec',
    why: verdicts.length === 0 ? 'the intent has no invariants' : 'no invariant of the intent would notice somebody who does nothing',
  };
}

function ofBlocked(facts: CauseFacts): CauseFound {
  const { conduct, steps, hadLockfile, verdicts } = facts;
  const by = conduct.kind === 'blocked' ? conduct.by : 'gave-up';
  if (by === 'stale-lockfile')
    return { cause: 'interface-changed', why: conduct.kind === 'blocked' ? conduct.why : 'the lockfile no longer fits' };
  const at = steps.findIndex(({ status }) => status === 'gave-up' || status === 'out-of-budget' || status === 'fault');
  const step = steps[at];
  const broken = brokenProduct(steps.slice(0, at === -1 ? steps.length : at + 1)) ?? wrongTurn(facts);
  if (broken) return broken;
  if (by === 'error-page') return { cause: 'product', why: step?.why ?? 'the application showed an error page' };
  const held = step && withheld(step);
  if (held) return held;
  if (by === 'budget' && !/went round in circles/.test(step?.why ?? ''))
    return { cause: 'budget', why: conduct.kind === 'blocked' ? conduct.why : 'the budget ended' };
  if (by === 'ambiguous-commit') return { cause: 'environment', why: step?.why ?? 'a request may or may not have arrived' };
  if (by === 'ambiguous-target')
    return { cause: hadLockfile ? 'interface-changed' : 'spec', why: step?.why ?? 'two controls fit equally well' };
  const already = verdicts.find(({ vacuous }) => vacuous);
  if (already) return { cause: 'fixture', why: `before the first step it was already so: ${already.says}` };
  if (hadLockfile && step)
    return {
      cause: 'interface-changed',
      why: `the recorded way no longer works (${whyLost(step.handedOver) ?? step.why}) and no other was found`,
    };
  return { cause: 'agent', why: step?.why ?? (conduct.kind === 'blocked' ? conduct.why : 'the journey was not carried out') };
}

/** A server that answered with a fault of its own, led to a page that is not there, or could not be reached. The latest one counts. */
function brokenProduct(steps: readonly StepFacts[]): CauseFound | undefined {
  const own = steps.flatMap(({ requests }) => requests).filter((request) => request.own);
  const fault = own.findLast(({ status }) => (status ?? 0) >= 500);
  if (fault) {
    const gateway = fault.status === 502 || fault.status === 503 || fault.status === 504;
    return { cause: gateway ? 'environment' : 'product', why: `${fault.method} ${fault.template} answered ${fault.status}` };
  }
  const missing = steps
    .filter(({ status }) => status !== 'refused')
    .flatMap(({ requests }) => requests)
    .findLast(({ own: mine, kind, status }) => mine && kind === 'document' && (status === 404 || status === 410));
  if (missing) return { cause: 'product', why: `${missing.method} ${missing.template} answered ${missing.status}` };
  const unreachable = own.findLast(({ failed, kind }) => failed !== undefined && kind === 'document' && !/ABORTED/i.test(failed));
  return unreachable
    ? { cause: 'environment', why: `${unreachable.method} ${unreachable.template} got no answer: ${unreachable.failed}` }
    : undefined;
}

/** The backend came to something wrong, or denied what a page confirmed, before the person could not go on: that is why, or it comes first. */
function wrongTurn({ verdicts, steps, baselines = {} }: CauseFacts): CauseFound | undefined {
  // A backend that others use too may change while nobody in this journey touches it.
  const touched = steps.some(({ actor, requests }) => actor === 'system' || requests.some(({ own, changes }) => own && changes));
  const wrong = touched
    ? verdicts.find((verdict) => verdict.invariant !== undefined && cameOutWrong({ diff: [], ...verdict }, baselines[verdict.invariant]))
    : undefined;
  if (wrong)
    return {
      cause: 'product',
      why: `invariant ${wrong.name} came out wrong on the way: ${wrong.diff?.[0]?.replace(/^(?:\[\d+\]\.?)+(?=\w)/, '') ?? wrong.found}`,
    };
  const promise = brokenPromise(verdicts, steps);
  return promise && { cause: 'product', why: `the page said “${promise.said}”, but invariant ${promise.verdict.name} does not hold` };
}

const SAYS_NO =
  /\b(?:not allowed|forbidden|denied|permission|unauthori[sz]ed|not authori[sz]ed|cannot|can't|could not|couldn't|failed|error|went wrong|expired|unavailable|try again|no longer|declined|limit|is over|has ended|timed out|not found|does not exist|refused|sorry|unable)\b/i;
/** The loop detector's words for a page that was reloaded or waited for over and over, and the agents' for what never came. */
export const WAITED_IN_VAIN = /went round in circles: (?:reload|wait)|it did not come to be so\b/;
const SIGN_IN = /\b(?:log|sign)[ -]?(?:in|on)\b/i;
const isSignIn = (path: string): boolean => SIGN_IN.test(path.replace(/\?.*$/, '').replace(/[/_]/g, ' '));

/** Going to sign in is the person's own doing where the control that they used speaks of it, or where they only went back. */
export const ledByItself = (line: string | undefined): boolean =>
  line === undefined || !(SIGN_IN.test(line) || /^(?:go back|go to|reload|scroll)\b/i.test(line));

/** What the application itself kept the person from: a refusal, an alert, a lost session, a covered or disabled control, a mail that never came. */
function withheld(step: StepFacts): CauseFound | undefined {
  const refused = step.requests.findLast(
    ({ own, status, kind, changes }) => own && (changes || kind === 'document') && [401, 402, 403, 404, 409, 410].includes(status ?? 0),
  );
  if (refused) return { cause: 'product', why: `${refused.method} ${refused.template} answered ${refused.status}` };
  const alert = step.notices.findLast(({ kind, text }) => kind === 'error-page' || (kind === 'alert' && SAYS_NO.test(text)));
  if (alert) return { cause: 'product', why: `the page said “${alert.text}”` };
  const door = SIGN_IN.test(step.text) ? undefined : step.foundAt.find(isSignIn);
  if (door !== undefined)
    return { cause: 'product', why: `the application asked to sign in (${door.replace(/\?.*$/, '')}) in the middle of the journey` };
  if (WAITED_IN_VAIN.test(step.why))
    return { cause: 'product', why: 'what the step waits for never came, however often the page was looked at again' };
  if (/\bno mail\b/i.test(step.why)) return { cause: 'product', why: step.why };
  // What covers a control out of the dialog that both stand in is something that was opened there: a list, by whoever acts.
  if (/ in the dialog (“[^”]+”)(?:,.*)? is covered by dialog \1/.test(step.why)) return undefined;
  const miss = step.misses.at(-1);
  if (miss === 'covered' || miss === 'disabled' || /\bis (?:covered by|disabled)\b/.test(step.why))
    return { cause: 'product', why: step.why || `a control was ${miss}` };
  return undefined;
}

function ofFailed({ verdicts, steps, conduct, doubts = [] }: CauseFacts): CauseFound {
  const violated = verdicts.filter(({ status }) => status === 'violated');
  const shared = violated.map(({ invariant }) => doubts.find(({ kind, about }) => kind === 'others-too' && about === invariant));
  if (shared[0] && shared.every((doubt) => doubt !== undefined)) return { cause: 'spec', why: shared[0].says };
  const lead = violated.find(({ builtin }) => !builtin) ?? violated[0];
  // Nobody's journey made it so: an earlier run left a flag set, a job failed.
  const wrongStart = violated.find(({ reason }) => reason === 'wrong-start');
  if (wrongStart && violated.every(({ reason }) => reason === 'wrong-start'))
    return { cause: 'fixture', why: `invariant ${wrongStart.name} did not begin as expected: ${wrongStart.found}` };
  const fault = brokenProduct(steps);
  const changing = steps.some(({ requests }) => requests.some(({ own, changes }) => own && changes));
  const silent = violated.every(({ reason }) => reason === 'did-not-converge') && conduct.kind === 'carried-out' && !changing;
  const praised = steps.some(({ notices }) => notices.some(({ kind }) => kind === 'toast' || kind === 'status'));
  if (silent && !praised)
    return { cause: 'agent', why: 'the journey sent no request that could change anything, and the page confirmed nothing' };
  const also = fault ? `; ${fault.why}` : '';
  return {
    cause: fault?.cause === 'environment' ? 'environment' : 'product',
    why: lead
      ? `invariant ${lead.name} is violated although the journey was ${conduct.kind === 'carried-out' ? 'carried out' : 'not carried out'}${also}`
      : `an invariant is violated${also}`,
  };
}
