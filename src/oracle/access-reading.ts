import type { AccessAnswer, AccessValue } from './access-answer.ts';
import { answerOf } from './access-answer.ts';
import type { BoundMode } from './finding.ts';
import type { ProbeReader } from './port.ts';

/**
 * The tries of one `access` invariant, in three parts, so that several about the same state can take turns: first everybody looks,
 * then each sends what must be refused, and only then the controls, which change state. A control is sent once.
 */
export class AccessTries {
  readonly #mode: BoundMode<'access'>;
  readonly #reader: ProbeReader;
  /** The control was sent: whatever came of it, it is not repeated. */
  controlled = false;
  /** The control was sent and accepted. */
  accepted = false;
  #tried: AccessValue | undefined;
  #before: { state?: unknown } | undefined;

  constructor(mode: BoundMode<'access'>, reader: ProbeReader) {
    this.#mode = mode;
    this.#reader = reader;
  }

  get hasState(): boolean {
    return this.#mode.unchanged !== undefined;
  }

  /** The request was refused, so that its control has something to tell. */
  get refused(): boolean {
    return this.#tried?.mayNot !== undefined && answerOf(this.#mode.mayNot, this.#tried.mayNot) === 'refused';
  }

  /** What must stay untouched. */
  async look(signal: AbortSignal): Promise<{ state?: unknown }> {
    const { unchanged } = this.#mode;
    return unchanged ? { state: await this.#reader.read(unchanged, signal) } : {};
  }

  /** The request that must be refused, between two looks at what it could touch. Sent again only when nothing is known of its answer; the first look stays. */
  async try(signal: AbortSignal): Promise<AccessValue> {
    this.#before ??= await this.look(signal);
    const mayNot = await this.#send(this.#mode.mayNot, signal);
    this.#tried = { ...('state' in this.#before ? { before: this.#before.state } : {}), mayNot, ...(await this.look(signal)) };
    return this.#tried;
  }

  /** The same request by somebody who may. `after`: whose controls were accepted before. */
  async control(signal: AbortSignal, after: readonly string[]): Promise<AccessValue> {
    this.controlled = true;
    const may = await this.#send(this.#mode.may, signal);
    this.accepted = answerOf(this.#mode.may, may) === 'accepted';
    return { ...this.#tried, ...(after.length > 0 ? { after: [...after] } : {}), may };
  }

  async #send({ as, request }: BoundMode<'access'>['may'], signal: AbortSignal): Promise<AccessAnswer> {
    return (await this.#reader.read({ probe: 'access', args: { as, ...request } }, signal)) as AccessAnswer;
  }
}
