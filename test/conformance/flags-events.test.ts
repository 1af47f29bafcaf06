import { expect, test } from 'vitest';
import { openReader } from '../../src/oracle/reader.ts';
import { events } from '../../src/oracle/probes/events.ts';
import { flags } from '../../src/oracle/probes/flags.ts';
import { flood, json, serve, stall, text } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

describeProbe('flags by OFREP', flags, async () => {
  const server = await serve({
    'POST /ofrep/v1/evaluate/flags/join-page': (request, response) => {
      const { context } = JSON.parse(request.text) as { context: { targetingKey?: string; email?: string } };
      if (request.headers.authorization !== 'Bearer reader') return json({ errorCode: 'GENERAL' }, 401)(request, response);
      if (!context.targetingKey) return json({ key: 'join-page', errorCode: 'TARGETING_KEY_MISSING' }, 400)(request, response);
      const staff = context.email?.endsWith('@staff.test');
      return json({ key: 'join-page', value: !staff, variant: staff ? 'off' : 'on', reason: 'TARGETING_MATCH', metadata: {} })(
        request,
        response,
      );
    },
    '/ofrep/v1/evaluate/flags/stall': stall,
    '/ofrep/v1/evaluate/flags/flood': flood,
    '/ofrep/v1/evaluate/flags/page': text('<html>', 'text/html'),
    '/ofrep/v1/evaluate/flags/down': json({}, 500),
    '/ofrep/v1/evaluate/flags/empty': json({}),
  });
  return {
    settings: { url: `${server.url}/`, bearer: 'reader' },
    ask: { flag: 'join-page', context: { targetingKey: 'usr_1', email: 'a@staff.test' } },
    answer: { value: false, variant: 'off', reason: 'TARGETING_MATCH' },
    nothing: { ask: { flag: 'nobody', context: { targetingKey: 'usr_1' } }, answer: null },
    hang: { flag: 'stall' },
    flood: { flag: 'flood' },
    wrong: [{ flag: 'join-page' }],
    broken: [{ flag: 'page' }, { flag: 'down' }, { flag: 'empty' }],
    dead: { url: 'http://127.0.0.1:9' },
    denied: [{ settings: { url: server.url, bearer: 'stranger' } }],
    stop: server.stop,
  };
});

const log = [
  { id: 'e1', kind: 'member.invited', workflow: 'iwconform', trace: 't1', data: { role: 'editor' } },
  { id: 'e2', kind: 'member.joined', workflow: 'iwconform', trace: 't1' },
  { id: 'e3', kind: 'member.joined', workflow: 'other', trace: 't2' },
];

describeProbe('events', events, async () => {
  const server = await serve({
    // Ignores every filter, as careless endpoints do.
    '/events': (request, response) =>
      (request.headers.authorization === 'Bearer reader' ? json({ page: { items: log } }) : json({}, 403))(request, response),
    '/stall': stall,
    '/flood': flood,
  });
  return {
    settings: { url: `${server.url}/events`, list: 'page.items', bearer: 'reader' },
    ask: { kind: 'member.joined' },
    answer: [log[1]],
    nothing: { ask: { kind: 'nobody.came' }, answer: [] },
    dead: { url: 'http://127.0.0.1:9/events' },
    denied: [{ settings: { url: `${server.url}/events`, list: 'page.items', bearer: 'stranger' } }],
    stop: server.stop,
  };
});

test('events of other runs count only when they are asked for, and the endpoint is told the run', async () => {
  const server = await serve({
    '/events': json(log),
    '/object': json({}),
    '/stall': stall,
    '/flood': flood,
    '/page': text('<html>', 'text/html'),
  });
  const open = (url: string) =>
    openReader({
      connections: [{ name: 'audit', probe: 'events', settings: { url } }],
      services: servicesWith({ baseUrl: server.url }),
      maxInFlight: 1,
      timeoutMs: 500,
    });
  const reader = await open('/events');
  const ask = (args: Record<string, unknown>, by = reader) => by.read({ probe: 'events', args }, AbortSignal.timeout(60_000));
  expect(await ask({ trace: 't1' })).toEqual(log.slice(0, 2));
  expect(await ask({ kind: 'member.joined', any: true })).toEqual(log.slice(1));
  expect(await ask({ workflow: 'other', where: { org: 'org_1' } })).toEqual([log[2]]);
  expect(server.asked).toEqual([
    'GET /events?trace=t1&workflow=iwconform',
    'GET /events?kind=member.joined',
    'GET /events?org=org_1&workflow=other',
  ]);
  for (const path of ['/object', '/stall', '/flood', '/page', '/nowhere']) {
    const other = await open(path);
    await expect(ask({}, other)).rejects.toMatchObject({ code: 'PROBE_UNREADABLE' });
    await other.close();
  }
  await reader.close();
  await server.stop();
});
