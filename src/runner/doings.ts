import type { ActionKind } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Status } from '../core/decide.ts';
import type { AttemptEvent } from '../journey/say.ts';
import type { Oracle } from '../oracle/watch.ts';
import { systemDeedOf } from '../spec/system-step.ts';

/** Since when an attempt may have been changing the application's state, and until when. */
interface Doing {
  intent: string;
  attempt: number;
  since: number;
  /** When it ended, with all that it set going and took down; undefined while it goes on. */
  until?: number;
  /** When its journey first did something, and not only its starting state. */
  actedAt?: number;
  /** It ended without a pass: what it set going may still come. */
  open?: boolean;
}

/** Ends after which what was wanted may still come about. */
const MAY_COME_LATE: ReadonlySet<Status> = new Set<Status>(['failed', 'blocked', 'errored']);

/** How long after its end what an attempt set going may still come, where it did not pass, ms. */
const LATE_MS = 60_000;

/** What the attempts of a run did, and when, in this process: so that nobody is given credit for what another one did. Times are the clock's. */
export class Doings {
  readonly #doings = new Map<string, Doing>();
  /** What fixtures gave each attempt: dotted names and values. */
  readonly #given = new Map<string, ReadonlyMap<string, string>>();

  /** An attempt begins to make its starting state. */
  begin(intent: string, attempt: number, now: number): void {
    this.#of(intent, attempt, now);
  }

  /** Its fixtures are made: `outputs` by alias. */
  give(intent: string, attempt: number, outputs: Record<string, unknown>): void {
    this.#given.set(keyOf(intent, attempt), new Map(leavesOf(outputs)));
  }

  /** Values that its fixtures gave an attempt and no other one of this run: what begins with a dotted name. */
  ownOutputs(intent: string, attempt: number, name: string): string[] {
    const key = keyOf(intent, attempt);
    const elsewhere = new Set([...this.#given].flatMap(([other, outputs]) => (other === key ? [] : [...outputs.values()])));
    return [...(this.#given.get(key) ?? [])]
      .filter(([path, value]) => (path === name || path.startsWith(`${name}.`)) && !elsewhere.has(value))
      .map(([path]) => path);
  }

  /** Takes note of what an attempt says of itself at `now`, where that can change more than a page. */
  hear(intent: string, attempt: number, body: AttemptEvent, now: number): void {
    const since = actsSince(body);
    if (since !== undefined) {
      const doing = this.#of(intent, attempt, now - since);
      doing.actedAt = Math.min(doing.actedAt ?? Number.POSITIVE_INFINITY, now - since);
    } else if (body.type === 'decision-made' && body.does !== undefined && !LOOKS.has(body.does)) this.#of(intent, attempt, now);
    else if (body.type === 'intent-end') {
      const doing = this.#doings.get(keyOf(intent, attempt));
      if (doing) Object.assign(doing, { until: now, open: MAY_COME_LATE.has(body.status) });
    }
  }

  #of(intent: string, attempt: number, at: number): Doing {
    const key = keyOf(intent, attempt);
    const doing = this.#doings.get(key) ?? { intent, attempt, since: at };
    doing.since = Math.min(doing.since, at);
    this.#doings.set(key, doing);
    return doing;
  }

  /** When an attempt's journey first did something. */
  firstOf(intent: string, attempt: number): number | undefined {
    return this.#doings.get(keyOf(intent, attempt))?.actedAt;
  }

  /** Other intents that may have changed something between two moments: an action under way, or a job it left behind, counts until its attempt is over. */
  others(intent: string, from: number, to: number): string[] {
    const meanwhile = [...this.#doings.values()].filter((one) => one.intent !== intent && one.since <= to && (one.until ?? to) >= from);
    return [...new Set(meanwhile.map((one) => one.intent))].sort();
  }

  /** Other intents that had done something, had ended without a pass shortly before a moment, and so may have left something that comes late. */
  unfinished(intent: string, before: number): string[] {
    const late = [...this.#doings.values()].filter(
      (one) => one.intent !== intent && one.open && one.until !== undefined && one.until < before && one.until >= before - LATE_MS,
    );
    return [...new Set(late.map((one) => one.intent))].sort();
  }

  /** An earlier attempt at the same intent whose journey did something: what it set going may come late. */
  earlier(intent: string, attempt: number): number | undefined {
    return [...this.#doings.values()].find((one) => one.intent === intent && one.attempt < attempt && one.actedAt !== undefined)?.attempt;
  }
}

/** Texts and numbers with their dotted names; what is only true or false tells nobody apart. */
function* leavesOf(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string' || typeof value === 'number') yield [path, String(value)];
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) yield* leavesOf(item, path === '' ? key : `${path}.${key}`);
}

const keyOf = (intent: string, attempt: number): string => `${attempt} ${intent}`;

/** A request is told when its answer has come; it was sent so much before that, and a little more, ms. */
const TELLING_MS = 100;

/** Since when, ms, the journey has been doing something that can change more than a page; undefined when it is not. */
function actsSince(body: AttemptEvent): number | undefined {
  if (body.type === 'request-seen') return body.request.own && body.request.changes ? (body.request.ms ?? 0) + TELLING_MS : undefined;
  // Time that passes is nobody's doing.
  if (body.type === 'step-start') return body.actor === 'system' && systemDeedOf(body.text, [])?.kind !== 'wait' ? 0 : undefined;
  return body.type === 'action-end' && !LOOKS.has(body.action) ? body.ms + TELLING_MS : undefined;
}

/** Actions by which a person only sees more. */
const LOOKS: ReadonlySet<string> = new Set<ActionKind>(['wait', 'scroll', 'hover', 'tab', 'reload', 'back', 'read-mail']);

const EARLY_LOOK_MS = 300;

export interface EarlyLooks {
  oracle: Pick<Oracle, 'look'>;
  hasActed(): boolean;
  clock: Clock;
  signal: AbortSignal;
}

/** Looks at what is to come about until somebody acts: what becomes true before that is not this journey's doing. Returns at once. */
export function lookUntilActed({ oracle, hasActed, clock, signal }: EarlyLooks): void {
  const looks = async (): Promise<void> => {
    while (!hasActed()) {
      await clock.sleep(EARLY_LOOK_MS, signal);
      oracle.look();
    }
  };
  // Only the signal ends it early.
  looks().catch(() => undefined);
}
