import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventBody } from '../../src/core/events.ts';
import { IntentwrightError } from '../../src/core/errors.ts';
import { Redactor } from '../../src/core/redact.ts';
import { probes } from '../../src/oracle/probes/index.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { runIntents } from '../../src/runner/run.ts';
import type { RunOptions } from '../../src/runner/run-options.ts';
import { loadProject } from '../../src/spec/load.ts';
import { newFolder, writeFiles } from '../inline/run-inline.ts';
import { type Logged, PAGE_WAYS, startLogged, wayfarer } from './production-server.ts';

let production: Logged;
let staging: Logged;
/** Where production is, by the name that the configs mark. */
let live = '';
let stage = '';
/** What names lead to, as a resolver of our own says. */
let names: Record<string, string[]> = {};

beforeAll(async () => {
  production = await startLogged();
  live = `http://www.example.test:${production.port}`;
  staging = await startLogged((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    const away = `http://127.0.0.1:${production.port}`;
    if (path.startsWith('/to/')) response.writeHead(302, { location: `${away}/hit/${path.slice(4)}` }).end();
    else if (path === '/again') response.writeHead(307, { location: '/writes' }).end();
    else if (path === '/hop') response.writeHead(302, { location: '/to/hop' }).end();
    else if (path === '/sw.js')
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(
          `self.addEventListener('install', (event) => event.waitUntil(fetch('${away}/hit/service-worker', { mode: 'no-cors', method: 'POST' }).catch(() => {})))`,
        );
    else if (path === '/ways') response.writeHead(200, { 'content-type': 'text/html' }).end(wayfarer(away));
    else if (path === '/api/pressed')
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(staging.log.filter((line) => line === 'POST /pressed')));
    else
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          '<!doctype html><html lang="en"><title>Home</title><main><form method="post" action="/writes"><button>Delete everything</button></form><form method="post" action="/again"><button>Send once</button></form></main></html>',
        );
  });
  stage = `http://127.0.0.1:${staging.port}`;
});
afterAll(() => {
  for (const { server } of [production, staging]) server.close().closeAllConnections();
});
afterEach(() => {
  for (const { log } of [production, staging]) log.length = 0;
});

interface Told {
  error?: IntentwrightError;
  events: EventBody[];
  status?: string;
  /** Everything that was said about it, for the reason. */
  said: string;
}

interface Setting {
  targets?: string;
  config?: string;
  fixture?: string;
  intent?: string;
  invariant?: string;
  files?: Record<string, string>;
  env?: Record<string, string>;
  options?: Partial<RunOptions>;
  /** A browser is launched; without it, one that is asked for fails. */
  browser?: boolean;
}

const marked = (): string => `  live: { url: "${live}", production: true }\n`;
const target = (): string => `  stage: { url: "${stage}" }\n`;

/** One run against the target `stage`, in this process, with a resolver of our own. */
async function run({
  targets = target() + marked(),
  config = '',
  fixture,
  intent,
  invariant,
  files = {},
  env = {},
  options = {},
  browser = false,
}: Setting): Promise<Told> {
  const root = await newFolder();
  await writeFiles(root, {
    'intentwright.config.yaml': `defaultTarget: stage\ntargets:\n${targets}defaults: { settle: 50ms, within: 300ms }\nbrowser: { channel: headless-shell }\n${config}`,
    'intents/it.intent.yaml':
      intent ?? `intent: It\n${fixture ? 'given: { world: world }\n' : ''}journey:\n  - Press the button "Go"\nthen:\n  - it\n`,
    ...(fixture ? { 'intents/fixtures/world.yaml': `world:\n${fixture}` } : {}),
    'invariants/it.yaml':
      invariant ?? `it:\n  says: it was pressed\n  eventually:\n    http: { path: /api/pressed }\n    expect: { body: { count: 1 } }\n`,
    ...files,
  });
  const { project, problems } = await loadProject({ root, configFile: join(root, 'intentwright.config.yaml'), probes, env });
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'));
  const events: EventBody[] = [];
  const none = Promise.reject(new Error('no browser in this test'));
  none.catch(() => undefined);
  try {
    await runIntents({
      project,
      run: 'run',
      dir: root,
      target: 'stage',
      selection: { ids: [] },
      agents: ['builtin'],
      frozen: false,
      fresh: true,
      writeLocks: false,
      workers: 1,
      retries: 0,
      env: { ...process.env, ...env },
      startEnv: {},
      emit: (event) => void events.push(event),
      redactor: new Redactor(),
      saveAttachment: async () => '',
      clock: systemClock,
      signal: new AbortController().signal,
      mode: 'local',
      ci: false,
      command: 'test',
      version: '0',
      ...(browser ? {} : { early: { take: () => none, drop: async () => undefined } }),
      resolve: async (host) =>
        isIP(host)
          ? [host]
          : (names[host] ?? Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }))),
      ...options,
    });
  } catch (error) {
    if (!IntentwrightError.is(error)) throw error;
    return { error, events, said: error.message };
  }
  const end = events.findLast((event) => event.type === 'intent-end');
  return { events, ...(end?.type === 'intent-end' ? { status: end.status } : {}), said: JSON.stringify(events) };
}

const withPort = (host: string): string => `http://${host}:${production.port}`;
const http = (url: string, method = 'POST'): string => `  do: { http: { method: ${method}, url: "${url}" } }\n`;

/** Ways to begin against production by mistake: each is refused before anything is asked of it. */
const BEGINNINGS: Record<string, () => Setting> = {
  'a url that is production’s': () => ({ targets: `  stage: { url: "${live}/app" }\n${marked()}` }),
  'the same in capitals, with a dot at the end': () => ({
    targets: `  stage: { url: "http://WWW.Example.TEST.:${production.port}" }\n${marked()}`,
  }),
  'its address instead of its name': () => ({ targets: `  stage: { url: "${withPort('127.0.0.1')}" }\n${marked()}` }),
  'its address as one number': () => ({ targets: `  stage: { url: "${withPort('2130706433')}" }\n${marked()}` }),
  'its address as IPv6': () => ({ targets: `  stage: { url: "${withPort('[::ffff:127.0.0.1]')}" }\n${marked()}` }),
  'another name that leads to its address': () => ({ targets: `  stage: { url: "${withPort('staging.example.test')}" }\n${marked()}` }),
  'a host of a pattern that is production': () => ({
    targets: `  stage: { url: "${withPort('eu.shop.test')}" }\n`,
    config: 'productionHosts: ["*.shop.test"]\n',
  }),
  'an environment variable that was set wrongly': () => ({
    targets: `  stage: { url: "\${env:APP_URL}" }\n${marked()}`,
    env: { APP_URL: live },
  }),
  'production’s origin among those of the application': () => ({
    targets: `  stage: { url: "${stage}", origins: ["${live}"] }\n${marked()}`,
  }),
  'a first page that redirects to it': () => ({ targets: `  stage: { url: "${stage}/to/start" }\n${marked()}` }),
  'a first page that redirects to it in the end': () => ({ targets: `  stage: { url: "${stage}/hop" }\n${marked()}` }),
  'a start command that prints its address': () => ({
    targets: `  stage: { url: "\${app.url}", start: { command: [node, -e, "console.log(JSON.stringify({ ready: true, url: 'http://www.example.test:' + ${production.port} })); process.stdin.on('end', () => process.exit()).resume()"] } }\n${marked()}`,
  }),
  'production itself, without its host typed again': () => ({ options: { target: 'live' } }),
  'production itself, with another host typed': () => ({ options: { target: 'live', production: 'www.example.com' } }),
  'production itself, with an intent that is not safe there': () => ({
    options: { target: 'live', production: live.slice(7), selection: { ids: ['it'] } },
  }),
  'production itself, with a fixture that writes': () => ({
    options: { target: 'live', production: live.slice(7) },
    fixture: http('${target.url}/seed'),
    intent: 'intent: It\nsafe: production\ngiven: { world: world }\nthen:\n  - it\n',
  }),
};

/** Ways that open only while a run goes on. */
const RUNNING: Record<string, () => Setting> = {
  'a fixture with its url': () => ({ fixture: http(`${live}/seed`) }),
  'a fixture with a url from the environment': () => ({ fixture: http('${env:API}/seed'), env: { API: live } }),
  'a fixture that is redirected to it': () => ({ fixture: http(`${stage}/to/fixture`, 'GET') }),
  'a fixture whose name leads to it': () => ({ fixture: http(`${withPort('staging.example.test')}/seed`) }),
  'an undo that was left pointing at it': () => ({
    fixture: `  do: { wait: 1ms }\n  undo: { http: { method: DELETE, url: "${live}/everything" } }\n`,
  }),
  'a webhook that the world sends to it': () => ({
    files: {
      'intents/fixtures/hook.yaml': `hook:\n  says: the payment webhook arrives\n  do: { http: { url: "${live}/hooks/payment", json: { paid: true } } }\n`,
    },
    intent: 'intent: It\njourney:\n  - system: the payment webhook arrives\nthen:\n  - it\n',
  }),
  'a function that opens its own connections': () => ({
    fixture: '  do: { module: seed.ts }\n',
    files: {
      'intents/fixtures/seed.ts': `import http from 'node:http';\nimport net from 'node:net';\nconst tried = (go) => new Promise((done) => go().once('error', done).once('close', done).once('response', done).once('connect', done));\nexport default async () => { await tried(() => http.get('${live}/by-http')); await tried(() => net.connect(${production.port}, '127.0.0.1')); await fetch('${live}/by-fetch'); };\n`,
    },
  }),
  'a command with its url': () => ({
    fixture: `  safe: test\n  do: { command: [node, -e, "await fetch(process.argv[1])", "${withPort('127.0.0.1')}"] }\n`,
  }),
  'a command that finds it in a variable': () => ({
    fixture: `  safe: test\n  do: { command: [node, -e, "await fetch(process.env.API)"] }\n`,
    env: { API: withPort('127.0.0.1') },
  }),
  'a program that has its address built in': () => ({
    fixture: '  do: { command: [node, seed.mjs] }\n',
    files: { 'seed.mjs': `await fetch('${withPort('127.0.0.1')}/by-program');\n` },
  }),
  ...Object.fromEntries(
    Object.entries({
      'a program': `import { execFile } from 'node:child_process';\nexport default () => new Promise((done, fail) => execFile(process.execPath, ['seed.mjs'], { cwd: CWD }, (error) => (error ? fail(error) : done())));\n`,
      'a program that it waits for': `import { execFileSync } from 'node:child_process';\nexport default () => void execFileSync(process.execPath, ['seed.mjs'], { cwd: CWD });\n`,
      'a thread': `import { Worker } from 'node:worker_threads';\nexport default () => new Promise((done) => new Worker(new URL('../../seed.mjs', import.meta.url)).once('exit', done));\n`,
    }).map(([what, text]) => [
      `a function that starts ${what}`,
      () => ({
        fixture: '  do: { module: seed.ts }\n',
        files: {
          'intents/fixtures/seed.ts': text.replace('CWD', "new URL('../../', import.meta.url)"),
          // Only connects: a function that waits for its program keeps this process, and the server in it, from answering.
          'seed.mjs': `import net from 'node:net';\nawait new Promise((done) => net.connect(${production.port}, '127.0.0.1', done));\nprocess.exit();\n`,
        },
      }),
    ]),
  ),
  'a program that a probe asks': () => ({
    config: 'connections: { tool: { command: { command: [node, ask.mjs] } } }\n',
    files: { 'ask.mjs': `console.log(JSON.stringify((await fetch('${withPort('127.0.0.1')}/by-probe')).status));\n` },
    invariant: 'it:\n  says: it is so\n  eventually: { command: { on: tool }, expect: 200 }\n',
  }),
  'an http probe of its': () => ({
    config: `connections: { api: { http: { url: "${live}" } } }\n`,
    invariant: 'it:\n  says: it is so\n  eventually: { http: { on: api, path: /state }, expect: { status: 200 } }\n',
  }),
  'a database probe of its': () => ({
    config: `connections: { db: { sql: { postgres: "postgres://reader@127.0.0.1:${production.port}/app" } } }\n`,
    invariant: 'it:\n  says: it is so\n  eventually: { sql: { on: db, query: "select 1 as one" }, expect: [ { one: 1 } ] }\n',
  }),
  'a queue probe of its': () => ({
    config: `connections: { cache: { redis: { url: "redis://127.0.0.1:${production.port}" } } }\n`,
    invariant: 'it:\n  says: it is so\n  eventually: { redis: { on: cache, key: k }, expect: { exists: true } }\n',
  }),
  'a probe that asks as somebody, at an absolute url': () => ({
    invariant: `it:\n  says: it is so\n  eventually: { http: { path: "${live}/me", as: "sid=1" }, expect: { status: 200 } }\n`,
  }),
};

const unmarked = ({ targets, ...setting }: Setting): Setting => ({ ...setting, targets: targets?.replace(marked(), '') ?? target() });

describe('production is not reached', () => {
  beforeAll(() => {
    names = {
      'www.example.test': ['127.0.0.1'],
      'staging.example.test': ['127.0.0.1'],
      'eu.shop.test': ['127.0.0.1'],
      'public.example.test': ['203.0.113.9'],
    };
  });

  test('there are more than twenty-five ways tried here', () => {
    expect(Object.keys(BEGINNINGS).length + Object.keys(RUNNING).length + PAGE_WAYS.length).toBeGreaterThanOrEqual(25);
  });

  for (const [way, setting] of Object.entries(BEGINNINGS)) {
    test(`by ${way}`, async () => {
      const told = await run(setting());
      expect(told.error).toMatchObject({ code: 'TARGET_REFUSED', hint: expect.any(String) });
      expect(production.log).toEqual([]);
    });
  }

  for (const [way, setting] of Object.entries(RUNNING)) {
    test(`by ${way}; where nothing is marked, it would be`, async () => {
      const told = await run(setting());
      expect(production.log).toEqual([]);
      expect(told.status, told.said).toBe('errored');
      await run(unmarked(setting()));
      expect(production.log.length).toBeGreaterThan(0);
    });
  }

  test('a program that somebody vouches for is started', async () => {
    const files = {
      'seed.mjs': `await fetch('${stage}/seeded');\n`,
      'intents/fixtures/seed.ts': `import { execFile } from 'node:child_process';\nexport default () => new Promise((done, fail) => execFile(process.execPath, ['seed.mjs'], { cwd: new URL('../../', import.meta.url) }, (error) => (error ? fail(error) : done())));\n`,
    };
    for (const deed of ['command: [node, seed.mjs]', 'module: seed.ts']) {
      await run({ fixture: `  safe: test\n  do: { ${deed} }\n`, files });
      expect(staging.requests().filter((line) => line === 'GET /seeded')).toHaveLength(1);
      staging.log.length = 0;
      const told = await run({ fixture: `  do: { ${deed} }\n`, files });
      expect(told.said).toContain('fixture world may not start');
      expect(staging.requests().filter((line) => line === 'GET /seeded')).toEqual([]);
    }
  });

  test('nor is a public address that nobody called a test system', async () => {
    const targets = `  stage: { url: "http://public.example.test" }\n`;
    expect((await run({ targets })).error).toMatchObject({ code: 'TARGET_REFUSED', hint: expect.stringContaining('production: false') });
  });

  test('by anything that a page, a popup, a worker or a service worker does; an application of both origins would', async () => {
    const intent = 'intent: It\nactors: { user: { start: /ways } }\njourney:\n  - Press the button "Go"\nthen:\n  - it\n';
    const told = await run({ intent, browser: true });
    expect(
      staging
        .requests()
        .filter((line) => line.startsWith('POST /tried/'))
        .map((line) => line.slice(12))
        .sort(),
      told.said.slice(-3000),
    ).toEqual(PAGE_WAYS.toSorted());
    expect(production.log).toEqual([]);

    await run({ intent, browser: true, targets: `  stage: { url: "${stage}", origins: ["http://127.0.0.1:${production.port}"] }\n` });
    const reached = new Set(production.requests().map((line) => /\/hit\/([\w-]+)/.exec(line)?.[1]));
    expect(PAGE_WAYS.filter((way) => !reached.has(way))).toEqual([]);
  });

  test('by a name whose address changed after the check: the browser keeps to the one that was checked', async () => {
    const intent = 'intent: It\nactors: { user: { start: / } }\njourney:\n  - Press the button "Send once"\nthen:\n  - it\n';
    await run({
      intent,
      browser: true,
      targets: `  stage: { url: "http://named.example.test:${staging.port}" }\n${marked()}`,
      options: { resolve: async (host) => (host.endsWith('.example.test') ? ['127.0.0.1'] : []) },
    });
    // Chromium itself knows no such name: only the checked address can have led it there.
    expect(staging.requests()).toContain('GET /');
    expect(production.log).toEqual([]);
  });
});

describe('production on purpose', () => {
  test('starts no program that is only safe elsewhere', async () => {
    const told = (safe: string) =>
      run({
        fixture: `  safe: ${safe}\n  do: { command: [node, seed.mjs] }\n`,
        files: { 'seed.mjs': `await fetch('${stage}/seeded');\n` },
        intent: 'intent: It\nsafe: production\ngiven: { world: world }\nthen:\n  - it\n',
        targets: `  stage: { url: "${stage}", production: true }\n`,
        options: { production: stage.slice(7) },
      });
    expect((await told('test')).error).toMatchObject({
      code: 'TARGET_REFUSED',
      message: expect.stringContaining('it could write (command)'),
    });
    expect(staging.requests().filter((line) => line === 'GET /seeded')).toEqual([]);
    await told('production');
    expect(staging.requests().filter((line) => line === 'GET /seeded')).toHaveLength(1);
  });

  const intent = (button: string): string => `intent: It\nsafe: production\njourney:\n  - Press the button "${button}"\nthen:\n  - it\n`;
  const here = (allows: string, button: string): Promise<Told> =>
    run({
      intent: intent(button),
      browser: true,
      targets: `  stage: { url: "${stage}", production: true${allows} }\n`,
      options: { production: stage.slice(7) },
    });

  test('sends nothing that could write, unless it is listed', async () => {
    const told = await here('', 'Delete everything');
    expect(staging.requests().filter((line) => line.startsWith('POST'))).toEqual([]);
    expect(told.said).toContain('POST /writes was not sent');
    await here(', allows: ["POST /writes"]', 'Delete everything');
    expect(staging.requests()).toContain('POST /writes');
  });

  test('does not follow a listed write to where it is redirected', async () => {
    const told = await here(', allows: ["POST /again"]', 'Send once');
    expect(staging.requests().filter((line) => line.startsWith('POST'))).toEqual(['POST /again']);
    expect(told.said).toContain('POST /writes was not sent');
  });

  test('passes no journey whose traces are still there', async () => {
    const fixture =
      '  safe: production\n  do: { http: { method: GET, path: / } }\n  undo: { http: { method: GET, path: / } }\n  left_behind: { http: { path: /api/pressed, pick: "$.length" } }\n';
    const without = run({
      fixture: fixture.replace(/ {2}left_behind.*\n/, ''),
      intent: 'intent: It\nsafe: production\ngiven: { world: world }\nthen:\n  - it\n',
      targets: `  stage: { url: "${stage}", production: true }\n`,
      options: { production: stage.slice(7) },
    });
    expect((await without).error).toMatchObject({ code: 'TARGET_REFUSED', hint: expect.stringContaining('left_behind') });
  });
});
