import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startNotes } from '../inline/notes-app.ts';
import { notesProject } from '../inline/notes-project.ts';
import { environment, newFolder, writeFiles } from '../inline/run-inline.ts';

const root = join(import.meta.dirname, '../..');

interface Reported {
  suites: {
    specs: {
      title: string;
      ok: boolean;
      tests: { results: { status: string; error?: { message: string }; steps?: { title: string }[]; attachments: { name: string }[] }[] }[];
    }[];
  }[];
}

/** A team's own Playwright suite, run by Playwright's own command line. */
async function playwright(files: Record<string, string>): Promise<{ code: number; output: string; report: Reported }> {
  const dir = await newFolder();
  await writeFiles(dir, {
    'package.json': '{"type":"module"}',
    'playwright.config.ts': `export default { reporter: 'json', use: { intentwright: { agents: ['builtin'] } } };\n`,
    ...files,
  });
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction');
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/@playwright/test/cli.js'), 'test'],
      { cwd: dir, env: environment({ PLAYWRIGHT_JSON_OUTPUT_NAME: '' }), maxBuffer: 1e8 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, stdout: out, stderr: err }),
    );
  });
  return { code, output: stdout + stderr, report: JSON.parse(stdout) as Reported };
}

describe('inside Playwright Test', () => {
  test('an intent is a test: its sentences are steps, its evidence is attached, and what did not happen fails it', async () => {
    const app = await startNotes();
    const broken = await startNotes({ forgets: (text) => !text.startsWith('kept') });
    const files = notesProject(app.url);
    files['intentwright.config.yaml'] =
      `targets:\n  local: { url: "\${env:PLAYWRIGHT_BASE_URL:-${app.url}}" }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms, within: 1s }\n`;
    files['intents/a-note.intent.yaml'] = files['intents/add-note.intent.yaml']!.replace('note ${run.id}', 'kept ${run.id}');
    const spec = `import { test, expect } from '${join(root, 'src/playwright/index.ts').replaceAll('\\', '/')}';
test.intent('add-note', 'a note is added');
test('inside a test of one’s own', async ({ intents }) => {
  const { result } = await intents.carryOut('add-note');
  expect(result.verdicts.some(({ status }) => status === 'held')).toBe(true);
});
test.describe('where nothing is kept', () => {
  test.use({ baseURL: '${broken.url}' });
  test.intent('add-note', 'a note that is forgotten');
  test.intent('a*-note', 'several, of which the first is kept');
  test('nobody waits for it', async ({ intents }) => void intents.carryOut('a-note').catch(() => undefined));
});
`;
    const ran = await playwright({ ...files, 'tests/notes.spec.ts': spec });
    const specs = ran.report.suites.flatMap(function flat(suite: {
      specs: unknown[];
      suites?: unknown[];
    }): Reported['suites'][number]['specs'] {
      return [
        ...(suite.specs as Reported['suites'][number]['specs']),
        ...(suite.suites ?? []).flatMap((one) => flat(one as { specs: unknown[] })),
      ];
    });
    const byTitle = Object.fromEntries(specs.map((one) => [one.title, { ok: one.ok, ...one.tests[0]!.results[0]! }]));
    expect(byTitle['a note is added'], ran.output.slice(-3000)).toMatchObject({ ok: true });
    expect(byTitle['a note is added']!.steps?.map(({ title }) => title)).toEqual([expect.stringMatching(/^user: Add the note "note iw/)]);
    expect(byTitle['a note is added']!.attachments.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['story', 'journal', expect.stringMatching(/\.jpg$/)]),
    );
    expect(byTitle['inside a test of one’s own']).toMatchObject({ ok: true });
    expect(byTitle['a note that is forgotten']).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/add-note: failed\. .*is not stored/) },
    });
    expect(byTitle['several, of which the first is kept']).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('add-note: failed') },
    });
    expect(byTitle['nobody waits for it']).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('the test ended before a-note did') },
    });
    expect(ran.code).toBe(1);
    expect(app.notes).toHaveLength(2);
  });
});
