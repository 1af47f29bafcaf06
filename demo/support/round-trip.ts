import { setTimeout as sleep } from 'node:timers/promises';
import { enqueue } from '../worker/enqueue.ts';
import type { Context } from '../web/context.ts';
import { json, type Outcome } from '../web/outcome.ts';

const LONGEST_MS = 2000;
const POLL_MS = 20;

/** Whether a job that is put into the queue now comes back done: a worker that is merely there may listen to nothing. */
export async function roundTrip({ db }: Context): Promise<Outcome> {
  const began = performance.now();
  const id = await enqueue(db, 'ping', {});
  try {
    while (performance.now() - began < LONGEST_MS) {
      const [job] = await db.all<{ status: string }>('select status from jobs where id = :id', { id });
      if (job?.status === 'done') return json({ answered: true, ms: Math.round(performance.now() - began) });
      await sleep(POLL_MS);
    }
    return json({ answered: false, ms: LONGEST_MS });
  } finally {
    await db.run('delete from jobs where id = :id', { id });
  }
}
