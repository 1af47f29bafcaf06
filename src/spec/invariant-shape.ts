import { z } from 'zod';
import { MODES } from '../core/invariant.ts';
import type { ProbeFace } from '../core/probe.ts';
import { duration, nameSchema, sentence } from './values.ts';

/** A place where the schema of a probe's question goes: checked apart, because `on` and templates are the loader's. */
export type QuerySlot = z.ZodType<Record<string, unknown>>;

const EXPECT = 'What the answer must look like: data that it contains, `none` for an empty answer, or operators';

/** A block of a mode: one probe's question, and what goes with it. */
function block<T extends z.ZodRawShape>(slots: Record<string, z.ZodOptional<QuerySlot>>, shape: T) {
  return z.strictObject({ ...slots, ...shape } as T & Record<string, z.ZodOptional<QuerySlot>>);
}

const request = z
  .strictObject({
    method: z.string().describe('GET when absent').optional(),
    url: z.string().describe('Absolute, or a path of the target').optional(),
    path: z.string().describe('A path of the target').optional(),
    headers: z.record(z.string(), z.string()).optional(),
    json: z.unknown().optional(),
    form: z.record(z.string(), z.unknown()).optional(),
    body: z.string().optional(),
    refused: z.array(z.int()).describe('Status codes that are a refusal here, beside 401, 403 and 404').optional(),
    accepted: z.array(z.int()).describe('Status codes that are a success here, beside 2xx: 303 for a form').optional(),
  })
  .refine((value) => (value.url === undefined) !== (value.path === undefined), { error: 'a request needs one of url and path' });

const side = z.union([
  z.string().describe('An actor, or a session'),
  z.strictObject({ as: z.unknown().describe('An actor, or a session'), request: request.optional() }),
]);

/** `invariants/*.yaml`: a map of these. The slots are given out so that a schema can be put into them. */
export function invariantShape(probes: readonly ProbeFace[]) {
  const slots = new Map<z.ZodType, ProbeFace>();
  const optional: Record<string, z.ZodOptional<QuerySlot>> = {};
  for (const probe of probes) {
    if (probe.name === 'access') continue;
    const slot = z.record(z.string(), z.unknown()).describe(probe.about);
    slots.set(slot, probe);
    optional[probe.name] = slot.optional();
  }
  const expecting = {
    expect: z.unknown().describe(EXPECT).optional(),
    cel: z.string().describe('A CEL expression over `value` instead of `expect`').optional(),
  };
  const one = z
    .strictObject({
      says: sentence('What must be true, in business words: reports quote it'),
      params: z.array(nameSchema).describe('Names that an intent gives values to').default([]),
      eventually: block(optional, expecting)
        .describe('Holds within the deadline, still holds after the settle window, and did not hold before the journey')
        .optional(),
      always: block(optional, expecting).describe('No reading, from before the first step to the end, violates it').optional(),
      unchanged: block(optional, {}).describe('The same before and after').optional(),
      changes: block(optional, { from: z.unknown().describe('Before the journey'), to: z.unknown().describe('After it') })
        .describe('One value before, another after')
        .optional(),
      increases_by: block(optional, { by: z.int().describe('Exactly by how much') })
        .describe('A number, or the number of rows, grows by exactly this')
        .optional(),
      access: z
        .strictObject({
          request: request.describe('The request that one side may send and the other may not').optional(),
          may_not: side.describe('Who must be refused'),
          may: side.describe('The control: who must be accepted'),
          unchanged: block(optional, {}).describe('What the refused request must not touch').optional(),
        })
        .describe('The same request is refused to one and accepted from the other')
        .optional(),
      within: duration('How long this may take to converge; the intent’s when absent').optional(),
      settle: duration('How long it must stay so').optional(),
      blind: duration('How long it may be unreadable').optional(),
    })
    .refine((value) => MODES.filter((mode) => value[mode] !== undefined).length === 1, {
      error: `exactly one of ${MODES.join(', ')} says when it must be true`,
      abort: false,
    });
  return { one, file: z.record(nameSchema, one).describe('Named invariants: what must be true of the backend'), slots };
}

export type InvariantText = z.output<ReturnType<typeof invariantShape>['one']>;
export type InvariantInput = z.input<ReturnType<typeof invariantShape>['one']>;
