import { expect, test } from 'vitest';
import type { RequestSeen } from '../../src/core/action.ts';
import { defaultInvariants } from '../../src/oracle/defaults.ts';
import { match } from '../../src/oracle/match.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { access } from '../../src/oracle/probes/access.ts';
import { consoleProbe } from '../../src/oracle/probes/console.ts';
import { requests } from '../../src/oracle/probes/requests.ts';
import { json, serve } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

const seen = (some: Partial<RequestSeen & { actor: string }>): RequestSeen & { actor: string } => ({
  id: 1,
  actor: 'admin',
  method: 'GET',
  url: 'http://app.test/o/acme/members',
  template: '/o/:slug/members',
  status: 200,
  kind: 'fetch',
  changes: false,
  own: true,
  ...some,
});
const ledger = [
  seen({}),
  seen({
    method: 'POST',
    url: 'http://app.test/o/acme/members/invite',
    template: '/o/:slug/members/invite',
    changes: true,
    actor: 'viewer',
    status: 403,
  }),
  seen({ status: 502, template: '/api/poll', url: 'http://app.test/api/poll' }),
  seen({ own: false, status: 500, url: 'http://ads.test/x', template: '/x' }),
  seen({ status: undefined, failed: 'net::ERR_ABORTED', template: '/slow', url: 'http://app.test/slow' }),
];
const faults = [
  { kind: 'exception', text: 'TypeError: x is undefined', at: 1, actor: 'admin' },
  { kind: 'console-error', text: 'failed to load', at: 2, actor: 'viewer' },
];

describeProbe('requests', requests, async () => ({
  settings: {},
  services: { requests: () => ledger },
  ask: { status: { gte: 400 }, actor: 'viewer' },
  answer: [{ actor: 'viewer', method: 'POST', path: '/o/:slug/members/invite', status: 403 }],
  nothing: { ask: { method: 'DELETE' }, answer: [] },
}));

describeProbe('console', consoleProbe, async () => ({
  settings: {},
  services: { faults: () => faults },
  ask: { kind: 'exception' },
  answer: [{ actor: 'admin', kind: 'exception', text: 'TypeError: x is undefined' }],
  nothing: { ask: { text: 'nothing like it' }, answer: [] },
}));

test.each<[Record<string, unknown>, string[]]>([
  [{}, ['/o/:slug/members', '/o/:slug/members/invite', '/api/poll', '/slow']],
  [{ own: false, status: 500 }, ['/x']],
  [{ status: { gte: 500 } }, ['/api/poll']],
  [{ path: '/o/acme/*' }, ['/o/:slug/members', '/o/:slug/members/invite']],
  [{ path: '/o/:slug/members' }, ['/o/:slug/members']],
  [{ changes: true }, ['/o/:slug/members/invite']],
  [{ failed: true }, ['/slow']],
])('requests asked for %j', async (args, paths) => {
  const reader = await openReader({ connections: [], services: servicesWith({ requests: () => ledger }), maxInFlight: 1 });
  expect(
    ((await reader.read({ probe: 'requests', args }, AbortSignal.timeout(1000))) as { path: string }[]).map(({ path }) => path),
  ).toEqual(paths);
  await reader.close();
});

test('what every journey must not do is caught by the ledger and the console, and by nothing else', async () => {
  const invariants = defaultInvariants({ noServerErrors: true, noExceptions: true }, { withinMs: 1, settleMs: 1, blindMs: 1 });
  expect(invariants.map(({ id, builtin }) => [id, builtin])).toEqual([
    ['no-server-errors', true],
    ['no-exceptions', true],
  ]);
  expect(defaultInvariants({ noServerErrors: false, noExceptions: false }, { withinMs: 1, settleMs: 1, blindMs: 1 })).toEqual([]);
  const holds = async (some: { requests?: typeof ledger; faults?: typeof faults }) => {
    const reader = await openReader({
      connections: [],
      services: servicesWith({ requests: () => some.requests ?? [], faults: () => some.faults ?? [] }),
      maxInFlight: 1,
    });
    const answers = await Promise.all(
      invariants.map(
        async ({ mode }) => mode.kind === 'always' && match(await reader.read(mode.query, AbortSignal.timeout(1000)), mode.expect).ok,
      ),
    );
    await reader.close();
    return answers;
  };
  expect(await holds({ requests: ledger.slice(0, 2), faults: faults.slice(1) })).toEqual([true, true]);
  expect(await holds({ requests: ledger.slice(3) })).toEqual([true, true]);
  expect(await holds({ requests: ledger })).toEqual([false, true]);
  expect(await holds({ faults })).toEqual([true, false]);
});

describeProbe('access', access, async () => {
  const removed: string[] = [];
  const server = await serve({
    'POST /members/2/remove': (request, response) => {
      if (request.headers.cookie !== 'sid=admin') return json({ error: 'forbidden' }, 403)(request, response);
      removed.push(request.text);
      return json({ ok: true })(request, response);
    },
    '/down': json({}, 500),
    '/busy': json({}, 429),
  });
  const fetchAs: ReturnType<typeof servicesWith>['fetchAs'] = async (who, { method, url, headers, json: body }, signal) => {
    const answer = await fetch(new URL(url, server.url), {
      method,
      headers: { ...headers, cookie: `sid=${String(who)}` },
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  return {
    settings: {},
    services: { fetchAs, baseUrl: server.url },
    ask: { as: 'viewer', method: 'POST', url: '/members/2/remove', json: { sure: true } },
    answer: { status: 403 },
    nothing: { ask: { as: 'viewer', url: '/nobody' }, answer: { status: 404 } },
    broken: [
      { as: 'viewer', url: '/down' },
      { as: 'viewer', url: '/busy' },
    ],
    stop: async () => {
      expect(removed).toEqual([]);
      await server.stop();
    },
  };
});

test('a request that may change state is asked as often as it is asked, never shared', async () => {
  let sent = 0;
  const fetchAs = async () => {
    sent++;
    return { status: 302, headers: { location: 'http://app.test/login?next=/x' }, body: '' };
  };
  const reader = await openReader({ connections: [], services: servicesWith({ fetchAs }), maxInFlight: 4 });
  const args = { as: 'viewer', method: 'POST', url: '/x' };
  const answers = await Promise.all([1, 2, 3].map(() => reader.read({ probe: 'access', args }, AbortSignal.timeout(1000))));
  expect(answers).toEqual([1, 2, 3].map(() => ({ status: 302, location: '/login' })));
  expect(sent).toBe(3);
  await reader.close();
});
