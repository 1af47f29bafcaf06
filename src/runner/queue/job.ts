import { z } from 'zod';
import { AGENTS } from '../../core/decision.ts';

/** What every job of a run says alike: how it is to be run. Names only; values of secrets and variables are the workers' own. */
const orderSchema = z.strictObject({
  target: z.string(),
  production: z.string().optional(),
  agents: z.array(z.enum(AGENTS)),
  frozen: z.boolean(),
  fresh: z.boolean(),
  mode: z.string(),
  ci: z.boolean(),
  against: z.string().optional(),
});
export type Order = z.infer<typeof orderSchema>;

/** One attempt at one intent, as it waits in the queue. */
export const jobSchema = z.strictObject({
  run: z.string(),
  job: z.string(),
  intent: z.string(),
  locks: z.array(z.string()),
  order: orderSchema,
  /** Which attempt, from 1; later ones run alone. Whether other intents of the run wait beside it. */
  attempt: z.int().positive().default(1),
  alongside: z.boolean().default(false),
  /** Of the intent as the dispatcher has it: a worker with other files must not answer for it. */
  digest: z.string(),
});
export type FleetJob = z.input<typeof jobSchema>;

/** How an attempt ended, for good. `lost`: no worker lived to tell. */
export const resultSchema = z.strictObject({ status: z.string(), why: z.string().optional() });
export type FleetResult = z.infer<typeof resultSchema>;

/** How long a worker may be silent before its job is another's. */
export interface Tuning {
  /** A worker that has not renewed its hold for so long is lost, ms. */
  lockMs: number;
  /** How often that is looked for, ms. */
  stalledMs: number;
  /** So many workers may be lost over one job before it is set aside. */
  mostLost: number;
}

export const TUNING: Tuning = { lockMs: 15_000, stalledMs: 5_000, mostLost: 3 };

export const QUEUE_PREFIX = 'intentwright';
