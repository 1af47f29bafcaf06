import { type Command, Option } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { wholeFrom } from '../run-flags.ts';

interface WorkerOptions {
  fleet: string;
  queue: string;
  concurrency?: number;
  config?: string;
}

export function defineWorker(desk: Desk): Command {
  return new CommandLine('worker')
    .summary('carry intents out for `run --fleet`')
    .description(
      'Takes intents from a queue in Redis and carries them out with this machine’s files, variables and browser, until it is told to stop. SIGTERM and Ctrl-C: no new intent is taken, those begun are finished. A worker that is lost costs nothing: its intent is begun anew by another.',
    )
    .addOption(new Option('--fleet <url>', 'the Redis of the fleet').env('INTENTWRIGHT_FLEET').makeOptionMandatory())
    .option('--queue <name>', 'which queue of it', 'intentwright')
    .option('--concurrency <n>', 'intents at the same time; the config’s workers otherwise', wholeFrom(1))
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright worker --fleet redis://redis.internal:6379', 'on every machine of the fleet, in a checkout of the project'],
        ['intentwright run --fleet redis://redis.internal:6379', 'and on the one that wants the results'],
      ),
    )
    .action(desk.action((options: WorkerOptions) => work(desk, options)));
}

async function work({ shell }: Desk, options: WorkerOptions): Promise<number> {
  const project = await loadProjectHere(shell, { config: options.config });
  if (!project) return 2;
  const [{ FleetWorker }, { workFleet }, { listenForSignals }] = await Promise.all([
    import('../fleet-worker.ts'),
    import('../../runner/queue/work.ts'),
    import('../signals.ts'),
  ]);
  const interruption = listenForSignals(process, (name) => shell.err(`${name}: finishing what was begun; once more to leave at once.\n`));
  const concurrency = options.concurrency ?? project.config.workers;
  const worker = new FleetWorker(shell, project);
  shell.out(`Taking intents from ${options.queue}, ${concurrency} at the same time.\n`);
  await workFleet({
    url: options.fleet,
    queue: options.queue,
    concurrency,
    signal: interruption.signal,
    carryOut: async (job, voice, signal) => {
      shell.out(`· ${job.intent}\n`);
      const status = await worker.carryOut(job, voice, signal);
      shell.out(`${status === 'passed' ? '✓' : '✗'} ${job.intent} ${status}\n`);
      return status;
    },
    note: (text) => shell.err(`${shell.paint('yellow', 'warning')} ${text}\n`),
  });
  await worker.close();
  // Told to stop, and stopped in order: that is what a drain is.
  return 0;
}
