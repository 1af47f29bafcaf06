import { workflow } from '../correlation.ts';
import { later, newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';

export interface JobOptions {
  org?: string | undefined;
  /** A consumer takes `default`, `mail`, `provisioning`, `imports` and `billing`. */
  queue?: string;
  delayMs?: number;
}

/** Puts work into the queue; the worker sees it within milliseconds. */
export async function enqueue(db: Db, kind: string, payload: Record<string, unknown>, options: JobOptions = {}): Promise<string> {
  const id = newId('job');
  await insert(db, 'jobs', {
    id,
    kind,
    queue: options.queue ?? 'default',
    status: 'queued',
    payload: JSON.stringify(payload),
    attempts: 0,
    max_attempts: 3,
    run_at: later(options.delayMs ?? 0),
    created_at: now(),
    org_id: options.org,
    workflow_id: workflow(),
  });
  return id;
}
