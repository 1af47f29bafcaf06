import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

/** Every other look at the clock is a day off, to either side, as when a machine's time is set while it works. */
const JUMPING = `const now = Date.now; let looks = 0;
const jumped = () => now() + [0, 86_400_000, 0, -86_400_000][looks++ % 4];
Date.now = jumped;
globalThis.Date = new Proxy(Date, { construct: (target, args) => (args.length === 0 ? new target(jumped()) : new target(...args)) });`;
const jumping = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(JUMPING)}` };

test.each([
  ['in the first time zone of the world', { TZ: 'Pacific/Kiritimati' }],
  ['half an hour beside the others', { TZ: 'America/St_Johns' }],
  ['while the clock of the machine jumps by days', jumping],
])('a run judges the same %s', async (_, env) => {
  const app = await startNotes({ late: 700 });
  const files = notesProject(app.url);
  const right = await runInline(files, ['run'], { env });
  expect({ exitCode: right.exitCode, stderr: right.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(right.result!.durationMs).toBeGreaterThan(700);
  expect(right.result!.durationMs).toBeLessThan(60_000);
  expect(right.result!.intents[0]!.verdicts[0]!.convergedMs).toBeLessThan(60_000);
  expect((await runInline({}, ['recheck'], { dir: right.dir, env })).exitCode).toBe(0);
  app.faults.forgets = true;
  const wrong = await runInline({}, ['run'], { dir: right.dir, env });
  expect(wrong.result!.intents[0]).toMatchObject({ status: 'failed', cause: 'product' });
  expect((await runInline({}, ['history'], { dir: right.dir, env })).exitCode).toBe(0);
});
