// A worker process of the fleet whose intents are synthetic: they wait, and say what a real attempt would.
// Arguments: redis url, queue, concurrency, ms an intent takes, file to which every attempt that was carried out is added, workers that one job may cost.
// An intent called poison… kills its worker.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { workFleet } from '../../src/runner/queue/work.ts';

const [url = '', queue = '', concurrency = '4', ms = '200', carried = '', mostLost = '50'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.stdout.write('ready\n');

await workFleet({
  url,
  queue,
  concurrency: Number(concurrency),
  signal: stop.signal,
  tuning: { lockMs: 3000, stalledMs: 1500, mostLost: Number(mostLost) },
  async carryOut(job, voice) {
    if (job.intent.startsWith('poison')) process.kill(process.pid, 'SIGKILL');
    voice.event({ type: 'intent-start', intent: job.intent, attempt: 1, workflow: 'iw' });
    for (let step = 0; step < 4; step++) {
      await sleep(Number(ms) / 4);
      voice.event({
        type: 'step-end',
        intent: job.intent,
        attempt: 1,
        step,
        actor: 'user',
        status: 'done',
        why: 'synthetic',
        durationMs: Number(ms) / 4,
      });
    }
    voice.event({
      type: 'intent-end',
      intent: job.intent,
      attempt: 1,
      status: 'passed',
      reason: 'all-proven',
      conduct: { kind: 'carried-out' },
      durationMs: Number(ms),
    });
    appendFileSync(carried, `${job.intent}\n`);
    return 'passed';
  },
});
process.exit(0);
