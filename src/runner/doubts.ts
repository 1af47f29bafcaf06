import type { Doubt } from '../core/doubt.ts';
import type { Intent, InvariantUse } from '../core/intent.ts';
import type { BoundInvariant, Invariant, Reading, Verdict } from '../core/invariant.ts';
import { heldBefore } from '../oracle/held-early.ts';
import { mayBeOfOthers } from '../oracle/own-run.ts';
import { type Belonging, belongingOf, seesOnlyItsOwn, sessionNames } from '../spec/belonging.ts';
import type { Doings } from './doings.ts';

/** A step that was only tried, and what it sent that was not clearly refused. */
export interface Tried {
  sentence: string;
  /** "POST /remove, answered 200" */
  sent?: string;
}

export interface DoubtsOptions {
  intent: Intent;
  attempt: number;
  intents: readonly Intent[];
  invariants: ReadonlyMap<string, Invariant>;
  bound: readonly BoundInvariant[];
  verdicts: readonly Verdict[];
  tried: readonly Tried[];
  doings: Doings;
  /** `clock.now()` when the baseline was about to be read, and when the journey ended. */
  baselineAt: number;
  journeyEndAt: number;
  /** When it first did something that can change anything; undefined when it never did. */
  actedAt: number | undefined;
  readingsOf(invariantId: string): readonly Reading[];
  /** The run goes on elsewhere, too: what others do there is not seen here. */
  elsewhere: boolean;
  /** An earlier attempt was begun elsewhere. */
  before: boolean;
}

/** What keeps verdicts that all held from being a pass. */
export const doubtsOf = (options: DoubtsOptions): Doubt[] => [
  ...tooEarly(options),
  ...notItsOwn(options),
  ...brokenByOthers(options),
  ...unprovenRefusals(options),
];

/** Invariants that were so before this journey did anything, or although it never did: a starting state that came late, or somebody else. Looking at a page changes nothing. */
function* tooEarly({ bound, verdicts, readingsOf, baselineAt, actedAt }: DoubtsOptions): Generator<Doubt> {
  for (const one of bound) {
    const verdict = verdicts.find(({ invariant }) => invariant === one.id);
    if (!verdict?.flipped || one.mode.kind === 'access' || (seesOnlyItsOwn(one.mode.query) && !mayBeOfOthers(one, readingsOf(one.id))))
      continue;
    if (actedAt === undefined)
      yield {
        kind: 'not-its-own',
        about: one.id,
        says: `${one.name} became true although this journey did nothing that could change anything: its starting state came late, or somebody else did it`,
      };
    else if (heldBefore(one, readingsOf(one.id), actedAt - baselineAt))
      yield {
        kind: 'not-its-own',
        about: one.id,
        says: `${one.name} became true before this journey did anything: its starting state came late, or somebody else did it`,
      };
  }
}

/** Invariants that became true while others, or an earlier attempt, were doing something too, and that ask for nothing of this one. */
function* notItsOwn(options: DoubtsOptions): Generator<Doubt> {
  const { intent, attempt, invariants, bound, verdicts, doings, baselineAt, journeyEndAt, elsewhere, before } = options;
  for (const [index, use] of intent.then.entries()) {
    const verdict = verdicts.find((one) => one.invariant === bound[index]?.id);
    const invariant = invariants.get(use.name);
    if (!verdict?.flipped || !invariant) continue;
    const belonging = belongingHere(use, invariant, bound[index]!, options);
    if (belonging === 'attempt') continue;
    const earlier = doings.earlier(intent.id, attempt);
    const meanwhile = belonging === 'words' ? [] : doings.others(intent.id, baselineAt, journeyEndAt + (verdict.convergedMs ?? 0));
    const late = belonging === 'words' ? [] : doings.unfinished(intent.id, baselineAt);
    const who =
      earlier !== undefined
        ? `attempt ${earlier} had done it before`
        : before
          ? 'an earlier attempt may have done it before'
          : meanwhile.length > 0
            ? `${listed(meanwhile)} ${meanwhile.length > 1 ? 'were' : 'was'} changing something at the same time`
            : late.length > 0
              ? `${listed(late)} had just ended without a pass: what was set going there may have come late`
              : belonging !== 'words' && elsewhere
                ? 'other machines carried out other intents on the same application'
                : undefined;
    if (who)
      yield {
        kind: 'not-its-own',
        about: verdict.invariant,
        says: `${verdict.name} asks for nothing that this attempt alone has, and ${who}`,
      };
  }
}

/** Whose doing it can be, by what this run knows: which outputs of fixtures no other attempt was given, and whether what was read names its run. */
function belongingHere(
  use: InvariantUse,
  invariant: Invariant,
  one: BoundInvariant,
  { intent, attempt, intents, doings, readingsOf }: DoubtsOptions,
): Belonging {
  const sessions = sessionNames(intent);
  // A session tells whose eyes see, and not what they see: that is as much an attempt's own as what else its fixture made.
  const owns = (name: string, asSession: boolean): boolean =>
    doings.ownOutputs(intent.id, attempt, asSession ? name.split('.')[0]! : name).some((path) => !asSession || !sessions.has(path));
  return belongingOf(
    use,
    invariant,
    intent,
    intents.filter(({ id }) => id !== intent.id),
    { owns, readsOfOthers: mayBeOfOthers(one, readingsOf(one.id)) },
  );
}

/** Invariants about everybody that were broken while others were at work: the verdict stands, and whose doing it was is not known. */
function* brokenByOthers({
  intent,
  intents,
  invariants,
  bound,
  verdicts,
  doings,
  baselineAt,
  journeyEndAt,
}: DoubtsOptions): Generator<Doubt> {
  const others = intents.filter(({ id }) => id !== intent.id);
  for (const [index, use] of intent.then.entries()) {
    const one = bound[index];
    const verdict = verdicts.find(({ invariant }) => invariant === one?.id);
    const invariant = invariants.get(use.name);
    if (
      !one ||
      !invariant ||
      verdict?.status !== 'violated' ||
      verdict.reason === 'wrong-start' ||
      belongingOf(use, invariant, intent, others) !== 'anybody'
    )
      continue;
    const meanwhile = doings.others(intent.id, baselineAt, journeyEndAt + one.withinMs);
    if (meanwhile.length > 0)
      yield {
        kind: 'others-too',
        about: one.id,
        says: `${verdict.name} asks about everybody, and ${listed(meanwhile)} ${meanwhile.length > 1 ? 'were' : 'was'} changing something at the same time: it may be their doing; let it ask about what is this journey's own, or give all of them the same locks:`,
      };
  }
}

/** A button that is hidden proves no refusal, nor does a message: an `access` invariant does, and that nothing came of the try, its `unchanged:`. */
function* unprovenRefusals({ bound, verdicts, tried }: DoubtsOptions): Generator<Doubt> {
  const proofs = bound.filter(
    ({ id, mode }) => mode.kind === 'access' && verdicts.some((verdict) => verdict.invariant === id && verdict.flipped),
  );
  for (const { sentence, sent } of tried) {
    if (proofs.length === 0)
      yield { kind: 'refusal', about: sentence, says: `“${sentence}” was tried, and no access invariant proves that it is refused` };
    else if (sent !== undefined && !proofs.some(({ mode }) => mode.kind === 'access' && mode.unchanged))
      yield {
        kind: 'refusal',
        about: sentence,
        says: `“${sentence}” was tried and sent ${sent}, and no access invariant says with unchanged: that nothing came of it`,
      };
  }
}

const MOST = 3;
const listed = (names: readonly string[]): string =>
  names.length > MOST ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more` : names.join(' and ');
