import { z } from 'zod';
import type { ModelMessage, ModelRequest } from './port.ts';

const cache = new WeakMap<z.ZodType, Record<string, unknown>>();

/** JSON Schema of an answer, in the subset that strict structured output takes: closed objects, everything required, no `$schema`. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const known = cache.get(schema);
  if (known) return known;
  const { $schema: _dialect, ...made } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as Record<string, unknown>;
  cache.set(schema, made);
  return made;
}

/** For servers without structured output: the schema goes into the last message, after the page, so that the static prefix stays as it is. */
export function withSchemaInWords(request: ModelRequest): ModelMessage[] {
  const words = `Answer with one JSON object and nothing else. Its JSON Schema: ${JSON.stringify(jsonSchemaOf(request.answer.schema))}`;
  const last = request.messages.at(-1);
  if (!last || last.role !== 'user') return [...request.messages, { role: 'user', content: words }];
  return [...request.messages.slice(0, -1), { role: 'user', content: `${last.content}\n\n${words}` }];
}
