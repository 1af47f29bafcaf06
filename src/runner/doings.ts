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

  note(intent: string, attempt: number, at: number, acted: boolean): void {
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
