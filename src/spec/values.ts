import { z } from 'zod';
import { parseDuration } from '../core/duration.ts';

/** A name of an invariant, fixture, actor, variable, connection. */
export const nameSchema = z.string().regex(/^[A-Za-z][\w-]*$/);

export const duration = (about: string) =>
  z
    .string()
    .regex(/^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)\s*$/, { error: (issue) => `"${String(issue.input)}" is not a duration: write 500ms, 20s, 1.5m` })
    .transform((text) => parseDuration(text)!)
    .describe(about);

export const sentence = (about: string) => z.string().trim().min(1).describe(about);

/** One word or a list of them. */
export const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item)]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);
