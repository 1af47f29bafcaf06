import { createHash } from 'node:crypto';
import type { Redactor } from '../core/redact.ts';
import { jsonSchemaOf } from './answer-schema.ts';
import { canonical, differenceOf } from './canonical.ts';
import { ModelError, type Model, type ModelFault, type ModelReply, type ModelRequest } from './port.ts';
import { checkAnswer } from './read-answer.ts';

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
  /** Words that differ from run to run (a run id, an address made of it), by a name that stands for them on the tape. */
  volatile?: Readonly<Record<string, string>>;
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

/**
 * The model of a cassette: no network, no key. Equal requests are answered in the order they were recorded.
 * A request that is not on the tape fails as `unrecorded` and names what differs from the nearest one that is.
 */
export function replayingModel(text: string, options: TapeOptions): Model & { readonly unused: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '').map(parseLine);
  const first = lines[0];
  const used = new Set<TapedLine>();
  const face = { id: first?.request.model ?? 'cassette', provider: first?.request.provider ?? 'cassette' };
  return {
    spec: 1,
    ...face,
    get unused() {
      return lines.length - used.size;
    },
    async answer(request) {
      const asked = tapedRequest(face, request, options);
      const key = keyOf(asked);
      const line = lines.find((candidate) => candidate.key === key && !used.has(candidate));
      if (!line) throw new ModelError('unrecorded', missOf(asked, lines, used, key));
      used.add(line);
      if ('fault' in line.reply) throw new ModelError(line.reply.fault, line.reply.message);
      return { value: checkAnswer(restored(line.reply.value, options), request.answer.schema), usage: line.reply.usage, ms: 0 };
    },
  };
}

function parseLine(line: string, index: number): TapedLine {
  const taped = JSON.parse(line) as TapedLine;
  if (taped.v !== 1 || typeof taped.request !== 'object') throw new SyntaxError(`line ${index + 1} of the cassette is of another format`);
  return { ...taped, key: keyOf(taped.request) };
}

const tapedRequest = (model: Pick<Model, 'id' | 'provider'>, request: ModelRequest, options: TapeOptions): TapedRequest =>
  steady({ model: model.id, provider: model.provider, messages: request.messages, answer: { name: request.answer.name, schema: jsonSchemaOf(request.answer.schema) }, maxTokens: request.maxTokens }, options);

const keyOf = (request: TapedRequest): string => createHash('sha256').update(canonical(request)).digest('hex').slice(0, 32);

function missOf(asked: TapedRequest, lines: readonly TapedLine[], used: ReadonlySet<TapedLine>, key: string): string {
  if (lines.length === 0) return 'the cassette is empty';
  const times = lines.filter((line) => line.key === key).length;
  if (times > 0) return `the cassette holds this request ${times === 1 ? 'once' : `${times} times`}, and it was asked again`;
  const left = lines.filter((line) => !used.has(line));
  const nearest = (left.length > 0 ? left : lines).map((line) => differenceOf(line.request, asked)).reduce((best, other) => (other.depth > best.depth ? other : best));
  return `the cassette does not hold this request: ${nearest.text}`;
}

const entriesOf = (options: TapeOptions): [string, string][] => Object.entries(options.volatile ?? {}).filter(([, word]) => word !== '').sort((a, b) => b[1].length - a[1].length);

function steady<T>(value: T, options: TapeOptions): T {
  return onStrings(options.redactor.deep(value), (text) => entriesOf(options).reduce((line, [name, word]) => line.replaceAll(word, `‹${name}›`), text));
}

function restored<T>(value: T, options: TapeOptions): T {
  return onStrings(value, (text) => entriesOf(options).reduce((line, [name, word]) => line.replaceAll(`‹${name}›`, word), text));
}

function onStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item) => onStrings(item, change)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onStrings(item, change)])) as T;
}
