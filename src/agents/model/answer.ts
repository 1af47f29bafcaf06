import { z } from 'zod';

/** What the model may ask for. Closed: a word that is not here is refused before anything looks at it. */
export const ACTS = [
  'click',
  'double-click',
  'right-click',
  'fill',
  'select',
  'check',
  'uncheck',
  'press',
  'hover',
  'upload',
  'drag',
  'slide',
  'scroll',
  'wait',
  'back',
  'reload',
  'goto',
  'tab',
  'accept',
  'dismiss',
  'read-mail',
  'mail',
  'look',
] as const;
export type Act = (typeof ACTS)[number];

/**
 * The only thing a model can say. No selector, no code, no verdict: a word of the list, a number of the page, and where words come from.
 * Flat and without optional fields, so that small models and strict servers take it alike.
 */
export const answerSchema = z.strictObject({
  why: z.string(),
  do: z.array(z.strictObject({ act: z.enum(ACTS), on: z.number(), value: z.string() })),
  done: z.boolean(),
  sure: z.boolean(),
});

export type ModelAnswer = z.infer<typeof answerSchema>;
export type Wish = ModelAnswer['do'][number];
