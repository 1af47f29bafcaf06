import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resultSchema } from '../../src/core/result.ts';
import { Redactor } from '../../src/core/redact.ts';
import { pastForReports } from '../../src/history/for-reports.ts';
import { openHistory } from '../../src/history/store.ts';
import { openAttachments } from '../../src/report/attachments.ts';
import { createHub } from '../../src/report/journal.ts';
import { journalWriter } from '../../src/report/journal-file.ts';
import { claimRunFolder, latestRun, runFolder } from '../../src/report/run-folder.ts';
import { runRecordOf } from '../../src/report/run-record.ts';
import { writeReports } from '../../src/report/write-reports.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { handClock, tell, type ToldIntent } from './synthetic/telling.ts';

let artifacts: string;
beforeEach(() => {
  artifacts = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => rmSync(artifacts, { recursive: true, force: true }));

async function runOf(
  told: readonly ToldIntent[],
  options: { run?: string; redactor?: Redactor; startedAt?: string } = {},
): Promise<string> {
  const { run } = await claimRunFolder(artifacts, options.run ?? 'run-1');
  const clock = handClock();
  const hub = createHub({
    clock,
    redactor: options.redactor ?? new Redactor(),
    subscribers: [journalWriter(runFolder(artifacts, run).journal)],
  });
  tell(hub.emit, clock, told, { run, ...(options.startedAt ? { startedAt: options.startedAt } : {}) });
  expect(await hub.close()).toEqual([]);
  return run;
}

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the reports of a run', () => {
  test('are all written from its journal, and the latest result is where tools look for it', async () => {
    const run = await runOf(allIntents);
    const { problems, ignored, place } = await writeReports(artifacts, run);
    expect({ problems, ignored }).toEqual({ problems: [], ignored: [] });
    for (const file of [place.result, place.junit, join(place.markdown, 'index.md'), join(place.html, 'index.html')])
      expect(statSync(file).size).toBeGreaterThan(500);
    const latest = readFileSync(join(artifacts, 'runs', 'latest', 'result.json'), 'utf8');
    expect(latest).toBe(readFileSync(place.result, 'utf8'));
    expect(resultSchema.parse(JSON.parse(latest)).run).toBe(run);
    expect(await latestRun(artifacts)).toBe(run);
    expect(everyFile(artifacts).filter((file) => file.includes('.tmp'))).toEqual([]);
  });

  test('a secret is in none of them, in none of its forms', async () => {
    const canary = 'c4nary/p&ss"wörd<7>';
    const redactor = new Redactor();
    redactor.add('TEAMMATE_PASSWORD', canary);
    const forms = [
      canary,
      encodeURIComponent(canary),
      Buffer.from(canary).toString('base64'),
      JSON.stringify(canary).slice(1, -1),
      Buffer.from(canary).toString('hex'),
      canary.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    ];
    const told = structuredClone(intents.failed) as ToldIntent;
    const said = forms.join(' ');
    const [attempt] = told.attempts;
    told.title = `Invite ${said}`;
    attempt!.causeWhy = said;
    Object.assign(attempt!.steps![0]!, {
      why: said,
      title: said,
      notices: [{ kind: 'alert', text: said }],
      pageEvents: [{ kind: 'console-error', text: said }],
    });
    attempt!.steps![0]!.acts![0]!.line = said;
    attempt!.steps![0]!.requests![0]!.template = said;
    Object.assign(attempt!.invariants![0]!.verdict, { found: said, expected: said, diff: [said] });
    attempt!.invariants![0]!.readings.push([23_000, 'final', { [said]: { deep: [said] } }]);
    const run = await runOf([told], { redactor });
    await writeReports(artifacts, run);
    for (const file of everyFile(artifacts)) {
      const text = readFileSync(file, 'utf8');
      for (const form of forms) expect(text.includes(form), `${file} holds ${form}`).toBe(false);
    }
    expect(readFileSync(runFolder(artifacts, run).result, 'utf8')).toContain('•••TEAMMATE_PASSWORD•••');
  });

  test('a killed run is told as far as it came, as interrupted', async () => {
    const run = await runOf([intents.failed, intents.passed]);
    const { journal } = runFolder(artifacts, run);
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.slice(0, text.length * 0.4));
    const { story, ignored, problems } = await writeReports(artifacts, run);
    expect(story.interrupted).toBe('killed');
    expect(ignored).toMatchObject([{ why: 'cut-off' }]);
    expect(problems).toEqual([]);
    expect(readFileSync(join(runFolder(artifacts, run).html, 'index.html'), 'utf8')).toContain('The run was interrupted (killed)');
  });

  test('one report that cannot be written takes none of the others with it', async () => {
    const run = await runOf([intents.failed]);
    writeFileSync(join(artifacts, 'runs', run, 'junit.xml'), '');
    rmSync(join(artifacts, 'runs', run, 'junit.xml'));
    mkdirSync(join(artifacts, 'runs', run, 'junit.xml', 'in the way'), { recursive: true });
    const { problems, place } = await writeReports(artifacts, run);
    expect(problems).toEqual([expect.stringContaining('the junit report could not be written')]);
    expect(existsSync(join(place.html, 'index.html'))).toBe(true);
    expect(everyFile(artifacts).filter((file) => file.includes('.tmp'))).toEqual([]);
  });

  test('with history they tell what is new, the trend, and the first difference', async () => {
    const history = openHistory(join(artifacts, 'history.sqlite'));
    const past = pastForReports(history);
    const green = structuredClone(intents.failed) as ToldIntent;
    Object.assign(green.attempts[0]!, { status: 'passed' });
    Object.assign(green.attempts[0]!.invariants![0]!.verdict, { status: 'held', convergedMs: 10 });
    green.attempts[0]!.invariants![0]!.readings = [
      [40, 'baseline', []],
      [2130, 'poll', [{ role: 'editor', status: 'active' }]],
    ];
    const first = await writeReports(artifacts, await runOf([green], { run: 'run-1', startedAt: '2026-11-19T00:00:00.000Z' }), { past });
    history.record(runRecordOf(first.story));
    const second = await writeReports(artifacts, await runOf([intents.failed], { run: 'run-2', startedAt: '2026-11-20T00:00:00.000Z' }), {
      past,
    });
    history.record(runRecordOf(second.story));
    const index = readFileSync(join(second.place.html, 'index.html'), 'utf8');
    expect(index).toContain('<span class="new">new</span>');
    expect(index).toContain('Last 2 runs');
    for (const file of [
      join(second.place.html, 'intents', 'invite-editor.html'),
      join(second.place.markdown, 'invite-editor.md'),
      second.place.junit,
    ])
      expect(readFileSync(file, 'utf8'), file).toContain('First difference from the last green run');
    const again = await writeReports(artifacts, 'run-1', { past });
    expect(readFileSync(join(again.place.html, 'index.html'), 'utf8')).not.toContain('Last 2 runs');
    history.close();
  });
});

describe('the folder of a run', () => {
  test('two runs of one name get folders of their own', async () => {
    const claimed = await Promise.all([1, 2, 3].map(() => claimRunFolder(artifacts, 'same')));
    expect(claimed.map(({ run }) => run).sort()).toEqual(['same', 'same-2', 'same-3']);
    expect((await claimRunFolder(artifacts, 'latest')).folder.endsWith('latest')).toBe(false);
  });

  test('bytes are kept once, by what they are', async () => {
    const attachments = openAttachments(join(artifacts, 'runs', 'r'));
    const ids = await Promise.all(['a', 'a', 'b'].map((text) => attachments.put(Buffer.from(text), 'jpg')));
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.jpg');
    expect(readdirSync(attachments.folder).sort()).toEqual([...new Set(ids)].sort());
    await expect(attachments.put(Buffer.from('x'), '../sh')).rejects.toThrow(RangeError);
  });
});
