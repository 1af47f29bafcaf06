import { expect, test } from 'vitest';
import { resultSchema } from '../../src/core/result.ts';
import { foldEvents } from '../../src/report/fold.ts';
import { resultOf, resultText } from '../../src/report/result.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { tellRun } from './synthetic/telling.ts';

test('result.json follows its schema for a story of every status', async () => {
  const result = resultOf(foldEvents(await tellRun(allIntents)));
  expect(resultSchema.parse(result)).toEqual(result);
  expect(result.intents.find(({ id }) => id === 'invite-editor')).toMatchObject({
    status: 'failed',
    cause: 'product',
    attempts: 1,
    agent: { replay: 4, relocate: 0, builtin: 4, model: 0 },
    actions: 8,
    modelCalls: 0,
    tokens: 0,
    verdicts: [
      { invariant: 'active-member', status: 'violated', convergedMs: null },
      { status: 'held', convergedMs: 0 },
      {},
      { builtin: true },
    ],
    steps: [{ status: 'done', requests: [{ method: 'POST', path: '/o/:slug/members/invite', status: 303, ms: 31 }, {}] }, {}],
  });
  expect(result.intents.find(({ id }) => id === 'rename-workspace')?.adaptations).toEqual([
    { step: 0, kind: 'renamed', from: 'Save', to: 'Save changes', note: 'The button Save is now called Save changes', agent: 'relocate' },
  ]);
});

test('a run that was cut off never has exit code 0, even when all that ended had passed', async () => {
  const events = await tellRun([intents.passed]);
  const result = resultOf(foldEvents(events.slice(0, -1)));
  expect(result.intents[0]!.status).toBe('passed');
  expect(result.exitCode).toBe(3);
});

test('written intent by intent it is the same', async () => {
  for (const told of [allIntents, [intents.passed], []]) {
    const story = foldEvents(await tellRun(told));
    expect([...resultText(story)].join('')).toBe(`${JSON.stringify(resultOf(story), null, 2)}\n`);
  }
});
