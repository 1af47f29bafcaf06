import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Snapshot } from '../../src/core/parity.ts';
import type { Project } from '../../src/core/project.ts';
import { probes } from '../../src/oracle/probes/index.ts';
import { compareSides } from '../../src/parity/compare.ts';
import { Seal } from '../../src/parity/seal.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { readSide } from '../../src/runner/environment-facts.ts';
import { loadProject } from '../../src/spec/load.ts';
import { parseSnapshot, printSnapshot } from '../../src/spec/parity-file.ts';
import { Teamspace } from '../demo/teamspace.ts';
import { newFolder, writeFiles } from '../inline/run-inline.ts';
import { CANARIES, Edge, rightEdge } from './edge.ts';

const CONFIG = `targets:
  side: { url: "\${env:SIDE_URL}" }
connections:
  app: { sql: { sqlite: "\${env:SIDE_DB}" } }
  switch: { flags: { url: "\${env:SIDE_FLAGS}" } }
  ops: { http: {} }
  outbox: { http: { url: "\${env:SIDE_MAIL}" } }
parity:
  pages: [/login, /start]
  dependencies: { payments: simulated, crm: real }
  facts:
    migrations: { sql: { on: app, query: "select name, type from pragma_table_info('projects') order by name" }, touches: [data] }
    tables: { sql: { on: app, query: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name" }, rule: subset, touches: [data] }
    join-page: { flags: { on: switch, flag: join-page, context: { targetingKey: nobody } }, touches: [flags] }
    worker: { after: letter, sql: { on: app, query: "select status from jobs where workflow_id = :run and kind = 'send_mail'", with: { run: "\${run.id}" } }, expect: [{ status: done }], within: 1500ms, touches: [jobs] }
    webhook-endpoint: { http: { on: ops, path: /webhooks/payments, text: true, answers: [405] }, rule: same_shape, touches: [webhooks] }
    mail-transport: { http: { on: outbox, path: /api/mails?to=nobody }, rule: same_shape, touches: [mail] }
    cache: { http: { on: ops, path: /ops/cache }, touches: [cache] }
    secret-names: { http: { on: ops, path: /ops/secrets }, touches: [auth] }
    payment-key: { http: { on: ops, path: /ops/payment-key }, rule: same_shape, touches: [payments] }
    limits: { http: { on: ops, path: /ops/limits }, touches: [entitlements] }
    locale: { http: { on: ops, path: /ops/locale }, touches: ["*"] }
  rules:
    - { facts: "header:*:server", rule: ignored, reason: another edge, until: "2099-01-01" }
    - { facts: "header:*:x-region", rule: ignored, reason: another region, until: "2099-01-01" }
    - { facts: "cookie:theme", rule: ignored, reason: a choice of colours, until: "2099-01-01" }
    - { facts: "csp:*:img-src", rule: ignored, reason: pictures of another bucket, until: "2099-01-01" }
    - { facts: locale, rule: ignored, reason: one country first, until: "2099-01-01" }
`;
const FIXTURES = `letter:
  do: { http: { url: "\${target.url}/test/seed", headers: { authorization: "Bearer \${env:SIDE_TOKEN}" }, json: { kind: pending-invitation, workflow: "\${run.id}" } } }
`;

/** The two sides, each a Teamspace behind its edge. */
interface Side {
  teamspace: Teamspace;
  edge: Edge;
  env: Record<string, string>;
}

let project: Project;
let here: Side;
let there: Side;

async function openSide(): Promise<Side> {
  const teamspace = await Teamspace.start();
  const edge = await Edge.before(teamspace.ready.url);
  const { db, flags, mail, token } = teamspace.ready;
  return { teamspace, edge, env: { SIDE_URL: edge.url, SIDE_DB: db, SIDE_FLAGS: flags, SIDE_MAIL: mail, SIDE_TOKEN: token } };
}

beforeAll(async () => {
  const dir = await newFolder();
  await writeFiles(dir, { 'intentwright.config.yaml': CONFIG, 'intents/fixtures/letter.yaml': FIXTURES });
  [here, there] = await Promise.all([openSide(), openSide()]);
  const loaded = await loadProject({ root: dir, probes, env: here.env });
  expect(loaded.problems).toEqual([]);
  project = loaded.project!;
});
afterAll(() =>
  Promise.all(
    [here, there].map(async ({ teamspace, edge }) => {
      await edge.stop();
      await teamspace.stop();
    }),
  ),
);

const read = ({ edge, env }: Side, seal: Seal): Promise<Snapshot> =>
  readSide({
    project,
    target: 'side',
    env,
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
    seal,
    guard: { checkFixture: () => undefined, checkProgram: () => undefined, checkUnwatched: () => undefined, env },
    application: { url: edge.url, origins: [edge.url], places: [], outputs: {}, stop: async () => undefined },
  });

const compare = (ours: Snapshot, theirs: Snapshot): Finding[] =>
  compareSides(ours, theirs, {
    declared: new Map(project.config.parity.facts.map(({ name, rule, touches }) => [name, { rule, touches }])),
    rules: project.config.parity.rules,
    today: '2026-11-20',
  });

async function findings(seal = Seal.forOnce()): Promise<Finding[]> {
  const [ours, theirs] = await Promise.all([read(here, seal), read(there, seal)]);
  return compare(ours, theirs);
}

const seen = (list: readonly Finding[]): string[] =>
  list
    .filter(({ state }) => state === 'different' || state === 'unknown')
    .map(({ fact }) => fact)
    .toSorted();

type Seed = [what: string, facts: string[], make: (side: Side) => unknown, undo?: (side: Side) => unknown];

const edit =
  (change: (state: ReturnType<typeof rightEdge>) => unknown) =>
  ({ edge }: Side): void =>
    void change(edge.state);
const database =
  (sql: string) =>
  ({ env }: Side): void => {
    const db = new DatabaseSync(env['SIDE_DB']!, { timeout: 5000 });
    db.exec(sql);
    db.close();
  };
const worker =
  (state: string) =>
  async ({ teamspace: { ready } }: Side): Promise<void> => {
    const answer = await fetch(`${ready.control}/worker`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state }),
    });
    expect(answer.ok).toBe(true);
  };
const rules = new Map<Side, string>();
const pages = (id: string): string[] => ['/login', '/start'].map((page) => id.replace('*', page));

/** Differences that two environments have had, one fact each, or the same fact of both pages. */
const SEEDS: Seed[] = [
  ['no HSTS', pages('header:*:strict-transport-security'), edit((state) => delete state.headers['strict-transport-security'])],
  [
    'a shorter HSTS',
    pages('header:*:strict-transport-security'),
    edit((state) => {
      state.headers['strict-transport-security'] = 'max-age=300';
    }),
  ],
  [
    'another framing rule',
    pages('header:*:x-frame-options'),
    edit((state) => {
      state.headers['x-frame-options'] = 'SAMEORIGIN';
    }),
  ],
  [
    'another referrer policy',
    pages('header:*:referrer-policy'),
    edit((state) => {
      state.headers['referrer-policy'] = 'no-referrer';
    }),
  ],
  [
    'a permission more',
    pages('header:*:permissions-policy'),
    edit((state) => {
      state.headers['permissions-policy'] = 'camera=()';
    }),
  ],
  [
    'another cache key',
    pages('header:*:vary'),
    edit((state) => {
      state.headers['vary'] = 'Accept';
    }),
  ],
  ['content is sniffed', pages('header:*:x-content-type-options'), edit((state) => delete state.headers['x-content-type-options'])],
  [
    'hidden from search',
    pages('header:*:x-robots-tag'),
    edit((state) => {
      state.headers['x-robots-tag'] = 'noindex';
    }),
  ],
  ['an internal header is missing', pages('header:*:x-internal-token'), edit((state) => delete state.headers['x-internal-token'])],
  [
    'answers are cached',
    pages('header:*:cache-control'),
    edit((state) => {
      state.headers['cache-control'] = 'public, max-age=60';
    }),
  ],
  [
    'a script host more is allowed',
    pages('csp:*:script-src'),
    edit((state) => {
      state.csp['script-src'] += ' https://tags.test';
    }),
  ],
  [
    'the payment host is not allowed',
    pages('csp:*:connect-src'),
    edit((state) => {
      state.csp['connect-src'] = "'self'";
    }),
  ],
  ['may be framed', pages('csp:*:frame-ancestors'), edit((state) => delete state.csp['frame-ancestors'])],
  [
    'requests are upgraded',
    pages('csp:*:upgrade-insecure-requests'),
    edit((state) => {
      state.csp['upgrade-insecure-requests'] = '';
    }),
  ],
  [
    'another default',
    pages('csp:*:default-src'),
    edit((state) => {
      state.csp['default-src'] = '*';
    }),
  ],
  [
    'a policy on trial',
    pages('csp-report-only:*:object-src'),
    edit((state) => {
      state.reportOnly = "object-src 'none'";
    }),
  ],
  [
    'a stricter cookie',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] = state.cookies['device']!.replace('Lax', 'Strict');
    }),
  ],
  [
    'an insecure cookie',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] = state.cookies['device']!.replace('Secure; ', '');
    }),
  ],
  [
    'scripts read the cookie',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] = state.cookies['device']!.replace('HttpOnly; ', '');
    }),
  ],
  [
    'a cookie of one folder',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] = state.cookies['device']!.replace('Path=/', 'Path=/app');
    }),
  ],
  [
    'a cookie of the whole domain',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] += '; Domain=127.0.0.1';
    }),
  ],
  [
    'a shorter cookie',
    ['cookie:device'],
    edit((state) => {
      state.cookies['device'] = state.cookies['device']!.replace('31536000', '3600');
    }),
  ],
  [
    'a cookie more',
    ['cookie:tracker'],
    edit((state) => {
      state.cookies['tracker'] = 'Path=/';
    }),
  ],
  [
    'a redirect for ever',
    ['redirect:/start'],
    edit((state) => {
      state.redirects['/start']!.status = 301;
    }),
  ],
  [
    'a redirect that forgets where to',
    ['redirect:/start'],
    edit((state) => {
      state.redirects['/start']!.to = '/login?token=x';
    }),
  ],
  [
    'a redirect to another page',
    ['redirect:/start'],
    edit((state) => {
      state.redirects['/start']!.to = `/signup?next=%2F&token=${CANARIES[3]}`;
    }),
  ],
  ['a foreign script more', pages('scripts:*'), edit((state) => state.scripts.push('<script src="https://tags.test/t.js"></script>'))],
  [
    'a foreign script that is not pinned',
    pages('scripts:*'),
    edit((state) => {
      state.scripts[0] = '<script src="https://js.pay.test/v3/pay.js"></script>';
    }),
  ],
  [
    'everybody may ask',
    pages('cors:*'),
    edit((state) => {
      state.cors['access-control-allow-origin'] = '*';
    }),
  ],
  [
    'with credentials',
    pages('cors:*'),
    edit((state) => {
      state.cors['access-control-allow-credentials'] = 'true';
    }),
  ],
  [
    'a method more',
    pages('cors:*'),
    edit((state) => {
      state.cors['access-control-allow-methods'] = 'GET, POST, DELETE';
    }),
  ],
  [
    'a scope less at sign-in',
    ['oidc:scopes_supported'],
    edit((state) => {
      state.oidc['scopes_supported'] = ['openid', 'email'];
    }),
  ],
  [
    'another way to prove the client',
    ['oidc:token_endpoint_auth_methods_supported'],
    edit((state) => {
      state.oidc['token_endpoint_auth_methods_supported'] = ['none'];
    }),
  ],
  ['no way to sign out', ['oidc:end_session_endpoint'], edit((state) => delete state.oidc['end_session_endpoint'])],
  [
    'a flag decides otherwise',
    ['join-page'],
    async (side) => {
      const { flags, token } = side.teamspace.ready;
      const answer = await fetch(`${flags}/rules`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ flag: 'join-page', when: {}, variant: 'off' }),
      });
      rules.set(side, ((await answer.json()) as { id: string }).id);
    },
    (side) =>
      fetch(`${side.teamspace.ready.flags}/rules/${rules.get(side)}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${side.teamspace.ready.token}` },
      }),
  ],
  ['the worker does not run', ['worker'], worker('stopped'), worker('running')],
  [
    'a migration was not run there',
    ['migrations'],
    database('alter table projects add column colour text'),
    database('alter table projects drop column colour'),
  ],
  ['a table that is not there', ['tables'], database('create table experiments (id text)'), database('drop table experiments')],
  [
    'no webhook endpoint',
    ['webhook-endpoint'],
    edit((state) => {
      state.statuses['/webhooks/payments'] = 404;
    }),
  ],
  [
    'another cache',
    ['cache'],
    edit((state) => {
      state.answers['/ops/cache'] = { driver: 'memory', ttl: 300 };
    }),
  ],
  [
    'a secret is not set',
    ['secret-names'],
    edit((state) => {
      state.answers['/ops/secrets'] = ['DATABASE_URL', 'SMTP_PASSWORD'];
    }),
  ],
  [
    'a key that is no text',
    ['payment-key'],
    edit((state) => {
      state.answers['/ops/payment-key'] = { key: null };
    }),
  ],
  [
    'another limit, whose value nobody sees',
    ['limits'],
    edit((state) => {
      state.answers['/ops/limits'] = { seats: 9, trial: true };
    }),
  ],
];

/** Declared to be ignored: never reported. */
const IGNORED: Seed[] = [
  [
    'another server',
    pages('header:*:server'),
    edit((state) => {
      state.headers['server'] = 'edge-b';
    }),
  ],
  [
    'another region',
    pages('header:*:x-region'),
    edit((state) => {
      state.headers['x-region'] = 'us-1';
    }),
  ],
  [
    'a cookie of colours',
    ['cookie:theme'],
    edit((state) => {
      state.cookies['theme'] = 'Path=/; SameSite=Strict';
    }),
  ],
  [
    'pictures from elsewhere',
    pages('csp:*:img-src'),
    edit((state) => {
      state.csp['img-src'] = '*';
    }),
  ],
  [
    'another language',
    ['locale'],
    edit((state) => {
      state.answers['/ops/locale'] = { default: 'de' };
    }),
  ],
  [
    'another build',
    [],
    edit((state) => {
      state.headers['x-version'] = '1.5.0';
    }),
  ],
  [
    'another key of the same shape',
    [],
    edit((state) => {
      state.answers['/ops/payment-key'] = { key: CANARIES[5] };
    }),
  ],
];

async function withSeeds(seeds: readonly Seed[], work: () => Promise<void>): Promise<void> {
  for (const [, , make] of seeds) await make(here);
  try {
    await work();
  } finally {
    here.edge.state = rightEdge();
    for (const [, , , undo] of seeds) await undo?.(here);
  }
}

const noCanary = (text: string): void =>
  expect([...CANARIES, here.env['SIDE_TOKEN']!, there.env['SIDE_TOKEN']!].filter((secret) => text.includes(secret))).toEqual([]);

describe('two running Teamspaces', () => {
  test('are alike, but for what was declared', async () => {
    const found = await findings();
    expect(seen(found)).toEqual([]);
    expect(found.length).toBeGreaterThan(40);
    expect(found.filter(({ state }) => state === 'ignored').map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['cookie:theme', 'header:/login:server', 'locale']),
    );
  });

  test(`show each of ${SEEDS.length} differences, and nothing else`, async () => {
    expect(SEEDS.length).toBeGreaterThanOrEqual(40);
    const wrong: string[] = [];
    const seal = Seal.forOnce();
    const theirs = await read(there, seal);
    for (const seed of SEEDS) {
      await withSeeds([seed], async () => {
        const found = compare(await read(here, seal), theirs);
        noCanary(JSON.stringify(found));
        if (JSON.stringify(seen(found)) !== JSON.stringify(seed[1].toSorted()))
          wrong.push(`${seed[0]}: expected ${seed[1].join(', ')}, found ${seen(found).join(', ') || 'nothing'}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('do not show what was declared to be ignored, all at once', async () => {
    await withSeeds(IGNORED, async () => {
      const found = await findings();
      expect(seen(found)).toEqual([]);
      noCanary(JSON.stringify(found));
    });
  });

  test('what cannot be read is unknown on that side, never equal: a page, a database, a service', async () => {
    const seal = Seal.forOnce();
    const theirs = await read(there, seal);
    const blind = await read({ ...here, env: { ...here.env, SIDE_DB: '/nowhere/app.sqlite', SIDE_FLAGS: 'http://127.0.0.1:1' } }, seal);
    for (const found of [compare(blind, theirs), compare(theirs, blind)]) {
      expect(
        found
          .filter(({ state }) => state === 'unknown')
          .map(({ fact }) => fact)
          .toSorted(),
      ).toEqual(['join-page', 'migrations', 'tables', 'worker']);
      expect(found.filter(({ state }) => state === 'different')).toEqual([]);
    }
    const { edge } = await openOnlyEdge();
    const down = await read({ ...here, edge }, seal);
    await edge.stop();
    const found = compare(down, theirs);
    expect(
      found.filter(({ fact, state }) => state === 'same' && /:\/login\b|^cors|^oidc|^redirect/.test(fact)).map(({ fact }) => fact),
    ).toEqual([]);
  });

  test('a snapshot tells no value of a declared fact, and is compared under the same key only', async () => {
    const text = printSnapshot(await read(there, Seal.of('one key of both')));
    noCanary(text);
    expect(text).not.toMatch(/redis|DATABASE_URL|one key of both/);
    const { snapshot, problems } = parseSnapshot(text, 'production.yaml');
    expect(problems).toEqual([]);
    expect(seen(compare(await read(here, Seal.of('one key of both')), snapshot!))).toEqual([]);
    for (const other of [Seal.of('another key'), Seal.of(undefined)]) {
      const found = compare(await read(here, other), snapshot!);
      expect(found.filter(({ state }) => state === 'different')).toEqual([]);
      expect(seen(found)).toEqual(expect.arrayContaining(['cache', 'limits', 'migrations', 'secret-names']));
      expect(seen(found)).not.toContain('payment-key');
    }
  });
});

async function openOnlyEdge(): Promise<{ edge: Edge }> {
  const edge = await Edge.before('http://127.0.0.1:1');
  edge.state.statuses = {};
  await edge.stop();
  return { edge };
}
