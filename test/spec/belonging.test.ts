import { expect, test } from 'vitest';
import type { Intent } from '../../src/core/intent.ts';
import type { Mode } from '../../src/core/invariant.ts';
import { belongingOf } from '../../src/spec/belonging.ts';

const where = { file: 'a', line: 1, col: 1 };
const journey = (...texts: string[]): Intent['journey'] => texts.map((text) => ({ actor: 'user', text, tries: false, where }));
const asks = (args: Record<string, unknown>, expected: unknown = 'none', probe = 'sql'): Mode => ({
  kind: 'eventually',
  query: { probe, args },
  expect: expected,
});

const INTENT = {
  vars: { invitee: 'casey+${run.id}@example.test', title: 'Roadmap', copy: '${invitee}' },
  given: [{ alias: 'org', fixture: 'org', with: {}, where }],
  actors: { admin: { name: 'admin', session: '${org.admin.session}' }, guest: { name: 'guest', session: 'sid=guest' } },
  journey: journey('Invite ${invitee} as an editor', 'Rename the project "${title}" to "Roadmap 2027"', 'Close ticket 12'),
};
const OTHERS = [{ vars: {}, journey: journey('Close ticket 120', 'Archive the project "Roadmap"', 'Invite somebody as an admin') }];

test.each<[string, Mode, Record<string, unknown>, string]>([
  ['a variable with the run’s id', asks({ query: 'q', with: { email: '${copy}' } }), {}, 'attempt'],
  ['the run’s id in what is expected', asks({ query: 'q' }, { any: { contains: '${run.id}' } }), {}, 'attempt'],
  ['an output of a fixture, by a parameter', asks({ query: 'q', with: { org: '${whose}' } }), { whose: '${org.id}' }, 'attempt'],
  [
    'a parameter that is called as the variable it is given',
    asks({ query: 'q', with: { invitee: '${invitee}' } }),
    { invitee: '${invitee}' },
    'attempt',
  ],
  ['an actor whose session a fixture made', asks({ as: 'admin', path: '/me' }, 'none', 'http'), {}, 'attempt'],
  ['an actor who is always the same', asks({ as: 'guest', path: '/me' }, 'none', 'http'), {}, 'anybody'],
  ['the browsers’ own requests', asks({ path: '/x' }, 'none', 'requests'), {}, 'attempt'],
  ['events of every run', asks({ kind: 'x', any: true }, 'none', 'events'), {}, 'anybody'],
  ['a name that this journey alone says', asks({ query: 'select 1 where name = :name', with: { name: 'Roadmap 2027' } }), {}, 'words'],
  ['the same, quoted in a query', asks({ query: "select 1 where name = 'Roadmap 2027'" }), {}, 'words'],
  ['the same, in a path', asks({ path: '/projects/Roadmap_2027' }, 'none', 'http'), {}, 'words'],
  ['what is left out', asks({ query: 'select 1 where email <> :email', with: { email: '${invitee}' } }), {}, 'anybody'],
  [
    'a name that is left out in a list',
    asks({ query: "select 1 where name NOT IN ('Roadmap 2027', :x)", with: { x: '${org.id}' } }),
    {},
    'anybody',
  ],
  [
    'what is left out in one place and asked for in another',
    asks({ query: 'select 1 where a != :email or b = :email', with: { email: '${invitee}' } }),
    {},
    'attempt',
  ],
  ['a number that another journey only begins with', asks({ query: 'q', with: { ticket: 12 } }), {}, 'words'],
  ['a name that two journeys say', asks({ query: 'q', with: { name: '${title}' } }), {}, 'shared'],
  ['nothing', asks({ query: 'select count(*) from invitations' }, [{ n: 1 }]), {}, 'anybody'],
  ['a variable of the environment', asks({ query: 'q', with: { tenant: '${env:TENANT}' } }), {}, 'anybody'],
])('%s', (_, mode, params, expected) => {
  expect(belongingOf({ name: 'x', params, where }, { mode, params: Object.keys(params) }, INTENT, OTHERS)).toBe(expected);
});
