import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { runInline } from './run-inline.ts';

const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

/** An application where only an admin may remove somebody. Sessions end, and it has two ways to say so; one of its pages is broken. */
async function startTeam(): Promise<string> {
  const server = createServer((request, response) => {
    const who = /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const html = (body: string): void =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Team</title>${body}`);
    const json = (status: number): void => void response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    if (request.url === '/blank') return html('');
    if (request.url === '/login') return html('<h1>Sign in</h1><label>Password <input type="password"></label><button>Sign in</button>');
    if (request.method !== 'POST') return html('<h1>Team</h1><ul><li>Dana</li></ul>');
    if (who === 'admin') return json(200);
    if (who === 'viewer') return json(403);
    return request.url === '/pages/remove' ? void response.writeHead(303, { location: '/login' }).end() : json(401);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const intent = (
  name: string,
  { viewer = 'viewer', admin = 'admin', start = '/', by }: { viewer?: string; admin?: string; start?: string; by: 'pages' | 'api' },
) => [
  `intents/${name}.intent.yaml`,
  `intent: A viewer removes nobody
actors:
  viewer: { session: "sid=${viewer}", start: ${start} }
  admin: { session: "sid=${admin}" }
journey:
  - viewer: { tries: Remove Dana }
then: [only-admins-by-${by}]
`,
];

test('a refusal is proven by somebody who is signed in and refused, beside somebody who is signed in and accepted', async () => {
  const url = await startTeam();
  const access = (by: string): string => `only-admins-by-${by}:
  says: a viewer removes nobody
  access: { may_not: viewer, may: admin, request: { method: POST, path: /${by}/remove } }
`;
  const { result, exitCode } = await runInline(
    Object.fromEntries([
      [
        'intentwright.config.yaml',
        `targets:\n  local: { url: "${url}" }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 0s }\n`,
      ],
      ['invariants/access.yaml', access('pages') + access('api')],
      intent('proven', { by: 'api' }),
      intent('control-signed-out', { admin: 'old', by: 'api' }),
      intent('control-sent-to-sign-in', { admin: 'old', by: 'pages' }),
      intent('viewer-signed-out', { viewer: 'old', by: 'api' }),
      intent('viewer-sent-to-sign-in', { viewer: 'old', by: 'pages' }),
      intent('blank-page', { start: '/blank', by: 'api' }),
    ]),
    ['run', '--workers', '3'],
  );
  expect(Object.fromEntries(result!.intents.map(({ id, status }) => [id, status]))).toEqual({
    proven: 'passed',
    'control-signed-out': 'errored',
    'control-sent-to-sign-in': 'errored',
    'viewer-signed-out': 'errored',
    'viewer-sent-to-sign-in': 'errored',
    'blank-page': 'blocked',
  });
  expect(exitCode).toBe(3);
});
