import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core/result.ts';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { newFolder, type Ran, runInline, writeFiles } from './run-inline.ts';

const OF = 8;

/** Ten journeys about notes; one says that something else was stored, one cannot be carried out. */
function manyNotes(url: string): Record<string, string> {
  const { 'intents/add-note.intent.yaml': intent = '', ...project } = notesProject(url);
  const files: Record<string, string> = { ...project };
  for (let number = 1; number <= 10; number++)
    files[`intents/add-note-${number}.intent.yaml`] = intent
      .replace('Add a note', `Add note ${number}`)
      .replace('within: 3s', 'within: 400ms')
      .replace('note ${run.id}', `note ${number} \${run.id}`);
  files['intents/add-note-3.intent.yaml'] = files['intents/add-note-3.intent.yaml']!.replace(
    '{ note: "${note}" }',
    '{ note: "another ${note}" }',
  );
  files['intents/add-note-7.intent.yaml'] = files['intents/add-note-7.intent.yaml']!.replace('Add the note "', 'Archive the invoice "');
  return files;
}

/** What a run says of each intent, without what no two runs share: ids, times, counts of reads. */
const told = (result: RunResult | undefined) =>
  (result?.intents ?? [])
    .map(({ id, status, cause, sentence, attempts, verdicts, steps }) => ({
      id,
      status,
      cause,
      attempts,
      sentence: steady(sentence),
      verdicts: verdicts.map((verdict) => `${verdict.invariant} ${verdict.status} ${verdict.reason}`),
      steps: steps.map((step) => `${steady(step.text)} ${step.status}`),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
const steady = (text: string): string =>
  text
    .replace(/("?)\[\{.*?(…|\}\]"?)/g, '<all notes>')
    .replace(/iw[a-z0-9]{8}/g, '<run>')
    .replace(/\d+(\.\d+)? ?m?s\b/g, '<time>')
    .replace(/\d+ (reads|times)/g, '<reads>');

/** The stories of the Markdown report, as a coding agent reads them. */
const stories = (ran: Ran, folder: string): string[] =>
  [3, 7].map((number) =>
    steady(ran.read(`${folder}/markdown/add-note-${number}.md`))
      .split('\n')
      .filter((line) => !/^(#+ Evidence|node .*|.*(runs\/|Run |run `|Started|<time>|<reads>|http:)).*/.test(line))
      .join('\n'),
  );

describe('shards', () => {
  test('eight of them, merged, say what one run says; one that is lost is noticed', async () => {
    const app = await startNotes();
    const files = manyNotes(app.url);
    const one = await runInline(files, ['run', '--workers', '1', '--report', 'out']);
    expect(one.exitCode).toBe(1);

    const machines = await Promise.all(Array.from({ length: OF }, () => newFolder()));
    // Every machine has the durations of the first run: its history, as CI's cache hands it out.
    for (const dir of machines) {
      await writeFiles(dir, files);
      cpSync(join(one.dir, '.intentwright/history.sqlite'), join(dir, '.intentwright/history.sqlite'), { recursive: true });
    }
    const shards: Ran[] = [];
    for (const [index, dir] of machines.entries()) shards.push(await runInline({}, ['run', '--shard', `${index + 1}/${OF}`], { dir }));
    const ids = shards.map(({ result }) => (result?.intents ?? []).map(({ id }) => id));
    expect(ids.flat().sort()).toEqual(
      Object.keys(files)
        .flatMap((path) => /([^/]+)\.intent\.yaml$/.exec(path)?.[1] ?? [])
        .sort(),
    );

    const gathered = await newFolder();
    for (const [index, dir] of machines.entries())
      cpSync(join(dir, '.intentwright/runs'), join(gathered, `artifact-${index + 1}/runs`), { recursive: true });
    const merged = await runInline(notesProject(app.url), ['merge', gathered, '--report', 'out']);
    expect(merged.stderr).toBe('');
    expect(merged.exitCode).toBe(one.exitCode);
    expect(told(merged.result)).toEqual(told(one.result));
    expect(
      told(one.result)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['blocked', 'failed', ...Array.from({ length: 8 }, () => 'passed')]);
    expect(stories(merged, 'out')).toEqual(stories(one, 'out'));
    expect(stories(one, 'out').join('').length).toBeGreaterThan(500);
    expect((await runInline({}, ['history', 'add-note-3'], { dir: merged.dir })).stdout).toContain(merged.result!.run);

    const lossy = await runInline({}, ['merge', ...shards.slice(1).map(({ dir }) => join(dir, '.intentwright'))], { dir: merged.dir });
    expect(lossy.exitCode).toBe(3);
    expect(lossy.stderr).toContain(`shard 1 of ${OF} left no journal`);
    expect(
      lossy.result?.intents
        .filter(({ status }) => status === 'skipped')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids[0]!.toSorted());
  });

  test('more shards than intents leave some with nothing to do, and that is no fault', async () => {
    const app = await startNotes();
    const ran = await Promise.all([1, 2].map((index) => runInline(notesProject(app.url), ['run', '--shard', `${index}/2`])));
    expect(ran.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const idle = ran.find(({ result }) => result?.intents.length === 0);
    expect(idle?.stdout).toContain('nothing to do');
    const merged = await runInline(notesProject(app.url), ['merge', ...ran.map(({ dir }) => dir)]);
    expect(merged).toMatchObject({ exitCode: 0, result: { intents: [{ status: 'passed' }] } });
  });

  test('a shard that yesterday left, of the same commit, does not stand in for the one that is lost today', async () => {
    const app = await startNotes();
    const files = {
      ...notesProject(app.url),
      'intents/another.intent.yaml': notesProject(app.url)['intents/add-note.intent.yaml']!.replace('note ${run.id}', 'another ${run.id}'),
    };
    const shard = (index: number, pipeline: string) =>
      runInline(files, ['run', '--shard', `${index}/2`], { env: { GITHUB_RUN_ID: '', CI_PIPELINE_ID: pipeline } });
    const [yesterday, today] = [await shard(1, '41'), await shard(2, '42')];
    expect([yesterday.exitCode, today.exitCode]).toEqual([0, 0]);
    const merged = await runInline(files, ['merge', yesterday.dir, today.dir]);
    expect({ exitCode: merged.exitCode, stderr: merged.stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('one is of CI_PIPELINE_ID 41, the other of CI_PIPELINE_ID 42'),
    });
    expect((await runInline(files, ['merge', (await shard(1, '42')).dir, today.dir])).exitCode).toBe(0);
  });
});
