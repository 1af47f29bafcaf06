import { expect, test } from 'vitest';
import { loadInline, saidOfConfig } from './inline-project.ts';

const CONNECTED = 'connections: { app: { sql: { sqlite: x } } }\n';

test('a small config has sensible defaults', async () => {
  const { project, dir } = await loadInline({
    'intentwright.config.yaml': `targets: { local: { url: "http://127.0.0.1:1" } }\n${CONNECTED}`,
  });
  expect(project!.config).toMatchObject({
    root: dir,
    defaultTarget: 'local',
    targets: { local: { name: 'local', production: false, origins: [] } },
    agents: { chain: ['replay', 'relocate', 'builtin'] },
    budget: { actionsPerStep: 25, seconds: 120 },
    artifacts: {
      dir: `${dir}/.intentwright`,
      pictures: 'each-step',
      trace: 'off',
      video: 'off',
      har: 'off',
      maxMegabytes: 500,
      keepRuns: 20,
      keepMegabytes: 4000,
    },
    defaults: { withinMs: 15_000, settleMs: 1500, blindMs: 5000, noServerErrors: true, noExceptions: true },
    workers: 2,
    retries: 0,
    browser: { channel: 'auto', headless: true, viewport: { width: 1280, height: 800 } },
  });
});

test('a whole config is read', async () => {
  const { project, said, dir } = await loadInline({
    'intentwright.config.yaml': `targets:
  local:
    url: \${app.url}
    origins: [ "\${app.payments}" ]
    start: { command: [node, demo/start.ts], cwd: demo, env: { A: b }, timeout: 20s }
  live: { url: "\${env:LIVE_URL}", production: true }
defaultTarget: local
connections:
  app: { sql: { sqlite: "\${app.db}" } }
  post: { mail: { url: "\${app.mail}" } }
secrets:
  MADE: { generate: true }
  GIVEN: {}
  TOKEN: { env: MY_TOKEN, origins: [ "https://id.example.test" ], fields: [text, password] }
agents: { chain: auto, model: { model: some-model, baseUrl: "http://127.0.0.1:9/v1", keyEnv: KEY, timeout: 9s, pricePerMillion: { prompt: 1, completion: 2 } } }
budget: { modelCalls: 3 }
artifacts: { dir: out, pictures: none, keepRuns: 2 }
defaults: { settle: 0s, noExceptions: false }
workers: 4
browser: { channel: chromium, locale: de-DE }
`,
  });
  expect(said).toEqual([]);
  expect(project!.config).toMatchObject({
    targets: {
      local: {
        url: '${app.url}',
        origins: ['${app.payments}'],
        start: { command: ['node', 'demo/start.ts'], cwd: `${dir}/demo`, env: { A: 'b' }, timeoutMs: 20_000 },
      },
      live: { production: true },
    },
    connections: { app: { name: 'app', probe: 'sql', settings: { sqlite: '${app.db}' } }, post: { probe: 'mail' } },
    secrets: {
      MADE: { generate: true, fields: ['password'] },
      GIVEN: { env: 'GIVEN', generate: false },
      TOKEN: { env: 'MY_TOKEN', origins: ['https://id.example.test'], fields: ['text', 'password'] },
    },
    agents: {
      chain: ['replay', 'relocate', 'builtin', 'model'],
      model: { provider: 'openai', model: 'some-model', api: 'chat', timeoutMs: 9000, keyEnv: 'KEY' },
    },
    budget: { modelCalls: 3, actionsPerStep: 25 },
    artifacts: { dir: `${dir}/out`, pictures: 'none', keepRuns: 2 },
    defaults: { settleMs: 0, noExceptions: false },
  });
  expect(project!.config.secrets['MADE']!.env).toBeUndefined();
});

test.each([
  ['no targets', 'workers: 1', '1:1 missing key "targets" (Applications under test)'],
  ['empty targets', 'targets: {}', '1:10 targets: at least one target is needed'],
  [
    'a target without an address',
    'targets: { t: { production: true } }',
    '1:12 targets.t: missing key "url" (Where the application is; `${app.…}` is what its start command printed, `${env:NAME}` a variable)',
  ],
  [
    'an unknown default target',
    'targets: { local: { url: x } }\ndefaultTarget: locl',
    '2:16 defaultTarget: unknown target "locl" (did you mean "local"?)',
  ],
  [
    'outputs of a target that is not started',
    'targets: { t: { url: "${app.url}" } }',
    '1:22 targets.t.url: ${app.url} is not defined (known here: )',
  ],
  [
    'an unset variable in the default target',
    'targets: { t: { url: "${env:URL}" } }',
    '1:22 targets.t.url: the environment variable URL is not set (set it, or give a fallback: ${env:URL:-…})',
  ],
  [
    'an unknown probe',
    'targets: { t: { url: x } }\nconnections: { app: { sqll: {} } }',
    '2:23 connections.app: unknown key "sqll" (did you mean "sql"?)',
  ],
  [
    'two probes of a connection',
    'targets: { t: { url: x } }\nconnections: { app: { sql: { sqlite: x }, mail: { url: y } } }',
    '2:21 connections.app: a connection names exactly one probe',
  ],
  [
    'an unknown setting of a probe',
    'targets: { t: { url: x } }\nconnections: { app: { sql: { sqllite: x } } }',
    '2:30 connections.app.sql: unknown key "sqllite" (did you mean "sqlite"?)',
  ],
  [
    'a wrong setting of a probe',
    'targets: { t: { url: x } }\nconnections: { app: { sql: { postgres: nowhere } } }',
    '2:40 connections.app.sql.postgres: Invalid URL',
  ],
  [
    'settings that are left empty',
    'targets: { t: { url: x } }\nconnections: { app: { mail: } }',
    '2:23 connections.app.mail: missing key "url"',
  ],
  [
    'an unknown agent',
    'targets: { t: { url: x } }\nagents: { chain: [replay, modl] }',
    '2:27 agents.chain[1]: "modl" is not one of replay, relocate, builtin, model (did you mean "model"?)',
  ],
  [
    'a model that is not configured',
    'targets: { t: { url: x } }\nagents: { chain: [replay, model] }',
    '2:27 agents.chain[1]: no model is configured (add  agents: { model: { model: …, baseUrl: … } })',
  ],
  ['an agent twice', 'targets: { t: { url: x } }\nagents: { chain: [replay, replay] }', '2:27 agents.chain[1]: "replay" is there twice'],
  [
    'a key of a model in the file',
    'targets: { t: { url: x } }\nagents: { model: { model: m, key: sk-1 } }',
    '2:30 agents.model: unknown key "key" (known: provider, baseUrl, keyEnv, api, timeout, pricePerMillion)',
  ],
  ['no workers', 'targets: { t: { url: x } }\nworkers: 0', '2:10 workers: the number 0 is too small; more than 0'],
  [
    'an unknown browser',
    'targets: { t: { url: x } }\nbrowser: { channel: chromum }',
    '2:21 browser.channel: "chromum" is not one of auto, headless-shell, chromium, chrome, msedge (did you mean "chromium"?)',
  ],
  [
    'a bad default',
    'targets: { t: { url: x } }\ndefaults: { within: long }',
    '2:21 defaults.within: "long" is not a duration: write 500ms, 20s, 1.5m',
  ],
])('%s', async (_, text, expected) => {
  expect(await saidOfConfig(text)).toContain(expected);
});

test('a target that is not the default may need what this machine does not have', async () => {
  expect(await saidOfConfig(`targets: { t: { url: "http://x" }, live: { url: "\${env:LIVE}" } }\n${CONNECTED}`)).toEqual([]);
});

test('a template may stand for any setting', async () => {
  expect(
    await saidOfConfig(
      'targets: { t: { url: "http://x" } }\nconnections: { app: { sql: { postgres: "${env:DB:-none}", poolSize: "${env:POOL:-2}" } } }',
    ),
  ).toEqual([]);
});

test('no config says how to make one', async () => {
  const { said, project } = await loadInline({ 'intentwright.config.yaml': '' });
  expect(project).toBeUndefined();
  expect(said).toEqual(['intentwright.config.yaml:1:1 there is no such file (make one with: intentwright init)']);
});

test('two configs are one too many', async () => {
  const { said } = await loadInline({ 'intentwright.config.yml': 'targets: { t: { url: x } }' });
  expect(said).toEqual(['intentwright.config.yml:1:1 there is a second config beside intentwright.config.yaml (keep one of them)']);
});
