import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Seen, Turn } from '../models/loopback-endpoint.ts';
import { answering, numberOf, questionOf, says } from './answering.ts';
import { type Ran, runInline } from './run-inline.ts';

const CANARY = 'c4nary "p&ss/wörd\'+7<x>?~ zz';
const KEY = 'sk-c4naryKey+0123456789/abcdef==';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** How a careless application writes a password, and what of it may not be left anywhere. */
const formsOf = (secret: string): Record<string, string> => ({
  raw: secret,
  percent: encodeURIComponent(secret),
  'percent in small letters': encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  form: new URLSearchParams({ s: secret }).toString().slice(2),
  json: JSON.stringify(secret).slice(1, -1),
  html: secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;'),
  base64: utf8(secret).toString('base64'),
  base64url: utf8(secret).toString('base64url'),
  // The middle only: the ends share a character with what stands beside them.
  'base64 of user:password': utf8(`me:${secret}`).toString('base64').slice(8, -8),
  'base64 of something longer': utf8(`user1:${secret}:more`).toString('base64').slice(12, -16),
  'base64 at the third place': utf8(`user:${secret}`).toString('base64').slice(12, -8),
  hex: utf8(secret).toString('hex'),
  'hex in capitals': utf8(secret).toString('hex').toUpperCase(),
});

const spreadOf = (secret: string): string[] => [
  ...Object.entries(formsOf(secret))
    .filter(([name]) => !/ of | at /.test(name))
    .map(([, form]) => form),
  ...[`me:${secret}`, `user1:${secret}:more`, `user:${secret}`].map((text) => utf8(text).toString('base64')),
];

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** Takes a password and shows it in every place that a page, an address, a console and an API have. */
async function startCareless(): Promise<string> {
  let password = '';
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method === 'POST') {
      let body = '';
      request
        .on('data', (chunk) => {
          body += String(chunk);
        })
        .on('end', () => {
          password = new URLSearchParams(body).get('password') ?? '';
          response
            .writeHead(303, { location: `/welcome?pw=${encodeURIComponent(password)}&b=${utf8(password).toString('base64url')}` })
            .end();
        });
    } else if (path === '/api/account') {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ accounts: password === '' ? 0 : 1, password, forms: spreadOf(password) }));
    } else if (path === '/welcome') {
      const spread = spreadOf(password).map(escaped);
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="en"><title>Hello ${escaped(password)}</title><main><h1>Welcome ${escaped(password)}</h1>
<p role="status">Your password is ${escaped(password)}</p><p>${spread.join('</p><p>')}</p><button aria-label="Copy ${escaped(password)}" title="${spread[6]}">Copy</button><label>Token <input value="${spread[6]}"></label>
<button onclick="document.querySelector('main').insertAdjacentHTML('beforeend', '<p role=status>Confirmed</p>')">Confirm</button>
<script>console.error('signed up with', ${JSON.stringify(password)}); console.error(${JSON.stringify(utf8(password).toString('hex'))}); fetch('/api/account?key=' + encodeURIComponent(${JSON.stringify(password)}))</script></main></html>`);
    } else {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          '<!doctype html><html lang="en"><title>Sign up</title><main><form method="post" action="/"><label>Password <input type="password" name="password"></label><button>Sign up</button></form></main></html>',
        );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const reader = (seen: Seen): Turn =>
  questionOf(seen).includes('"Confirm"')
    ? says([{ act: 'click', on: numberOf(seen, 'button "Confirm"') }], { why: `as the page says: ${questionOf(seen).slice(-2_000)}` })
    : says([
        { act: 'fill', on: numberOf(seen, 'textbox "Password"'), value: '$1' },
        { act: 'click', on: numberOf(seen, 'button "Sign up"') },
      ]);

/** Everything that a run left in its folder, and what it said. */
const leftBy = (ran: Ran, more: string): [string, string][] => [
  ...readdirSync(ran.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => [
      join(entry.parentPath, entry.name).slice(ran.dir.length + 1),
      readFileSync(join(entry.parentPath, entry.name), 'latin1'),
    ]),
  ['stdout', utf8(ran.stdout).toString('latin1')],
  ['stderr', utf8(ran.stderr).toString('latin1')],
  ['prompts', utf8(more).toString('latin1')],
];

test('no secret is left in a journal, report, cassette, lockfile, log or prompt, in any encoding', async () => {
  const url = await startCareless();
  const model = await answering(reader);
  const files = {
    'intentwright.config.yaml': `targets:\n  local: { url: "${url}" }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\nsecrets:\n  PASSWORD: { env: SIGNUP_PASSWORD }\n${model.config.replace('test-model,', 'test-model, keyEnv: MODEL_KEY,')}`,
    'intents/sign-up.intent.yaml':
      'intent: Sign up\njourney:\n  - Sign up with the password ${secret:PASSWORD}\n  - Confirm the account\nthen:\n  - one-account\n  - password-is-kept\nwithin: 2s\n',
    'invariants/accounts.yaml':
      'one-account:\n  says: there is one account\n  changes: { http: { path: /api/account, pick: "$.accounts" }, from: 0, to: 1 }\npassword-is-kept:\n  says: the account has the password\n  eventually: { http: { path: /api/account }, expect: { body: { password: { exists: true }, accounts: 1 } } }\n',
  };
  const env = { SIGNUP_PASSWORD: CANARY, MODEL_KEY: KEY, INTENTWRIGHT_LOG: 'trace' };
  const ran = await runInline(files, ['run', '--record-model', 'tape.jsonl', '--report', 'told'], { env });
  expect(ran.stdout).toContain('1 passed');
  expect(ran.result!.intents[0]).toMatchObject({ status: 'passed', modelCalls: 2 });
  // Once more from the lockfile, with an expectation that fails and tells what it found.
  const red = { 'invariants/accounts.yaml': files['invariants/accounts.yaml'].replace('accounts: 1 }', 'accounts: 99 }') };
  const again = await runInline(red, ['run'], { dir: ran.dir, env });
  expect(again.result!.intents[0]).toMatchObject({ status: 'failed' });
  await runInline({}, ['recheck'], { dir: ran.dir, env });

  const left = [
    ...leftBy(ran, model.seen.map((seen) => JSON.stringify(seen.body)).join('\n')),
    ['stdout of the second', again.stdout] as [string, string],
    ['stderr of the second', again.stderr] as [string, string],
  ];
  const names = left.map(([name]) => name);
  for (const kind of [
    /events\.jsonl$/,
    /told.*index\.html$/,
    /junit\.xml$/,
    /tape\.jsonl$/,
    /sign-up\.lock\.yaml$/,
    /\.md$/,
    /history\.sqlite$/,
  ])
    expect(names.some((name) => kind.test(name)) || kind).toBe(true);
  expect(left.find(([name]) => name === 'prompts')![1].length).toBeGreaterThan(1_000);
  const leaks = left.flatMap(([name, text]) =>
    [CANARY, KEY].flatMap((secret) =>
      Object.entries(formsOf(secret))
        .filter(([, form]) => text.includes(utf8(form).toString('latin1')))
        .map(([form]) => `${name}: ${form}`),
    ),
  );
  expect(leaks).toEqual([]);
  expect(left.filter(([name, text]) => /events|prompts|tape/.test(name) && !text.includes('PASSWORD')).map(([name]) => name)).toEqual([]);
});
