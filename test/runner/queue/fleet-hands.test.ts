import { expect, test } from 'vitest';
import { OwnRedis } from '../../../evals/fleet/fleet.ts';
import type { EventBody } from '../../../src/core/events.ts';
import type { Project } from '../../../src/core/project.ts';
import { probes } from '../../../src/oracle/probes/index.ts';
import { digestOf, fleetHands } from '../../../src/runner/queue/fleet-hands.ts';
import { workFleet } from '../../../src/runner/queue/work.ts';
import type { RunOptions } from '../../../src/runner/run-options.ts';
import { loadProject } from '../../../src/spec/load.ts';
import { notesProject } from '../../inline/notes-project.ts';
import { newFolder, writeFiles } from '../../inline/run-inline.ts';

async function read(change: (text: string) => string = (text) => text): Promise<Project> {
  const root = await newFolder();
  await writeFiles(
    root,
    Object.fromEntries(Object.entries(notesProject('http://127.0.0.1:1')).map(([path, text]) => [path, change(text)])),
  );
  const { project, problems } = await loadProject({ root, probes, env: {} });
  if (!project) throw new Error(JSON.stringify(problems));
  return project;
}

test('a worker answers only for an intent whose promises read the same on its machine', async () => {
  const digest = (project: Project): string => digestOf(project.intents[0]!, project);
  const here = digest(await read());
  expect(digest(await read((text) => `# read elsewhere\n${text}`))).toBe(here);
  expect(digest(await read((text) => text.replace('contains: "${note}"', 'exists: true')))).not.toBe(here);
  expect(digest(await read((text) => text.replace('within: 3s', 'within: 9s')))).not.toBe(here);
});

test('a pass of which nothing was heard is none', async () => {
  const redis = await OwnRedis.start();
  const stop = new AbortController();
  const working = workFleet({ url: redis.url, queue: 'silent', concurrency: 1, signal: stop.signal, carryOut: async () => 'passed' });
  const project = await read();
  const events: EventBody[] = [];
  const options = {
    project,
    run: 'r',
    emit: (body: EventBody) => void events.push(body),
    signal: stop.signal,
    target: 'local',
    agents: [],
    frozen: false,
    fresh: false,
    mode: 'test',
    ci: false,
    env: {},
  } as unknown as RunOptions;
  const hands = await fleetHands({ url: redis.url, queue: 'silent' })(options, () => undefined);
  expect(await hands.first(project.intents)).toEqual(['errored']);
  expect(events.filter(({ type }) => type === 'intent-end')).toMatchObject([{ status: 'errored', causeWhy: 'its worker said no more' }]);
  await hands.close();
  stop.abort();
  await working;
  await redis.stop();
});
