import { describe, expect, test } from 'vitest';
import { parseJsonPath } from '../../src/oracle/json-path/parse.ts';
import { selectNodes } from '../../src/oracle/json-path/select.ts';
import { pickPath } from '../../src/oracle/pick-path.ts';

const team = {
  name: 'Acme',
  members: [
    { name: 'Ada', role: 'owner', age: 41, tags: ['a', 'b'] },
    { name: 'Bo', role: 'editor', age: 29, tags: [] },
    { name: 'Cy', role: 'editor', left: null },
    { name: 'Dé', role: 'viewer', age: 35, tags: ['b'], boss: { name: 'Ada' } },
  ],
  'odd key': { "it's": 1 },
};

const select = (path: string, from: unknown = team) => selectNodes(from, parseJsonPath(path));

describe('paths of RFC 9535', () => {
  test.each<[path: string, names: unknown[]]>([
    ['$.name', ['Acme']],
    ["$['odd key']['it\\'s']", [1]],
    ['$.members[*].name', ['Ada', 'Bo', 'Cy', 'Dé']],
    ['$.members[-1].name', ['Dé']],
    ['$.members[0,2].name', ['Ada', 'Cy']],
    ['$.members[1:3].name', ['Bo', 'Cy']],
    ['$.members[::-2].name', ['Dé', 'Bo']],
    ['$.members[9].name', []],
    ['$..boss.name', ['Ada']],
    ["$.members[?@.role == 'editor'].name", ['Bo', 'Cy']],
    ['$.members[?@.age > 30 && @.age < 40].name', ['Dé']],
    ["$.members[?@.age < 30 || @.role == 'owner'].name", ['Ada', 'Bo']],
    ['$.members[?!@.age].name', ['Cy']],
    ['$.members[?@.left == null].name', ['Cy']],
    ['$.members[?@.left].name', ['Cy']],
    ["$.members[?@.tags[?@ == 'b']].name", ['Ada', 'Dé']],
    ['$.members[?length(@.name) == 2].name', ['Bo', 'Cy', 'Dé']],
    ['$.members[?count(@.tags[*]) >= 1].name', ['Ada', 'Dé']],
    ["$.members[?match(@.name, '[AB].*')].name", ['Ada', 'Bo']],
    ["$.members[?search(@.role, 'it')].name", ['Bo', 'Cy']],
    ["$.members[?value(@..boss.name) == 'Ada'].name", ['Dé']],
    ['$.members[?@.boss.name == $.members[0].name].name', ['Dé']],
    ['$.members[?@.age == @.nothing].name', ['Cy']],
    ['$[ "name" , \'odd key\' ]', ['Acme', { "it's": 1 }]],
  ])('%s', (path, expected) => expect(select(path)).toEqual(expected));

  test.each([
    '$.',
    '$.members[',
    '$members',
    'name',
    '$.members[01]',
    '$.members[-0]',
    '$.members[?@.a ==]',
    "$.members[?@.a == 'x]",
    '$.members[?@.*  == 1]',
    '$.members[?length(@.a)]',
    '$.members[?nobody(@.a)]',
    '$.members[?match(@.a) ]',
    '$.a b',
    '$..',
    '$.members[?1]',
    '$[9007199254740992]',
    '$["\\ud800"]',
  ])('%s is refused, with the place', (path) => expect(() => parseJsonPath(path)).toThrow(/at character \d+/));

  test('a pattern that hangs other engines answers at once', () => {
    const before = process.cpuUsage().user;
    expect(select("$[?match(@, '(a+)+$')]", [`${'a'.repeat(40)}!`])).toEqual([]);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1000);
  });
});

describe('what is picked', () => {
  test.each<[string, unknown]>([
    ['members.1.name', 'Bo'],
    ['$.members[1].name', 'Bo'],
    ['members.9.name', null],
    ['$.nobody', null],
    ['$.members[*].role', ['owner', 'editor', 'editor', 'viewer']],
    ["$.members[?@.role == 'admin']", []],
  ])('%s', (path, expected) => expect(pickPath(team, path)).toEqual(expected));
  test('a path that cannot be read is a question that cannot be asked', () =>
    expect(() => pickPath(team, '$.members[?]')).toThrow(
      expect.objectContaining({ code: 'PROBE_CONFIG', message: expect.stringContaining('at character') }),
    ));
});
