import { expect, test } from 'vitest';
import { FIXTURES, INTENT, INVARIANTS, loadInline, saidOfIntent } from './inline-project.ts';

const THEN = 'then: [ { member: { email: a, role: editor } } ]\n';

const project = async (files: Record<string, string>, env = {}) => {
  const { project: loaded, said } = await loadInline(files, env);
  expect(said).toEqual([]);
  return loaded!;
};

test('an intent has everything that its file says', async () => {
  const { intents } = await project({
    'intents/invite-editor.intent.yaml': `# yaml-language-server: $schema=../schemas/intent.schema.json
intent: Invite a teammate as editor
why: A broken invitation is the first thing a new team meets.
owner: "@growth"
priority: critical
touches: [auth, mail]
watch: [demo/members/**]
safe: production
given:
  org: org
  other: { fixture: org, with: {} }
vars:
  invitee: casey+\${run.id}@example.test
  count: 3
actors:
  admin: { session: "\${org.admin.session}", start: /members }
  teammate: { mailbox: "\${invitee}", locale: de-DE }
journey:
  - admin: Invite \${invitee} as an editor
  - teammate: { tries: Remove \${org.admin.name} }
  - time passes: 2s
then:
  - member: { email: "\${invitee}", role: editor }
  - untouched
  - refused
requires:
  - member: { email: "\${org.admin.email}", role: admin }
within: 20s
settle: 500ms
blind: 1.5m
locks: [tenant-a]
budget: { actionsPerStep: 5, seconds: 30 }
`,
    'invariants/refused.yaml': 'refused: { says: x, access: { request: { path: /members }, may_not: teammate, may: admin } }\n',
    'intents/a.intent.yaml': '',
  });
  expect(intents).toHaveLength(1);
  expect(intents[0]).toMatchObject({
    id: 'invite-editor',
    title: 'Invite a teammate as editor',
    priority: 'critical',
    owner: '@growth',
    touches: ['auth', 'mail'],
    watch: ['demo/members/**'],
    safe: 'production',
    given: [
      { alias: 'org', fixture: 'org', with: {} },
      { alias: 'other', fixture: 'org', with: {} },
    ],
    vars: { invitee: 'casey+${run.id}@example.test', count: '3' },
    actors: {
      admin: { name: 'admin', session: '${org.admin.session}', start: '/members' },
      teammate: { name: 'teammate', mailbox: '${invitee}', locale: 'de-DE' },
    },
    then: [{ name: 'member', params: { email: '${invitee}', role: 'editor' } }, { name: 'untouched', params: {} }, { name: 'refused' }],
    requires: [{ name: 'member' }],
    withinMs: 20_000,
    settleMs: 500,
    blindMs: 90_000,
    locks: ['tenant-a'],
    budget: { actionsPerStep: 5, seconds: 30 },
    where: { line: 2, col: 1 },
  });
  expect(intents[0]!.journey.map(({ actor, text, tries, where }) => [actor, text, tries, where.line, where.col])).toEqual([
    ['admin', 'Invite ${invitee} as an editor', false, 19, 5],
    ['teammate', 'Remove ${org.admin.name}', true, 20, 5],
    ['system', 'time passes: 2s', false, 21, 5],
  ]);
});

test('the shortest useful intent is a title and a then: the title is the step of one actor', async () => {
  const { intents } = await project({ 'intents/a.intent.yaml': `intent: Invite a teammate\n${THEN}` });
  expect(intents[0]!.journey).toMatchObject([{ actor: 'user', text: 'Invite a teammate', tries: false }]);
  expect(Object.keys(intents[0]!.actors)).toEqual(['user']);
});

test('a journey of one actor may leave the actor’s name out', async () => {
  const { intents } = await project({
    'intents/a.intent.yaml': `intent: x\nactors: { admin: }\njourney: [ Open it, { admin: Close it } ]\n${THEN}`,
  });
  expect(intents[0]!.journey.map((step) => step.actor)).toEqual(['admin', 'admin']);
});

test('times come from the config where the intent is silent', async () => {
  const { intents } = await project({
    'intentwright.config.yaml':
      'targets: { t: { url: "http://x" } }\ndefaults: { within: 7s, settle: 2s }\nconnections: { app: { sql: { sqlite: x } } }\n',
  });
  expect(intents[0]).toMatchObject({ withinMs: 7000, settleMs: 2000, blindMs: 5000 });
});

test('all mistakes of a file are told in one go, each at its place', async () => {
  expect(
    await saidOfIntent(`intent: Invite
jurney: []
priority: crit
within: 5
settle: 5 parsecs
owner: 3
then:
  - membr: {}
  - member: { emial: x, role: e }
  - member
locks: x
`),
  ).toEqual([
    '2:1 unknown key "jurney" (did you mean "journey"?)',
    '3:11 priority: "crit" is not one of critical, high, normal (did you mean "critical"?)',
    '4:9 within: expected text, found the number 5 (quote it: "5")',
    '5:9 settle: "5 parsecs" is not a duration: write 500ms, 20s, 1.5m',
    '6:8 owner: expected text, found the number 3 (quote it: "3")',
    '8:5 then[0]: unknown invariant "membr" (did you mean "member"?)',
    '9:5 then[1].member: invariant member needs the parameter "email" (it takes email, role)',
    '9:15 then[1].member: invariant member has no parameter "emial" (did you mean "email"?)',
    '10:5 then[2].member: invariant member needs the parameter "email" (it takes email, role)',
    '10:5 then[2].member: invariant member needs the parameter "role" (it takes email, role)',
    '11:8 locks: expected a list, found "x"',
  ]);
});

test('mistakes of all files are told in one go', async () => {
  const { said, project: none } = await loadInline({
    'intents/a.intent.yaml': `intent: x\ngiven: { org: orgg }\n${THEN}`,
    'intents/b.intent.yaml': 'intent: [\n',
    'intents/c.intent.yaml': 'title: y\n',
    'invariants/x.yaml': 'a: { says: b }\n',
    'intents/fixtures/x.yaml': 'f: { dos: 1 }\n',
    'intentwright.config.yaml': 'targets: { a: { url: x } }\nworker: 3\n',
  });
  expect(none).toBeUndefined();
  expect(new Set(said.map((line) => line.split(':')[0]))).toEqual(
    new Set([
      'intents/a.intent.yaml',
      'intents/b.intent.yaml',
      'intents/c.intent.yaml',
      'intents/fixtures/x.yaml',
      'intentwright.config.yaml',
      'invariants/members.yaml',
      'invariants/x.yaml',
    ]),
  );
});

test.each([
  ['no title', THEN, '1:1 missing key "intent" (What this journey is, in one line; with no `journey` it is also its only step)'],
  ['a misspelt title', `inten: x\n${THEN}`, '1:1 missing key "intent" (is "inten" meant for it?)'],
  ['nothing to prove', 'intent: x\n', '1:1 missing key "then" (What must be true afterwards; at least one of it false before)'],
  ['an empty then', 'intent: x\nthen: []\n', '2:7 then: at least 1 entry is needed'],
  ['a list instead of a map', '- intent: x\n', '1:1 expected a map, found a list of 1'],
  ['an empty sentence', `intent: x\njourney: [ " " ]\n${THEN}`, '2:12 journey[0]: the text is empty'],
  ['a number as a sentence', `intent: x\njourney: [ 5 ]\n${THEN}`, '2:12 journey[0]: expected text or a map, found the number 5'],
  [
    'two actors in a step',
    `intent: x\nactors: { a: , b: }\njourney:\n  - a: x\n    b: y\n${THEN}`,
    '4:5 journey[0]: one actor a step: begin each step with "- "',
  ],
  [
    'a step of nobody',
    `intent: x\nactors: { a: , b: }\njourney: [ Do it ]\n${THEN}`,
    '3:12 journey[0]: who does this? (begin the step with one of "a: ", "b: ")',
  ],
  [
    'a title as a step of two',
    `intent: x\nactors: { a: , b: }\n${THEN}`,
    '1:9 intent: who does this? (begin the step with one of "a: ", "b: ")',
  ],
  [
    'an unknown actor',
    `intent: x\nactors: { admin: , b: }\njourney: [ { amdin: go } ]\n${THEN}`,
    '3:14 journey[0]: unknown actor "amdin" (did you mean "admin"?)',
  ],
  [
    'an actor that is not declared',
    `intent: x\njourney: [ { admin: go } ]\n${THEN}`,
    '2:14 journey[0]: unknown actor "admin" (declare it:  actors: { admin: {} }  or quote the whole sentence)',
  ],
  [
    'an actor called system',
    `intent: x\nactors: { system: }\n${THEN}`,
    '2:11 actors.system: "system" is what the world does, no actor can be called so',
  ],
  [
    'an unknown key of an actor',
    `intent: x\nactors: { a: { mail: x } }\n${THEN}`,
    '2:16 actors.a: unknown key "mail" (did you mean "mailbox"?)',
  ],
  ['a start that is no path', `intent: x\nactors: { a: { start: members } }\n${THEN}`, '2:23 actors.a.start: a path begins with "/"'],
  [
    'tries of the world',
    `intent: x\njourney: [ { system: { tries: x } } ]\n${THEN}`,
    '2:14 journey[0]: the world tries nothing, it does (write system: "what happens")',
  ],
  [
    'a word for tries that is wrong',
    `intent: x\nactors: { a: }\njourney: [ { a: { tris: x } } ]\n${THEN}`,
    '3:14 journey[0].a: missing key "tries" (is "tris" meant for it?)',
  ],
  [
    'a system sentence that nothing says',
    `intent: x\njourney: [ { system: the worker stops } ]\n${THEN}`,
    '2:14 journey[0]: no fixture says "the worker stops" (give a fixture  says: the sentence, with {name} for what varies)',
  ],
  ['an unknown fixture', `intent: x\ngiven: { org: orgs }\n${THEN}`, '2:15 given.org: unknown fixture "orgs" (did you mean "org"?)'],
  [
    'a parameter that a fixture does not take',
    `intent: x\ngiven: { org: { fixture: org, with: { plan: pro } } }\n${THEN}`,
    '2:39 given.org.with: fixture org has no parameter "plan" (it takes none)',
  ],
  [
    'two invariants in one entry',
    'intent: x\nthen:\n  - member: { email: a, role: b }\n    untouched:\n',
    '3:5 then[0]: one invariant an entry: begin each with "- "',
  ],
  [
    'an undefined variable',
    `intent: x\nvars: { invitee: a }\njourney: [ "Invite \${invitte}" ]\n${THEN}`,
    '3:12 journey[0]: ${invitte} is not defined (did you mean ${invitee}?)',
  ],
  [
    'an undefined variable with nothing near',
    `intent: x\njourney: [ "Invite \${zzz}" ]\n${THEN}`,
    '2:12 journey[0]: ${zzz} is not defined (known here: ${run.…}, ${target.…}, ${intent.…}, ${app.…})',
  ],
  [
    'something below a plain variable',
    `intent: x\nvars: { who: a }\njourney: [ "Invite \${who.email}" ]\n${THEN}`,
    '3:12 journey[0]: ${who.email}: "who" is one value, there is nothing below it',
  ],
  [
    'something else than run.id',
    `intent: x\njourney: [ "Add \${run.name}" ]\n${THEN}`,
    '2:12 journey[0]: ${run.name} is not defined: "run" has no "name" (known: id)',
  ],
  [
    'a reference that is not closed',
    `intent: x\njourney: [ "Add \${run.id" ]\n${THEN}`,
    '2:12 journey[0]: "${" is not closed, or is empty (write ${name})',
  ],
  [
    'an undefined reference of an invariant’s parameter',
    'intent: x\nthen: [ { member: { email: "${mail}", role: e } } ]\n',
    '2:28 then[0].member.email: ${mail} is not defined (known here: ${run.…}, ${target.…}, ${intent.…}, ${app.…})',
  ],
  [
    'a variable that is its own',
    `intent: x\nvars: { a: "\${b}", b: "\${c}x", c: "\${b}" }\n${THEN}`,
    '2:23 vars.b: it is defined by itself',
  ],
  [
    'a variable called like what is predefined',
    `intent: x\nvars: { run: a }\n${THEN}`,
    '2:9 vars.run: "run" is predefined (predefined are run, target, intent, app)',
  ],
  [
    'a variable called like an alias',
    `intent: x\ngiven: { org: org }\nvars: { org: a }\n${THEN}`,
    '3:9 vars.org: "org" is already the alias of a fixture',
  ],
  [
    'an undeclared secret',
    `intent: x\njourney: [ "Sign in with \${secret:PASWORD}" ]\n${THEN}`,
    '2:12 journey[0]: the secret PASWORD is not declared (did you mean "PASSWORD"?)',
  ],
  [
    'a secret as a variable',
    `intent: x\nvars: { a: "\${secret:PASSWORD}" }\n${THEN}`,
    '2:12 vars.a: ${secret:PASSWORD}: a secret is only ever typed by an actor, so it stands in sentences alone (for a backend’s credentials use ${env:NAME})',
  ],
  [
    'an environment variable that is not set',
    `intent: x\nactors: { a: { mailbox: "\${env:BOX}" } }\n${THEN}`,
    '2:25 actors.a.mailbox: the environment variable BOX is not set (set it, or give a fallback: ${env:BOX:-…})',
  ],
  [
    'a budget of nothing',
    `intent: x\nbudget: { actionsPerStep: 0 }\n${THEN}`,
    '2:27 budget.actionsPerStep: the number 0 is too small; more than 0',
  ],
])('%s', async (_, text, expected) => {
  expect(await saidOfIntent(text)).toContain(expected);
});

test('environment variables that are set, or have a fallback, are fine', async () => {
  expect(await saidOfIntent(`intent: x\nvars: { a: "\${env:WHO}", b: "\${env:NOBODY:-me}" }\n${THEN}`, { WHO: 'x' })).toEqual([]);
});

test('a secret whose variable is not set is told where it is used, and only there', async () => {
  const config =
    'targets: { t: { url: "http://x" } }\nconnections: { app: { sql: { sqlite: x } } }\nsecrets: { LOGIN: { env: MY_LOGIN } }\n';
  const files = (text: string) => ({ 'intentwright.config.yaml': config, 'intents/a.intent.yaml': text });
  expect((await loadInline(files(`intent: x\n${THEN}`))).said).toEqual([]);
  const uses = `intent: x\njourney: [ "Sign in with \${secret:LOGIN}" ]\n${THEN}`;
  expect((await loadInline(files(uses))).said).toEqual([
    expect.stringContaining('2:12 journey[0]: the secret LOGIN has no value: the environment variable MY_LOGIN is not set'),
  ]);
  expect((await loadInline(files(uses), { MY_LOGIN: 'x' })).said).toEqual([]);
});

test('outputs below an alias are checked when its fixture lists what it captures', async () => {
  const fixtures = 'seeded: { do: { http: { path: /seed } }, capture: { id: org.id, admin: admin } }\n';
  const said = async (reference: string) =>
    (
      await loadInline({
        'intents/fixtures/org.yaml': fixtures,
        'intents/a.intent.yaml': `intent: x\ngiven: { org: seeded }\njourney: [ "Open \${${reference}}" ]\n${THEN}`,
      })
    ).said;
  expect(await said('org.admin.name')).toEqual([]);
  expect(await said('org.adnim.name')).toEqual([
    'intents/a.intent.yaml:3:12 journey[0]: ${org.adnim.name} is not defined: "org" has no "adnim" (did you mean "admin"?)',
  ]);
});

test('a fixture may use the outputs of those before it, not of those after it, and no variables', async () => {
  const fixtures = `${FIXTURES}second: { params: [of], do: { http: { path: "/x/\${of}" } } }\n`;
  const said = async (given: string) =>
    (
      await loadInline({ 'intents/fixtures/org.yaml': fixtures, 'intents/a.intent.yaml': `intent: x\nvars: { v: a }\n${given}\n${THEN}` })
    ).said.map((line) => line.replace('intents/a.intent.yaml:', ''));
  expect(await said('given: { a: org, b: { fixture: second, with: { of: "${a.id}" } } }')).toEqual([]);
  expect(await said('given: { b: { fixture: second, with: { of: "${a.id}" } }, a: org }')).toEqual([
    expect.stringMatching(/^3:44 given.b.with.of: \$\{a.id\} is not defined/),
  ]);
  expect(await said('given: { b: { fixture: second, with: { of: "${v}" } } }')).toEqual([
    expect.stringMatching(/^3:44 given.b.with.of: \$\{v\} is a variable, and variables are made after the fixtures/),
  ]);
});

test('what an invariant needs of the intent is asked for where it is used', async () => {
  const invariants = `${INVARIANTS}of-org:\n  says: \${org.name} has a member\n  eventually: { sql: { on: app, query: q, with: { org: "\${org.id}" } }, expect: [ {} ] }\n`;
  const { said } = await loadInline({
    'invariants/members.yaml': invariants,
    'intents/a.intent.yaml': 'intent: x\nthen: [ of-org ]\n',
    'intents/b.intent.yaml': 'intent: x\ngiven: { org: org }\nthen: [ of-org ]\n',
  });
  expect(said).toEqual([
    expect.stringContaining(
      'intents/a.intent.yaml:2:9 then[0].of-org: invariant of-org needs ${org.name}, which this intent does not give',
    ),
    expect.stringContaining('intents/a.intent.yaml:2:9 then[0].of-org: invariant of-org needs ${org.id}, which this intent does not give'),
  ]);
});

test('an access invariant names actors of the intent that uses it', async () => {
  const invariants = `${INVARIANTS}refused:\n  says: x\n  access: { request: { path: /members }, may_not: viewer, may: admin }\n`;
  const said = async (actors: string) =>
    (
      await loadInline({
        'invariants/members.yaml': invariants,
        'intents/a.intent.yaml': `intent: x\nactors: ${actors}\njourney: [ { viewer: { tries: Remove somebody } } ]\nthen: [ refused ]\n`,
      })
    ).said;
  expect(await said('{ viewer: , admin: }')).toEqual([]);
  expect(await said('{ viewer: , amdin: }')).toEqual([
    'intents/a.intent.yaml:4:9 then[0].refused: invariant refused speaks of an actor "admin", which this intent does not have (did you mean "amdin"?)',
  ]);
});

test('a precondition must be something that is read once', async () => {
  expect(await saidOfIntent(`intent: x\n${THEN}requires: [ untouched ]\n`)).toEqual([
    '3:13 requires[0].untouched: a precondition is read once, so it must be eventually or always, not unchanged',
  ]);
});

test('an intent that an idle agent would satisfy is warned of', async () => {
  expect(await saidOfIntent('intent: x\nthen: [ untouched ]\n')).toEqual([
    expect.stringMatching(/^warning 2:1 then: nothing here is false before/),
  ]);
});

test('a refusal without its proof is warned of', async () => {
  expect(await saidOfIntent(`intent: x\njourney: [ { user: { tries: Remove it } } ]\nactors: { user: }\n${THEN}`)).toEqual([
    expect.stringMatching(/^warning 2:14 a hidden button alone proves no refusal/),
  ]);
});

test('an id twice in two folders is an error that names both', async () => {
  const { said } = await loadInline({ 'intents/deep/A.intent.yaml': INTENT });
  expect(said).toEqual([
    expect.stringMatching(
      /^intents\/deep\/A\.intent\.yaml:1:1 the intent "A" is there twice \(the other is at .*intents\/a\.intent\.yaml:1:1\)$|^intents\/a\.intent\.yaml:1:1 the intent "a" is there twice/,
    ),
  ]);
});

test('a file that looks like an intent and is read by nobody is warned of', async () => {
  const { said } = await loadInline({
    'intents/checkout.yaml': INTENT,
    'intents/b.intent.yml': INTENT,
    'intents/a.lock.yaml': 'version: 1\n',
  });
  expect(said).toEqual([
    'warning intents/b.intent.yml:1:1 this file is not read (the config’s `intents` does not match it)',
    'warning intents/checkout.yaml:1:1 this file is not read (an intent is called <id>.intent.yaml, fixtures are in intents/fixtures/)',
  ]);
});

test('a broken invariants file does not make its names unknown', async () => {
  const { said } = await loadInline({ 'invariants/members.yaml': 'member:\n  says: x\n  eventually: @\n' });
  expect(said).toEqual([expect.stringMatching(/^invariants\/members\.yaml:3:15/)]);
});

test('names are explained when nothing of their kind is there yet', async () => {
  const { said } = await loadInline({
    'invariants/members.yaml': '',
    'intents/fixtures/org.yaml': '',
    'intents/a.intent.yaml': 'intent: x\ngiven: { org: org }\nthen: [ member ]\n',
  });
  expect(said).toEqual([
    'intents/a.intent.yaml:2:15 given.org: unknown fixture "org" (there are none yet: they are defined in intents/fixtures/*.yaml)',
    'intents/a.intent.yaml:3:9 then[0]: unknown invariant "member" (there are none yet: they are defined in invariants/*.yaml)',
  ]);
});
