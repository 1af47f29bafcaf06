import type { AccessAnswer, AccessValue } from './access-answer.ts';
import { answerOf } from './access-answer.ts';
import type { BoundMode } from './finding.ts';
import type { ProbeReader } from './port.ts';

/** The tries of one `access` invariant. What was sent is not sent again: a control changes state. */
export class AccessTries {
  readonly #mode: BoundMode<'access'>;
  readonly #reader: ProbeReader;
  /** The control was sent: whatever came of it, it is not repeated. */
  controlled = false;

  constructor(mode: BoundMode<'access'>, reader: ProbeReader) {
    this.#mode = mode;
    this.#reader = reader;
  }

  /** Before the first step: only what must stay untouched is read. */
  async before(signal: AbortSignal): Promise<AccessValue> {
    const { unchanged } = this.#mode;
    return unchanged ? { state: await this.#reader.read(unchanged, signal) } : {};
  }

  /** The request that must be refused, what it could have touched, and then, only if it was refused, the control. */
  async after(signal: AbortSignal): Promise<AccessValue> {
    const { mayNot, may } = this.#mode;
    const refused = await this.#try(mayNot, signal);
    const value: AccessValue = { mayNot: refused, ...(await this.before(signal)) };
    if (answerOf(mayNot, refused) !== 'refused') return value;
    this.controlled = true;
    return { ...value, may: await this.#try(may, signal) };
  }

  async #try({ as, request }: BoundMode<'access'>['may'], signal: AbortSignal): Promise<AccessAnswer> {
    return (await this.#reader.read({ probe: 'access', args: { as, ...request } }, signal)) as AccessAnswer;
  }
}
