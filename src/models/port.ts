import type { z } from 'zod';

/** Why a model gave no usable answer; each is told apart in the report. */
export type ModelFault = 'rate_limited' | 'unavailable' | 'timeout' | 'malformed' | 'refused' | 'filtered' | 'truncated' | 'denied' | 'over_budget';

export class ModelError extends Error {
  readonly fault: ModelFault;
  constructor(fault: ModelFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ModelError';
    this.fault = fault;
  }
}

export interface ModelRequest {
  /** Static first (cached by exact prefix), the page last. Already masked. */
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  /** Name and zod schema of the answer. */
  answer: { name: string; schema: z.ZodType };
  maxTokens: number;
}

export interface ModelReply {
  value: unknown;
  usage: { promptTokens: number; completionTokens: number; estimated: boolean };
  ms: number;
}

/** The port of a language model. Throws ModelError and nothing else. */
export interface Model {
  readonly spec: 1;
  readonly id: string;
  readonly provider: string;
  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}
