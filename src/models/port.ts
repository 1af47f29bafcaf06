import type { z } from 'zod';

/** Why a model gave no usable answer; each is told apart in the report. `unrecorded`: a cassette does not hold this request. */
export type ModelFault =
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'malformed'
  | 'refused'
  | 'filtered'
  | 'truncated'
  | 'denied'
  | 'over_budget'
  | 'unrecorded';

export interface ModelUsage {
  promptTokens: number;
  completionTokens: number;
  /** The endpoint said nothing: counted as four characters a token. */
  estimated: boolean;
}

export class ModelError extends Error {
  readonly fault: ModelFault;
  /** What the useless answer cost all the same. */
  readonly usage: ModelUsage | undefined;
  constructor(fault: ModelFault, message: string, options: { cause?: unknown; usage?: ModelUsage } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ModelError';
    this.fault = fault;
    this.usage = options.usage;
  }
}

export interface ModelMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ModelRequest {
  /** Static first (cached by exact prefix), the page last. Already masked. */
  messages: ModelMessage[];
  /** Name and zod schema of the answer. */
  answer: { name: string; schema: z.ZodType };
  maxTokens: number;
}

export interface ModelReply {
  /** Has passed the request's schema. */
  value: unknown;
  usage: ModelUsage;
  ms: number;
}

/** The port of a language model. Throws ModelError and nothing else. */
export interface Model {
  readonly spec: 1;
  readonly id: string;
  readonly provider: string;
  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

/** What one intent may still spend on models. */
export interface ModelBudget {
  readonly spent: { calls: number; tokens: number /** undefined when the price is not known */; dollars: number | undefined };
  /** Called before a request. @throws ModelError over_budget */
  admit(promptTokens: number): void;
  /** Called after every answer, useless ones included. */
  add(usage: ModelUsage): void;
}

/** Four characters a token: what is assumed of a server that reports no usage. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4);
