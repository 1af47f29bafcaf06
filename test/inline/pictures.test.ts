import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline, type Ran } from './run-inline.ts';

const pictures = (ran: Ran): string[] => {
  const folder = join(ran.dir, '.intentwright/runs', ran.result!.run, 'attachments');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jpg')) : [];
};

/** The notes, keeping pictures when the config says so. */
function picturing(url: string, wanted: string): Record<string, string> {
  const project = notesProject(url);
  return { ...project, 'intentwright.config.yaml': `${project['intentwright.config.yaml']}artifacts: { pictures: ${wanted} }\n` };
}

describe.concurrent('pictures', () => {
  test('each action that may change something leaves one, and the report outlines its target', async ({ expect }) => {
    const app = await startNotes();
    const ran = await runInline(picturing(app.url, 'each-step'), ['run']);
    expect(ran.exitCode).toBe(0);
    expect(pictures(ran).length).toBeGreaterThan(1);
    expect(ran.read(`.intentwright/runs/${ran.result!.run}/html/intents/${ran.result!.intents[0]!.id}.html`)).toMatch(
      /<img src="\.\.\/attachments\/[^"]+"[^>]*><svg class="target"/,
    );
  });

  test('with `on-failure` a green journey leaves none and a red one leaves its own', async ({ expect }) => {
    const [green, red] = await Promise.all([startNotes(), startNotes({ forgets: true })]);
    const [passed, failed] = await Promise.all([
      runInline(picturing(green.url, 'on-failure'), ['run']),
      runInline(picturing(red.url, 'on-failure'), ['run']),
    ]);
    expect(passed.exitCode).toBe(0);
    expect(pictures(passed)).toEqual([]);
    expect(failed.exitCode).toBe(1);
    expect(pictures(failed).length).toBeGreaterThan(1);
  });

  test('with `none` nobody looks', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const ran = await runInline(picturing(app.url, 'none'), ['run']);
    expect(ran.exitCode).toBe(1);
    expect(pictures(ran)).toEqual([]);
  });
});
