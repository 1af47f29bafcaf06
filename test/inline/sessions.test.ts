import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totp } from '../../src/runner/totp.ts';
import { runInline } from './run-inline.ts';

const SEED = 'JBSWY3DPEHPK3PXP';
const PASSWORD = 'correct horse battery';
const marks: string[] = [];
let server: Server;
let url: string;

/** Who that is, by any of the ways in which this application lets people in. */
function whoIs({ headers }: IncomingMessage): string | undefined {
  const sid = /\bsid=(\w+)/.exec(headers.cookie ?? '')?.[1];
  if (sid) return sid;
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer' && value === 'token-of-tina') return 'tina';
  return scheme === 'Basic' ? /^(\w+):correct horse battery$/.exec(Buffer.from(value, 'base64').toString())?.[1] : undefined;
}

async function answer(request: IncomingMessage): Promise<{ status?: number; headers?: Record<string, string>; body: string }> {
  let body = '';
  for await (const part of request) body += String(part);
  const fields = new URLSearchParams(body);
  const page = (text: string) => ({
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><html lang="en"><title>Doors</title><main>${text}</main></html>`,
  });
  if (request.url === '/api/marks') return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(marks) };
  if (request.url === '/token')
    return fields.get('password') === PASSWORD
      ? { headers: { 'content-type': 'application/json' }, body: '{"access_token":"token-of-tina"}' }
      : { status: 401, body: '{}' };
  if (request.url === '/login' && request.method === 'POST') {
    const right = fields.get('password') === PASSWORD && fields.get('code') === totp(SEED, new Date());
    return right
      ? { status: 303, headers: { location: '/', 'set-cookie': `sid=${fields.get('name')}; Path=/` }, body: '' }
      : page('<p role="alert">Wrong password or code</p>');
  }
  const who = whoIs(request);
  if (!who)
    return page(
      '<h1>Sign in</h1><form method="post" action="/login"><label>Name <input name="name"></label><label>Password <input type="password" name="password"></label><label>Code <input name="code" inputmode="numeric"></label><button>Sign in</button></form>',
    );
  if (request.method === 'POST') {
    marks.push(who);
    return page('<p role="status">Left</p>');
  }
  return page(`<h1>Hello ${who}</h1><form method="post" action="/marks"><button>Leave a mark</button></form>`);
}

beforeAll(async () => {
  server = createServer(
    (request, response) =>
      void answer(request).then(({ status = 200, headers = {}, body }) => response.writeHead(status, headers).end(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const files = (): Record<string, string> => ({
  'intentwright.config.yaml': `targets: { local: { url: "${url}" } }
browser: { channel: headless-shell }
defaults: { settle: 200ms }
secrets: { PASSWORD: { env: PASSWORD }, OTP: { env: OTP, totp: true } }
`,
  'intents/sign-in.intent.yaml': `intent: Sign in
vars: { name: lena }
journey: [ 'Sign in with the name "\${name}", the password \${secret:PASSWORD} and the code \${secret:OTP}' ]
then: [ marked: { by: [\${name}] } ]
`,
  'intents/state.json': JSON.stringify({ cookies: [{ name: 'sid', value: 'stan', url }], origins: [] }),
  'intents/marks.intent.yaml': `intent: Everybody leaves a mark
actors:
  cora: { session: "sid=cora" }
  tina: { session: { token: { url: /token, form: { password: "\${secret:PASSWORD}" } } } }
  bob: { session: { basic: { user: bob, password: "\${secret:PASSWORD}" } } }
  stan: { session: { state: state.json } }
  lena: { session: { login: sign-in, with: { name: lena } } }
journey:
  - cora: Leave a mark
  - tina: Leave a mark
  - bob: Leave a mark
  - stan: Leave a mark
  - lena: Leave a mark
then: [ marked: { by: [cora, tina, bob, stan, lena] } ]
within: 3s
`,
  'invariants/marks.yaml': `marked:
  says: each of them left one mark
  params: [by]
  eventually: { http: { path: /api/marks, pick: "$" }, expect: "\${by}" }
`,
});
const env = { PASSWORD, OTP: SEED };

describe('actors are signed in', () => {
  test('by a cookie, a token URL, basic authentication, a stored state, and another intent with a code of the moment; none of it is written down', async () => {
    const ran = await runInline(files(), ['run', 'marks'], { env });
    expect({ exitCode: ran.exitCode, marks, said: ran.stdout + ran.stderr }).toEqual({
      exitCode: 0,
      marks: ['cora', 'tina', 'bob', 'stan', 'lena'],
      said: expect.stringContaining('1 passed'),
    });
    const journal = ran.read(`.intentwright/runs/${ran.result!.run}/events.jsonl`);
    expect(journal).toContain('"fixture":"sign-in"');
    for (const secret of [PASSWORD, 'token-of-tina', SEED, Buffer.from(`bob:${PASSWORD}`).toString('base64')])
      expect(journal).not.toContain(secret);
  });

  test('one who cannot be is an error of the starting state, with the reason', async () => {
    const wrong = files();
    wrong['intents/marks.intent.yaml'] = wrong['intents/marks.intent.yaml']!.replace(
      'form: { password: "${secret:PASSWORD}" }',
      'form: { password: guessed }',
    );
    const ran = await runInline(wrong, ['run', 'marks'], { env });
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('tina could not be signed in: POST');
  });

  test('a login that is no intent, or not one person’s, is a mistake of the files', async () => {
    const wrong = files();
    wrong['intents/marks.intent.yaml'] = wrong['intents/marks.intent.yaml']!.replace('login: sign-in', 'login: sign-inn');
    const { exitCode, stderr, stdout } = await runInline(wrong, ['check'], { env });
    expect({ exitCode, said: stdout + stderr }).toEqual({
      exitCode: 2,
      said: expect.stringMatching(/unknown intent "sign-inn"[\s\S]*did you mean "sign-in"/),
    });
  });
});

test('codes are those of RFC 6238', () => {
  const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect([59, 1111111109, 2000000000, 20000000000].map((at) => totp(seed, new Date(at * 1000)))).toEqual([
    '287082',
    '081804',
    '279037',
    '353130',
  ]);
});
