import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RequestSeen } from '../../src/core/action.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { traces } from '../../src/oracle/probes/traces.ts';
import { webhooks } from '../../src/oracle/probes/webhooks.ts';
import { flood, json, serve, stall, text } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
const sign = (body: string, secret = 'whsec') => createHmac('sha256', secret).update(body).digest('hex');
const post = (port: number, path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': 'application/json', ...headers },
  });

describeProbe('webhooks', webhooks, async () => {
  const port = await freePort();
  const settings = { port, secret: 'whsec', id: 'id' };
  const holder = await openReader({
    connections: [{ name: 'hooks', probe: 'webhooks', settings }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  const paid = JSON.stringify({ id: 'evt_1', type: 'paid', data: { cents: 1200 } });
  for (let times = 0; times < 2; times++) await post(port, '/crm', paid, { 'x-signature': `sha256=${sign(paid)}` });
  await post(port, '/crm', JSON.stringify({ id: 'evt_2', type: 'refunded' }));
  const [stored] = (await holder.read({ probe: 'webhooks', args: { where: { type: 'paid' } } }, AbortSignal.timeout(60_000))) as {
    at: string;
  }[];
  return {
    settings,
    ask: { path: '/crm', where: { type: 'paid' } },
    answer: [
      { path: '/crm', body: { id: 'evt_1', type: 'paid', data: { cents: 1200 } }, signature: 'valid', deliveries: 2, at: stored!.at },
    ],
    nothing: { ask: { path: '/nobody' }, answer: [] },
    stop: () => holder.close(),
  };
});

test('signatures are checked as they are written, other runs are left out, an arrival wakes', async () => {
  const port = await freePort();
  const open = (more: Record<string, unknown> = {}) =>
    openReader({
      connections: [{ name: 'hooks', probe: 'webhooks', settings: { port, secret: 'whsec', ...more } }],
      services: servicesWith({ workflow: 'mine' }),
      maxInFlight: 1,
    });
  const reader = await open();
  const { promise: woken, resolve } = Promise.withResolvers<void>();
  const stop = await reader.watch({ probe: 'webhooks', args: {} }, resolve);
  const body = '{"n":1}';
  await post(port, '/hex', body, { 'x-signature': sign(body), 'x-workflow-id': 'mine' });
  await woken;
  stop?.();
  await post(port, '/base64', body, { 'x-signature': Buffer.from(sign(body), 'hex').toString('base64') });
  await post(port, '/stamped', body, { 'x-signature': `t=17,v1=${sign(`17.${body}`)}` });
  await post(port, '/forged', body, { 'x-signature': sign(body, 'another') });
  await post(port, '/twice', body, { 'x-signature': sign(body) });
  await post(port, '/twice', body);
  await post(port, '/other', body, { 'x-workflow-id': 'theirs' });
  await post(port, '/form', 'a=1&b=2', { 'content-type': 'application/x-www-form-urlencoded' });
  const seen = (await reader.read({ probe: 'webhooks', args: {} }, AbortSignal.timeout(60_000))) as {
    path: string;
    signature: string;
    deliveries: number;
    body: unknown;
  }[];
  expect(seen.map(({ path, signature, deliveries }) => [path, signature, deliveries])).toEqual([
    ['/hex', 'valid', 1],
    ['/base64', 'valid', 1],
    ['/stamped', 'valid', 1],
    ['/forged', 'invalid', 1],
    ['/twice', 'missing', 2],
    ['/form', 'missing', 1],
  ]);
  expect(seen.at(-1)!.body).toEqual({ a: '1', b: '2' });
  expect(await reader.read({ probe: 'webhooks', args: { any: true, path: '/other' } }, AbortSignal.timeout(60_000))).toHaveLength(1);
  await reader.close();
  const later = await open();
  expect(await later.read({ probe: 'webhooks', args: { path: '/hex' } }, AbortSignal.timeout(60_000))).toHaveLength(1);
  await later.close();
});

test('a port that is taken is told by the first question', async () => {
  const server = await serve({});
  const reader = await openReader({
    connections: [{ name: 'hooks', probe: 'webhooks', settings: { port: Number(new URL(server.url).port) } }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  await expect(reader.read({ probe: 'webhooks', args: {} }, AbortSignal.timeout(60_000))).rejects.toMatchObject({ code: 'PROBE_CONFIG' });
  await reader.close();
  await server.stop();
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const sent: (RequestSeen & { actor: string })[] = [
  { id: 1, actor: 'a', method: 'GET', url: '/', template: '/', kind: 'document', changes: false, own: true },
];
const otlp = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'worker' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE,
              spanId: '1',
              name: 'job send-mail',
              kind: 5,
              startTimeUnixNano: '1763632800000000000',
              endTimeUnixNano: '1763632800012500000',
              status: { code: 2 },
              attributes: [
                { key: 'attempt', value: { intValue: '2' } },
                { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
              ],
            },
            { traceId: 'f'.repeat(32), spanId: '2', name: 'another run', kind: 'SPAN_KIND_SERVER' },
          ],
        },
      ],
    },
  ],
};
const jobSpan = {
  service: 'worker',
  name: 'job send-mail',
  kind: 'consumer',
  status: 'error',
  ms: 12.5,
  attributes: { attempt: 2, tags: ['a'] },
};

describeProbe('traces from an OTLP receiver', traces, async () => {
  const port = await freePort();
  const holder = await openReader({
    connections: [{ name: 'otlp', probe: 'traces', settings: { port } }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  await post(port, '/v1/traces', gzipSync(JSON.stringify(otlp)), { 'content-encoding': 'gzip' });
  await post(port, '/v1/traces', 'not a trace');
  return {
    settings: { port },
    services: { traceId: TRACE, requests: () => sent },
    ask: { service: 'worker', status: 'error' },
    answer: [jobSpan],
    nothing: { ask: { service: 'nobody' }, answer: [] },
    broken: [{ trace: 'a'.repeat(32) }],
    stop: () => holder.close(),
  };
});

test('OTLP in protobuf says the same as in JSON', async () => {
  const port = await freePort();
  const reader = await openReader({
    connections: [{ name: 'otlp', probe: 'traces', settings: { port } }],
    services: servicesWith({ traceId: TRACE, requests: () => sent }),
    maxInFlight: 1,
  });
  const anyValue = {
    text: (value: string) => bytes(1, value),
    int: (value: number) => varint(3, value),
    list: (...items: Buffer[]) => bytes(5, Buffer.concat(items.map((item) => bytes(1, item)))),
  };
  const pair = (key: string, value: Buffer) => Buffer.concat([bytes(1, key), bytes(2, value)]);
  const span = Buffer.concat([
    bytes(1, Buffer.from(TRACE, 'hex')),
    bytes(2, Buffer.alloc(8, 1)),
    bytes(5, 'job send-mail'),
    varint(6, 5),
    fixed64(7, 1763632800000000000n),
    fixed64(8, 1763632800012500000n),
    bytes(9, pair('attempt', anyValue.int(2))),
    bytes(9, pair('tags', anyValue.list(anyValue.text('a')))),
    bytes(15, varint(3, 2)),
  ]);
  const body = bytes(1, Buffer.concat([bytes(1, bytes(1, pair('service.name', anyValue.text('worker')))), bytes(2, bytes(2, span))]));
  await post(port, '/v1/traces', body, { 'content-type': 'application/x-protobuf' });
  expect(await reader.read({ probe: 'traces', args: {} }, AbortSignal.timeout(60_000))).toEqual([jobSpan]);
  await reader.close();
});

const raw = (value: number | bigint): Buffer => {
  const out: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...out, Number(rest)]);
    out.push(Number(rest & 127n) | 128);
  }
};
const varint = (field: number, value: number) => Buffer.concat([raw(field << 3), raw(value)]);
const bytes = (field: number, value: Buffer | string) =>
  Buffer.concat([raw((field << 3) | 2), raw(Buffer.byteLength(value)), Buffer.from(value as string)]);
const fixed64 = (field: number, value: bigint) => {
  const number = Buffer.alloc(8);
  number.writeBigUInt64LE(value);
  return Buffer.concat([raw((field << 3) | 1), number]);
};

describe('traces that are kept elsewhere', () => {
  const ask = async (
    settings: Record<string, unknown>,
    routes: Parameters<typeof serve>[0],
    requests = sent,
    args: Record<string, unknown> = {},
  ) => {
    const server = await serve(routes);
    const [[key, path]] = Object.entries(settings) as [[string, string]];
    const reader = await openReader({
      connections: [{ name: 'store', probe: 'traces', settings: { [key]: `${server.url}${path}` } }],
      services: servicesWith({ traceId: TRACE, requests: () => requests }),
      maxInFlight: 1,
      timeoutMs: 500,
    });
    try {
      return await reader.read({ probe: 'traces', args }, AbortSignal.timeout(60_000));
    } finally {
      await reader.close();
      await server.stop();
    }
  };
  const at = `/api/traces/${TRACE}`;
  test('Tempo', async () => {
    const base64 = Buffer.from(TRACE, 'hex').toString('base64');
    const batches = otlp.resourceSpans.map((group) => ({
      ...group,
      scopeSpans: [
        {
          spans: [{ ...group.scopeSpans[0]!.spans[0], traceId: base64, kind: 'SPAN_KIND_CONSUMER', status: { code: 'STATUS_CODE_ERROR' } }],
        },
      ],
    }));
    expect(await ask({ tempo: '' }, { [at]: json({ batches }) })).toEqual([jobSpan]);
    expect(await ask({ tempo: '' }, { [at]: json({ trace: { resourceSpans: batches } }) })).toEqual([jobSpan]);
  });
  test('Jaeger', async () => {
    const data = [
      {
        traceID: TRACE,
        processes: { p1: { serviceName: 'worker' } },
        spans: [
          {
            traceID: TRACE,
            operationName: 'job send-mail',
            processID: 'p1',
            duration: 12500,
            tags: [
              { key: 'span.kind', value: 'consumer' },
              { key: 'error', value: true },
            ],
          },
        ],
      },
    ];
    expect(await ask({ jaeger: '' }, { [at]: json({ data }) })).toEqual([
      { ...jobSpan, attributes: { 'span.kind': 'consumer', error: true } },
    ]);
  });
  test('a trace that is not there is unknown once the browser sent something, and none before', async () => {
    await expect(ask({ tempo: '' }, {})).rejects.toMatchObject({ code: 'PROBE_UNREADABLE', hint: expect.stringContaining('sampled') });
    expect(await ask({ tempo: '' }, {}, [])).toEqual([]);
  });
  test.each<[string, Parameters<typeof serve>[0]]>([
    ['hangs', { [at]: stall }],
    ['floods', { [at]: flood }],
    ['answers HTML', { [at]: text('<html>', 'text/html') }],
    ['is down', { [at]: json({}, 502) }],
  ])('a store that %s is unknown', async (_, routes) => {
    await expect(ask({ jaeger: '' }, routes)).rejects.toMatchObject({ code: 'PROBE_UNREADABLE' });
  });
  test('refused credentials are told at once', async () =>
    expect(ask({ jaeger: '' }, { [at]: json({}, 401) })).rejects.toMatchObject({ code: 'PROBE_DENIED' }));
});
