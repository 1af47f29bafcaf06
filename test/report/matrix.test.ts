import { expect, test } from 'vitest';
import type { Status } from '../../src/core/decide.ts';
import { matricesOf, matrixLine } from '../../src/report/matrix.ts';
import type { IntentStory, RunStory } from '../../src/report/story.ts';
import { combinations } from '../../src/spec/matrix.ts';

type Values = Record<string, string | number | boolean>;

/** A run over all cells of these factors, in which those that `isRed` are not green. */
function lineOf(factors: Record<string, (string | boolean)[]>, isRed: (values: Values) => boolean, red: Status = 'failed'): string {
  const intents = combinations({ factors, cells: 'full' }).map(
    (values) =>
      ({ id: JSON.stringify(values), cell: { of: 'invite', values }, status: isRed(values) ? red : 'passed' }) as unknown as IntentStory,
  );
  const [matrix] = matricesOf({ intents: [{ id: 'other', status: 'failed' } as IntentStory, ...intents] } as RunStory);
  return matrixLine(matrix!);
}

const factors = { plan: ['free', 'pro'], role: ['owner', 'editor', 'viewer'], new_invites: ['on', 'off'] };

test.each<[string, (values: Values) => boolean, string]>([
  ['one setting', ({ new_invites }) => new_invites === 'on', '6 of 12 cells are not green, only when new_invites is on'],
  [
    'two settings together',
    ({ plan, role }) => plan === 'pro' && role === 'viewer',
    '2 of 12 cells are not green, only when plan is pro and role is viewer',
  ],
  [
    'a single cell',
    ({ plan, role, new_invites }) => plan === 'pro' && role === 'viewer' && new_invites === 'on',
    '1 of 12 cells is not green, only when plan is pro and role is viewer and new_invites is on',
  ],
  ['nothing', () => false, 'all 12 cells are green'],
  ['everything', () => true, '12 of 12 cells are not green, whatever the settings are'],
  [
    'settings that do not tell',
    ({ plan, role }) => (plan === 'pro') === (role === 'viewer'),
    '6 of 12 cells are not green, with no settings that tell them from the green ones',
  ],
])('what the red cells have in common: %s', (_, isRed, expected) => expect(lineOf(factors, isRed)).toBe(expected));

test('where the cells do not tell two reasons apart, both are told', () => {
  const intents = [
    { plan: 'free', beta: 'off' },
    { plan: 'pro', beta: 'on' },
  ].map(
    (values, at) => ({ id: String(at), cell: { of: 'invite', values }, status: at === 1 ? 'blocked' : 'passed' }) as unknown as IntentStory,
  );
  expect(matrixLine(matricesOf({ intents } as RunStory)[0]!)).toBe(
    '1 of 2 cells is not green, only when plan is pro; or, as far as these cells tell, only when beta is on',
  );
});
test('what was not reached tells nothing', () => {
  const intents = [
    ['free', 'passed'],
    ['pro', 'failed'],
    ['business', 'skipped'],
  ].map(([plan, status]) => ({ id: plan, cell: { of: 'invite', values: { plan } }, status }) as unknown as IntentStory);
  expect(matrixLine(matricesOf({ intents } as RunStory)[0]!)).toBe('1 of 2 cells that were run, of 3, is not green, only when plan is pro');
});
