import type { ActionKind } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { AttemptEvent } from '../journey/say.ts';
import type { Oracle } from '../oracle/watch.ts';

/** When an attempt did something that may have changed the application's state: the first time and the last. */
interface Doing {
  intent: string;
  attempt: number;
  firstAt: number;
  lastAt: number;
  /** When its journey first did, and not only its starting state. */
  actedAt?: number;
}

/** What the attempts of a run did, and when, in this process: so that nobody is given credit for what another one did. Times are the clock's. */
export class Doings {
  readonly #doings = new Map<string, Doing>();

  /** Takes note of what an attempt says of itself at `now`, where that can change more than a page. */
  hear(intent: string, attempt: number, body: AttemptEvent, now: number): void {
    const since = actsSince(body);
    if (since !== undefined) this.#note(intent, attempt, now - since, true);
    else if (body.type === 'fixture-end') this.#note(intent, attempt, now, false);
  }

  #note(intent: string, attempt: number, at: number, acted: boolean): void {
    const known = this.#doings.get(`${attempt} ${intent}`);
    const doing: Doing = known ?? { intent, attempt, firstAt: at, lastAt: at };
    doing.firstAt = Math.min(doing.firstAt, at);
    doing.lastAt = Math.max(doing.lastAt, at);
    if (acted) doing.actedAt = Math.min(doing.actedAt ?? at, at);
    this.#doings.set(`${attempt} ${intent}`, doing);
  }

  /** When an attempt's journey first did something. */
  firstOf(intent: string, attempt: number): number | undefined {
    return this.#doings.get(`${attempt} ${intent}`)?.actedAt;
  }

  /** Other intents that did something between two moments. */
  others(intent: string, from: number, to: number): string[] {
    return [...new Set([...this.#doings.values()].filter((one) => one.intent !== intent && one.firstAt <= to && one.lastAt >= from).map((one) => one.intent))].sort();
  }

  /** An earlier attempt at the same intent whose journey did something: what it set going may come late. */
  earlier(intent: string, attempt: number): number | undefined {
    return [...this.#doings.values()].find((one) => one.intent === intent && one.attempt < attempt && one.actedAt !== undefined)?.attempt;
  }
}

/** A request is told when its answer has come; it was sent so much before that, and a little more, ms. */
const TELLING_MS = 100;

/** Since when, ms, the journey has been doing something that can change more than a page; undefined when it is not. */
function actsSince(body: AttemptEvent): number | undefined {
  if (body.type === 'request-seen') return body.request.own && body.request.changes ? (body.request.ms ?? 0) + TELLING_MS : undefined;
  if (body.type === 'step-start') return body.actor === 'system' ? 0 : undefined;
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
