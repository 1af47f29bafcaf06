import type { z } from 'zod';
import { ModelError, type ModelUsage } from './port.ts';

/** Longest answer that is looked at, characters. */
const LONGEST = 64_000;

/**
 * The answer in a model's text, whatever a server did with the schema it was given: bare JSON, fenced JSON, JSON after some prose.
 * Always checked by our own schema.
 * @throws ModelError malformed
 */
export function readAnswer(text: string, schema: z.ZodType, usage?: ModelUsage): unknown {
  const value = jsonIn(text.slice(0, LONGEST));
  if (value === undefined)
    throw new ModelError('malformed', text.trim() === '' ? 'the answer is empty' : `the answer is not JSON: ${excerpt(text)}`, { usage });
  return checkAnswer(value, schema, usage);
}

/** @throws ModelError malformed, naming at most three of the fields that are wrong */
export function checkAnswer(value: unknown, schema: z.ZodType, usage?: ModelUsage): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the answer'}: ${issue.message}`);
  throw new ModelError('malformed', `the answer does not fit its schema: ${excerpt(issues.join('; '), 300)}`, { usage });
}

function jsonIn(text: string): unknown {
  const body = text.replace(/<think>[\s\S]*?<\/think>/g, '');
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(body)?.[1];
  for (const part of [body, fenced, outermostObject(body)]) {
    if (part === undefined) continue;
    try {
      return JSON.parse(part);
    } catch {
      // The next reading of the same text may be the one.
    }
  }
  return undefined;
}

/** From the first "{" to the "}" that closes it, strings skipped. */
function outermostObject(text: string): string | undefined {
  const start = text.indexOf('{');
  let depth = 0;
  let quoted = false;
  for (let at = start; at >= 0 && at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

/** One line, tags and control characters gone, cut. */
export function excerpt(text: string, max = 160): string {
  const plain = text
    .slice(0, 20_000)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();
  return plain.length > max ? `${plain.slice(0, max - 1)}…` : plain;
}
