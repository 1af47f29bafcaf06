import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { type Ran, runInline } from './run-inline.ts';

const nowhere = 'http://127.0.0.1:9';
const CONFIG = 'intentwright.config.yaml';

/** Says what to do, ends with this code, and leaves no run behind that never was. */
function refused(ran: Ran, exitCode: number, ...said: string[]): void {
  for (const text of said) expect(ran.stderr).toContain(text);
  expect(ran.exitCode).toBe(exitCode);
  expect(ran.has('.intentwright/runs/latest')).toBe(false);
}

const started = (script: string, timeout = '5s'): Record<string, string> => ({
  ...notesProject('${app.url}'),
  [CONFIG]: `targets:\n  local:\n    url: "\${app.url}"\n    start: { command: [node, server.mjs], timeout: ${timeout} }\n`,
  'server.mjs': script,
});

describe('a world that is wrong', () => {
  test('an application that does not answer', async () => {
    refused(await runInline(notesProject(nowhere), ['run']), 3, 'TARGET_UNREACHABLE', nowhere, 'start it');
  });

  test('an application that ends instead of starting', async () => {
    refused(
      await runInline(started('console.error("no database"); process.exit(4)'), ['run']),
      3,
      'TARGET_UNREACHABLE',
      'ended with code 4',
      'no database',
    );
  });

  test('an application that is never ready', async () => {
    refused(await runInline(started('setInterval(() => {}, 1000)', '300ms'), ['run']), 3, 'TARGET_UNREACHABLE', 'was not ready in time');
  });

  test('a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    refused(
      await runInline(
        started(
          `import { createServer } from 'node:http'; createServer().listen(${port}, '127.0.0.1', () => console.log(JSON.stringify({ ready: true })))`,
        ),
        ['run'],
      ),
      3,
      'TARGET_UNREACHABLE',
      'EADDRINUSE',
    );
  });

  test('no browser', async () => {
    refused(
      await runInline({ ...notesProject(nowhere), [CONFIG]: `targets: { local: { url: "${nowhere}" } }\nbrowser: { channel: msedge }\n` }, [
        'run',
      ]),
      3,
      'BROWSER_MISSING',
      'playwright install msedge',
    );
    refused(
      await runInline(notesProject(nowhere), ['run'], { env: { INTENTWRIGHT_BROWSER: '/not/there' } }),
      3,
      'BROWSER_MISSING',
      '/not/there',
    );
  });

  test('a folder for evidence that cannot be written', async () => {
    const app = await startNotes();
    const files = {
      ...notesProject(app.url),
      taken: 'a file',
      [CONFIG]: `targets: { local: { url: "${app.url}" } }\nartifacts: { dir: taken/runs }\n`,
    };
    refused(await runInline(files, ['run']), 3, 'DISK', 'taken', 'artifacts.dir');
    expect(app.seen).toEqual([]);
  });

  test('a selection of nothing never passes', async () => {
    const app = await startNotes();
    refused(await runInline(notesProject(app.url), ['run', '--priority', 'critical']), 1, 'SPEC_EMPTY', 'no intent was selected');
    refused(await runInline(notesProject(app.url), ['run', '--touches', 'mail']), 1, 'SPEC_EMPTY');
    // A shard may be left without an intent: the run is all of them, and `merge` judges it.
    const [first, second] = await Promise.all(
      ['1/2', '2/2'].map((shard) => runInline(notesProject(app.url), ['run', '--shard', shard, 'add-note'])),
    );
    const [full, empty] = first!.stdout.includes('passed   ') ? [first!, second!] : [second!, first!];
    expect({ full: full.exitCode, empty: empty.exitCode, said: empty.stdout }).toEqual({
      full: 0,
      empty: 0,
      said: expect.not.stringContaining('1 passed'),
    });
    refused(await runInline(notesProject(app.url), ['run', '--shard', '2/2', '--touches', 'mail']), 1, 'SPEC_EMPTY');
    refused(await runInline(notesProject(app.url), ['run', 'add-notes']), 2, 'no intent is called add-notes', 'add-note');
  });

  test('no intents at all', async () => {
    refused(await runInline({ [CONFIG]: `targets: { local: { url: "${nowhere}" } }\n` }, ['run']), 1, 'SPEC_EMPTY');
  });

  test('a target that is not declared, or that is production', async () => {
    refused(await runInline(notesProject(nowhere), ['run', '--target', 'staging']), 2, 'TARGET_REFUSED', 'declared: local');
    const live = { ...notesProject(nowhere), [CONFIG]: `targets: { live: { url: "${nowhere}", production: true } }\n` };
    refused(await runInline(live, ['run']), 2, 'TARGET_REFUSED', '--production 127.0.0.1:9');
    refused(await runInline(live, ['run', '--production', '127.0.0.1:9']), 1, 'SPEC_EMPTY');
  });

  test('an agent that nobody configured', async () => {
    refused(await runInline(notesProject(nowhere), ['run', '--agents', 'builtin,model']), 2, 'the config names no model');
  });
});
