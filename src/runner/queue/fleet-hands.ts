import { createHash } from 'node:crypto';
import { STATUSES, type Status } from '../../core/decide.ts';
import { type EventBody, eventBody } from '../../core/events.ts';
import type { Intent } from '../../core/intent.ts';
import type { Project } from '../../core/project.ts';
import { resolveText } from '../../core/template.ts';
import type { RunOptions } from '../run-options.ts';
import { openDispatcher } from './dispatch.ts';
import type { FleetJob, FleetResult, Order } from './job.ts';

/** What two machines must agree on before one answers for the other: the intent and what it promises, the starting states, and the promises every journey has. Not where it stands. */
export function digestOf(
  { why: _why, owner: _owner, watch: _watch, ...intent }: Intent,
  { invariants, fixtures, config }: Pick<Project, 'invariants' | 'fixtures' | 'config'>,
): string {
  const promised = [...intent.then, ...intent.requires].map(({ name }) => invariants.get(name));
  return createHash('sha256')
    .update(
      JSON.stringify([intent, promised, [...fixtures.values()], config.defaults], (key, value: unknown) =>
        key === 'where' ? undefined : value,
      ),
    )
    .digest('hex')
    .slice(0, 16);
}

/** What became of one intent so far. */
interface Fate {
  attempts: number;
  /** An attempt was begun and has not ended. */
  open: boolean;
  /** Workers were lost over it. */
  lost: number;
  /** How its last attempt ended, by what was heard of it. */
  heard?: Status;
}

/** Hands that are other machines: attempts wait in a queue, workers carry them out, and what they say is said here. */
export function fleetHands({ url, queue }: { url: string; queue: string }): NonNullable<RunOptions['fleet']> {
  return async (options, begun) => {
    const { run, emit, signal } = options;
    const order: Order = {
      target: options.target,
      agents: options.agents,
      frozen: options.frozen,
      fresh: options.fresh,
      mode: options.mode,
      ci: options.ci,
      ...(options.production === undefined ? {} : { production: options.production }),
      ...(options.against === undefined ? {} : { against: options.against }),
    };
    const fates = new Map<string, Fate>();
    const intentOf = new Map<string, Intent>();
    const attached: Promise<unknown>[] = [];

    const endLost = (intent: string, why: string): void => {
      const fate = fates.get(intent)!;
      if (!fate.open) return;
      Object.assign(fate, { open: false, heard: 'errored' });
      fate.lost++;
      emit({
        type: 'intent-end',
        intent,
        attempt: fate.attempts,
        status: 'errored',
        reason: 'fault',
        cause: 'environment',
        causeWhy: why,
        conduct: { kind: 'errored', by: 'harness', why },
        durationMs: 0,
      });
    };
    const dispatcher = await openDispatcher({
      url,
      queue,
      run,
      signal,
      note: (message) => emit({ type: 'note-made', level: 'warning', code: 'FLEET', message }),
      listener: {
        begun(job) {
          const intent = intentOf.get(job)!.id;
          endLost(intent, 'its worker was lost');
          Object.assign(fates.get(intent)!, { attempts: fates.get(intent)!.attempts + 1, open: true });
        },
        event(job, body) {
          const fate = fates.get(intentOf.get(job)!.id)!;
          const event = ownEvent(body, intentOf.get(job)!.id, fate.attempts);
          if (!event) return;
          if (event.type === 'intent-end') Object.assign(fate, { open: false, heard: event.status });
          emit(event);
        },
        file: (_job, bytes, type) => void attached.push(options.saveAttachment(bytes, type)),
      },
    });

    const statusOf = (intent: string, result: FleetResult | undefined): Status => {
      const fate = fates.get(intent)!;
      if (result !== undefined && fate.attempts === 0) {
        // Set aside before anybody said a word.
        Object.assign(fate, { attempts: 1, open: true });
        emit({ type: 'intent-start', intent, attempt: 1, workflow: '' });
      }
      endLost(intent, result?.why ?? (result ? 'its worker said no more' : 'the run was interrupted'));
      // A pass of which nothing was heard has no evidence.
      const status =
        STATUSES.find((one) => one === result?.status && (one !== 'passed' || fate.heard === one)) ?? (result ? 'errored' : 'skipped');
      // After a lost worker a pass is flaky, and what proves nothing leaves the word to the attempt that was lost.
      return fate.lost === 0 ? status : status === 'passed' ? 'flaky' : status === 'unproven' ? 'errored' : status;
    };
    const send = async (intents: readonly Intent[], attempt: number): Promise<Status[]> => {
      const jobs = intents.map(
        (intent): FleetJob => ({
          run,
          job: `${intent.id}#${attempt}`,
          intent: intent.id,
          locks: intent.locks,
          order,
          attempt,
          alongside: intents.length > 1,
          digest: digestOf(intent, options.project),
        }),
      );
      jobs.forEach(({ job }, index) => intentOf.set(job, intents[index]!));
      for (const { id } of intents) if (!fates.has(id)) fates.set(id, { attempts: 0, open: false, lost: 0 });
      const results = await dispatcher.run(jobs);
      return jobs.map(({ job, intent }) => statusOf(intent, results.get(job)));
    };

    begun(knownUrl(options));
    return {
      first: (intents) => send(intents, 1),
      again: async (intent, attempt) => (await send([intent], attempt))[0]!,
      browserVersion: async () => undefined,
      async close() {
        await Promise.allSettled(attached);
        await dispatcher.close();
      },
    };
  };
}

/** An event of a worker as this run's own: of that intent and attempt, whatever it says of itself; nothing that is no event. */
function ownEvent(body: unknown, intent: string, attempt: number): EventBody | undefined {
  const parsed = eventBody.safeParse(body);
  if (!parsed.success || !('intent' in parsed.data)) return undefined;
  return { ...parsed.data, intent, attempt };
}

/** Where the application is, as far as the config alone tells: each worker may start one of its own. */
function knownUrl({ project, target, env }: RunOptions): string {
  const { url } = project.config.targets[target]!;
  try {
    return String(resolveText(url, {}, env));
  } catch {
    return url;
  }
}
