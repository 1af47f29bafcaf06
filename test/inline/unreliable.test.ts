import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

/** Two journeys of the same kind, told apart by the note they leave. */
function twoIntents(url: string, more = ''): Record<string, string> {
  const project = notesProject(url);
  const text = project['intents/add-note.intent.yaml']!;
  return {
    ...project,
    'intentwright.config.yaml': `${project['intentwright.config.yaml']}workers: 2\n${more}`,
    'intents/other-note.intent.yaml': text.replace('Add a note', 'Add another note').replace('note ${run.id}', 'other ${run.id}'),
  };
}

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const quarantine = (until: string): string =>
  `quarantine: { add-note: { owner: "@growth", until: ${until}, why: "drops one in fifty, #812" } }\n`;

describe.concurrent('what is unreliable', () => {
  test('is tried again alone, after everything else', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const seen: string[] = [];
    app.faults.onNote = () => {
      seen.push('note');
      if (seen.length >= 2) app.faults.forgets = false;
    };
    const ran = await runInline(twoIntents(app.url, 'retries: 1\n'), ['run']);
    const journal = ran
      .read(`.intentwright/runs/${ran.result!.run}/events.jsonl`)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; intent?: string; attempt?: number; isolation?: boolean });
    const order = journal
      .filter(({ type }) => type === 'intent-start' || type === 'intent-end')
      .map(({ type, intent, attempt, isolation }) => ({ type, intent, attempt, isolation }));
    const again = order.findIndex(({ attempt }) => attempt === 2);
    expect(again).toBeGreaterThanOrEqual(4);
    expect(order.slice(0, again).filter(({ type }) => type === 'intent-end')).toHaveLength(2);
    expect(order.filter(({ type, attempt }) => type === 'intent-start' && attempt === 2).every(({ isolation }) => isolation === true)).toBe(
      true,
    );
    expect(ran.result!.intents.some(({ status }) => status === 'flaky')).toBe(true);
    expect(ran.stdout).toMatch(/alone after all others/i);
  });

  test('is in quarantine until its day: red as ever, told everywhere, but no failure of the run', async ({ expect }) => {
    const app = await startNotes();
    app.faults.onNote = () => undefined;
    const files = twoIntents(app.url, quarantine(day(3)));
    files['intents/add-note.intent.yaml'] = files['intents/add-note.intent.yaml']!.replace(
      '{ note: "${note}" }',
      '{ note: "never ${note}" }',
    );
    const ran = await runInline(files, ['run', '--reports', 'ctrf,github']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '', result: { exitCode: 0 } });
    expect(ran.result!.intents.map(({ id, status, quarantined }) => [id, status, quarantined?.owner])).toEqual(
      expect.arrayContaining([
        ['add-note', 'failed', '@growth'],
        ['other-note', 'passed', undefined],
      ]),
    );
    expect(ran.stdout).toContain(`in quarantine until ${day(3)}, @growth`);
    expect(ran.stdout).toContain('1 passed, 1 failed');
    expect(ran.stdout).toContain('1 of them in quarantine, not counted');
    const of = (file: string): string => ran.read(`.intentwright/runs/${ran.result!.run}/${file}`);
    expect(of('junit.xml')).toMatch(/failures="0" errors="0"[^>]*>[^]*<skipped message="failed, in quarantine until/);
    expect(of('markdown/index.md')).toMatch(/^# The journey is proven; 1 in quarantine is not green\./);
    expect(of('html/index.html')).toContain('in quarantine until');
    expect(of('github-annotations.txt')).toMatch(/^::warning /);
    expect(JSON.parse(of('ctrf.json'))).toMatchObject({ results: { summary: { passed: 1, failed: 0, other: 1 } } });

    const alone = await runInline({}, ['run', 'add-note'], { dir: ran.dir });
    expect(alone).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 failed') });

    const ended = await runInline({ 'intentwright.config.yaml': files['intentwright.config.yaml']!.replace(day(3), day(-1)) }, ['run'], {
      dir: ran.dir,
    });
    expect(ended).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(`the quarantine of add-note ended on ${day(-1)}`) });
    const unknown = await runInline(
      { 'intentwright.config.yaml': files['intentwright.config.yaml']!.replace('{ add-note:', '{ add-notes:') },
      ['check'],
      { dir: ran.dir },
    );
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stdout + unknown.stderr).toMatch(/quarantine\.add-notes: unknown intent\s+did you mean "add-note"\?/);
  });
});
