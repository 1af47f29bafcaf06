import { z } from 'zod';
import { CAUSES, STATUSES } from './decide.ts';

/** `result.json` of a run: the machine-readable end of the story, a fold of the journal like every other. */
export const resultSchema = z.object({
  run: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  exitCode: z.number(),
  intents: z.array(
    z.object({
      id: z.string(),
      cell: z.object({ of: z.string(), values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).optional(),
      title: z.string(),
      status: z.enum(STATUSES),
      /** Which rule gave the status: "vacuous", "precondition-unmet" … */
      reason: z.string().nullable(),
      cause: z.enum(CAUSES).nullable(),
      /** Its red fails no run until that day. */
      quarantined: z.object({ owner: z.string(), until: z.string(), why: z.string() }).nullable(),
      /** What the cause rests on. */
      causeWhy: z.string().nullable(),
      sentence: z.string(),
      /** Differences from the last green run, the first first; `step` is 0-based. Empty without one. */
      divergence: z.array(z.object({ step: z.number().nullable(), says: z.string() })),
      durationMs: z.number(),
      attempts: z.number(),
      agent: z.object({ replay: z.number(), relocate: z.number(), builtin: z.number(), model: z.number() }),
      modelCalls: z.number(),
      tokens: z.number(),
      actions: z.number(),
      adaptations: z.array(
        z.object({ step: z.number(), kind: z.string(), from: z.string(), to: z.string(), note: z.string(), agent: z.string() }),
      ),
      verdicts: z.array(
        z.object({
          invariant: z.string(),
          says: z.string(),
          status: z.enum(['held', 'violated', 'undecided']),
          expected: z.string(),
          found: z.string(),
          readings: z.number(),
          convergedMs: z.number().nullable(),
          vacuous: z.boolean(),
          reason: z.string(),
          builtin: z.boolean(),
        }),
      ),
      steps: z.array(
        z.object({
          actor: z.string(),
          text: z.string(),
          status: z.string(),
          durationMs: z.number(),
          requests: z.array(z.object({ method: z.string(), path: z.string(), status: z.number().nullable(), ms: z.number().nullable() })),
        }),
      ),
    }),
  ),
  matrices: z.array(z.object({ intent: z.string(), cells: z.number(), red: z.array(z.string()), common: z.string() })).optional(),
});
export type RunResult = z.infer<typeof resultSchema>;
