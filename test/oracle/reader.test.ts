import { expect, test } from 'vitest';
import { z } from 'zod';
import { IntentwrightError } from '../../src/core/errors.ts';
import { defineProbe, type Probe } from '../../src/oracle/port.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { servicesWith } from '../conformance/services.ts';

/** A probe that answers when it is let, and counts. */
function gated(name = 'gate', answer: (of: string) => unknown = (of) => of) {
  const seen = { opened: 0, closed: 0, begun: [] as string[], inFlight: 0, most: 0, aborted: [] as string[] };
  let gate = Promise.resolve();
  const probe = defineProbe({
    name,
    about: 'answers when it is let',
    settings: z.strictObject({ secret: z.string().optional() }),
    query: z.strictObject({ of: z.string() }),
    async open() {
      seen.opened++;
      return {
        async read({ of }, signal) {
          seen.begun.push(of);
          seen.most = Math.max(seen.most, ++seen.inFlight);
          signal.addEventListener('abort', () => seen.aborted.push(of), { once: true });
          await gate;
          seen.inFlight--;
          return answer(of);
        },
        async close() {
          seen.closed++;
        },
      };
    },
  });
  const shut = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { probe, seen, shut };
}

const open = (
  probes: Probe[],
  connections: { name: string; probe: string; settings: Record<string, unknown> }[] = [],
  more: Partial<Parameters<typeof openReader>[0]> = {},
) => openReader({ connections, services: servicesWith(), maxInFlight: 2, probes, ...more });
const soon = () => AbortSignal.timeout(60_000);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('nothing is opened before it is asked, and one connection is opened once', async () => {
  const { probe, seen } = gated();
  const reader = await open([probe], [{ name: 'a', probe: 'gate', settings: {} }]);
  expect(seen.opened).toBe(0);
  await Promise.all([
    reader.read({ probe: 'gate', on: 'a', args: { of: 'x' } }, soon()),
    reader.read({ probe: 'gate', args: { of: 'y' } }, soon()),
  ]);
  expect(seen.opened).toBe(1);
  await reader.close();
  expect(seen.closed).toBe(1);
});

test('equal questions of one moment are one read; a question asked later never gets an answer to an earlier one', async () => {
  const { probe, seen, shut } = gated();
  const reader = await open([probe]);
  const letGo = shut();
  const ask = (of: string) => reader.read({ probe: 'gate', args: { of } }, soon());
  const first = [ask('x'), ask('x'), ask('x')];
  await turn();
  const later = ask('x');
  await turn();
  expect(seen.begun).toEqual(['x', 'x']);
  letGo();
  expect(await Promise.all([...first, later])).toEqual(['x', 'x', 'x', 'x']);
  await reader.close();
});

test('200 questions read a connection no more than so many at a time, and those that wait are shared', async () => {
  const { probe, seen, shut } = gated();
  const reader = await open([probe], [], { maxInFlight: 3 });
  const letGo = shut();
  const asked = Array.from({ length: 200 }, (_, index) => reader.read({ probe: 'gate', args: { of: `q${index % 100}` } }, soon()));
  await turn();
  expect(seen.begun).toHaveLength(3);
  letGo();
  await Promise.all(asked);
  expect(seen.most).toBe(3);
  expect(seen.begun).toHaveLength(100);
  await reader.close();
});

test('one who leaves does not take the answer from the others; when all left, it is broken off', async () => {
  const { probe, seen, shut } = gated();
  const reader = await open([probe]);
  const letGo = shut();
  const leaving = new AbortController();
  const ask = (signal: AbortSignal) => reader.read({ probe: 'gate', args: { of: 'x' } }, signal);
  const gone = ask(leaving.signal);
  const staying = ask(soon());
  await turn();
  leaving.abort(new Error('I left'));
  await expect(gone).rejects.toThrow('I left');
  expect(seen.aborted).toEqual([]);
  const alone = new AbortController();
  const only = reader.read({ probe: 'gate', args: { of: 'y' } }, alone.signal);
  await turn();
  alone.abort(new Error('me too'));
  await expect(only).rejects.toThrow('me too');
  expect(seen.aborted).toEqual(['y']);
  letGo();
  expect(await staying).toBe('x');
  await reader.close();
});

test('a question that was given up before it began is not what the next one joins', async () => {
  const { probe, shut } = gated();
  const reader = await open([probe], [], { maxInFlight: 1 });
  const letGo = shut();
  const holding = reader.read({ probe: 'gate', args: { of: 'busy' } }, soon());
  await turn();
  const giveUp = new AbortController();
  const given = reader.read({ probe: 'gate', args: { of: 'x' } }, giveUp.signal);
  giveUp.abort(new Error('given up'));
  await expect(given).rejects.toThrow('given up');
  const next = reader.read({ probe: 'gate', args: { of: 'x' } }, soon());
  letGo();
  expect(await Promise.all([holding, next])).toEqual(['busy', 'x']);
  await reader.close();
});

test('a probe that does not heed its signal is left behind after its time', async () => {
  const { probe, shut } = gated();
  const reader = await open([probe], [], { timeoutMs: 50 });
  shut();
  await expect(reader.read({ probe: 'gate', args: { of: 'x' } }, soon())).rejects.toMatchObject({
    code: 'PROBE_UNREADABLE',
    message: 'gate: no answer within 50 ms',
  });
  await reader.close();
});

test('whatever a driver returns comes out as plain JSON, within the caps', async () => {
  const odd = {
    date: new Date('2026-01-02T03:04:05Z'),
    big: 10n,
    bigger: 2n ** 70n,
    bytes: new Uint8Array([1, 2]),
    nan: Number.NaN,
    gone: undefined,
    map: new Map([['a', 1]]),
    nested: [{ at: new Date(0) }],
  };
  const { probe } = gated('gate', (of) =>
    of === 'odd' ? odd : of === 'nothing' ? undefined : of === 'long' ? 'x'.repeat(300_000) : Array.from({ length: 1001 }, () => 1),
  );
  const reader = await open([probe]);
  const ask = (of: string) => reader.read({ probe: 'gate', args: { of } }, soon());
  expect(await ask('odd')).toEqual({
    date: '2026-01-02T03:04:05.000Z',
    big: 10,
    bigger: '1180591620717411303424',
    bytes: 'AQI=',
    nan: 'NaN',
    map: { a: 1 },
    nested: [{ at: '1970-01-01T00:00:00.000Z' }],
  });
  expect(await ask('nothing')).toBeNull();
  await expect(ask('long')).rejects.toMatchObject({ code: 'PROBE_UNREADABLE', message: 'gate: the answer has 293 KiB, more than 256' });
  await expect(ask('many')).rejects.toMatchObject({ code: 'PROBE_UNREADABLE', message: 'gate: the answer has 1001 items, more than 1000' });
  await reader.close();
});

test('what was read is masked before anybody sees it', async () => {
  const { probe } = gated('gate', () => ({ token: 'hunter22' }));
  const reader = await open([probe], [], {
    mask: (value) => JSON.parse(JSON.stringify(value).replaceAll('hunter22', '•••')) as typeof value,
  });
  expect(await reader.read({ probe: 'gate', args: { of: 'x' } }, soon())).toEqual({ token: '•••' });
  await reader.close();
});

test.each<[string, Parameters<Awaited<ReturnType<typeof open>>['read']>[0], RegExp]>([
  ['an unknown probe', { probe: 'sqll', args: {} }, /no probe called sqll/],
  ['an unknown connection', { probe: 'gate', on: 'nobody', args: { of: 'x' } }, /no gate connection called nobody/],
  ['an ambiguous connection', { probe: 'gate', args: { of: 'x' } }, /several gate connections/],
  ['a question with an unknown key', { probe: 'gate', on: 'a', args: { off: 'x' } }, /cannot be asked this/],
  ['settings that do not fit', { probe: 'gate', on: 'b', args: { of: 'x' } }, /settings do not fit/],
])('%s is told at once', async (_, query, message) => {
  const { probe } = gated();
  const reader = await open(
    [probe],
    [
      { name: 'a', probe: 'gate', settings: {} },
      { name: 'b', probe: 'gate', settings: { password: 1 } },
    ],
  );
  const error = await reader.read(query, soon()).catch((thrown: unknown) => thrown);
  expect(IntentwrightError.is(error, 'PROBE_CONFIG')).toBe(true);
  expect((error as Error).message).toMatch(message);
  await reader.close();
});

test('a connection that could not be opened is tried again at the next read', async () => {
  let times = 0;
  const probe = defineProbe({
    name: 'late',
    about: 'is up at the second try',
    query: z.strictObject({}),
    async open() {
      if (++times === 1) throw new Error('connection refused');
      return { read: async () => 'up', close: async () => undefined };
    },
  });
  const reader = await open([probe]);
  await expect(reader.read({ probe: 'late', args: {} }, soon())).rejects.toMatchObject({
    code: 'PROBE_UNREADABLE',
    message: 'late: connection refused',
  });
  expect(await reader.read({ probe: 'late', args: {} }, soon())).toBe('up');
  await reader.close();
});
