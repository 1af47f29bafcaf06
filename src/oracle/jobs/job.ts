import { match } from '../match.ts';

/** A background job, told the same way whatever runs it. */
export interface Job {
  id: string;
  queue: string;
  /** What kind of job: the name, or the task. */
  name: string;
  state: JobState;
  attempts: number;
  /** Why its last attempt failed. */
  error: string | null;
  data: unknown;
}

export const JOB_STATES = ['waiting', 'delayed', 'active', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobQuery {
  queue?: string;
  name?: string;
  state?: JobState | JobState[];
  data?: Record<string, unknown>;
}

/** Where jobs are kept. They are looked at, never taken. */
export interface JobStore {
  jobs(asked: JobQuery, signal: AbortSignal): Promise<Job[]>;
  /** Processes that take jobs of this queue now; null where that cannot be known. */
  workers(queue: string, signal: AbortSignal): Promise<number | null>;
  close(): Promise<void>;
}

export const statesOf = ({ state }: JobQuery): readonly JobState[] =>
  state === undefined ? JOB_STATES : Array.isArray(state) ? state : [state];

/** What a store's own filters let through is decided here, the same for all stores. */
export const fitsJob = (job: Job, asked: JobQuery): boolean =>
  (asked.queue === undefined || job.queue === asked.queue) &&
  (asked.name === undefined || job.name === asked.name) &&
  statesOf(asked).includes(job.state) &&
  (asked.data === undefined || match(job.data, asked.data).ok);
