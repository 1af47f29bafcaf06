import { basename, dirname } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import type { EventBody } from '../core/events.ts';
import type { Project } from '../core/project.ts';
import { carryOutOne, type Carried, type IntentwrightOptions, loadFor } from './carry-out.ts';

export { expect } from '@playwright/test';
export type { Carried, IntentwrightOptions } from './carry-out.ts';

/** Intents, as a fixture of a Playwright test. */
export interface Intents {
  /**
   * Carries an intent out and judges it, with a Playwright step for each of its sentences and its evidence attached.
   * Resolves when it passed; anything else fails the test with the story of what happened.
   */
  carryOut(id: string): Promise<Carried>;
}

interface WorkerFixtures {
  intentwright: IntentwrightOptions;
  intentwrightProject: Project;
}

const extended = base.extend<{ intents: Intents }, WorkerFixtures>({
  intentwright: [{}, { option: true, scope: 'worker' }],
  intentwrightProject: [
    async ({ intentwright }, use, { config }) => {
      await use(await loadFor(intentwright.config, config.configFile ? dirname(config.configFile) : config.rootDir, process.env));
    },
    { scope: 'worker' },
  ],
  intents: async ({ intentwright, intentwrightProject, baseURL }, use, info) => {
    const stop = new AbortController();
    const open = new Set<string>();
    await use({
      carryOut: (id) => {
        open.add(id);
        return carryOut(id, { intentwright, intentwrightProject }, baseURL, info, stop.signal).finally(() => open.delete(id));
      },
    });
    stop.abort('SIGTERM');
    if (open.size > 0)
      throw new Error(`the test ended before ${[...open].join(', ')} did, which proves nothing: await intents.carryOut(…)`);
  },
});

/** Playwright's `test`, which knows intents: `test.intent('invite-editor')` is one as a test of its own. */
export const test = Object.assign(extended, {
  /** Declares a test that carries one intent out; its title is the intent's id unless another is given. */
  intent(id: string, title: string = id): void {
    extended(title, async ({ intents }) => {
      await intents.carryOut(id);
    });
  },
});

async function carryOut(
  id: string,
  { intentwright, intentwrightProject }: WorkerFixtures,
  baseURL: string | undefined,
  info: TestInfo,
  signal: AbortSignal,
): Promise<Carried> {
  const steps = new Steps();
  const dir = info.outputPath(`intent-${id}-${info.retry}`);
  // A suite that starts the application itself tells the config where it is.
  const env = { ...process.env, ...(baseURL === undefined ? {} : { PLAYWRIGHT_BASE_URL: baseURL }) };
  const carried = await carryOutOne(id, {
    project: intentwrightProject,
    options: intentwright,
    dir,
    env,
    signal,
    on: (event) => steps.hear(event),
  }).finally(() => steps.end());
  await info.attach('story', { body: carried.told, contentType: 'text/plain' });
  await info.attach('journal', { path: carried.journal, contentType: 'application/jsonl' });
  for (const file of carried.pictures) await info.attach(basename(file), { path: file, contentType: 'image/jpeg' });
  if (carried.result.status !== 'passed')
    throw new Error(`${carried.result.id}: ${carried.result.status}. ${carried.result.sentence}\n${carried.told}`);
  return carried;
}

/** Playwright's steps for the sentences of a journey, open while they are carried out. */
class Steps {
  #end: (() => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #open: Promise<void> = Promise.resolve();

  hear(event: EventBody): void {
    if (event.type === 'step-start') {
      const done = new Promise<void>((resolve, reject) => {
        this.#end = resolve;
        this.#fail = reject;
      });
      this.#open = extended.step(`${event.actor}: ${event.text}`, () => done).catch(() => undefined);
    } else if (event.type === 'step-end') {
      if (event.status === 'done' || event.status === 'refused') this.#end?.();
      else this.#fail?.(new Error(event.why));
    }
  }

  async end(): Promise<void> {
    this.#end?.();
    await this.#open;
  }
}
