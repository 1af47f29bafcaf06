import { expect, test } from 'vitest';
import { openReader } from '../../src/oracle/reader.ts';
import { http } from '../../src/oracle/probes/http.ts';
import { flood, hangUp, json, redirect, serve, stall, text } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

const routes = {
  '/org': json({ id: 'org_1', members: [{ role: 'owner' }, { role: 'editor' }], big: 12345678901 }),
  '/stall': stall,
  '/flood': flood,
  '/hang-up': hangUp,
  '/page': text('<html>welcome</html>', 'text/html'),
  '/broken': text('{"a":', 'application/json'),
  '/down': json({ error: 'down' }, 503),
  '/busy': json({}, 429),
  '/login-wall': redirect('/login'),
  '/teapot': json({}, 418),
  '/secret': json({ error: 'who are you' }, 401),
  '/forbidden': json({ error: 'not you' }, 403),
  '/plain': text('ok', 'text/plain'),
  'GET /search': json({}, 405),
  'POST /search': json({ found: 2 }),
};

describeProbe('http', http, async () => {
  const server = await serve(routes);
  return {
    settings: { url: server.url },
    ask: { path: '/org' },
    answer: { status: 200, body: { id: 'org_1', members: [{ role: 'owner' }, { role: 'editor' }], big: 12345678901 } },
    nothing: { ask: { path: '/nobody' }, answer: { status: 404, body: null } },
    hang: { path: '/stall' },
    flood: { path: '/flood' },
    writes: [
      { path: '/search', method: 'POST' },
      { path: '/org', method: 'DELETE' },
    ],
    untouched: () => expect(server.asked.filter((line) => !line.startsWith('GET'))).toEqual([]),
    wrong: [{ path: '/org', pick: '$.members[?@.role ==]' }],
    broken: ['/hang-up', '/page', '/broken', '/down', '/busy', '/login-wall', '/teapot'].map((path) => ({ path })),
    dead: { url: 'http://127.0.0.1:9' },
    denied: [{ ask: { path: '/secret' } }, { ask: { path: '/forbidden' } }],
    stop: server.stop,
  };
});

test.each<[string, Record<string, unknown>, unknown]>([
  ['a dotted path', { path: '/org', pick: 'members.1.role' }, 'editor'],
  ['a path to nothing', { path: '/org', pick: 'members.7.role' }, null],
  ['JSONPath to many', { path: '/org', pick: '$.members[*].role' }, ['owner', 'editor']],
  ['JSONPath from the end', { path: '/org', pick: "$['members'][-1].role" }, 'editor'],
  ['JSONPath anywhere', { path: '/org', pick: '$..role' }, ['owner', 'editor']],
  ['a path in what is not there', { path: '/nobody', pick: 'id' }, null],
  ['text where text is meant', { path: '/page', text: true }, { status: 200, body: '<html>welcome</html>' }],
  ['a status that is declared an answer', { path: '/secret', answers: [401] }, { status: 401, body: { error: 'who are you' } }],
  ['a redirect that is declared an answer', { path: '/login-wall', answers: [302], header: 'Location' }, '/login'],
  ['a POST that reads', { path: '/search', method: 'POST', reads: true, json: { q: 'x' } }, { status: 200, body: { found: 2 } }],
  ['the right of an actor', { path: '/org', as: 'admin', pick: 'who' }, 'admin'],
])('%s', async (_, args, answer) => {
  const server = await serve(routes);
  const fetchAs = async (who: unknown) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ who }) });
  const reader = await openReader({ connections: [], services: servicesWith({ baseUrl: server.url, fetchAs }), maxInFlight: 2 });
  expect(await reader.read({ probe: 'http', args }, AbortSignal.timeout(60_000))).toEqual(answer);
  await reader.close();
  await server.stop();
});

test('credentials of the connection are sent', async () => {
  let seen: unknown;
  const server = await serve({
    '/a': (request, response) => {
      seen = request.headers.authorization;
      json(1)(request, response);
    },
  });
  const ask = async (settings: Record<string, unknown>) => {
    const reader = await openReader({
      connections: [{ name: 'api', probe: 'http', settings: { url: server.url, ...settings } }],
      services: servicesWith(),
      maxInFlight: 2,
    });
    await reader.read({ probe: 'http', args: { path: '/a' } }, AbortSignal.timeout(60_000));
    await reader.close();
    return seen;
  };
  expect(await ask({ bearer: 't0k' })).toBe('Bearer t0k');
  expect(await ask({ basic: { user: 'a', password: 'b' } })).toBe('Basic YTpi');
  await server.stop();
});
