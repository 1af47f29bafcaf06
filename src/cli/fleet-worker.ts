import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntentwrightError } from '../core/errors.ts';
import type { Project } from '../core/project.ts';
import { Redactor } from '../core/redact.ts';
import { openAttachments } from '../report/attachments.ts';
import { systemClock } from '../runner/clock.ts';
import { guardNetwork } from '../runner/network-guard.ts';
import { oneAttempt } from '../runner/one-attempt.ts';
import { type OpenRun, openRun } from '../runner/open-run.ts';
import { openProductionGuard } from '../runner/production-guard.ts';
import { digestOf } from '../runner/queue/fleet-hands.ts';
import type { FleetJob } from '../runner/queue/job.ts';
import type { Voice } from '../runner/queue/work.ts';
import { extensionOf } from './evidence.ts';
import { openModel } from './model.ts';
import { ownVersion } from './own-package.ts';
import type { Shell } from './shell.ts';

/** What one run needs on this machine, open as long as somebody uses it. */
interface Room {
  open: Promise<{ run: OpenRun; redactor: Redactor; close(): Promise<void> }>;
  users: number;
}

/** Carries attempts of a fleet out with this machine's own files, variables and browser. */
export class FleetWorker {
  readonly #shell: Shell;
  readonly #project: Project;
  readonly #rooms = new Map<string, Room>();

  constructor(shell: Shell, project: Project) {
    this.#shell = shell;
    this.#project = project;
  }

  async carryOut(job: FleetJob, voice: Voice, signal: AbortSignal, again = false): Promise<string> {
    const intent = this.#project.intents.find(({ id }) => id === job.intent);
    if (!intent || digestOf(intent, this.#project) !== job.digest)
      throw new Error(
        `this worker has other files: ${intent ? `${job.intent} reads differently here` : `there is no intent ${job.intent}`}`,
      );
    const key = JSON.stringify([job.run, job.order]);
    const room = this.#rooms.get(key) ?? { open: this.#openRoom(job), users: 0 };
    this.#rooms.set(key, room);
    room.users++;
    const dir = await mkdtemp(join(tmpdir(), 'intentwright-worker-'));
    try {
      const { run, redactor } = await room.open;
      const attachments = openAttachments(dir);
      return await oneAttempt(intent, 1, {
        ...run.shared,
        dir,
        signal,
        elsewhere: job.alongside ?? false,
        before: again || (job.attempt ?? 1) > 1,
        // Masked here: what this machine alone knows must not leave it.
        emit: (body) => voice.event(redactor.deep(body)),
        saveAttachment: (bytes, type) => {
          voice.file(bytes, type);
          return attachments.put(bytes, extensionOf(type));
        },
      });
    } catch (error) {
      this.#rooms.delete(key);
      throw error;
    } finally {
      room.users--;
      await rm(dir, { recursive: true, force: true });
      await this.#closeUnused(key);
    }
  }

  /** Closes everything; call when no job is left. */
  async close(): Promise<void> {
    await this.#closeUnused(undefined);
  }

  async #closeUnused(but: string | undefined): Promise<void> {
    for (const [key, room] of this.#rooms) {
      if (key === but || room.users > 0) continue;
      this.#rooms.delete(key);
      await room.open.then(
        ({ close }) => close(),
        () => undefined,
      );
    }
  }

  async #openRoom({ run, order }: FleetJob): ReturnType<() => Room['open']> {
    const { env } = this.#shell;
    const project = this.#project;
    const redactor = new Redactor();
    const guard = await openProductionGuard({
      project,
      target: order.target,
      ids: [],
      env,
      ...(order.production === undefined ? {} : { confirmed: order.production }),
    });
    const release = guardNetwork(guard);
    try {
      const model = order.agents.includes('model')
        ? await openModel(project.config, env, systemClock, (text) => this.#shell.err(`${text}\n`))
        : undefined;
      const opened = await openRun(
        {
          project: { ...project, intents: guard.intents },
          run,
          dir: tmpdir(),
          target: order.target,
          selection: { ids: [] },
          agents: order.agents,
          frozen: order.frozen,
          fresh: order.fresh,
          writeLocks: false,
          workers: 1,
          retries: 0,
          env,
          startEnv: {},
          emit: () => undefined,
          redactor,
          saveAttachment: () => Promise.reject(new IntentwrightError('INTERNAL', 'an attachment of no attempt')),
          clock: systemClock,
          signal: new AbortController().signal,
          mode: order.mode,
          ci: order.ci,
          command: '',
          version: ownVersion(),
          ...(model ? { model } : {}),
          ...(order.against === undefined ? {} : { against: order.against }),
        },
        guard,
      );
      return {
        run: opened,
        redactor,
        close: async () => {
          await opened.close();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  }
}
