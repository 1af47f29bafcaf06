import { createHash } from 'node:crypto';
import type { Redactor } from '../core/redact.ts';
import { jsonSchemaOf } from './answer-schema.ts';
import { canonical, differenceOf } from './canonical.ts';
import { ModelError, type Model, type ModelFault, type ModelReply, type ModelRequest } from './port.ts';
import { checkAnswer } from './read-answer.ts';
import { restoredText, steadyText, type Volatile } from './steady.ts';

/** A request as it is recorded: everything that could change the answer, and nothing else. */
interface TapedRequest {
  model: string;
  provider: string;
  messages: ModelRequest['messages'];
  answer: { name: string; schema: unknown };
  maxTokens: number;
}

interface TapedLine {
  v: 1;
  key: string;
  request: TapedRequest;
  reply: { value: unknown; usage: ModelReply['usage'] } | { fault: ModelFault; message: string };
}

export interface TapeOptions {
  /** Scrubs secrets from what is written and from what is looked up. */
  redactor: Redactor;
  /** Words that differ from run to run: a run id, an address made of it. */
  volatile?: Volatile;
  /** The day it is; its dates and all times of day are no part of a question. */
  today?: Date;
}

/** A model whose answers are written down, one JSON line a call, secrets scrubbed before anything is hashed or written. */
export function recordingModel(model: Model, options: TapeOptions & { write(line: string): void | Promise<void> }): Model {
  const keep = async (request: ModelRequest, reply: TapedLine['reply']): Promise<void> => {
    const taped = tapedRequest(model, request, options);
    const line: TapedLine = { v: 1, key: keyOf(taped), request: taped, reply: steady(reply, options) };
    await options.write(`${JSON.stringify(line)}\n`);
  };
  return {
    spec: 1,
    id: model.id,
    provider: model.provider,
    async answer(request, signal) {
      try {
        const reply = await model.answer(request, signal);
        await keep(request, { value: reply.value, usage: reply.usage });
        return reply;
      } catch (error) {
        if (error instanceof ModelError) await keep(request, { fault: error.fault, message: error.message });
        throw error;
      }
    },
  };
}

/** A cassette that has been read: one for a whole run, so that no recording is played twice. */
export interface Cassette {
  /** Recordings that nobody asked for. */
  readonly unused: number;
  /**
   * The model of the cassette: no network, no key. Equal requests are answered in the order they were recorded.
   * A request that is not on the tape fails as `unrecorded` and names what differs from the nearest one that is.
   */
  model(options: TapeOptions): Model;
}

/** @throws SyntaxError when a line is of another format */
export function openCassette(text: string): Cassette {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseLine);
  const used = new Set<TapedLine>();
  const face = { id: lines[0]?.request.model ?? 'cassette', provider: lines[0]?.request.provider ?? 'cassette' };
  return {
    get unused() {
      return lines.length - used.size;
    },
    model: (options) => ({
      spec: 1,
      ...face,
      async answer(request) {
        const asked = tapedRequest(face, request, options);
        const key = keyOf(asked);
        const line = lines.find((candidate) => candidate.key === key && !used.has(candidate));
        if (!line) throw new ModelError('unrecorded', missOf(asked, lines, used, key));
        used.add(line);
        if ('fault' in line.reply) throw new ModelError(line.reply.fault, line.reply.message);
        return { value: checkAnswer(restored(line.reply.value, options), request.answer.schema), usage: line.reply.usage, ms: 0 };
      },
    }),
  };
}

/** A cassette with one reader. */
export function replayingModel(text: string, options: TapeOptions): Model & { readonly unused: number } {
  const cassette = openCassette(text);
  return Object.defineProperty(cassette.model(options), 'unused', { get: () => cassette.unused }) as Model & { readonly unused: number };
}

function parseLine(line: string, index: number): TapedLine {
  const taped = JSON.parse(line) as TapedLine;
  if (taped.v !== 1 || typeof taped.request !== 'object') throw new SyntaxError(`line ${index + 1} of the cassette is of another format`);
  return { ...taped, key: keyOf(taped.request) };
}

const tapedRequest = (model: Pick<Model, 'id' | 'provider'>, request: ModelRequest, options: TapeOptions): TapedRequest => ({
  model: model.id,
  provider: model.provider,
  messages: steady(request.messages, options),
  answer: { name: request.answer.name, schema: jsonSchemaOf(request.answer.schema) },
  maxTokens: request.maxTokens,
});

const keyOf = (request: TapedRequest): string => createHash('sha256').update(canonical(request)).digest('hex').slice(0, 32);

function missOf(asked: TapedRequest, lines: readonly TapedLine[], used: ReadonlySet<TapedLine>, key: string): string {
  if (lines.length === 0) return 'the cassette is empty';
  const times = lines.filter((line) => line.key === key).length;
  if (times > 0) return `the cassette holds this request ${times === 1 ? 'once' : `${times} times`}, and it was asked again`;
  const left = lines.filter((line) => !used.has(line));
  const nearest = (left.length > 0 ? left : lines)
    .map((line) => differenceOf(line.request, asked))
    .reduce((best, other) => (other.depth > best.depth ? other : best));
  return `the cassette does not hold this request: ${nearest.text}`;
}

function steady<T>(value: T, { redactor, volatile = {}, today = new Date() }: TapeOptions): T {
  return onStrings(redactor.deep(value), (text) => steadyText(text, volatile, today));
}

const restored = <T>(value: T, { volatile = {} }: TapeOptions): T => onStrings(value, (text) => restoredText(text, volatile));

function onStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item) => onStrings(item, change)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onStrings(item, change)])) as T;
}
