import { expect, test } from 'vitest';
import { loadInline, saidOfInvariants } from './inline-project.ts';

const invariants = async (text: string) => {
  const { project, said } = await loadInline({ 'invariants/x.yaml': text });
  expect(said).toEqual([]);
  return project!.invariants;
};

test('every mode is read with its question and its expectation', async () => {
  const map = await invariants(`a:
  says: a
  within: 3s
  settle: 0s
  blind: 1m
  always: { sql: { on: app, query: q, with: { run: "\${run.id}" } }, expect: none }
b: { says: b, changes: { sql: { query: q }, from: [ { n: 1 } ], to: [ { n: { gte: 2 } } ] } }
c: { says: c, increases_by: { mail: { to: x }, by: -2 } }
d: { says: d, eventually: { http: { get: /x }, cel: "value.status == 200" } }
e: { says: e, unchanged: { sql: { on: app, query: q } } }
f:
  says: f
  access:
    request: { path: "/o/\${org.slug}/members", method: DELETE, refused: [302] }
    may_not: viewer
    may: { as: "\${control.admin.session}", request: { url: "/o/\${control.slug}/members", method: DELETE, accepted: [303] } }
    unchanged: { sql: { query: q } }
`);
  expect(map.get('a')).toEqual({
    name: 'a',
    says: 'a',
    params: [],
    withinMs: 3000,
    settleMs: 0,
    blindMs: 60_000,
    where: { file: expect.stringMatching(/invariants\/x\.yaml$/), line: 1, col: 1 },
    mode: { kind: 'always', query: { probe: 'sql', on: 'app', args: { query: 'q', with: { run: '${run.id}' } } }, expect: 'none' },
  });
  expect(map.get('b')!.mode).toEqual({
    kind: 'changes',
    query: { probe: 'sql', on: 'app', args: { query: 'q' } },
    from: [{ n: 1 }],
    to: [{ n: { gte: 2 } }],
  });
  expect(map.get('c')!.mode).toEqual({ kind: 'increases_by', query: { probe: 'mail', on: 'post', args: { to: 'x' } }, by: -2 });
  expect(map.get('d')!.mode).toEqual({
    kind: 'eventually',
    query: { probe: 'http', args: { get: '/x' } },
    expect: { cel: 'value.status == 200' },
  });
  expect(map.get('e')!.mode).toEqual({ kind: 'unchanged', query: { probe: 'sql', on: 'app', args: { query: 'q' } } });
  expect(map.get('f')!.mode).toEqual({
    kind: 'access',
    mayNot: { as: 'viewer', request: { method: 'DELETE', url: '/o/${org.slug}/members', refused: [302] } },
    may: { as: '${control.admin.session}', request: { method: 'DELETE', url: '/o/${control.slug}/members', accepted: [303] } },
    unchanged: { probe: 'sql', on: 'app', args: { query: 'q' } },
  });
});

test.each([
  [
    'no says',
    'a: { always: { sql: { query: q }, expect: none } }',
    '1:1 a: missing key "says" (What must be true, in business words: reports quote it)',
  ],
  [
    'no mode',
    'a: { says: x }',
    '1:4 a: exactly one of eventually, always, unchanged, changes, increases_by, access says when it must be true',
  ],
  [
    'two modes',
    'a: { says: x, unchanged: { sql: { query: q } }, always: { sql: { query: q }, expect: none } }',
    '1:4 a: exactly one of eventually, always, unchanged, changes, increases_by, access says when it must be true',
  ],
  [
    'a misspelt mode',
    'a: { says: x, eventualy: { sql: { query: q }, expect: none } }',
    '1:15 a: unknown key "eventualy" (did you mean "eventually"?)',
  ],
  [
    'an unknown probe',
    'a: { says: x, always: { sqll: { query: q }, expect: none } }',
    '1:25 a.always: unknown key "sqll" (did you mean "sql"?)',
  ],
  ['no probe', 'a: { says: x, always: { expect: none } }', '1:15 a.always: it asks no probe (probes: sql, mail, http)'],
  [
    'two probes',
    'a: { says: x, always: { sql: { query: q }, http: { get: / }, expect: none } }',
    '1:15 a.always: it asks sql and http; one is asked at a time (probes: sql, mail, http)',
  ],
  [
    'an unknown connection',
    'a: { says: x, always: { sql: { on: ap, query: q }, expect: none } }',
    '1:36 a.always.sql.on: unknown connection "ap" (did you mean "app"?)',
  ],
  [
    'a connection of another probe',
    'a: { says: x, always: { sql: { on: post, query: q }, expect: none } }',
    '1:36 a.always.sql.on: the connection "post" is for mail, not for sql (known: app)',
  ],
  [
    'an unknown key of a probe',
    'a: { says: x, always: { sql: { qurey: q, query: p }, expect: none } }',
    '1:32 a.always.sql: unknown key "qurey" (known: with, limit)',
  ],
  ['a missing key of a probe', 'a: { says: x, always: { sql: { on: app }, expect: none } }', '1:25 a.always.sql: missing key "query"'],
  [
    'a wrong type in a question',
    'a: { says: x, always: { sql: { query: 3 }, expect: none } }',
    '1:39 a.always.sql.query: expected text, found the number 3 (quote it: "3")',
  ],
  [
    'no expectation',
    'a: { says: x, always: { sql: { query: q } } }',
    '1:15 a.always: missing key "expect" (what the answer must look like, `none` for an empty one, or  cel: "…")',
  ],
  [
    'an empty expectation',
    'a:\n  says: x\n  always:\n    sql: { query: q }\n    expect:\n',
    '5:5 a.always.expect: nothing is expected (write none for an empty answer, or { eq: null })',
  ],
  [
    'two expectations',
    'a: { says: x, always: { sql: { query: q }, expect: none, cel: "true" } }',
    '1:58 a.always: either expect or cel, not both',
  ],
  [
    'an expectation where none belongs',
    'a: { says: x, unchanged: { sql: { query: q }, expect: none } }',
    '1:47 a.unchanged: unknown key "expect" (known: mail, http)',
  ],
  ['half a change', 'a: { says: x, changes: { sql: { query: q }, from: 1 } }', '1:15 a.changes: missing key "to" (After it)'],
  [
    'an increase by nothing',
    'a: { says: x, increases_by: { sql: { query: q }, by: 0 } }',
    '1:54 a.increases_by.by: an increase by 0 proves nothing (use unchanged)',
  ],
  [
    'an increase by a word',
    'a: { says: x, increases_by: { sql: { query: q }, by: one } }',
    '1:54 a.increases_by.by: expected a number, found "one"',
  ],
  [
    'access without a request',
    'a: { says: x, access: { may: admin, may_not: viewer } }',
    '1:15 a.access: missing key "request" (what may tries)',
  ],
  [
    'access without its control',
    'a: { says: x, access: { may_not: viewer, request: { path: / } } }',
    '1:15 a.access: missing key "may" (The control: who must be accepted)',
  ],
  [
    'a request with two addresses',
    'a: { says: x, access: { may: b, may_not: c, request: { path: /, url: / } } }',
    '1:54 a.access.request: a request needs one of url and path',
  ],
  [
    'an operator that does not exist',
    'a: { says: x, always: { http: { get: / }, expect: { name: { contians: x } } } }',
    '1:61 a.always.expect.name.contians: unknown operator "contians" (did you mean "contains"? (data of that name is written { eq: { contians: … } }))',
  ],
  [
    'an operator of another tool',
    'a: { says: x, always: { http: { get: / }, expect: { n: { $gt: 3 } } } }',
    '1:58 a.always.expect.n.$gt: unknown operator "$gt" (did you mean "gt"? (data of that name is written { eq: { $gt: … } }))',
  ],
  [
    'match instead of matches',
    'a: { says: x, always: { http: { get: / }, expect: { n: { match: x } } } }',
    '1:58 a.always.expect.n.match: unknown operator "match" (did you mean "matches"? (data of that name is written { eq: { match: … } }))',
  ],
  [
    'not, which only other tools have',
    'a: { says: x, always: { http: { get: / }, expect: { n: { not: x } } } }',
    '1:58 a.always.expect.n.not: unknown operator "not" (did you mean "ne"? (data of that name is written { eq: { not: … } }))',
  ],
  [
    'data beside an operator',
    'a: { says: x, always: { http: { get: / }, expect: { gt: 3, name: x } } }',
    expect.stringMatching(/^1:60 a\.always\.expect\.name: "name" stands beside the operator "gt" but is none/),
  ],
  [
    'between of one',
    'a: { says: x, always: { http: { get: / }, expect: { n: { between: [1] } } } }',
    '1:67 a.always.expect.n.between: between needs a list of two, found a list of 1',
  ],
  [
    'in of a word',
    'a: { says: x, always: { http: { get: / }, expect: { n: { in: x } } } }',
    '1:62 a.always.expect.n.in: in needs a list, found "x"',
  ],
  [
    'exists of a word',
    'a: { says: x, always: { http: { get: / }, expect: { n: { exists: yes } } } }',
    '1:66 a.always.expect.n.exists: exists needs true or false, found "yes"',
  ],
  [
    'a negative count',
    'a: { says: x, always: { http: { get: / }, expect: { count: -1 } } }',
    '1:60 a.always.expect.count: count needs a whole number, or operators, found the number -1',
  ],
  [
    'a count of a word',
    'a: { says: x, always: { http: { get: / }, expect: { count: many } } }',
    '1:60 a.always.expect.count: count needs a whole number, or operators, found "many"',
  ],
  [
    'a pattern that cannot be read',
    'a: { says: x, always: { http: { get: / }, expect: { n: { matches: "(" } } } }',
    expect.stringMatching(/^1:67 a\.always\.expect\.n\.matches: this pattern cannot be used: /),
  ],
  [
    'a pattern that RE2 does not have',
    'a: { says: x, always: { http: { get: / }, expect: { n: { matches: "a(?=b)" } } } }',
    '1:67 a.always.expect.n.matches: this pattern cannot be used: looking ahead or behind is not part of RE2',
  ],
  [
    'an operator inside each',
    'a: { says: x, always: { http: { get: / }, expect: { each: { role: { exsits: true } } } } }',
    expect.stringContaining('1:69 a.always.expect.each.role.exsits: unknown operator "exsits"'),
  ],
  [
    'a CEL expression that is no text',
    'a: { says: x, always: { http: { get: / }, expect: { cel: 3 } } }',
    '1:58 a.always.expect.cel: cel needs an expression, found the number 3',
  ],
  ['a parameter twice', 'a: { says: "${z}", params: [z, z], unchanged: { sql: { query: q } } }', '1:32 a.params: "z" is there twice'],
  [
    'a bad name of a parameter',
    'a: { says: x, params: [a b], unchanged: { sql: { query: q } } }',
    '1:24 a.params[0]: Invalid string: must match pattern /^[A-Za-z][\\w-]*$/',
  ],
  [
    'a bad name',
    '"a b": { says: x, unchanged: { sql: { query: q } } }',
    '1:1 a b: "a b" cannot be a name here (a name is letters, digits, "-" and "_", and begins with a letter)',
  ],
  [
    'a bad duration',
    'a: { says: x, within: 3, unchanged: { sql: { query: q } } }',
    '1:23 a.within: expected text, found the number 3 (quote it: "3")',
  ],
  [
    'an environment variable that is not set',
    'a: { says: x, unchanged: { http: { get: "/${env:TOKEN}" } } }',
    '1:41 a.unchanged.http.get: the environment variable TOKEN is not set (set it, or give a fallback: ${env:TOKEN:-…})',
  ],
  [
    'a secret in a question',
    'a: { says: x, unchanged: { http: { get: "/${secret:PASSWORD}" } } }',
    expect.stringContaining('1:41 a.unchanged.http.get: ${secret:PASSWORD}: a secret is only ever typed by an actor'),
  ],
  ['no map', '- a', '1:1 expected a map, found a list of 1'],
])('%s', async (_, text, expected) => {
  expect(await saidOfInvariants(text)).toContainEqual(expected);
});

test('the other invariants of a file are checked too', async () => {
  expect(await saidOfInvariants('a: { says: 1 }\nb: { say: x }\nc: { says: x, unchanged: { sq: {} } }\n')).toHaveLength(4);
});

test('a template may stand where a number does, but not for a whole question', async () => {
  expect(await saidOfInvariants('a: { says: x, unchanged: { sql: { query: q, limit: "${run.id}" } } }')).toEqual([]);
  expect(await saidOfInvariants('a: { says: x, unchanged: { sql: { query: q, limit: five } } }')).toEqual([
    '1:52 a.unchanged.sql.limit: expected a number, found "five"',
  ]);
});

test('the connection may be left out when there is one for the probe', async () => {
  const map = await invariants('a: { says: x, unchanged: { sql: { query: q } } }');
  expect(map.get('a')!.mode).toMatchObject({ query: { on: 'app' } });
});

test('of several connections one must be named', async () => {
  const { said } = await loadInline({
    'intentwright.config.yaml':
      'targets: { t: { url: "http://x" } }\nconnections: { app: { sql: { sqlite: a } }, old: { sql: { sqlite: b } } }\n',
    'invariants/x.yaml': 'a: { says: x, unchanged: { sql: { query: q } } }\n',
  });
  expect(said).toEqual(['invariants/x.yaml:1:28 a.unchanged.sql: which connection? say on: app or old']);
});

test('a probe that needs a connection says so when the config has none', async () => {
  const { said } = await loadInline({
    'intentwright.config.yaml': 'targets: { t: { url: "http://x" } }\nconnections: { app: { sql: { sqlite: a } } }\n',
    'invariants/x.yaml': 'a: { says: x, unchanged: { mail: { to: q } } }\nb: { says: x, unchanged: { http: { get: / } } }\n',
  });
  expect(said).toEqual([
    'invariants/x.yaml:1:28 a.unchanged.mail: the config has no connection for mail (add one under connections, for example  app: { mail: … })',
  ]);
});

test('a column that is named almost like an operator is data in a row', async () => {
  expect(await saidOfInvariants('a: { says: x, always: { sql: { query: q }, expect: [ { match: 1 }, { counts: 2 } ] } }')).toEqual([]);
  expect(await saidOfInvariants('a: { says: x, always: { http: { get: / }, expect: { totals: { counts: 2 } } } }')).toEqual([]);
});

test('a parameter that nothing uses is warned of', async () => {
  expect(await saidOfInvariants('a: { says: x, params: [who], unchanged: { sql: { query: q } } }')).toEqual([
    'warning 1:24 a: the parameter "who" is never used',
  ]);
});

test('a name twice in two files is an error that names both', async () => {
  expect(await saidOfInvariants('member: { says: x, unchanged: { sql: { query: q } } }')).toEqual([
    expect.stringMatching(/^1:1 the invariant "member" is there twice \(the other is at .*invariants\/members\.yaml:1:1\)$/),
  ]);
});
