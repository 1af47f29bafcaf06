import { expect, test } from 'vitest';
import type { Fixture } from '../../src/core/intent.ts';
import { systemDeedOf } from '../../src/spec/system-step.ts';

const fixture = (name: string, says: string, params: string[] = []): Fixture => ({
  name,
  says,
  params,
  do: [],
  undo: [],
  where: { file: 'f', line: 1, col: 1 },
});
const fixtures = [fixture('release', 'job {job} of {org} is released', ['job', 'org']), fixture('stop', 'The worker stops.')];

test.each([
  ['wait 2s', 2000],
  ['Wait for 500ms', 500],
  ['time passes: 1.5m', 90_000],
  ['time passes 2s', 2000],
  ['2s pass', 2000],
  ['1h passes', 3_600_000],
  ['wait 2s.', 2000],
])('"%s" lets time pass', (sentence, ms) => {
  expect(systemDeedOf(sentence, fixtures)).toEqual({ kind: 'wait', ms });
});

test('a fixture carries its sentence out, whatever the case, the spaces and the full stop', () => {
  expect(systemDeedOf('the  worker stops', fixtures)).toMatchObject({ kind: 'fixture', fixture: { name: 'stop' }, with: {} });
});

test('placeholders take what stands in their place, templates and quoted texts too', () => {
  expect(systemDeedOf('Job ${org.job} of "Acme Inc" is released', fixtures)).toMatchObject({
    fixture: { name: 'release' },
    with: { job: '${org.job}', org: 'Acme Inc' },
  });
});

test('a sentence that nothing says means nothing', () => {
  expect(systemDeedOf('the worker starts', fixtures)).toBeUndefined();
  expect(systemDeedOf('wait a little', fixtures)).toBeUndefined();
});
