import { expect, test } from 'vitest';
import { loadInline, saidOfFixtures } from './inline-project.ts';

test('a fixture has its actions, its undo and its outputs', async () => {
  const { project, said, dir } = await loadInline({
    'intents/fixtures/x.yaml': `seeded:
  params: [plan]
  do:
    - http: { url: "\${target.url}/seed", headers: { authorization: "Bearer \${app.token}" }, json: { plan: "\${plan}", run: "\${run.id}" }, expect: [200, 201] }
    - wait: 20ms
  undo: { http: { path: "/seed/\${run.id}", method: DELETE, expect: 204 } }
  capture: { id: org.id }
released:
  says: job {job} is released
  params: [job]
  do: { command: [node, release.js, "\${job}"] }
made:
  do: { module: { file: ./make.ts, export: make, with: { a: 1 } } }
ran:
  do: { command: { run: [make, seed], env: { A: b }, cwd: tools } }
`,
    'intents/fixtures/make.ts': 'export const make = () => ({});\n',
  });
  expect(said).toEqual([]);
  const { fixtures } = project!;
  expect(fixtures.get('seeded')).toMatchObject({
    params: ['plan'],
    capture: { id: 'org.id' },
    do: [
      {
        kind: 'http',
        method: 'POST',
        url: '${target.url}/seed',
        headers: { authorization: 'Bearer ${app.token}' },
        json: { plan: '${plan}', run: '${run.id}' },
        expectStatus: [200, 201],
      },
      { kind: 'wait', ms: 20 },
    ],
    undo: [{ kind: 'http', method: 'DELETE', url: '/seed/${run.id}', headers: {}, expectStatus: [204] }],
  });
  expect(fixtures.get('released')).toMatchObject({
    says: 'job {job} is released',
    do: [{ kind: 'command', command: ['node', 'release.js', '${job}'], env: {} }],
    undo: [],
  });
  expect(fixtures.get('made')!.do).toEqual([{ kind: 'module', file: `${dir}/intents/fixtures/make.ts`, export: 'make', with: { a: 1 } }]);
  expect(fixtures.get('ran')!.do).toEqual([{ kind: 'command', command: ['make', 'seed'], env: { A: 'b' }, cwd: 'tools' }]);
});

test.each([
  ['nothing to do', 'a: {}', '1:1 a: missing key "do" (What makes the state, in order)'],
  ['an unknown action', 'a: { do: { htp: { path: / } } }', '1:12 a.do: unknown key "htp" (did you mean "http"?)'],
  [
    'two actions in one',
    'a: { do: { http: { path: / }, wait: 1s } }',
    '1:10 a.do: exactly one of http, command, module, sql, follow_mail, deliver_mail, wait',
  ],
  ['a request with no address', 'a: { do: [ { http: { method: GET } } ] }', '1:20 a.do[0].http: a request needs one of url and path'],
  [
    'a method in small letters',
    'a: { do: { http: { path: /, method: post } } }',
    '1:37 a.do.http.method: a method is written in capitals: POST',
  ],
  [
    'a status that does not exist',
    'a: { do: { http: { path: /, expect: 99 } } }',
    '1:37 a.do.http.expect: the number 99 is too small; at least 100',
  ],
  ['a wait that is no time', 'a: { do: { wait: soon } }', '1:18 a.do.wait: "soon" is not a duration: write 500ms, 20s, 1.5m'],
  [
    'an undefined reference',
    'a: { do: { http: { path: "/${plan}" } } }',
    '1:26 a.do.http.path: ${plan} is not defined (known here: ${run.…}, ${target.…}, ${intent.…}, ${app.…}, ${answer.…})',
  ],
  [
    'an undefined reference in the undo',
    'a: { do: { wait: 1s }, undo: { http: { path: "/${plan}" } } }',
    expect.stringContaining('1:46 a.undo.http.path: ${plan} is not defined'),
  ],
  [
    'a placeholder that is no parameter',
    'a: { says: "job {job} ends", do: { wait: 1s } }',
    '1:12 a.says: {job} is not among the params (params: [job])',
  ],
  ['a module that is not there', 'a: { do: { module: ./no.ts } }', '1:20 a.do: there is no file ./no.ts beside this one'],
  [
    'a secret',
    'a: { do: { http: { path: /, json: { p: "${secret:PASSWORD}" } } } }',
    expect.stringContaining('a secret is only ever typed by an actor'),
  ],
])('%s', async (_, text, expected) => {
  expect(await saidOfFixtures(text)).toContainEqual(expected);
});

test('a later action may use the answer of the one before it', async () => {
  expect(await saidOfFixtures('a: { do: [ { http: { path: / } }, { http: { path: "/${answer.id}" } } ] }')).toEqual([]);
});
