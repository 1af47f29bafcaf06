import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { environment } from './run-inline.ts';

const root = join(import.meta.dirname, '../..');

test('Teamspace’s journeys by a reader’s recorded answers: few calls, short prompts, judged by the backend like any other', async () => {
  const script = join(root, 'evals/model/run.ts');
  const journeys = ['evals/bench/journey/invite-and-edit.intent.yaml', 'intents/viewer-is-refused.intent.yaml'];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...journeys, '--replay'], {
    cwd: root,
    env: environment(),
    maxBuffer: 1e7,
  });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('  '));
  expect(
    rows.map(([journey, , , status]) => [journey, status]),
    stdout,
  ).toEqual([
    ['invite-and-edit', 'passed'],
    ['viewer-is-refused', 'passed'],
  ]);
  const [calls, tokens] = rows[0]!.slice(4, 6).map(Number);
  expect(calls).toBeLessThanOrEqual(6);
  expect(tokens).toBeLessThanOrEqual(5_000);
});
