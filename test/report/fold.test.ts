import { describe, expect, test } from 'vitest';
import { foldEvents } from '../../src/report/fold.ts';
import { countStatuses } from '../../src/report/story.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { tellRun } from './synthetic/telling.ts';

const storyOf = async (...args: Parameters<typeof tellRun>) => foldEvents(await tellRun(...args));

describe('the fold of a journal', () => {
  test('tells the run: where, with what, and every intent in the order of the plan', async () => {
    const story = await storyOf(allIntents);
    expect(story).toMatchObject({
      run: '2026-11-20T09-30-00-k3fz',
      exitCode: 1,
      target: { name: 'teamspace' },
      agents: ['replay', 'relocate', 'builtin'],
      browser: expect.stringContaining('Chromium'),
    });
    expect(story.interrupted).toBeUndefined();
    expect(story.intents.map(({ id }) => id)).toEqual(allIntents.map(({ id }) => id));
    expect(Object.fromEntries(countStatuses(story))).toEqual({
      passed: 2,
      failed: 3,
      blocked: 1,
      unproven: 1,
      errored: 2,
      flaky: 1,
      skipped: 1,
    });
  });

  test('gives every step its looks, decisions, actions, requests and page events', async () => {
    const [intent] = (await storyOf([intents.failed])).intents;
    const [first, second] = intent!.attempts[0]!.steps;
    expect(first).toMatchObject({ index: 0, actor: 'admin', status: 'done', by: 'replay', durationMs: 780, line: 14 });
    expect(first!.acts.map(({ line }) => line)).toHaveLength(4);
    expect(first!.requests.map(({ request }) => `${request.method} ${request.template} ${request.status}`)).toEqual([
      'POST /o/:slug/members/invite 303',
      'GET /o/:slug/members 200',
    ]);
    expect(first!.looks.at(-1)?.notices).toEqual([{ kind: 'toast', text: 'Invitation sent to casey+k3fz@example.test' }]);
    expect(second!.choices.map(({ agent, kind }) => `${agent} ${kind}`)).toEqual([
      'replay unsure',
      'builtin act',
      'builtin act',
      'builtin act',
      'builtin act',
    ]);
    expect(second!.pageEvents).toHaveLength(1);
  });

  test('keeps each invariant with its readings and its verdict', async () => {
    const [intent] = (await storyOf([intents.failed])).intents;
    const invariant = intent!.attempts[0]!.invariants[0]!;
    expect(invariant).toMatchObject({
      id: 'active-member',
      bound: { withinMs: 20_000 },
      verdict: { status: 'violated', says: expect.stringContaining('active editor') },
    });
    expect(invariant.readings[0]).toMatchObject({ phase: 'baseline', value: [] });
    expect(invariant.readings.at(-1)).toMatchObject({ value: [{ role: 'viewer', status: 'active' }] });
  });

  test('a pass after an attempt that did not pass is flaky, with both attempts kept and the blame on the bad one', async () => {
    const [intent] = (await storyOf([intents.flaky])).intents;
    expect(intent).toMatchObject({ status: 'flaky', cause: 'product' });
    expect(intent!.attempts.map(({ status }) => status)).toEqual(['failed', 'passed']);
  });

  test('a run that just stops is interrupted; nothing of it is ever green without its intent-end', async () => {
    const events = await tellRun([intents.passed, intents.failed]);
    const end = events.findIndex(({ type }) => type === 'intent-end');
    for (const length of [1, 5, end, end + 1, end + 6, events.length - 1]) {
      const story = foldEvents(events.slice(0, length));
      expect(story.interrupted, `first ${length} events`).toBe('killed');
      expect(story.exitCode).toBeUndefined();
      expect(story.intents.map(({ status }) => status).includes('passed')).toBe(length > end);
      for (const intent of story.intents) if (!intent.ended) expect(['errored', 'skipped']).toContain(intent.status);
    }
  });

  test('an interruption that was noticed is told in its own words', async () => {
    expect((await storyOf([intents.passed], { end: { exitCode: 130, interrupted: 'SIGINT' } })).interrupted).toBe('SIGINT');
  });

  test('a reading that says "same" has the value of the last readable one', async () => {
    const events = await tellRun([intents.failed]);
    const at = events.findLastIndex((event) => event.type === 'reading-taken' && event.invariant === 'active-member');
    const last = events[at]!;
    if (last.type !== 'reading-taken') throw new Error('no reading');
    const { value: _value, ...reading } = last.reading;
    const story = foldEvents(events.with(at, { ...last, reading: { ...reading, same: true } }));
    expect(story.intents[0]!.attempts[0]!.invariants[0]!.readings.at(-1)).toMatchObject({ value: [{ role: 'viewer', status: 'active' }] });
  });

  test('a journal without its beginning still tells what it has', async () => {
    const story = foldEvents((await tellRun([intents.failed])).slice(1));
    expect(story.intents).toMatchObject([{ id: 'invite-editor', title: 'invite-editor', status: 'failed' }]);
    expect(story.intents[0]!.attempts[0]!.steps.map(({ text }) => text)).toHaveLength(2);
  });

  test('a note about an intent that never began does not make it look as if it had', async () => {
    const events = await tellRun([intents.skipped]);
    const note = { ...events[0]!, type: 'note-made', intent: 'two-admins', level: 'warning', code: 'c', message: 'm' } as const;
    const story = foldEvents([...events.slice(0, -1), note as never, events.at(-1)!]);
    expect(story.intents[0]).toMatchObject({ status: 'skipped', attempts: [] });
    expect(story.notes).toMatchObject([{ message: 'm' }]);
  });

  test('the same events tell the same story', async () => {
    const events = await tellRun(allIntents);
    expect(foldEvents(events)).toEqual(foldEvents(events));
  });
});
