import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { openReader } from '../../src/oracle/reader.ts';
import { redis } from '../../src/oracle/probes/redis.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';
import { start } from './servers.ts';

const startRedis = () =>
  start('redis-server', (port) => [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--notify-keyspace-events',
    'KEA',
  ]);

async function filled(port: number): Promise<Redis> {
  const admin = new Redis(port, '127.0.0.1');
  await admin.hset('session:1', { user: 'casey', roles: '["editor"]' });
  await admin.set('plain', 'text');
  await admin.set('json', '{"n":1}');
  await admin.rpush('list', 'a', '2');
  await admin.sadd('set', 'b', 'a');
  await admin.zadd('ranks', 2.5, 'x', 1, 'y');
  await admin.xadd('stream', '1-1', 'kind', 'joined');
  await admin.set('brief', 'x', 'EX', 100);
  for (let from = 0; from < 3000; from += 500)
    await admin.mset(...Array.from({ length: 500 }, (_, index) => [`flood:${from + index}`, 'x']).flat());
  await admin.call('ACL', 'SETUSER', 'blind', 'on', '>secret', '-@all', '+ping', '+hello', '+client', '+info', '~*');
  return admin;
}

describeProbe('redis', redis, async () => {
  const server = await startRedis();
  if (typeof server === 'string') return server;
  const admin = await filled(server.port);
  const url = (user = '') => `redis://${user}127.0.0.1:${server.port}/0`;
  return {
    settings: { url: url() },
    ask: { key: 'session:1', json: true },
    answer: { user: 'casey', roles: ['editor'] },
    nothing: { ask: { key: 'nobody' }, answer: null },
    flood: { keys: 'flood:*' },
    wrong: [{ key: 'plain', field: 'x' }, { key: 'a', keys: 'b' }, { command: 'FLUSHALL' }],
    dead: { url: 'redis://127.0.0.1:9' },
    denied: [{ settings: { url: url('blind:secret@') } }, { settings: { url: url('blind:wrong@') } }],
    stop: async () => {
      admin.disconnect();
      await server.stop();
    },
  };
});

test('every type of value, names and times to live; a change wakes; a lost connection is made again', async () => {
  const server = await startRedis();
  if (typeof server === 'string') return void process.stdout.write(`not run: redis (${server})\n`);
  const admin = await filled(server.port);
  const reader = await openReader({
    connections: [{ name: 'cache', probe: 'redis', settings: { url: `redis://127.0.0.1:${server.port}` } }],
    services: servicesWith(),
    maxInFlight: 4,
  });
  const ask = (args: Record<string, unknown>) => reader.read({ probe: 'redis', args }, AbortSignal.timeout(60_000));
  expect(await ask({ key: 'plain', json: true })).toBe('text');
  expect(await ask({ key: 'json', json: true })).toEqual({ n: 1 });
  expect(await ask({ key: 'json' })).toBe('{"n":1}');
  expect(await ask({ key: 'session:1', field: 'user' })).toBe('casey');
  expect(await ask({ key: 'list' })).toEqual(['a', '2']);
  expect(await ask({ key: 'set' })).toEqual(['a', 'b']);
  expect(await ask({ key: 'ranks' })).toEqual([
    { member: 'y', score: 1 },
    { member: 'x', score: 2.5 },
  ]);
  expect(await ask({ key: 'stream' })).toEqual([{ id: '1-1', kind: 'joined' }]);
  expect(await ask({ keys: 'session:*' })).toEqual(['session:1']);
  expect(await ask({ ttl: 'brief' })).toBeGreaterThan(90);
  expect(await ask({ ttl: 'plain' })).toBe(-1);
  expect(await ask({ ttl: 'nobody' })).toBeNull();

  const { promise: woken, resolve } = Promise.withResolvers<void>();
  const stop = await reader.watch({ probe: 'redis', args: { key: 'later' } }, resolve);
  await admin.set('later', 'now');
  await woken;
  stop?.();

  await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const after = await ask({ key: 'plain' }).catch(() => ask({ key: 'plain' }));
  expect(after).toBe('text');
  await reader.close();
  admin.disconnect();
  await server.stop();
});
