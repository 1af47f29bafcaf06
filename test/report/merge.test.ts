import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/events.ts';
import { ctrfOf } from '../../src/report/exports/ctrf.ts';
import { githubAnnotations } from '../../src/report/exports/github.ts';
import { gitlabOf } from '../../src/report/exports/gitlab.ts';
import { foldEvents } from '../../src/report/fold.ts';
import { headline } from '../../src/report/headline.ts';
import { junitOf } from '../../src/report/junit.ts';
import { joinParts, mergedEvents, type Part, surveyPart } from '../../src/report/merge.ts';
import { show } from '../../src/report/narrative/line.ts';
import { narrate } from '../../src/report/narrative/narrate.ts';
import { resultOf } from '../../src/report/result.ts';
import type { RunStory } from '../../src/report/story.ts';
import { allIntents } from './synthetic/teamspace.ts';
import { type ToldIntent, tellRun } from './synthetic/telling.ts';

const many = [1, 2, 3].flatMap((copy) => allIntents.map((intent): ToldIntent => ({ ...intent, id: `${intent.id}-${copy}` })));
const whole = many.map(({ id }) => id);
const OF = 8;

const shardStory = (
  index: number,
  options: { intents?: readonly ToldIntent[]; startedAt?: string; commit?: string; end?: false; name?: string } = {},
): Promise<JournalEvent[]> => {
  const { intents = many.filter((_, at) => at % OF === index - 1), startedAt, commit, end } = options;
  return tellRun(intents, {
    run: `shard-${index}`,
    command: `intentwright run --frozen --shard ${index}/${OF}`,
    shard: { index, of: OF, whole },
    ...(startedAt ? { startedAt } : {}),
    ...(commit ? { commit } : {}),
    ...(end === false ? { end } : {}),
  });
};
const allShards = (): Promise<JournalEvent[][]> => Promise.all(Array.from({ length: OF }, (_, index) => shardStory(index + 1)));

async function* each(events: readonly JournalEvent[]): AsyncGenerator<JournalEvent> {
  yield* events;
}

async function merged(journals: readonly JournalEvent[][]): Promise<JournalEvent[]> {
  const eventsOf = new Map<Part, JournalEvent[]>();
  for (const [index, events] of journals.entries()) eventsOf.set(await surveyPart(`folder-${index}`, each(events)), events);
  const out: JournalEvent[] = [];
  for await (const event of mergedEvents(joinParts('merged', [...eventsOf.keys()]), (part) => each(eventsOf.get(part)!))) out.push(event);
  return out;
}

/** Every story as a reader sees it. */
const told = (story: RunStory) =>
  story.intents.map((intent) => {
    const { sentence, sections } = narrate(intent, story, []);
    const style = { text: String, quote: String, code: String, strong: String };
    return {
      id: intent.id,
      status: intent.status,
      sentence: show(sentence.spans, style),
      sections: sections.map(({ id, title, lines }) => ({ id, title, lines: lines.map((line) => show(line.spans, style)) })),
    };
  });

describe('the merge of shards', () => {
  test('of eight tells what one machine would have told: same order, statuses, narratives and result', async () => {
    const unsharded = await tellRun(many, { command: 'intentwright run --frozen' });
    const events = await merged(await allShards());
    const [one, eight] = [foldEvents(unsharded), foldEvents(events)];
    expect(told(eight)).toEqual(told(one));
    expect(new Set(told(eight).map(({ status }) => status)).size).toBeGreaterThan(5);
    const { run: _one, durationMs: _longer, ...expected } = resultOf(one);
    const { run, durationMs: _shorter, ...found } = resultOf(eight);
    expect(run).toBe('merged');
    // The synthetic run says 1 by itself; the merge works out that it holds faults.
    expect(found).toEqual({ ...expected, exitCode: 3 });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  });

  test('keeps what a change did not reach, told by the first shard, and is green without it', async () => {
    const [ran, left] = allIntents.filter((intent) => intent.attempts.length === 1 && intent.attempts[0]!.status === 'passed');
    const [first, ...rest] = await tellRun([ran!], { shard: { index: 1, of: 1, whole: [ran!.id] }, end: { exitCode: 0 } });
    if (first?.type !== 'run-start') throw new Error('a journal begins with its run');
    const start = {
      ...first,
      selection: { base: 'main', applied: true, files: 1, unmapped: [] },
      intents: [...first.intents, { ...first.intents[0]!, id: left!.id, skipped: 'not reached' }],
    };
    const story = foldEvents(await merged([[start, ...rest]]));
    expect(story.intents.map(({ id, status }) => `${id} ${status}`)).toEqual([`${ran!.id} passed`, `${left!.id} skipped`]);
    expect(story.exitCode).toBe(0);
  });

  test('is green only when every shard is', async () => {
    const passed = allIntents.filter((intent) => intent.attempts.length === 1 && intent.attempts[0]!.status === 'passed').slice(0, 2);
    const ids = passed.map(({ id }) => id);
    const shard = (index: number, end?: false) =>
      tellRun([passed[index - 1]!], { shard: { index, of: 2, whole: ids }, ...(end === false ? { end } : { end: { exitCode: 0 } }) });
    const exitCodeOf = async (journals: JournalEvent[][]) => foldEvents(await merged(journals)).exitCode;
    expect(await exitCodeOf([await shard(1), await shard(2)])).toBe(0);
    const alone = foldEvents(await merged([await shard(2)]));
    expect(alone).toMatchObject({
      exitCode: 3,
      intents: [
        { id: ids[0], status: 'skipped', skipped: 'shard 1 of 2 left no journal' },
        { id: ids[1], status: 'passed' },
      ],
    });
    expect(alone.notes).toEqual([expect.objectContaining({ code: 'SHARD_MISSING' }), expect.objectContaining({ code: 'INTENTS_MISSING' })]);
    const selected = foldEvents(
      await merged([
        (await shard(2)).map((event) =>
          event.type === 'run-start' ? { ...event, selection: { base: 'main', applied: true, files: 1, unmapped: [] } } : event,
        ),
      ]),
    );
    expect(headline(selected)).toBe('1 of 2 journeys was not run.');
    expect(junitOf(selected)).toMatch(
      /errors="1" skipped="0".*[^]*<error message="Was not run: shard 1 of 2 left no journal\." type="not-run">/,
    );
    expect(JSON.stringify([ctrfOf(selected), gitlabOf(selected), githubAnnotations(selected)])).toMatch(
      /"other":1.*intentwright\.skipped.*::error file=/,
    );
    const killed = (await shard(1)).slice(0, -2);
    expect(foldEvents(await merged([killed, await shard(2)]))).toMatchObject({
      exitCode: 3,
      interrupted: 'killed',
      intents: [{ status: 'errored' }, { status: 'passed' }],
    });
  });

  test('of a shard that was run again has both attempts: what passed only then is flaky', async () => {
    const [passed, failed] = [allIntents.find(({ id }) => id === 'create-project')!, allIntents.find(({ id }) => id === 'invite-editor')!];
    const shard = { index: 1, of: 1, whole: ['it'] };
    const first = await tellRun([{ ...failed, id: 'it' }], { shard });
    const second = await tellRun([{ ...passed, id: 'it' }], { shard, startedAt: '2026-11-20T09:45:00.000Z' });
    for (const journals of [
      [first, second],
      [second, first],
    ]) {
      const story = foldEvents(await merged(journals));
      expect(story).toMatchObject({
        exitCode: 0,
        intents: [
          {
            status: 'flaky',
            attempts: [
              { attempt: 1, status: 'failed' },
              { attempt: 2, status: 'passed' },
            ],
          },
        ],
      });
    }
  });

  test('notices that the shards were cut differently and an intent fell between them', async () => {
    const [a, b] = [allIntents[0]!, allIntents[1]!];
    const ids = [a.id, b.id];
    const story = foldEvents(
      await merged([
        await tellRun([a], { shard: { index: 1, of: 2, whole: ids } }),
        await tellRun([a], { shard: { index: 2, of: 2, whole: ids } }),
      ]),
    );
    expect(story.exitCode).toBe(3);
    expect(story.intents.find(({ id }) => id === b.id)).toMatchObject({
      status: 'skipped',
      skipped: expect.stringContaining('cut differently'),
    });
  });

  test('refuses what are not parts of one run', async () => {
    const plain = await tellRun(many.slice(0, 2));
    await expect(merged([plain])).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('a run of its own') });
    await expect(merged([await shardStory(1), await shardStory(2, { commit: 'another' })])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('commit'),
    });
    const ofWhole = async (index: number, name: string | undefined, startedAt?: string) =>
      (await shardStory(index, startedAt ? { startedAt } : {})).map((event) =>
        event.type === 'run-start' && name !== undefined ? { ...event, whole: name } : event,
      );
    await expect(merged([await ofWhole(1, 'GITHUB_RUN_ID 7'), await ofWhole(2, 'GITHUB_RUN_ID 6')])).rejects.toMatchObject({
      message: expect.stringContaining('one is of GITHUB_RUN_ID 7, the other of GITHUB_RUN_ID 6'),
    });
    await expect(merged([await ofWhole(1, undefined), await ofWhole(2, 'GITHUB_RUN_ID 6')])).rejects.toMatchObject({
      message: expect.stringContaining('no run of CI'),
    });
    await expect(merged([await ofWhole(1, undefined), await ofWhole(2, undefined, '2026-11-22T09:12:44.000Z')])).rejects.toMatchObject({
      message: expect.stringContaining('hours apart'),
    });
    // A job that was run again the next day is still of the same run of CI.
    await expect(
      merged([await ofWhole(1, 'GITHUB_RUN_ID 7'), await ofWhole(2, 'GITHUB_RUN_ID 7', '2026-11-22T09:12:44.000Z')]),
    ).resolves.toBeDefined();
    await expect(merged([])).rejects.toMatchObject({ code: 'USAGE' });
  });
});
